"""Phrases in the form that safety.toml describes, as patterns over a text's plain words."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

_GAPS = {".": 1, "..": 4, "...": 12}
"""How many words may stand in the place of each mark of a phrase."""


def plain_words(text: str) -> str:
    """A text's words in lower case, without accents and punctuation, one space apart; `don't` becomes `dont`."""
    whole = unicodedata.normalize("NFKD", text).casefold().replace("\u2019", "'").replace("\u0142", "l")
    folded = unicodedata.normalize("NFKD", whole).casefold()
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", bare.replace("n't", "nt")))


def compile_phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases in plain words."""
    return re.compile("|".join(f"(?:{_phrase_pattern(phrase)})" for phrase in phrases))


@functools.cache
def read_phrases(path: Path) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """By language and name the patterns of a TOML file; `<report>` stands for the phrase of that name beside it."""
    with path.open("rb") as file:
        written = tomllib.load(file)
    return {
        language: {
            name: compile_phrases([_fill(phrase, lists) for phrase in _listed(phrases)])
            for name, phrases in lists.items()
        }
        for language, lists in written.items()
    }


def _fill(phrase: str, lists: Mapping[str, str]) -> str:
    return phrase.replace("<report>", lists["report"]) if "<report>" in phrase else phrase


def _listed(phrases: str | Sequence[str]) -> Sequence[str]:
    return [phrases] if isinstance(phrases, str) else phrases


def _phrase_pattern(phrase: str) -> str:
    """Every word brings the space before it, so that what stands for no word at all leaves none behind."""
    pattern = ""
    for piece in re.findall(r"\^?\([^)]*\)\S*|\S+", phrase):
        if piece.startswith("^"):
            pattern, piece = "^", piece[1:]
        if piece in _GAPS:
            pattern += rf"(?: \S+){{0,{_GAPS[piece]}}}"
            continue
        written = re.sub(r"\((?=[^)])", "(?:", piece).replace("*", r"\S*")
        optional = re.search(r"\(\||\|\)|\|\|", piece) is not None
        pattern += f"(?:(?:^| ){written})" + ("?" if optional else "")
    return pattern + r"(?!\S)"

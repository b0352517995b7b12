"""The words of a text as quotes are compared by them: what must be the same, and what may differ unseen.

White space, Unicode compatibility forms, ligatures, soft hyphens, kinds of quotation mark and of dash are gone once a
text has been taken apart. Line-end hyphens and note marks can only be told by looking at the other text: `settle`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.text import Span, fold_forms

Kind = Literal["word", "number", "mark"]

_NOTE = "\ufdd0"
"""Stands for a superscript figure: no text holds this code point."""

_SUPERSCRIPTS = frozenset("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_TOKEN = re.compile(
    rf"(?P<note>{_NOTE}+|\[\d{{1,3}}\](?!\w)|(?<=\w)[*\u2020\u2021]+|(?<=\w[.,;:!?\"')])[*\u2020\u2021]+)"
    r"|(?P<number>\d{1,3}(?:\s+\d{3})+(?!\w)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_](?:\w|'(?=[^\W\d_]))*)"
    r"|(?P<mark>\.{3,}|-+|\S)"
)
_GLUED = re.compile(r"(?P<word>(?:[^\W\d_]|')*[^\W\d_A-Z])\d{1,3}")
_GLUED_BEHIND = re.compile(r"[^\W\d_]{3}[^\W\d_A-Z][.,;:!?)\"]+$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark. `key` is what is compared; `shown` keeps the letters' case.

    `start` and `end` are offsets into page `page` of the texts that were taken apart, in code points. `initial`: it
    begins a sentence or a line. `glued`: without white space behind the word in front. `broken`: a hyphen behind
    which the line may have ended. `note`: a figure that may be a note mark, by what stands around it.
    """

    key: str
    shown: str
    kind: Kind
    page: int
    start: int
    end: int
    initial: bool = False
    broken: bool = False
    note: bool = False


def read_words(texts: Sequence[str]) -> list[Word]:
    """The words of some texts that follow one another, such as pages."""
    return [word for page, text in enumerate(texts) for word in _words_of(text, page)]


def settle(words: Sequence[Word], other: Sequence[Word]) -> list[Word]:
    """Words without what only a line's end or a note explains, judged by the other text.

    A hyphen at the end of a line goes where the other text has the word in one piece. A figure glued to a word goes
    where the other text has the bare word; behind a closing mark, where the other has no such figure there.
    """
    known = {word.key for word in other} | set(_joined_keys(other))
    noted = {before.key for before, word in zip(_behind(other), other, strict=True) if word.note and before}
    settled: list[Word] = []
    for word in words:
        if len(settled) > 1 and _is_broken(settled[-2:], word) and settled[-2].key + word.key in known:
            first, _ = settled.pop(-2), settled.pop()
            word = replace(first, key=first.key + word.key, shown=first.shown + word.shown, end=word.end)
        if word.note and settled and settled[-1].key not in noted:
            continue
        glued = _GLUED.fullmatch(word.shown)
        if glued and word.key not in known and glued["word"].casefold() in known:
            word = replace(word, key=glued["word"].casefold(), shown=glued["word"])
        settled.append(word)
    return settled


def _behind(words: Sequence[Word]) -> list[Word | None]:
    """For each word the one in front of it."""
    return [None, *words[:-1]][: len(words)]


def _joined_keys(words: Sequence[Word]) -> Iterator[str]:
    for place in range(2, len(words)):
        if _is_broken(words[place - 2 : place], words[place]):
            yield words[place - 2].key + words[place].key


def _is_broken(before: Sequence[Word], word: Word) -> bool:
    """Whether a word and the one before the hyphen in front of it may be one, broken at a line's end."""
    return before[1].broken and before[0].kind == "word" == word.kind


def _words_of(text: str, page: int) -> Iterator[Word]:
    folded, origins = _fold(text)
    initial = True
    last = 0
    for found in _TOKEN.finditer(folded):
        gap, last = folded[last : found.start()], found.end()
        initial = initial or "\n" in gap
        if found.lastgroup == "note":
            continue
        shown = " ".join(found.group().split())
        key = re.sub(r"\s", "", shown).casefold() if found.lastgroup == "number" else shown.casefold()
        mark = found.lastgroup == "mark"
        if mark and shown[0] in "-'":
            key = "-" if shown[0] == "-" else '"'
        yield Word(
            key,
            shown,
            found.lastgroup,  # type: ignore[arg-type]
            page,
            origins[found.start()].start,
            origins[found.end() - 1].end,
            initial,
            broken=key == "-" and folded[last : last + 1].isspace() and not gap,
            note=found.lastgroup == "number" and not gap and _may_be_note(folded, found),
        )
        initial = (mark and (shown in '.!?:;"' or shown == "'")) or (initial and mark)


def _may_be_note(text: str, found: re.Match[str]) -> bool:
    """Whether a figure is glued to a closing mark behind a word, and what follows is not more of it."""
    return (
        len(found.group()) <= 3
        and found.group().isdigit()
        and _GLUED_BEHIND.search(text[max(found.start() - 8, 0) : found.start()]) is not None
        and not text[found.end() : found.end() + 1].strip()
    )


@functools.lru_cache(4096)
def _folded(character: str) -> str:
    return fold_forms(character)


def _fold(text: str) -> tuple[str, list[Span]]:
    """A text in its folded form, and for each character of that the stretch it comes from."""
    pieces: list[str] = []
    origins: list[Span] = []
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = _NOTE if text[place] in _SUPERSCRIPTS else _folded(text[place:end])
        if text[place] == "\u00ad":
            while end < len(text) and text[end].isspace():
                end += 1
        pieces.append(piece)
        origins += [Span(place, end)] * len(piece)
        place = end
    return "".join(pieces), origins

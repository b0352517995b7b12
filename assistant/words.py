"""What the assistant says itself, in the language of the question where words.toml has it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from babel import Locale
from babel.lists import format_list

from corpus.terms import find_countries

_WORDS = Path(__file__).with_name("words.toml")


def say(name: str, language: str, **values: object) -> str:
    """The words of that name in that language, in English where it has none; `values` fill what stands in braces."""
    return _in_language(_load_words()[name], language).format(**values)


def label(name: str, language: str, **values: object) -> str:
    """The same of the words that stand beside an answer."""
    return _in_language(_load_words()["labels"][name], language).format(**values)


def labels() -> Mapping[str, Mapping[str, str]]:
    """What stands beside an answer: words by name and language, what is to be filled in between braces."""
    labelled: Mapping[str, Mapping[str, str]] = _load_words()["labels"]
    return labelled


def speaks(language: str) -> bool:
    """Whether there are words of ours in that language."""
    return language in _load_words()["language"]


def name_language(code: str, language: str) -> str:
    """What a language is called in another, such as `Englisch` for `en` in German; its code where that is not known."""
    return str(Locale(language if speaks(language) else "en").languages.get(code, code))


def list_names(names: Sequence[str], language: str) -> str:
    """Names in one line as a language lists them; a country that is named in English gets its name in that language."""
    locale = Locale(language) if speaks(language) and language != "en" else Locale("en", "GB")
    return format_list([_name_country(name, locale) for name in names], locale=locale)


def _name_country(name: str, locale: Locale) -> str:
    found = find_countries(name)
    whole = len(found) == 1 and found[0].name == name
    return str(locale.territories.get(found[0].code, name)) if whole else name


def _in_language(by_language: Mapping[str, str], language: str) -> str:
    return by_language.get(language, by_language["en"])


@functools.cache
def _load_words() -> Mapping[str, Any]:
    with _WORDS.open("rb") as file:
        return tomllib.load(file)

"""What the assistant says itself, in the language of the question where words.toml has it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

_WORDS = Path(__file__).with_name("words.toml")


def say(name: str, language: str, **values: object) -> str:
    """The words of that name in that language, in English where it has none; `values` fill what stands in braces."""
    by_language = _load_words()[name]
    return by_language.get(language, by_language["en"]).format(**values)


@functools.cache
def _load_words() -> Mapping[str, Mapping[str, str]]:
    with _WORDS.open("rb") as file:
        return tomllib.load(file)

"""Whether two texts are near-copies: nearly the same words in the same order, and nothing that tells them apart.

What tells statements apart however alike they are: figures, names, negations, and words such as `most` or `rose`. So a
report's older edition with another figure is never taken for a copy of the newer one.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from assistant.differences import NEGATIONS, NUMBER_WORDS
from corpus.lexical import stems
from corpus.text import normal_form

_WORDS, _PAIRS = 0.8, 0.6
"""The share of words, and of pairs of neighbouring words, that near-copies have in common (Dice's coefficient)."""

_KEPT = 4000
"""Texts whose wording is kept once it was read."""

_NUMBER = re.compile(r"\d{1,3}(?:[ .,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_TELLING = NEGATIONS | frozenset(
    "all any almost always both each every few fewer fewest half higher highest increased increase increases decreased "
    "decrease decreases decline declined fell grew rose rise least less lower lowest majority many more most must "
    "never often only rarely seldom shall should some without before after since until legal illegal lawful unlawful "
    "voluntary forced up down".split()
)
"""Words of which one more or less changes what is said."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """`words` count every word in lower case, `pairs` its neighbours; `names` are the words with a capital letter."""

    words: Counter[str]
    pairs: Counter[str]
    numbers: tuple[str, ...]
    names: frozenset[str]


def are_near_copies(one: str, other: str) -> bool:
    """Whether two texts say the same in nearly the same words."""
    if one == other:
        return True
    if not 0.6 * len(one) <= len(other) <= len(one) / 0.6:
        return False
    mine, theirs = _read(one), _read(other)
    return (
        _in_common(mine.words, theirs.words) >= _WORDS
        and _in_common(mine.pairs, theirs.pairs) >= _PAIRS
        and not _are_apart(mine, theirs)
    )


def tell_apart(one: str, other: str) -> bool:
    """Whether figures, names, negations or the like stand in one of two texts that the other has not, or otherwise."""
    return _are_apart(_read(one), _read(other))


def _are_apart(mine: _Wording, theirs: _Wording) -> bool:
    differing = (mine.words - theirs.words) + (theirs.words - mine.words)
    names = mine.names | theirs.names
    return mine.numbers != theirs.numbers or any(
        word in _TELLING or word in NUMBER_WORDS or word in names for word in differing
    )


def _in_common(mine: Counter[str], theirs: Counter[str]) -> float:
    """Dice's coefficient of two bags, from 0 to 1; 0 where both are empty."""
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


@functools.lru_cache(_KEPT)
def _read(text: str) -> _Wording:
    plain = normal_form(text)
    written = re.findall(r"[^\W_]+", plain)
    words = [word.casefold() for word in written]
    return _Wording(
        Counter(words),
        Counter(f"{left} {right}" for left, right in pairwise(words)),
        tuple(re.sub(r"[ .,](?=\d{3}(?!\d))", "", number) for number in _NUMBER.findall(plain)),
        frozenset(word.casefold() for word in written if word[:1].isupper() and stems(word)),
    )

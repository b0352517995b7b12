"""What a figure counts: the groups, countries and years that a sentence names for it, and whether a page's are those.

Without a model: a sentence with several figures is cut between them, and a figure has the names of its own clause, else
those of the nearest one before it, else those of the sentences before. Groups are known in English (groups.toml).
"""

from __future__ import annotations

import itertools
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from assistant.bounds import meets, read_bound
from corpus.sentences import sentence_spans
from corpus.terms import find_country_words
from corpus.text import Span

_GROUPS = Path(__file__).with_name("groups.toml")
NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_NUMBERS = re.compile(rf"(?<![\w.,/#-])(?:{NUMBER})(?![\w/]|-\d)")
_YEAR = re.compile(r"(?<![\d.,\u00a0])(?:19|20)\d\d(?![\d.,]?\d)")
_CUT = re.compile(r"[;,)]|\b(?:and|while|whereas|but|against|after|to|compared|together)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:they|these|those|them|it|same)\b", re.IGNORECASE)
"""Words of a sentence that point to what was said before."""

_BEFORE, _LINES = 2, 12
"""Sentences before one that may say what it counts; lines above a table's row that may head its columns."""

_REACH = 2000
"""Characters of a page before a sentence, among which those are looked for."""

_Find = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A number where a sentence tells it, from `start` to `end`. `before`: the text in front of the sentence.

    `about`: what all of the text is about, such as its title.
    """

    sentence: str
    start: int
    end: int
    before: str = ""
    about: str = ""


def counts_the_same(one: Told, page: Told) -> bool:
    """Whether whatever a sentence names for its figure is named for that of a page too.

    A year may be left unsaid on the page; a group or a country that the sentence names may not, nor may a bound.
    """
    return (
        meets(read_bound(page.sentence[: page.start]), read_bound(one.sentence[: one.start]))
        and _agree(_find_years, one, page, silent=True)
        and _agree(_find_countries, one, page)
        and all(_agree(find, one, page) for find in _groups())
    )


def own_clause(told: Told) -> Span:
    """The stretch of the sentence that belongs to the number."""
    cuts = [0, *_cuts(told.sentence), len(told.sentence)]
    place = bisect_right(cuts, told.start) - 1
    return Span(cuts[place], cuts[min(place + 1, len(cuts) - 1)])


def _agree(find: _Find, one: Told, page: Told, *, silent: bool = False) -> bool:
    wanted = _named(find, one, shared=find in (_find_years, _find_countries))
    if not wanted:
        return True
    named = _named(find, page, shared=find in (_find_years, _find_countries)) or _named_before(find, page)
    return bool(wanted & named) or (silent and not named)


def _named(find: _Find, told: Told, *, shared: bool) -> set[str]:
    """What the figure's own clause names, else the nearest before it. `shared`: else those behind it too."""
    own = own_clause(told)
    named = set(find(told.sentence[own.start : own.end])) or _column(find, told)
    cuts = [0, *(cut for cut in _cuts(told.sentence) if cut <= own.start)]
    for start, end in reversed(list(itertools.pairwise(cuts))):
        named = named or set(find(told.sentence[start:end]))
    return named or (set(find(told.sentence[own.end :])) if shared else set())


def _named_before(find: _Find, told: Told) -> set[str]:
    """What the nearest sentence before names: a group where this one goes on from it, a year in the same paragraph.

    A country also what the text is about.
    """
    named: set[str] = set()
    if find in (_find_countries, _find_years) or _GOES_ON.search(told.sentence):
        before = told.before[-_REACH:]
        for span in reversed(sentence_spans(before)[-_BEFORE:]):
            named = named or set(find(before[span.start : span.end]))
    return named or (set(find(told.about)) if find is _find_countries else set())


def _column(find: _Find, told: Told) -> set[str]:
    """Of a row of figures, what the line above that names as many things as the row has figures names for this one."""
    numbers = [found for found in _NUMBERS.finditer(told.sentence) if not _YEAR.fullmatch(found.group())]
    gaps = [told.sentence[one.end() : other.start()] for one, other in itertools.pairwise(numbers)]
    if len(numbers) < 2 or any(re.search(r"\w", gap) for gap in gaps):
        return set()
    place = next((place for place, found in enumerate(numbers) if found.start() == told.start), None)
    for line in reversed(told.before[-_REACH:].split("\n")[-_LINES:]):
        heads = find(line)
        if place is not None and len(heads) == len(numbers):
            return {heads[place]}
    return set()


def _cuts(sentence: str) -> list[int]:
    """Where a sentence is cut between its figures: at the last mark or joining word, where there is one."""
    numbers = [found for found in _NUMBERS.finditer(sentence) if not _YEAR.fullmatch(found.group())]
    cuts = []
    for one, other in itertools.pairwise(numbers):
        found = list(_CUT.finditer(sentence, one.end(), other.start()))
        cuts += [found[-1].start()] if found else []
    return cuts


def _find_years(text: str) -> list[str]:
    return _YEAR.findall(text)


def _find_countries(text: str) -> list[str]:
    return sorted(find_country_words(text))


def _find_groups(classes: Sequence[tuple[str, re.Pattern[str]]], text: str) -> list[str]:
    found = [(match.start(), name) for name, pattern in classes for match in pattern.finditer(text)]
    return [name for _, name in sorted(found)]


@cache
def _groups() -> tuple[_Find, ...]:
    tables = tomllib.loads(_GROUPS.read_text(encoding="utf-8"))
    return tuple(
        partial(
            _find_groups,
            [(name, re.compile(rf"(?<![\w-])(?:{words})\b", re.IGNORECASE)) for name, words in table.items()],
        )
        for table in tables.values()
    )

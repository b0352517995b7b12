"""Years: those that a text speaks of, and those that a question is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import find_years

_PUBLISHED = re.compile(
    r"\([^)]*(?:cited|source|see|,\s*(?:19|20)\d\d)[^)]*\)"
    r"|\b(?:reported|published|wrote|said|noted|announced|report of|page of|compiled|cited)\b[^.;]{0,40}?(?:19|20)\d\d"
)
_SPAN = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-\u2013]\s?| to | until |(?<=between \d{4}) and )((?:19|20)\d\d)\b")
_FROM = re.compile(r"\b(?:since|(?P<beyond>after)|from)\s+(?:\w+\s+){0,2}?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:(?P<beyond>before)|until|till|up to|by|to)\s+(?:\w+\s+){0,2}?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
FIRST, _LAST = 1900, 2099


@dataclass(frozen=True, slots=True)
class Years:
    """A stretch of years, the first and the last."""

    first: int
    last: int

    def meets(self, other: Years) -> bool:
        return self.first <= other.last and other.first <= self.last


def read_spans(text: str) -> list[Years]:
    """The years that a text names, each by itself; a span such as 2019-2021 as one stretch."""
    spans = [Years(int(first), int(last)) for first, last in _SPAN.findall(text) if first <= last]
    ends = {str(year) for span in spans for year in (span.first, span.last)}
    return spans + [Years(int(year), int(year)) for year in find_years(text) if year not in ends]


def read_asked(text: str) -> list[Years]:
    """The years that a question is about: `since 2020`, `until 2022` and the like are open at one end.

    `before 2015` and `after 2015` leave 2015 itself out; `since`, `from`, `until`, `by`, `up to` and `to` do not.
    """
    since = {int(found["year"]): int(found["beyond"] is not None) for found in _FROM.finditer(text)}
    until = {int(found["year"]): int(found["beyond"] is not None) for found in _UNTIL.finditer(text)}
    return [span if span.first != span.last else _opened(span.first, since, until) for span in read_spans(text)]


def _opened(year: int, since: dict[int, int], until: dict[int, int]) -> Years:
    """A year by itself, or all from it on or up to it; `since` and `until` tell how far beyond it they begin."""
    if year in since:
        return Years(FIRST if year in until else year + since[year], _LAST)
    return Years(FIRST, year - until[year]) if year in until else Years(year, year)


def names_year(year: str, text: str) -> bool:
    """Whether a text speaks of a year: other than as the year of a publication, and within a span too."""
    said = leave_published(text)
    return year in find_years(said) or any(first <= year <= last for first, last in _SPAN.findall(text))


def leave_published(text: str) -> str:
    """A text without the years in which something was published or said."""
    return _PUBLISHED.sub("", text)

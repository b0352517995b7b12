"""The countries that a report is about: not those that it only names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.documents import Page, Passage
from corpus.terms import count_countries, find_countries
from ingest.said import Said, on_page

_NATIONAL = re.compile(r"\b(?:national|country)\b", re.IGNORECASE)
_COMPARING = re.compile(r"\b(?:flash|inform|study|synthesis|glossary|query|annual|bulletin)\b", re.IGNORECASE)
"""Series that are about many countries, whichever one is named most often."""

_NATIONAL_LINE = re.compile(
    r"\b(?:national (?:report|contribution|study|template)|country (?:report|fact ?sheet)|contribution nationale|"
    r"nationaler? (?:Beitrag|Bericht|Studie)|EMN (?!member|observer|study|flash|inform)[A-Z])",
    re.IGNORECASE,
)
_FIRST_PAGES = 2
_TOP_LINES = 8
_LONGEST_LINE = 120
_SOURCE_BODY = re.compile(r"\bEMN \w+")
"""Such as "EMN Ireland": the name of a source, not a statement about the country."""

_FEWEST_MENTIONS = 5
_NEARLY_ALL = 0.75
"""A report that names countries so often, and one of them in this share of the cases, is about that one."""


def find_own_country(
    title: str, series: str | None, language: str, pages: Sequence[Page]
) -> Said[tuple[str, ...]] | None:
    """The one country of a national report: that of its title, else of the line at its head that says who made it."""
    if not _NATIONAL.search(series or ""):
        return None
    in_title = _codes(title, language)
    if in_title:
        return Said(in_title, "the title")
    for page in pages[:_FIRST_PAGES]:
        for line in [line for line in page.text.split("\n") if line.strip()][:_TOP_LINES]:
            codes = _codes(line, language) if len(line) <= _LONGEST_LINE and _NATIONAL_LINE.search(line) else ()
            if len(codes) == 1:
                return Said(codes, on_page(page.number))
    return None


def find_covered_countries(
    title: str,
    series: str | None,
    language: str,
    passages: Sequence[Passage],
    participants: Said[tuple[str, ...]] | None,
) -> Said[tuple[str, ...]] | None:
    """The countries of its title, else those that took part, else the one that nearly every mention is of.

    None for a report about no country in particular, such as one on the Union as a whole, and where it cannot be told.
    """
    in_title = _codes(title, language)
    if in_title:
        return Said(in_title, "the title")
    if participants is not None:
        return participants
    if _COMPARING.search(series or ""):
        return None
    text = "\n".join(passage.text for passage in passages if passage.kind not in ("note", "reference"))
    mentions = Counter(count_countries(_SOURCE_BODY.sub(" ", text), language))
    total = sum(mentions.values())
    most = max(mentions, key=lambda code: mentions[code], default="")
    if total >= _FEWEST_MENTIONS and mentions[most] >= _NEARLY_ALL * total:
        return Said((most,), "the text")
    return None


def _codes(text: str, language: str) -> tuple[str, ...]:
    return tuple(sorted({country.code for country in find_countries(text, language)}))

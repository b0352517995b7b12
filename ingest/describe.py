"""What a report is: title, series, number, year, language; from the user, the first page, the file and its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import py3langid

from corpus.documents import Document, Edition, Page
from corpus.text import normal_form, shown
from ingest.raw import Metadata

_SERIES = re.compile(
    r"\b(?P<house>[A-Z][A-Za-z]+)\s+(?P<kind>flash|inform|study|synthesis report|national report|policy brief|"
    r"ad-hoc query|glossary)\s*(?:#|no\.?|nr\.?)?\s*(?P<number>\d{1,3}(?:\.\d{1,3})?)?"
    r"\s*[-,(]?\s*(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FIRST_LINES = 12
_ENOUGH_TO_TELL = 5000
_TOO_LITTLE = 60
"""Characters from which a language is told, at most, and letters below which it is not."""

_JUNK_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|powerpoint)|\.(?:docx?|pdf|indd|pptx?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a report; None leaves it to the file."""

    title: str | None = None
    series: str | None = None
    number: str | None = None
    year: int | None = None
    url: str | None = None
    language: str | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _SeriesLine:
    series: str
    number: str | None
    year: int


def describe(given: Given, metadata: Metadata, pages: list[Page], stem: str, sha256: str) -> Document:
    """The description of a report. What the user says goes before what the file says."""
    lines = [line for page in pages[:2] for line in page.text.split("\n") if line.strip()][:_FIRST_LINES]
    line = _find_series(lines)
    title = shown(given.title or _usable(metadata.title) or _first_heading(lines) or stem)
    series = given.series or (line.series if line else None)
    number = given.number or (line.number if line else None)
    year = given.year or (line.year if line else None) or _year_in(stem)
    language = given.language or metadata.language or _detect_language(pages)
    return Document(
        slug=_slug(series, number, year, language, stem),
        sha256=sha256,
        title=title,
        series=series,
        number=number,
        year=year,
        publisher=shown(_usable(metadata.author) or "") or None,
        countries=given.countries,
        language=language,
        url=given.url,
    )


def choose_slug(document: Document, editions: Iterable[Edition]) -> Document:
    """The document under a slug that no other report has. A new edition (same slug, same title) keeps its slug."""
    taken = {edition.document.slug: edition.document for edition in editions if edition.state == "current"}
    slug, number = document.slug, 1
    while slug in taken and not _same_report(taken[slug], document):
        number += 1
        slug = f"{document.slug}-{number}"
    return replace(document, slug=slug)


def _same_report(one: Document, other: Document) -> bool:
    """The same number of the same series, or the same title, in one language and year: two editions."""
    if one.language != other.language or one.year != other.year:
        return False
    same_number = (one.series, one.number, one.year) == (other.series, other.number, other.year)
    numbered = one.number is not None and same_number
    return numbered or normal_form(one.title).casefold() == normal_form(other.title).casefold()


def _find_series(lines: list[str]) -> _SeriesLine | None:
    """A line such as "EMN FLASH #2 - 2025" near the top of the report."""
    for line in lines:
        found = _SERIES.search(normal_form(line)) if len(line) < 120 else None
        if found:
            house = found["house"] if found["house"].isupper() and len(found["house"]) <= 4 else found["house"].title()
            kind = found["kind"].title().replace("Hoc", "hoc")
            return _SeriesLine(f"{house} {kind}", found["number"], int(found["year"]))
    return None


def _first_heading(lines: list[str]) -> str | None:
    """The first line that is not the series line; capitals all through are set as a sentence is."""
    for line in lines:
        if 8 <= len(line) <= 200 and not _SERIES.search(normal_form(line)):
            return line.capitalize() if line.isupper() else line
    return None


def _usable(text: str | None) -> str | None:
    return text if text and len(text) > 3 and not _JUNK_TITLE.search(text) else None


def _year_in(stem: str) -> int | None:
    found = re.search(r"(?<!\d)(19[89]\d|20[0-4]\d)(?!\d)", stem)
    return int(found[0]) if found else None


def _detect_language(pages: list[Page]) -> str:
    """The language most of the opening is in: two letters, ISO 639-1; English where there is too little to tell."""
    opening = " ".join(page.text for page in pages[:5])[:_ENOUGH_TO_TELL]
    if sum(character.isalpha() for character in opening) < _TOO_LITTLE:
        return "en"
    return str(py3langid.classify(opening)[0])


def _slug(series: str | None, number: str | None, year: int | None, language: str, stem: str) -> str:
    """`emn-flash-2025-2` for a numbered series, with the language where it is not English; else the file's name."""
    if series and year and number:
        return _hyphenated(f"{series} {year} {number}{'' if language == 'en' else ' ' + language}")
    return _hyphenated(stem) or "report"


def _hyphenated(text: str) -> str:
    plain = normal_form(text).casefold().encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")

"""What a report is, and where that is said: by the user, on its pages, in its file, in its name, in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from corpus.catalogue import Entry, Found, Known, find_entry, plain_title
from corpus.documents import Document, Edition, Page, Passage, Source
from corpus.text import normal_form, shown
from ingest.coverage import find_covered_countries, find_own_country
from ingest.imprint import find_licence, find_publication_year, find_publisher, year_of_metadata
from ingest.languages import detect_language
from ingest.naming import SeriesName, find_series_name, name_in_file_name, year_in_file_name
from ingest.participants import find_participants
from ingest.periods import find_reference_period
from ingest.raw import Metadata
from ingest.said import CATALOGUE, FILE_NAME, METADATA, YOU, Said, Value, first_said, on_page
from ingest.titles import find_title, stands_there

_FIRST_PAGES = 2
_FIRST_LINES = 12
_SAME_WORDS = 0.8
"""The share of passages from which two files without a number in a series are one publication, whatever the titles."""

_FIELDS = (
    *("title", "series", "number", "year", "url", "language", "countries"),
    *("publisher", "participants", "reference_period", "licence"),
)
"""Those of a description that may be said of a report."""

_SAME_TITLE_WORDS = 0.3
"""The same where their titles are equal: "Annual report" alone says little."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a report before it is read; None (or nothing) leaves it to the file. `origin`: who says it.

    `cleared`: fields of which it is said that the report has none.
    """

    title: str | None = None
    series: str | None = None
    number: str | None = None
    year: int | None = None
    url: str | None = None
    language: str | None = None
    countries: tuple[str, ...] = ()
    publisher: str | None = None
    participants: tuple[str, ...] = ()
    reference_period: str | None = None
    licence: str | None = None
    cleared: tuple[str, ...] = ()
    origin: str = YOU

    def said(self) -> dict[str, Any]:
        """Every field of the description that is said, by its name."""
        every = {name: getattr(self, name) for name in _FIELDS}
        empty = {name: () if name in ("countries", "participants") else None for name in self.cleared}
        return {**empty, **{name: value for name, value in every.items() if value not in (None, ())}}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as far as it has been read: what it says of itself, its pages, its passages, its name without ending."""

    metadata: Metadata
    pages: list[Page]
    passages: Sequence[Passage]
    stem: str


@dataclass(frozen=True, slots=True)
class Described:
    """A document, and where each field of it is from."""

    document: Document
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """By what a report is known."""

    language: Said[str]
    title: Said[str]
    series: Said[str] | None
    number: Said[str] | None
    year: Said[int] | None


@dataclass(frozen=True, slots=True)
class _Findings:
    title: Said[str]
    series: Said[str] | None
    number: Said[str] | None
    year: Said[int] | None
    publisher: Said[str] | None
    countries: Said[tuple[str, ...]] | None
    participants: Said[tuple[str, ...]] | None
    language: Said[str]
    reference_period: Said[str] | None
    url: Said[str] | None
    licence: Said[str] | None


def describe(given: Given, opened: Opened, sha256: str, catalogue: Sequence[Entry]) -> Described:
    """The description of a report. What the user says goes before everything that the file or the catalogue says."""
    pages, who = opened.pages, given.origin
    language = _given(given.language, who) or _find_language(opened)
    names = _find_names(pages, opened.stem)
    title = _given(given.title, who) or find_title(opened.metadata, pages, opened.stem)
    series = _given(given.series, who) or _from(names, lambda name: name.series)
    number = _given(given.number, who) or _from(names, lambda name: name.number)
    year = _given(given.year, who) or _find_year(names, opened, language.value)
    known = Known(title.value, _value(series), _value(number), _value(year), opened.stem)
    found = find_entry(catalogue, known)
    title = _as_listed(title, found, pages)
    series = series or _listed(found, lambda entry: entry.series)
    year = year or _listed(found, lambda entry: entry.year)
    return _fill_in(given, opened, _Named(language, title, series, number, year), found, sha256)


def _fill_in(given: Given, opened: Opened, named: _Named, found: Found | None, sha256: str) -> Described:
    """What else there is to say of a report, once it is known which one it is."""
    pages, who = opened.pages, given.origin
    title, series, language = named.title.value, _value(named.series), named.language.value
    own = find_own_country(title, series, language, pages)
    participants = _given(given.participants, who) or own or find_participants(pages)
    findings = _Findings(
        title=named.title,
        series=named.series,
        number=named.number or _listed(found, lambda entry: entry.number),
        year=named.year,
        publisher=_given(given.publisher, who)
        or find_publisher(opened.metadata, pages, title, series)
        or _listed(found, lambda entry: entry.publisher),
        countries=_given(given.countries, who)
        or own
        or find_covered_countries(title, series, language, opened.passages, participants),
        participants=participants,
        language=named.language,
        reference_period=_given(given.reference_period, who)
        or find_reference_period(title, series, _value(named.year), pages),
        url=_given(given.url, who) or _listed(found, lambda entry: entry.address),
        licence=_given(given.licence, who) or find_licence(pages),
    )
    return Described(_to_document(findings, opened.stem, sha256), _to_sources(findings))


def edit(described: Described, given: Given) -> Described:
    """The description with what the user says in place of what it said. The slug stays."""
    said = given.said()
    kept = tuple(source for source in described.sources if source.field not in said)
    sources = tuple(sorted((*kept, *(Source(name, given.origin) for name in said)), key=lambda source: source.field))
    return Described(replace(described.document, **said), sources)


def choose_slug(document: Document, editions: Iterable[Edition], shared: Callable[[Document], float]) -> Document:
    """The document under a slug that no other report has. A new edition of a report keeps that report's slug.

    `shared`: the share of this document's passages that stand in another one word for word.
    """
    current = [edition.document for edition in editions if edition.state == "current"]
    same = next((other for other in current if _same_publication(other, document, shared)), None)
    if same is not None:
        return replace(document, slug=same.slug)
    taken = {other.slug for other in current}
    slug, number = document.slug, 1
    while slug in taken:
        number += 1
        slug = f"{document.slug}-{number}"
    return replace(document, slug=slug)


def _same_publication(one: Document, other: Document, shared: Callable[[Document], float]) -> bool:
    """Two files of one publication: the same number of a series and year, or, without numbers, much the same words."""
    if (one.language, one.year, one.series) != (other.language, other.year, other.series):
        return False
    if one.series and one.number and other.number:
        return one.number == other.number
    same_title = plain_title(one.title) == plain_title(other.title)
    same_slug = one.slug == other.slug
    return (same_title and same_slug) or shared(one) >= (_SAME_TITLE_WORDS if same_title else _SAME_WORDS)


def _find_language(opened: Opened) -> Said[str]:
    """What the file declares where its kind does so with care; else what the text is in."""
    declared = opened.metadata.language
    return (
        (Said(declared, METADATA) if declared else None)
        or detect_language(opened.pages)
        or Said("en", "too little text to tell")
    )


def _find_names(pages: list[Page], stem: str) -> list[Said[SeriesName]]:
    """What the lines at the top of the first pages say of the series, then what the file's name says."""
    found = []
    for page in pages[:_FIRST_PAGES]:
        for line in [line for line in page.text.split("\n") if line.strip()][:_FIRST_LINES]:
            name = find_series_name(line)
            if name is not None:
                found.append(Said(name, on_page(page.number)))
    in_file_name = name_in_file_name(stem)
    return [*found[:1], *([Said(in_file_name, FILE_NAME)] if in_file_name else [])]


def _from(names: list[Said[SeriesName]], part: Callable[[SeriesName], Value | None]) -> Said[Value] | None:
    for name in names:
        value = part(name.value)
        if value is not None:
            return Said(value, name.origin)
    return None


def _find_year(names: list[Said[SeriesName]], opened: Opened, language: str) -> Said[int] | None:
    in_file_name = year_in_file_name(opened.stem)
    return first_said(
        [
            _from(names, lambda name: name.year),
            find_publication_year(opened.pages, language),
            Said(in_file_name, FILE_NAME) if in_file_name else None,
            year_of_metadata(opened.metadata),
        ]
    )


def _given(value: Value | None, origin: str) -> Said[Value] | None:
    return Said(value, origin) if value not in (None, ()) and value is not None else None


def _listed(found: Found | None, part: Callable[[Entry], Value | None]) -> Said[Value] | None:
    value = part(found.entry) if found else None
    return Said(value, f"{CATALOGUE}, by {found.how}") if found and value is not None else None


def _as_listed(title: Said[str], found: Found | None, pages: list[Page]) -> Said[str]:
    """The catalogue's spelling of a title that a page prints in capitals or without its subtitle."""
    if found is None or title.origin == YOU or not found.entry.title_exact:
        return title
    same = plain_title(title.value) == plain_title(found.entry.title)
    if same or stands_there(found.entry.title, pages):
        return Said(found.entry.title, f"{CATALOGUE}, by {found.how}")
    return title


def _value(said: Said[Value] | None) -> Value | None:
    return said.value if said else None


def _to_document(findings: _Findings, stem: str, sha256: str) -> Document:
    series, number, year = _value(findings.series), _value(findings.number), _value(findings.year)
    publisher, licence = _value(findings.publisher), _value(findings.licence)
    return Document(
        slug=_slug(series, number, year, findings.language.value, stem),
        sha256=sha256,
        title=shown(findings.title.value),
        series=series,
        number=number,
        year=year,
        publisher=shown(publisher) if publisher else None,
        countries=_value(findings.countries) or (),
        participants=_value(findings.participants) or (),
        language=findings.language.value,
        reference_period=_value(findings.reference_period),
        url=_value(findings.url),
        licence=shown(licence) if licence else None,
    )


def _to_sources(findings: _Findings) -> tuple[Source, ...]:
    said = ((field.name, getattr(findings, field.name)) for field in fields(findings))
    return tuple(Source(name, one.origin) for name, one in said if one is not None)


def _slug(series: str | None, number: str | None, year: int | None, language: str, stem: str) -> str:
    """`emn-flash-2025-2` for a numbered series, with the language where it is not English; else the file's name."""
    if series and year and number:
        return _hyphenated(f"{series} {year} {number}{'' if language == 'en' else ' ' + language}")
    return _hyphenated(stem) or "report"


def _hyphenated(text: str) -> str:
    plain = normal_form(text).casefold().encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")

"""References as people write them, such as "EMN Flash #2 - 2025, p. 1": which pages of the library are meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.pagelists import PAGES, PageList, find_listed, read_pages
from corpus.documents import Document, Page
from corpus.errors import NotFound, TooLarge, WrongUse
from corpus.library import Library
from corpus.text import normal_form

LONGEST_REFERENCE = 500
"""Characters in a reference, at most."""

_NUMBER = re.compile(r"#\s*(\d{1,3})\b|\b(\d{1,2})\s*/\s*(?:19|20)\d\d\b")
_SMALL = frozenset({"a", "an", "and", "et", "in", "no", "of", "on", "the"})


@dataclass(frozen=True, slots=True)
class Pointed:
    """The pages of a report that a reference may mean: at least one, in their order."""

    document: Document
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference taken apart: what the report is called, and its pages."""

    name: str
    pages: PageList


def parse_reference(text: str) -> Reference:
    """Raises WrongUse for what names no report or no page, TooLarge."""
    if len(text) > LONGEST_REFERENCE:
        raise TooLarge(f"the reference has {len(text):,} characters", f"give at most {LONGEST_REFERENCE}")
    found = next((one for one in PAGES.finditer(text) if _words(text[: one.start()])), None)
    name = text[: found.start()].strip(" ,;:(\t\n") if found else ""
    if found is None or not _words(name):
        raise WrongUse(
            "that is neither a link of this library nor a reference with its page",
            'give a link such as emn-flash-2025-2/3fa94c01/p1/9f31c2ab77d0, or "EMN Flash #2 - 2025, p. 1"',
        )
    return Reference(name, read_pages(found))


def find_pages(library: Library, text: str) -> list[Pointed]:
    """The pages that a reference may mean, report by report; the printed number goes before the counted one.

    Raises WrongUse for its form, NotFound where no report of that name has all those pages.
    """
    reference = parse_reference(text)
    documents = documents_meant(reference.name, library.documents())
    if not documents:
        raise NotFound(
            f"no report in this library is called {reference.name[:80]!r}", "`python -m ingest list` names them"
        )
    places: list[Pointed] = []
    missing: list[str] = []
    for document in documents:
        pages, lacking = find_listed(library.pages(document.sha256), reference.pages)
        missing = missing or lacking
        if pages and not lacking:
            places.append(Pointed(document, tuple(pages)))
    if not places:
        raise NotFound(
            f"{documents[0].title!r} has no page {', '.join(missing)}",
            f"`python -m ingest show {documents[0].slug}` lists its pages",
        )
    return places


def documents_meant(name: str, documents: Sequence[Document]) -> list[Document]:
    """Those of exactly that series, number and year or that title or slug; else those that hold all of its words."""
    words, number = _words(name), _NUMBER.search(name)
    exact = [
        document
        for document in documents
        if words
        in (
            _words(f"{document.series or ''} {document.number or ''} {document.year or ''}"),
            _words(document.title),
            _words(document.slug),
        )
    ]
    return exact or [
        document
        for document in documents
        if set(words) <= _all_words(document)
        and (number is None or (number[1] or number[2]).lstrip("0") == (document.number or "").lstrip("0"))
    ]


def _all_words(document: Document) -> set[str]:
    known = (document.publisher, document.series, document.number, document.title, document.slug)
    return set(_words(" ".join(filter(None, (*known, str(document.year or ""))))))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", normal_form(text).casefold()) if word not in _SMALL]

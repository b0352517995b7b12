"""`cite`: what a link or a reference stands for; and how a citation is written. Needs no index, no model."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from assistant.answers import Citation, QuotePart
from assistant.forms import citation_form, page_form
from assistant.links import Resolved, is_link, resolve_link
from assistant.pointing import Pointed, find_pages
from corpus.command import document_form, print_json, settings_for
from corpus.documents import Document
from corpus.library import Library


def cite(options: argparse.Namespace) -> int:
    library = Library.open(settings_for(options).home / "library.db")
    try:
        if not is_link(options.link):
            _print_places(find_pages(library, options.link), options.json)
            return 0
        resolved = resolve_link(library, options.link)
    finally:
        library.close()
    if options.json:
        print_json(resolved_form(resolved))
        return 0
    print(f"\u201c{resolved.citation.quote}\u201d")
    print(refer(resolved.citation))
    note = standing(resolved)
    if note:
        print(note)
    return 0


def resolved_form(resolved: Resolved) -> dict[str, object]:
    """A citation as programs see it, with its reference and the standing of its edition."""
    edition = resolved.edition
    reference = refer(resolved.citation)
    return {
        **citation_form(resolved.citation),
        "reference": reference,
        "state": edition.state,
        "since": edition.changed,
    }


def places_form(places: Sequence[Pointed]) -> dict[str, object]:
    """The pages that a reference may mean, as programs see them."""
    return {"places": [{"document": document_form(place.document), **page_form(place.page)} for place in places]}


def refer(citation: Citation) -> str:
    """A reference in one line: publisher, title, series and pages, with a full stop."""
    document = citation.document
    known = (document.publisher, document.title, series_line(document), name_pages(citation.parts))
    return ", ".join(filter(None, known)) + "."


def source_line(citation: Citation) -> str:
    """Such as "EMN Flash #2 - 2025, p. 1"; the title stands in for a series that is not known."""
    document = citation.document
    return f"{series_line(document) if document.series else document.title}, {name_pages(citation.parts)}"


def series_line(document: Document) -> str:
    """Such as "EMN Flash #2 - 2025"; empty where the report says neither series nor year."""
    series = " ".join(filter(None, (document.series, f"#{document.number}" if document.number else None)))
    return " - ".join(filter(None, (series, str(document.year) if document.year else None)))


def name_pages(parts: Sequence[QuotePart], one: str = "p.", many: str = "pp.") -> str:
    """Such as "p. 12 (PDF page 14)": the printed number, and where it is another, the one that a PDF reader counts.

    "PDF page 14" where the printed one is not known, on every page that the quote stands on.
    """
    numbers = [str(part.page) for part in parts]
    labels = [part.label for part in parts if part.label]
    counted = _span("PDF page", "PDF pages", numbers)
    if len(labels) < len(parts):
        return counted
    printed = _span(one, many, labels)
    return printed if labels == numbers else f"{printed} ({counted})"


def standing(resolved: Resolved) -> str | None:
    """What a reader must know of an edition that is no longer the current one; None for the current one."""
    edition = resolved.edition
    changed = date.fromisoformat(edition.changed[:10])
    day = f"{changed.day} {changed:%B %Y}"
    since = "" if resolved.has_current else " The newer one has left the library since."
    return {
        "current": None,
        "replaced": f"This edition was replaced on {day}. The words are those of the edition the link was made from."
        + since,
        "removed": f"This report was removed from the library on {day}. Its words are kept, so that links show them.",
    }[edition.state]


def _print_places(places: Sequence[Pointed], as_json: bool) -> None:
    """The page's text where one page is meant; where several may be, which they are."""
    if as_json:
        print_json(places_form(places))
        return
    if len(places) > 1:
        print(f"{len(places)} pages may be meant; write more of the report's name to read one:")
    for place in places:
        part = QuotePart(place.page.number, place.page.label, place.page.text, 0, len(place.page.text))
        known = (place.document.publisher, place.document.title, series_line(place.document), name_pages([part]))
        print(", ".join(filter(None, known)) + f". [{place.document.slug}]")
    if len(places) == 1:
        print(f"\n{places[0].page.text}")


def _span(one: str, many: str, numbers: Sequence[str]) -> str:
    return f"{one} {numbers[0]}" if len(numbers) == 1 else f"{many} {numbers[0]} to {numbers[-1]}"

"""`cite`: what a link or a reference stands for, and its reference in every style. Needs no index, no model."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from assistant.answers import QuotePart
from assistant.bibliography import record_citation, record_pages
from assistant.forms import citation_form, note_form, page_form
from assistant.links import Resolved, is_link, resolve_link
from assistant.lookup import name_pages, refer, series_line, standing
from assistant.newer import Newer, find_in_newer, newer_line
from assistant.pointing import Pointed, find_pages
from assistant.references import read_styles, write_all, write_reference
from corpus.command import document_form, print_json, settings_for
from corpus.documents import Page
from corpus.library import Library


def cite(options: argparse.Namespace) -> int:
    styles = read_styles(options.style)
    today = date.today()
    library = Library.open(settings_for(options).home / "library.db")
    try:
        if is_link(options.link):
            resolved = resolve_link(library, options.link)
            newer = find_in_newer(library, resolved)
            form, records = resolved_form(resolved, newer, today), [record_citation(resolved.citation, today)]
        else:
            places = find_pages(library, options.link)
            form, records = (
                places_form(places, today),
                [record_pages(one.document, _whole(one), today) for one in places],
            )
    finally:
        library.close()
    if options.json:
        print_json(form)
    elif styles:
        print("\n\n".join(write_reference(record, style) for record in records for style in styles))
    elif is_link(options.link):
        _print_resolved(resolved, newer)
    else:
        _print_places(places)
    return 0


def resolved_form(resolved: Resolved, newer: Newer | None, today: date) -> dict[str, object]:
    """A citation as programs see it, with its reference in every style, the standing of its edition, and what a newer
    one has for its words."""
    edition = resolved.edition
    return {
        **citation_form(resolved.citation),
        "reference": refer(resolved.citation),
        "references": write_all(record_citation(resolved.citation, today)),
        "state": edition.state,
        "since": edition.changed,
        "newer": _newer_form(newer) if newer else None,
        "notes": [note_form(note) for note in resolved.notes],
    }


def places_form(places: Sequence[Pointed], today: date) -> dict[str, object]:
    """The pages that a reference may mean, as programs see them."""
    return {
        "places": [
            {
                "document": document_form(place.document),
                **page_form(place.pages[0]),
                "pages": [page_form(page) for page in place.pages],
                "references": write_all(record_pages(place.document, _whole(place), today)),
            }
            for place in places
        ]
    }


def _newer_form(newer: Newer) -> dict[str, object]:
    return {
        "document": document_form(newer.document),
        "verdict": newer.verdict,
        "citation": citation_form(newer.citation) if newer.citation else None,
        "differences": [asdict(difference) for difference in newer.differences],
    }


def _print_resolved(resolved: Resolved, newer: Newer | None) -> None:
    print(f"\u201c{resolved.citation.quote}\u201d")
    print(refer(resolved.citation))
    for note in resolved.notes:
        print(f"Note {note.number}: {note.quote}")
    edition = standing(resolved)
    if edition:
        print(edition)
    if newer:
        print(f"\n{newer_line(newer)}")
    if newer and newer.citation:
        print(f"\u201c{newer.citation.quote}\u201d\n{refer(newer.citation)}\n    {newer.citation.link}")


def _print_places(places: Sequence[Pointed]) -> None:
    """The pages' text where one report is meant; where several may be, which they are."""
    if len(places) > 1:
        print(f"{len(places)} reports may be meant; write more of the report's name to read one:")
    for place in places:
        document = place.document
        known = (document.publisher, document.title, series_line(document), name_pages(_whole(place)))
        print(", ".join(filter(None, known)) + f". [{document.slug}]")
    if len(places) == 1:
        pages = places[0].pages
        for page in pages:
            head = f"{name_pages([_part(page)])}:\n" if len(pages) > 1 else ""
            print(f"\n{head}{page.text}")


def _whole(place: Pointed) -> list[QuotePart]:
    return [_part(page) for page in place.pages]


def _part(page: Page) -> QuotePart:
    return QuotePart(page.number, page.label, page.text, 0, len(page.text))

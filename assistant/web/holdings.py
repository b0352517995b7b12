"""What the library holds, as the reading room lists it: every report with its pages, and what may be put back."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Depends

from assistant.web.strangers import refuse_other_sites
from corpus.catalogue import Entry, Known, find_entry, load_catalogue
from corpus.command import document_form
from corpus.documents import Document
from corpus.holdings import Holding
from corpus.library import Library
from corpus.terms import country_names


def add_holdings(router: APIRouter, library: Library) -> None:
    @router.get("/api/holdings", dependencies=[Depends(refuse_other_sites)])
    def list_holdings() -> dict[str, object]:
        """The reports that are searched, each with its pages and when it was added, and those that were removed."""
        every = library.holdings.every()
        current = [holding for holding in every if holding.edition.state == "current"]
        here = {holding.edition.document.slug for holding in current}
        removed = [holding for holding in every if holding.edition.state == "removed"]
        return {
            "documents": [_holding_form(holding) for holding in current],
            "removed": [_removed_form(holding) for holding in removed if holding.edition.document.slug not in here],
            "countries": _country_forms(holding.edition.document for holding in current),
        }

    @router.get("/api/catalogue", dependencies=[Depends(refuse_other_sites)])
    def list_catalogue() -> dict[str, object]:
        """The publications that are known to exist, each with the slug of the report where it is here already."""
        entries = load_catalogue()
        held = find_held(library.documents(), entries)
        return {"publications": [_entry_form(entry, held.get(entry.id)) for entry in entries]}


def find_held(documents: Iterable[Document], entries: tuple[Entry, ...]) -> dict[str, str]:
    """By the id of a publication, the slug of the report that it is."""
    held = {}
    for document in documents:
        known = Known(document.title, document.series, document.number, document.year, document.slug)
        found = find_entry(entries, known)
        if found is not None:
            held[found.entry.id] = document.slug
    return held


def _holding_form(holding: Holding) -> dict[str, object]:
    form = document_form(holding.edition.document)
    return {**form, "pages": holding.pages, "wrong_pages": holding.wrong_pages, "added": holding.edition.changed}


def _removed_form(holding: Holding) -> dict[str, object]:
    document = holding.edition.document
    form = {"slug": document.slug, "title": document.title, "language": document.language}
    return {**form, "removed": holding.edition.changed}


def _country_forms(documents: Iterable[Document]) -> dict[str, str]:
    """The English names of all countries that these reports are about or that took part in them, by their letters."""
    codes = sorted({code for document in documents for code in (*document.countries, *document.participants)})
    return {code: country_names([code])[0] for code in codes}


def _entry_form(entry: Entry, slug: str | None) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "publisher": entry.publisher,
        "series": entry.series,
        "number": entry.number,
        "year": entry.year,
        "languages": list(entry.languages),
        "covers": entry.covers,
        "address": entry.address,
        "slug": slug,
    }

"""`cite`: what a permanent link stands for. Needs neither index nor model."""

from __future__ import annotations

import argparse

from assistant.answers import Citation
from assistant.forms import citation_form
from assistant.links import Resolved, resolve_link
from corpus.command import print_json, settings_for
from corpus.documents import Document
from corpus.library import Library


def cite(options: argparse.Namespace) -> int:
    library = Library.open(settings_for(options).home / "library.db")
    try:
        resolved = resolve_link(library, options.link)
    finally:
        library.close()
    if options.json:
        edition = resolved.edition
        print_json({**citation_form(resolved.citation), "state": edition.state, "since": edition.changed})
        return 0
    print(f"\u201c{resolved.citation.quote}\u201d")
    print(refer(resolved.citation))
    note = standing(resolved)
    if note:
        print(note)
    return 0


def refer(citation: Citation) -> str:
    """A reference in one line: title, series and number, year, printed page, and the PDF page where it differs."""
    pages = ", ".join(_page_reference(part.page, part.label) for part in citation.parts)
    return f"{citation.document.title}. {series_line(citation.document)}{pages}"


def series_line(document: Document) -> str:
    """`EMN Flash #2 - 2025, `, or what of it is known; empty where nothing is."""
    numbered = " ".join(part for part in (document.series, f"#{document.number}" if document.number else None) if part)
    known = " - ".join(part for part in (numbered, str(document.year or "")) if part)
    return f"{known}, " if known else ""


def standing(resolved: Resolved) -> str | None:
    """A sentence for an edition that is no longer the current one; None for the current one."""
    since = resolved.edition.changed[:10]
    return {
        "current": None,
        "replaced": f"A newer edition has replaced this one in the library since {since}.",
        "removed": f"This report was removed from the library on {since}.",
    }[resolved.edition.state]


def _page_reference(page: int, label: str | None) -> str:
    if label is None or label == str(page):
        return f"p. {page}"
    return f"p. {label} (PDF page {page})"

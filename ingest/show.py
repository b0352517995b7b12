"""`show`: what a report is and where that is said, and its reading report, page by page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from corpus.command import document_form, print_json, settings_for
from corpus.description import FIELDS, field_value
from corpus.documents import Document, Page, PageWarning, Source
from corpus.library import Library
from corpus.relatives import find_relatives, relative_form


def show(options: argparse.Namespace) -> int:
    library = Library.open(settings_for(options).home / "library.db")
    try:
        document = library.document(options.slug)
        sources = library.sources(document.sha256)
        pages = library.pages(document.sha256)
        warnings = library.warnings(document.sha256)
        relatives = find_relatives(document, library)
    finally:
        library.close()
    if options.json:
        form: dict[str, object] = {"document": document_form(document), "sources": source_form(sources)}
        form |= {"relatives": [relative_form(relative) for relative in relatives]}
        print_json({**form, "pages": [_page_form(page, warnings) for page in pages]})
        return 0
    print("\n".join(description_lines(document, sources)))
    for relative in relatives:
        print(f"{'Belongs with':<13} {relative.document.slug}  ({', '.join(relative.reasons)})")
    print()
    print("\n".join(_page_lines(pages, warnings)))
    return 0


def source_form(sources: Sequence[Source]) -> dict[str, str]:
    """Where each field is from, as programs see it."""
    return {source.field: source.origin for source in sources}


def description_lines(document: Document, sources: Sequence[Source]) -> Iterator[str]:
    """What a document is, a field a line, with where it is from; what nobody says is a dash."""
    origins = source_form(sources)
    yield f"{'Short name':<13} {document.slug}"
    for field, name in FIELDS.items():
        origin = f"  ({origins[field]})" if field in origins else ""
        yield f"{name:<13} {field_value(document, field) or '-'}{origin}"


def _page_form(page: Page, warnings: Sequence[PageWarning]) -> dict[str, object]:
    return {
        "page": page.number,
        "page_label": page.label,
        "characters": len(page.text),
        "warnings": [asdict(warning) for warning in warnings if warning.page == page.number],
    }


def _page_lines(pages: Sequence[Page], warnings: Sequence[PageWarning]) -> Iterator[str]:
    """A table with a row for each page, and what looks wrong on it below."""
    wrong = {warning.page for warning in warnings}
    yield f"{len(pages)} pages, {len(wrong)} to look at"
    yield f"{'page':>6}  {'printed':<8} {'characters':>10}  looks wrong"
    for page in pages:
        kinds = [warning.kind for warning in warnings if warning.page == page.number]
        yield f"{page.number:>6}  {page.label or '-':<8} {len(page.text):>10,}  {', '.join(kinds) or '-'}"
    for remedy in dict.fromkeys(warning.remedy for warning in warnings):
        numbers = ", ".join(str(warning.page) for warning in warnings if warning.remedy == remedy)
        yield f"page {numbers}: {remedy}"

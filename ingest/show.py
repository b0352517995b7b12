"""`show`: what a report is and where that is said, and its reading report, page by page."""

from __future__ import annotations

import argparse
import itertools
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from corpus.command import document_form, print_json, settings_for
from corpus.description import FIELDS, catalogue_line, field_value
from corpus.documents import Document, Page, PageWarning, Source
from corpus.library import Library
from corpus.relatives import find_relatives, relative_form
from corpus.troubles import gather_troubles, page_ranges, warning_name
from ingest.said import CATALOGUE

_NAME_WIDTH = 13
_WIDEST = 100
_NO_BREAK = "\u00a0"


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
    width = line_width()
    print("\n".join(description_lines(document, sources, width)))
    for relative in relatives:
        origin = ", ".join(relative.reasons)
        print("\n".join(_field_lines("Belongs with", relative.document.slug, origin, width)))
    print()
    print("\n".join(page_lines(pages, warnings, width)))
    return 0


def line_width() -> int:
    """Characters of a line: the terminal's, up to what is read with ease."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def source_form(sources: Sequence[Source]) -> dict[str, str]:
    """Where each field is from, as programs see it."""
    return {source.field: source.origin for source in sources}


def description_lines(document: Document, sources: Sequence[Source], width: int) -> Iterator[str]:
    """What a document is, a field a line, with where it is from; what nobody says is a dash. Long ones are wrapped."""
    origins = source_form(sources)
    yield from _field_lines("Short name", document.slug, None, width)
    for field, name in FIELDS.items():
        yield from _field_lines(name, field_value(document, field) or "-", origins.get(field), width)
    covers = catalogue_line(document)
    if covers:
        yield from _field_lines("Covers", covers, CATALOGUE, width)


def _field_lines(name: str, value: str, origin: str | None, width: int) -> list[str]:
    """A field and its origin, which is kept together, indented under its value where one line is too short."""
    whole = f"({origin})".replace(" ", _NO_BREAK) if origin else ""
    lines = textwrap.wrap(
        f"{value}  {whole}".rstrip(" "),
        max(width - _NAME_WIDTH - 1, 1),
        break_long_words=False,
        break_on_hyphens=False,
    )
    first, *others = [line.replace(_NO_BREAK, " ") for line in lines]
    return [f"{name:<{_NAME_WIDTH}} {first}", *(f"{'':<{_NAME_WIDTH}} {line}" for line in others)]


def _page_form(page: Page, warnings: Sequence[PageWarning]) -> dict[str, object]:
    return {
        "page": page.number,
        "page_label": page.label,
        "characters": len(page.text),
        "warnings": [asdict(warning) for warning in warnings if warning.page == page.number],
    }


def page_lines(pages: Sequence[Page], warnings: Sequence[PageWarning], width: int) -> Iterator[str]:
    """What looks wrong, each kind with its pages and its remedy; then the pages, those alike in one row."""
    wrong = {warning.page for warning in warnings}
    yield f"{_counted(len(pages), 'page')}, {len(wrong) or 'none'} to look at"
    for trouble in gather_troubles(warnings):
        yield ""
        where = f"{'page' if len(trouble.pages) == 1 else 'pages'} {page_ranges(trouble.pages)}: {trouble.name}"
        yield from textwrap.wrap(where, width, subsequent_indent="  ")
        yield from textwrap.wrap(f"{trouble.remedy}.", width, initial_indent="  ", subsequent_indent="  ")
    yield ""
    yield f"{'pages':<9} {'printed':<11} {'characters':>10}  looks wrong"
    names = {page.number: tuple(dict.fromkeys(_names(warnings, page.number))) for page in pages}
    for kinds, together in itertools.groupby(pages, key=lambda page: names[page.number]):
        yield _row(list(together), ", ".join(kinds) or "-")


def _row(pages: list[Page], wrong: str) -> str:
    labels = [page.label for page in pages if page.label]
    printed = "-".join(dict.fromkeys([*labels[:1], *labels[-1:]])) or "-"
    characters = sum(len(page.text) for page in pages)
    numbers = page_ranges(page.number for page in pages)
    return f"{numbers:<9} {printed:<11} {characters:>10,}  {wrong}"


def _names(warnings: Sequence[PageWarning], number: int) -> list[str]:
    return [warning_name(warning.kind) for warning in warnings if warning.page == number]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

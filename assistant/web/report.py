"""A report in the reading room: what it is, its relatives, and page by page the picture beside what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse

from assistant.lookup import series_line
from assistant.pages import WIDTHS, Pictures
from assistant.web.api import find_document
from assistant.web.templating import render
from corpus.description import FIELDS, catalogue_line, field_value
from corpus.documents import Document, PageWarning
from corpus.errors import Fault
from corpus.library import Library
from corpus.relatives import find_relatives
from corpus.troubles import gather_troubles, page_ranges, warning_name

_SHOWN_ELSEWHERE = ("title", "url")
"""Of a description: the page's own heading, and the link to the original."""

_PageNumber = Annotated[int, InPath(ge=1, le=10_000_000)]


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a description: its name, what it says, and where that is from."""

    name: str
    value: str
    origin: str | None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the table: physical number, printed label, how many characters were read, what looks wrong."""

    number: int
    label: str | None
    characters: int
    wrong: tuple[str, ...]


def make_report_pages(library: Library) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    pictures = Pictures(library.home)

    @router.get("/documents/{slug}/report")
    def show_report(slug: str) -> HTMLResponse:
        document = find_document(library, slug)
        return render("report.html", 200, **_report_values(library, document))

    @router.get("/documents/{slug}/report/{number}")
    def show_page(slug: str, number: _PageNumber) -> HTMLResponse:
        document = find_document(library, slug)
        return render("report_page.html", 200, **_page_values(library, document, number, pictures))

    return router


def _report_values(library: Library, document: Document) -> dict[str, Any]:
    warnings = library.warnings(document.sha256)
    rows = [
        PageRow(page.number, page.label, len(page.text), tuple(_names(warnings, page.number)))
        for page in library.pages(document.sha256)
    ]
    origins = {source.field: source.origin for source in library.sources(document.sha256)}
    return {
        "document": document,
        "series": series_line(document),
        "facts": [
            Fact(name, field_value(document, field), origins.get(field))
            for field, name in FIELDS.items()
            if field not in _SHOWN_ELSEWHERE
        ],
        "title_origin": origins.get("title"),
        "rows": rows,
        "wrong": sum(bool(row.wrong) for row in rows),
        "troubles": [(trouble, page_ranges(trouble.pages)) for trouble in gather_troubles(warnings)],
        "covers": catalogue_line(document),
        "relatives": find_relatives(document, library),
        "original": _web_address(document),
    }


def _page_values(library: Library, document: Document, number: int, pictures: Pictures) -> dict[str, Any]:
    page = library.page(document.sha256, number)
    last = library.count_pages(document.sha256)
    return {
        "document": document,
        "series": series_line(document),
        "page": page,
        "last": last,
        "paragraphs": [line for line in page.text.split("\n") if line.strip()],
        "troubles": gather_troubles([one for one in library.warnings(document.sha256) if one.page == number]),
        "has_picture": _can_be_drawn(document, number, pictures),
        "widths": WIDTHS,
    }


def _can_be_drawn(document: Document, number: int, pictures: Pictures) -> bool:
    try:
        pictures.draw(document.sha256, number, WIDTHS[1])
    except Fault:
        return False
    return True


def _names(warnings: Sequence[PageWarning], number: int) -> list[str]:
    kinds = dict.fromkeys(warning.kind for warning in warnings if warning.page == number)
    return [warning_name(kind) for kind in kinds]


def _web_address(document: Document) -> str | None:
    return document.url if (document.url or "").startswith(("https://", "http://")) else None

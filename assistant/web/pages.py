"""Pages that need no JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.answers import QuotePart
from assistant.bibliography import record_citation
from assistant.links import Resolved, is_link, parse_link, resolve_link
from assistant.lookup import name_pages, refer, series_line, source_line, standing
from assistant.newer import find_in_newer, newer_line
from assistant.pages import WIDTHS, Pictures
from assistant.pointing import Pointed, find_pages
from assistant.references import NAMES, write_all
from assistant.web.templating import render
from assistant.web.words import Run, mark_paragraphs
from assistant.words import name_language
from corpus.documents import Box, Document, Page
from corpus.errors import Fault
from corpus.library import Library
from corpus.marks import find_marks


@dataclass(frozen=True, slots=True)
class MarkedPicture:
    """The picture of a page: its address, the page's size in points, and the rectangles of the quote's words."""

    address: str
    width: float
    height: float
    marks: list[Box]


@dataclass(frozen=True, slots=True)
class PageView:
    """One page that a quote stands on: its two numbers in words, its text and its picture with the quote marked."""

    line: str
    paragraphs: list[list[Run]]
    picture: MarkedPicture | None


@dataclass(frozen=True, slots=True)
class _PlaceView:
    """The pages of a report that a reference may mean: the address of the first, and how they are named."""

    address: str
    line: str
    language: str

    @classmethod
    def of(cls, place: Pointed) -> _PlaceView:
        document = place.document
        pages = name_pages([QuotePart(page.number, page.label, "", 0, 0) for page in place.pages])
        line = ", ".join(filter(None, (document.title, series_line(document), pages)))
        return cls(f"/documents/{quote(document.slug)}/report/{place.pages[0].number}", line, document.language)


def make_pages(app: FastAPI, library: Library) -> APIRouter:
    """The permanent page of a citation, the way to it, and the list of routes."""
    router = APIRouter(include_in_schema=False)
    pictures = Pictures(library.home)

    @router.api_route("/c/{link:path}", methods=["GET", "HEAD"])
    def show_citation(request: Request, link: str) -> HTMLResponse:
        found = resolve_link(library, link)
        address = f"{request.base_url}c/{found.citation.link}"
        return render("citation.html", 200, **_citation_values(library, pictures, found), address=address)

    @router.get("/cite")
    def follow_reference(reference: str = "") -> Response:
        """A link leads to its words, a reference to its page; where several pages may be meant, to a choice."""
        if is_link(reference):
            parsed = parse_link(reference)
            return RedirectResponse(f"/c/x/{parsed.file}/p{parsed.page}/{parsed.words}", 303)
        places = [_PlaceView.of(place) for place in find_pages(library, reference)]
        if len(places) == 1:
            return RedirectResponse(places[0].address, 303)
        return render("places.html", 200, places=places, reference=reference)

    @router.get("/api/docs")
    def list_routes() -> HTMLResponse:
        return render("routes.html", 200, routes=_routes(app.openapi()))

    return router


def _citation_values(library: Library, pictures: Pictures, found: Resolved) -> dict[str, Any]:
    citation = found.citation
    document = citation.document
    pages = [_view(library, pictures, document, part) for part in citation.parts]
    newer = find_in_newer(library, found)
    references = write_all(record_citation(citation, date.today()))
    return {
        "citation": citation,
        "document": document,
        "series": series_line(document),
        "source": source_line(citation),
        "spoken": name_language(citation.passage_language, "en") if citation.passage_language else None,
        "reference": refer(citation),
        "references": {NAMES[style]: text for style, text in references.items()},
        "note": standing(found),
        "newer": newer,
        "newer_line": newer_line(newer) if newer else None,
        "newer_source": source_line(newer.citation) if newer and newer.citation else None,
        "original": document.url if (document.url or "").startswith(("https://", "http://")) else None,
        "notes": found.notes,
        "pages": pages,
    }


def _view(library: Library, pictures: Pictures, document: Document, part: QuotePart) -> PageView:
    page = library.page(document.sha256, part.page)
    paragraphs = mark_paragraphs(page.text, part.start, part.end)
    return PageView(name_pages([part], one="page"), paragraphs, _draw(pictures, document, page, part))


def _draw(pictures: Pictures, document: Document, page: Page, part: QuotePart) -> MarkedPicture | None:
    """The picture with the quote marked; None where there is none, or where the words' places on it are unsure."""
    marks = find_marks(page, part.start, part.end)
    try:
        fits = bool(marks) and pictures.draw(document.sha256, page.number, WIDTHS[1]).fits(page)
    except Fault:
        return None
    if not fits:
        return None
    address = f"/api/documents/{document.slug}/pages/{page.number}/image?width={WIDTHS[1]}&edition={document.sha256}"
    return MarkedPicture(address, page.sheet.width, page.sheet.height, marks)


def _routes(schema: dict[str, Any]) -> list[dict[str, object]]:
    return [
        {"method": method.upper(), "path": path, "text": operation.get("description", operation["summary"])}
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]

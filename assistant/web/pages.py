"""Pages that need no JavaScript, and the files that they and the reading room look like."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.links import Resolved, resolve_link
from assistant.lookup import name_pages, refer, series_line, source_line, standing
from assistant.web.faults import nothing_here
from assistant.web.templating import render
from assistant.web.words import Run, mark_paragraphs
from corpus.library import Library

STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_NAMES = frozenset(
    {
        "answer.js",
        "colours.css",
        "conversation.js",
        "icon.svg",
        "permanent.css",
        "room.css",
        "room.js",
        "shelf.js",
        "source.css",
        "source.js",
        "stream.js",
        "words.js",
    }
)


@dataclass(frozen=True, slots=True)
class PageView:
    """One page that a quote stands on: its two numbers in words, and its text with the quote marked."""

    line: str
    paragraphs: list[list[Run]]


def make_pages(app: FastAPI, library: Library) -> APIRouter:
    """The permanent page of a citation, the list of routes, and the files."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/c/{link:path}", methods=["GET", "HEAD"])
    def show_citation(request: Request, link: str) -> HTMLResponse:
        found = resolve_link(library, link)
        address = f"{request.base_url}c/{found.citation.link}"
        return render("citation.html", 200, **_citation_values(library, found), address=address)

    @router.get("/api/docs")
    def list_routes() -> HTMLResponse:
        return render("routes.html", 200, routes=_routes(app.openapi()))

    @router.get("/room/{name}")
    def show_file(name: str) -> Response:
        return _file(name)

    @router.get("/favicon.ico")
    def show_icon() -> Response:
        return _file("icon.svg")

    return router


def _citation_values(library: Library, found: Resolved) -> dict[str, Any]:
    citation = found.citation
    document = citation.document
    pages = [
        PageView(
            name_pages([part], one="page"),
            mark_paragraphs(library.page(document.sha256, part.page).text, part.start, part.end),
        )
        for part in citation.parts
    ]
    return {
        "citation": citation,
        "document": document,
        "series": series_line(document),
        "source": source_line(citation),
        "reference": refer(citation),
        "note": standing(found),
        "original": document.url if (document.url or "").startswith(("https://", "http://")) else None,
        "pages": pages,
    }


def _routes(schema: dict[str, Any]) -> list[dict[str, object]]:
    return [
        {"method": method.upper(), "path": path, "text": operation.get("description", operation["summary"])}
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]


def _file(name: str) -> Response:
    if name not in _NAMES:
        raise nothing_here()
    path = STATIC / name
    return FileResponse(path, media_type=_TYPES[path.suffix], headers={"cache-control": "no-cache"})

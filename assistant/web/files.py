"""The files that the reading room and our pages are made of, and the words that they say."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse, Response

from assistant.web.faults import nothing_here
from assistant.web.texts import texts
from assistant.words import labels

_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_NAMES = frozenset(path.name for path in _STATIC.iterdir() if path.suffix in _TYPES)
_EACH_TIME = {"cache-control": "no-cache"}


def make_files() -> APIRouter:
    """What stands in `static`, by name, and the words of the room and beside an answer."""
    router = APIRouter(include_in_schema=False)

    @router.get("/room/labels.json")
    def list_labels() -> JSONResponse:
        return JSONResponse(labels(), headers=_EACH_TIME)

    @router.get("/room/texts.json")
    def list_texts() -> JSONResponse:
        return JSONResponse(texts(), headers=_EACH_TIME)

    @router.get("/room/{name}")
    def show_file(name: str) -> Response:
        return _file(name)

    @router.get("/favicon.ico")
    def show_icon() -> Response:
        return _file("icon.svg")

    return router


def _file(name: str) -> Response:
    if name not in _NAMES:
        raise nothing_here()
    path = _STATIC / name
    return FileResponse(path, media_type=_TYPES[path.suffix], headers=_EACH_TIME)

"""Plain text: pages are what form feeds divide; there is no layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.documents import Sheet
from corpus.errors import UnreadableDocument
from corpus.text import shown
from ingest.raw import End, Line, Metadata, raw_page


def read_text(path: Path, password: str = "") -> Iterator[Line]:  # noqa: ARG001 - every reader is asked in one way
    """Metadata, pages, End. Raises UnreadableDocument for what is not text."""
    pages = decode_text(path).split("\f")
    yield Metadata(pages=len(pages))
    for number, page in enumerate(pages, start=1):
        yield raw_page(number, None, Sheet(page))
    yield End(len(pages))


def decode_text(path: Path) -> str:
    """A file's text as UTF-8, or else Windows-1252, its lines ended by line feeds. Raises UnreadableDocument."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableDocument(
            "not-text", f"{shown(path.name)} is not a text file", "give the file the ending of what it is"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""Plain text and Markdown: pages are what form feeds divide; there is no layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.documents import Sheet
from corpus.errors import UnreadableDocument
from corpus.text import shown
from ingest.raw import End, Line, Metadata, raw_page


def read_text(path: Path) -> Iterator[Line]:
    """Metadata, pages, End. Raises UnreadableDocument for what is not text."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableDocument(
            "not-text", f"{shown(path.name)} is not a text file", "give the file the ending of what it is"
        )
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    yield Metadata(pages=len(pages))
    for number, page in enumerate(pages, start=1):
        yield raw_page(number, None, Sheet(page))
    yield End(len(pages))

"""Markdown: by the CommonMark rules with tables, to what its markup stands for; pages are what form feeds divide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from ingest.raw import Line
from ingest.readers.html import read_markup
from ingest.readers.text import decode_text


def read_markdown(path: Path, password: str = "") -> Iterator[Line]:  # noqa: ARG001 - every reader is asked in one way
    """Metadata, pages, End. Raises UnreadableDocument for what is not text."""
    parser = MarkdownIt("commonmark").enable("table")
    yield from read_markup(*(parser.render(page) for page in decode_text(path).split("\f")))

"""What a reader hands over: a file's own metadata and its pages, as lines of JSON between two processes."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from dataclasses import asdict, dataclass
from typing import TextIO, TypeAlias

from corpus.documents import Bookmark, Page, PageWarning, Sheet
from corpus.errors import UnreadableDocument


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; None where it says nothing. `pages` is how many it has.

    `language`: two letters, ISO 639-1. `outline`: its bookmarks in their order, those that lead to no page left out.
    """

    pages: int
    title: str | None = None
    author: str | None = None
    keywords: str | None = None
    created: str | None = None
    language: str | None = None
    outline: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """Every page was handed over."""

    pages: int


Line: TypeAlias = Metadata | Page | PageWarning | End


def raw_page(number: int, label: str | None, sheet: Sheet) -> Page:
    """A page as it was found: its text is its sheet."""
    return Page(number, label, sheet.text, sheet, struct.pack(f"<{len(sheet.text)}i", *range(len(sheet.text))))


def write_line(stream: TextIO, line: Line) -> None:
    if isinstance(line, Page):
        sheet = {
            "number": line.number,
            "label": line.label,
            "text": line.sheet.text,
            "boxes": base64.b64encode(zlib.compress(line.sheet.boxes, 1)).decode(),
            "styles": base64.b64encode(zlib.compress(line.sheet.styles, 1)).decode(),
            "size": [line.sheet.width, line.sheet.height],
        }
        stream.write(json.dumps({"page": sheet}) + "\n")
    elif isinstance(line, Metadata):
        stream.write(json.dumps({"meta": asdict(line)}) + "\n")
    elif isinstance(line, PageWarning):
        stream.write(json.dumps({"warning": asdict(line)}) + "\n")
    else:
        stream.write(json.dumps({"end": line.pages}) + "\n")
    stream.flush()


def read_line(line: bytes) -> Line:
    """The other side of `write_line`. Raises what the reader reported."""
    value = json.loads(line)
    if "error" in value:
        raise UnreadableDocument(**value["error"])
    if "meta" in value:
        said = value["meta"]
        return Metadata(**{**said, "outline": tuple(Bookmark(**entry) for entry in said["outline"])})
    if "warning" in value:
        return PageWarning(**value["warning"])
    if "end" in value:
        return End(value["end"])
    page = value["page"]
    boxes, styles = (zlib.decompress(base64.b64decode(page[name])) for name in ("boxes", "styles"))
    width, height = page["size"]
    sheet = Sheet(page["text"], boxes, width, height, styles)
    return raw_page(page["number"], page["label"], sheet)

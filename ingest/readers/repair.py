"""Files that pdfium does not open as they are: what stands before the header is cut off, or pypdf writes them anew."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

_HEADER = b"%PDF-"


def open_repaired(path: Path, password: str) -> pypdfium2.PdfDocument | None:
    """The file with its pages, mended in memory; None where nothing can be made of it."""
    for content in _mended(path, password):
        try:
            document = pypdfium2.PdfDocument(content, password=password or None)
        except pypdfium2.PdfiumError:
            continue
        if len(document):
            return document
    return None


def _mended(path: Path, password: str) -> Iterator[bytes]:
    content = path.read_bytes()
    start = content.find(_HEADER)
    if start > 0:
        yield content[start:]
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content[start:]), password=password or None)
        writer = pypdf.PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        written = io.BytesIO()
        writer.write(written)
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, ImportError):
        return
    yield written.getvalue()


def draws_anything(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether a page has anything on it that could be looked at: where not, text recognition finds nothing either."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return False
    found = next(page.get_objects(max_depth=1), None) is not None
    page.close()
    return found

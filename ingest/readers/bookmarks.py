"""The outline of a PDF: its bookmarks, each with the page that it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pypdfium2

from corpus.documents import Bookmark

_MOST = 5_000
"""Bookmarks of a file that are looked at."""

_LONGEST = 300
"""Characters of a title: what is longer is no heading."""


def read_bookmarks(document: pypdfium2.PdfDocument) -> Iterator[Bookmark]:
    """The bookmarks in their order; those without words or without a page in the file are left out."""
    for entry in islice(document.get_toc(), _MOST):
        try:
            title, target = entry.get_title(), entry.get_dest()
        except UnicodeDecodeError:
            continue
        words = " ".join(title.encode("utf-8", "replace").decode().split())
        index = target.get_index() if target is not None else None
        if words and len(words) <= _LONGEST and index is not None and 0 <= index < len(document):
            yield Bookmark(words, entry.level, index + 1)

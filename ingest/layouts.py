"""What leaves a page's layout in doubt: letters on their side, and words far apart that were read as one line."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import numpy as np

from corpus.documents import Page, PageWarning
from ingest.lines import find_gaps

_FEW_PAIRS = 100
_ROTATED = 0.3
"""A page of fewer neighbouring letters is not judged, nor one on which a smaller share of them stand on their side."""

_WIDE = 1.5
"""Of the letters' height: a space as wide within a line is none between words."""

_LEAST_GAPS = 8
_GAPS_A_LINE = 0.3
"""How many such spaces a page has at least, in all and for each of its lines; pages of prose have one in twenty."""

_EDGE = 15
"""Characters at both ends of a paragraph in which a wide space is that of a list, a label or a page's number."""


def find_layout_doubts(page: Page) -> Iterator[PageWarning]:
    """At most one warning of each kind; none for a page without layout."""
    sideways = _count_sideways(page)
    if sideways:
        yield PageWarning(
            page.number,
            "rotated",
            f"{sideways} letters stand on their side, and their lines are unsure: turn the page (`qpdf --rotate`) and "
            "add the file again, or compare what you quote with the page image",
        )
    gaps = _count_gaps(page)
    if gaps:
        yield PageWarning(
            page.number,
            "columns-unsure",
            f"{gaps} times words far apart were read as one line: columns or a table may be read across; compare what "
            "you quote with the page image",
        )


def _count_sideways(page: Page) -> int:
    """Letters whose neighbour in their word stands above or below them, where they are a large share; else 0."""
    text = page.sheet.text
    if not page.sheet.boxes or len(text) < _FEW_PAIRS:
        return 0
    edges = np.frombuffer(page.sheet.boxes, dtype="<f4").reshape(-1, 4).astype(np.float64)
    letters = np.array([character.isalpha() for character in text])
    pairs = letters[1:] & letters[:-1]
    steps = np.abs(edges[1:, :2] - edges[:-1, :2])[pairs]
    count = int(np.count_nonzero(steps[:, 1] > steps[:, 0]))
    return count if len(steps) >= _FEW_PAIRS and count > _ROTATED * len(steps) else 0


def _count_gaps(page: Page) -> int:
    """Wide spaces between words within paragraphs that are no rows of tables, where a page has many; else 0."""
    glyphs = find_gaps(page.sheet, shared=0.5, wide=_WIDE)
    if glyphs is None:
        return 0
    sheet = page.sheet.text
    left, right = glyphs.places[:-1][glyphs.wide].tolist(), glyphs.places[1:][glyphs.wide].tolist()
    after_gap = {
        after for before, after in zip(left, right, strict=True) if sheet[before].isalnum() and sheet[after].isalnum()
    }
    if len(after_gap) < _LEAST_GAPS:
        return 0
    origins = struct.unpack(f"<{len(page.text)}i", page.origins)
    count = sum(
        origins[place] in after_gap
        for paragraph in re.finditer(r"[^\n\t]+(?=\n|$)", page.text)
        if page.text[paragraph.start() - 1 : paragraph.start()] != "\t"
        for place in range(paragraph.start() + _EDGE, paragraph.end() - _EDGE)
    )
    lines = sheet.count("\n") + 1
    return count if count >= max(_LEAST_GAPS, _GAPS_A_LINE * lines) else 0

"""Columns that a file gives line by line across the page: read one after the other, as they are printed.

Lines are taken apart only where several in a row leave the same gutter free, and where what stands on each side of it
runs on from line to line as prose does: the rows of a table do not.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.documents import Sheet
from ingest.lines import Edges, SheetLine, find_gaps, make_line, read_edges
from ingest.styles import Style, read_styles

_WIDE = 1.0
"""Of the letters' height: a space as wide may be a gutter."""

_LEAST = 3
_NEXT = 2.2
"""Of the letters' height: lines of one column stand no further apart."""

_FEW_LETTERS = 18
"""A column whose lines usually have fewer characters is none of prose."""

_RUNS_ON = 0.4
"""Of a column's lines after the first: how many begin with a small letter."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands beside each other: pieces of the page's text from the left, and the lines that they were cut from."""

    pieces: tuple[SheetLine, ...]
    lines: tuple[SheetLine, ...]


@dataclass(slots=True)
class _Columns:
    """The columns of some rows, taken in one by one: where the fullest of them leave gutters free.

    `lefts`, `rights`: the edges of each column by the fullest rows. `starts`, `ends`: those of all its pieces.
    """

    rows: list[_Row] = field(default_factory=list)
    pieces: list[list[SheetLine]] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    is_free: bool = True

    def take(self, row: _Row) -> None:
        """With one more row: `is_free` tells whether every piece stands in one column alone."""
        self.rows.append(row)
        boxes = [piece.box for piece in row.pieces if piece.box is not None]
        lefts, rights = [box.left for box in boxes], [box.right for box in boxes]
        new = [row]
        if len(boxes) > len(self.lefts):
            self.lefts, self.rights, self.starts, self.ends = lefts, rights, lefts[:], rights[:]
            self.pieces = [[] for _ in boxes]
            new = self.rows
            self.is_free = self._has_gutters()
        elif len(boxes) == len(self.lefts):
            self.lefts, self.rights = list(map(min, self.lefts, lefts)), list(map(max, self.rights, rights))
            self.is_free = self.is_free and self._has_gutters()
        self.is_free = self.is_free and all(self._place(piece) for one in new for piece in one.pieces)

    def _has_gutters(self) -> bool:
        return all(
            self.rights[n] < self.lefts[n + 1]
            and self.ends[n] <= self.lefts[n + 1]
            and self.starts[n + 1] >= self.rights[n]
            for n in range(len(self.lefts) - 1)
        )

    def _place(self, piece: SheetLine) -> bool:
        """Whether a piece stands in one column alone; then it is put there."""
        if piece.box is None:
            return False
        column = bisect_right(self.rights, piece.box.left)
        if bisect_left(self.lefts, piece.box.right) != column + 1:
            return False
        self.pieces[column].append(piece)
        self.starts[column] = min(self.starts[column], piece.box.left)
        self.ends[column] = max(self.ends[column], piece.box.right)
        return True


def unweave(sheet: Sheet, lines: list[SheetLine]) -> list[SheetLine]:
    """The lines of a page, those of columns one column after the other."""
    cuts = _find_cuts(sheet)
    if len(cuts) < _LEAST:
        return lines
    found: list[SheetLine] = []
    columns = _Columns()
    for row in _rows(sheet, lines, cuts):
        above = columns.rows[-1] if columns.rows else None
        near = above is not None and len(columns.rows[0].pieces) > 1 and _is_under(above, row)
        count = len(columns.rows)
        if near:
            columns.take(row)
        if not near or not columns.is_free:
            found += _read_run(sheet, columns.rows[:count])
            columns = _Columns()
            columns.take(row)
    return [*found, *_read_run(sheet, columns.rows)]


def _find_cuts(sheet: Sheet) -> list[int]:
    """The places of characters that stand a wide space behind the one before them, beside it."""
    glyphs = find_gaps(sheet, shared=0.5, wide=_WIDE)
    if glyphs is None:
        return []
    found: list[int] = glyphs.places[1:][glyphs.wide].tolist()
    return found


def _rows(sheet: Sheet, lines: Sequence[SheetLine], cuts: list[int]) -> list[_Row]:
    edges, styles = read_edges(sheet), read_styles(sheet)
    rows: list[_Row] = []
    pieces: list[SheetLine] = []
    own: list[SheetLine] = []
    for line in lines:
        inner = cuts[bisect_right(cuts, line.start) : bisect_left(cuts, line.end)]
        cut = _cut(sheet, line, inner, edges, styles) if inner else [line]
        if pieces and not _beside(pieces[-1], cut[0]):
            rows.append(_Row(tuple(pieces), tuple(own)))
            pieces, own = [], []
        pieces += cut
        own.append(line)
    return [*rows, _Row(tuple(pieces), tuple(own))] if own else rows


def _cut(sheet: Sheet, line: SheetLine, cuts: Sequence[int], edges: Edges, styles: list[Style]) -> list[SheetLine]:
    pieces = []
    for start, end in pairwise([line.start, *cuts, line.end]):
        visible = [place for place in range(start, end) if not sheet.text[place].isspace()]
        if visible:
            pieces.append(make_line(visible[0], visible[-1] + 1, visible, edges, styles))
    return pieces


def _beside(left: SheetLine, right: SheetLine) -> bool:
    if left.box is None or right.box is None:
        return False
    shared = min(left.box.bottom, right.box.bottom) - max(left.box.top, right.box.top)
    return shared > 0.5 * min(left.size, right.size) and right.box.left - left.box.right > _WIDE * left.size


def _is_under(above: _Row, row: _Row) -> bool:
    """Whether a row stands under another, no further than the next one of a column does."""
    upper, lower = above.pieces[0], row.pieces[0]
    if upper.box is None or lower.box is None:
        return False
    return 0 < lower.box.top - upper.box.top <= _NEXT * max(upper.size, lower.size)


def _read_run(sheet: Sheet, run: Sequence[_Row]) -> list[SheetLine]:
    """The lines of some rows: column by column where they are prose, else as they are."""
    columns = _Columns()
    if len(run) >= _LEAST and len(run[0].pieces) > 1:
        for row in run:
            columns.take(row)
    if columns.rows and columns.is_free and all(_is_prose(sheet, column) for column in columns.pieces):
        return [piece for column in columns.pieces for piece in column]
    return [line for row in run for line in row.lines]


def _is_prose(sheet: Sheet, column: Sequence[SheetLine]) -> bool:
    texts = [sheet.text[piece.start : piece.end].strip() for piece in column]
    small = sum(text[:1].islower() for text in texts[1:])
    return (
        len(texts) >= _LEAST
        and statistics.median(map(len, texts)) >= _FEW_LETTERS
        and small >= _RUNS_ON * (len(texts) - 1)
    )

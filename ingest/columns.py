"""Columns that a file gives line by line across the page: read one after the other, as they are printed.

Lines are taken apart only where several in a row leave the same gutter free, and where what stands on each side of it
runs on from line to line as prose does: the rows of a table do not.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpus.documents import Box, Sheet
from ingest.lines import SheetLine, make_line, read_boxes, visible_places
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


def unweave(sheet: Sheet, lines: list[SheetLine]) -> list[SheetLine]:
    """The lines of a page, those of columns one column after the other."""
    cuts = _find_cuts(sheet)
    if len(cuts) < _LEAST:
        return lines
    found: list[SheetLine] = []
    run: list[_Row] = []
    for row in [*_rows(sheet, lines, cuts), None]:
        if row is not None and run and _follows(run, row):
            run.append(row)
            continue
        found += _read_run(sheet, run)
        run = [row] if row is not None else []
    return found


def _find_cuts(sheet: Sheet) -> list[int]:
    """The places of characters that stand a wide space behind the one before them, beside it."""
    places = visible_places(sheet)
    if not sheet.boxes or len(places) < 2:
        return []
    left, top, right, bottom = np.frombuffer(sheet.boxes, dtype="<f4").reshape(-1, 4).astype(np.float64)[places].T
    height = np.maximum(bottom - top, 0.1)
    shared = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    same = shared > 0.5 * np.minimum(height[1:], height[:-1])
    wide = same & (left[1:] - right[:-1] > _WIDE * np.maximum(height[1:], height[:-1]))
    found: list[int] = places[1:][wide].tolist()
    return found


def _rows(sheet: Sheet, lines: Sequence[SheetLine], cuts: list[int]) -> list[_Row]:
    boxes, styles = read_boxes(sheet), read_styles(sheet)
    rows: list[_Row] = []
    for line in lines:
        inner = cuts[bisect_right(cuts, line.start) : bisect_left(cuts, line.end)]
        pieces = _cut(sheet, line, inner, boxes, styles) if inner else [line]
        last = rows[-1].pieces[-1] if rows else None
        if last is not None and _beside(last, pieces[0]):
            rows[-1] = _Row((*rows[-1].pieces, *pieces), (*rows[-1].lines, line))
        else:
            rows.append(_Row(tuple(pieces), (line,)))
    return rows


def _cut(sheet: Sheet, line: SheetLine, cuts: Sequence[int], boxes: list[Box], styles: list[Style]) -> list[SheetLine]:
    pieces = []
    for start, end in pairwise([line.start, *cuts, line.end]):
        visible = [place for place in range(start, end) if not sheet.text[place].isspace()]
        if visible:
            pieces.append(make_line(visible[0], visible[-1] + 1, visible, boxes, styles))
    return pieces


def _beside(left: SheetLine, right: SheetLine) -> bool:
    if left.box is None or right.box is None:
        return False
    shared = min(left.box.bottom, right.box.bottom) - max(left.box.top, right.box.top)
    return shared > 0.5 * min(left.size, right.size) and right.box.left - left.box.right > _WIDE * left.size


def _follows(run: Sequence[_Row], row: _Row) -> bool:
    """Whether a row goes on under the last one: in as many columns, or in some of them."""
    above, below = run[-1].pieces[0], row.pieces[0]
    if len(run[0].pieces) < 2 or above.box is None or below.box is None:
        return False
    near = 0 < below.box.top - above.box.top <= _NEXT * max(above.size, below.size)
    return near and _columns([*run, row]) is not None


def _columns(run: Sequence[_Row]) -> list[list[SheetLine]] | None:
    """The pieces of some rows column by column, where gutters stay free between them; else None."""
    width = max(len(row.pieces) for row in run)
    bounds: list[tuple[float, float]] = []
    for row in run:
        if len(row.pieces) == width:
            edges = [(piece.box.left, piece.box.right) for piece in row.pieces if piece.box is not None]
            bounds = [(min(a, c), max(b, d)) for (a, b), (c, d) in zip(bounds or edges, edges, strict=True)]
    if any(left[1] >= right[0] for left, right in zip(bounds, bounds[1:], strict=False)):
        return None
    columns: list[list[SheetLine]] = [[] for _ in bounds]
    for piece in (piece for row in run for piece in row.pieces):
        over = [n for n, (a, b) in enumerate(bounds) if piece.box and piece.box.left < b and piece.box.right > a]
        if len(over) != 1:
            return None
        columns[over[0]].append(piece)
    return columns


def _read_run(sheet: Sheet, run: Sequence[_Row]) -> list[SheetLine]:
    """The lines of some rows: column by column where they are prose, else as they are."""
    columns = _columns(run) if len(run) >= _LEAST and len(run[0].pieces) > 1 else None
    if columns is None or not all(_is_prose(sheet, column) for column in columns):
        return [line for row in run for line in row.lines]
    return [piece for column in columns for piece in column]


def _is_prose(sheet: Sheet, column: Sequence[SheetLine]) -> bool:
    texts = [sheet.text[piece.start : piece.end].strip() for piece in column]
    small = sum(text[:1].islower() for text in texts[1:])
    return (
        len(texts) >= _LEAST
        and statistics.median(map(len, texts)) >= _FEW_LETTERS
        and small >= _RUNS_ON * (len(texts) - 1)
    )

"""Tables without ruled lines: rows whose cells stand under each other with wide spaces between them.

Only what is surely a table is taken for one: its file gives it row by row, three rows at least stand in the same
columns, the first column holds names, and most cells of the others hold figures, dates, marks, or yes and no. Prose in
columns, contents and lists are none of that.
"""

from __future__ import annotations

import functools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.documents import Sheet
from ingest.cells import Lines, Segment, find_columns, overlap, read_row, say, say_cells
from ingest.heads import LONGEST_CELL, is_figure
from ingest.lines import find_gaps
from ingest.styles import read_styles
from ingest.tables import Table, find_tables

_WIDE = 1.0
"""Of the letters' height: a space as wide divides cells; one between justified words seldom takes half of it."""

_LEAST_ROWS = 3
_NEXT_ROW = 2.2
"""Of the letters' height: rows of one table stand no further apart."""

_SHORT = 0.8
"""Of the distance between rows: a line that is nearer than this to a row is of its cell."""

_KEPT = 256
"""Sheets whose tables are kept: they are looked for when a page is cleaned, and again when it is divided."""

_MOST_CELLS = 200
"""A line of more pieces is of no table."""

_MOST_HEADS = 3
_MOST_FIGURES = 0.6
"""Of the cells beside the first column: how many must be figures, dates, marks, or yes and no."""

_LEADERS = re.compile(r"(?:\.\s?){5,}|(?:\u2026\s?){2,}|_{5,}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page in the order of the file: its segments from the left, and where it stands, in points."""

    segments: list[Segment]
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@functools.lru_cache(_KEPT)
def find_all_tables(sheet: Sheet) -> tuple[Table, ...]:
    """The tables of a sheet between ruled lines, and those that are seen by their alignment alone."""
    ruled = find_tables(sheet)
    lines = _wide_lines(sheet)
    if not lines:
        return tuple(ruled)
    rows = [row for table in ruled for row in (*((table.head,) if table.head else ()), *table.rows)]
    taken = {place for row in rows for place in row.places()}
    few = (line for line in lines if len(line.segments) <= _MOST_CELLS)
    free = [line for line in few if not any(segment.places[0] in taken for segment in line.segments)]
    found = [_read_table(sheet, run) for run in _runs(free)]
    return (*ruled, *(table for table in found if table is not None))


def _wide_lines(sheet: Sheet) -> list[_Line]:
    """All lines of a page, where as many of them as a table has rows hold wide spaces; else none."""
    glyphs = find_gaps(sheet, shared=0.4, wide=_WIDE)
    if glyphs is None:
        return []
    left, right, places = glyphs.left, glyphs.right, glyphs.places
    same = glyphs.beside & (left[1:] > left[:-1])
    wide = glyphs.wide & same
    if np.count_nonzero(wide) < _LEAST_ROWS:
        return []
    lines: list[_Line] = []
    top, bottom = glyphs.top.tolist(), glyphs.bottom.tolist()
    starts = [0, *(np.flatnonzero(~same) + 1).tolist(), len(places)]
    cuts = set((np.flatnonzero(wide) + 1).tolist())
    for start, end in zip(starts, starts[1:], strict=False):
        inner = [start, *(cut for cut in range(start + 1, end) if cut in cuts), end]
        segments = [
            Segment(tuple(places[a:b].tolist()), float(left[a]), float(right[a:b].max()))
            for a, b in zip(inner, inner[1:], strict=False)
        ]
        lines.append(_Line(segments, statistics.median(top[start:end]), statistics.median(bottom[start:end])))
    return lines


def _runs(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines one under another of which the first and the last have cells, rows enough among them."""
    runs: list[list[_Line]] = [[]]
    row: _Line | None = None
    for line in lines:
        last = runs[-1][-1] if runs[-1] else None
        near = last is not None and 0 < line.top - last.top <= _NEXT_ROW * max(last.height, line.height)
        if len(line.segments) > 1:
            row = line
        if near and row is not None and (row is line or _fits(line.segments[0], row)):
            runs[-1].append(line)
        else:
            runs.append([line] if row is line else [])
    trimmed = (_trimmed(run) for run in runs)
    return [run for run in trimmed if sum(len(line.segments) > 1 for line in run) >= _LEAST_ROWS]


def _fits(segment: Segment, row: _Line) -> bool:
    """Whether a line of one piece stands under one cell alone of the last row that has several."""
    under = [number for number, cell in enumerate(row.segments) if overlap(segment, (cell.left, cell.right)) > 0]
    following = [cell.left for cell in row.segments if cell.left > segment.left]
    return len(under) == 1 and (not following or segment.right < min(following))


def _trimmed(run: list[_Line]) -> list[_Line]:
    end = len(run)
    while end and len(run[end - 1].segments) < 2:
        end -= 1
    return run[:end]


def _read_table(sheet: Sheet, run: Sequence[_Line]) -> Table | None:
    """The table of some lines; None where it is not sure that they are one."""
    bands = _bands(run)
    heads = _count_heads(sheet, bands)
    body = bands[heads:]
    columns = find_columns([band for band in body if any(len(line) > 1 for line in band)]) if body else []
    if len(columns) < 2 or len(body) < _LEAST_ROWS - (heads > 0) or _runs_across(body, columns):
        return None
    rows = [read_row(band, columns) for band in body]
    if not _is_sure([say_cells(sheet, row) for row in rows]):
        return None
    head = read_row([line for band in bands[:heads] for line in band], columns)
    return Table(head if heads else None, tuple(rows))


def _bands(run: Sequence[_Line]) -> list[Lines]:
    """The lines of each row: one of a single piece that is nearer to its neighbour than rows are is of its cell."""
    full = [line.top for line in run if len(line.segments) > 1]
    pitch = statistics.median(below - above for above, below in zip(full, full[1:], strict=False))
    bands: list[Lines] = []
    last: _Line | None = None
    for line in run:
        if last is not None and len(line.segments) == 1 and line.top - last.top < _SHORT * pitch:
            bands[-1].append(line.segments)
        else:
            bands.append([line.segments])
        last = line
    return bands


def _runs_across(bands: Sequence[Lines], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether more than one row in ten has a piece that stands over two columns."""
    across = [
        any(sum(overlap(segment, column) > 0 for column in columns) > 1 for line in band for segment in line)
        for band in bands
    ]
    return 10 * sum(across) > len(bands)


def _count_heads(sheet: Sheet, bands: Sequence[Lines]) -> int:
    """How many of the first rows name the columns: in bold over rows that are not, or without any figure."""
    styles = read_styles(sheet)
    pieces = [[piece for line in band for piece in line] for band in bands]
    bold = [all(styles[place].bold for piece in band for place in piece.places) for band in pieces]
    figures = [any(is_figure(say(sheet, piece.places)) for piece in band[1:] or band) for band in pieces]
    count = 0
    while count < min(_MOST_HEADS, len(bands)) and (not figures[count] or (bold[count] and not all(bold))):
        count += 1
    return count


def _is_sure(texts: Sequence[Sequence[str]]) -> bool:
    """Whether rows are those of a table: names in the first column, figures and the like in the others."""
    names = [row[0] for row in texts if row[0]]
    others = [text for row in texts for text in row[1:] if text]
    sparse = any(2 * sum(map(bool, column)) < len(texts) for column in zip(*texts, strict=True))
    if sparse or not others or max(map(len, [*names, *others])) > 2 * LONGEST_CELL:
        return False
    if statistics.median(map(len, names)) > LONGEST_CELL or any(_LEADERS.search(text) for text in [*names, *others]):
        return False
    named = sum(any(one.isalpha() for one in name) and len(name) > 1 for name in names)
    figures = sum(map(is_figure, others))
    return 5 * named >= 4 * len(names) and figures >= _MOST_FIGURES * len(others) and not _counts_pages(texts)


def _counts_pages(texts: Sequence[Sequence[str]]) -> bool:
    """Whether the only figures are whole numbers that never fall, as the pages of contents do."""
    last = [row[-1] for row in texts if row[-1]]
    numbers = [int(text) for text in last if text.isdecimal()]
    alone = all(not text for row in texts for text in row[1:-1])
    return alone and len(numbers) == len(last) and numbers == sorted(numbers)

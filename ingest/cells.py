"""The cells of a table: what stands in a row, and the columns that its pieces stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.documents import Sheet

HIGHEST_HEAD = 6
"""Lines that the first row of a table may have."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a cell, each as places in the sheet; none where the cell is empty."""

    lines: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as the table has columns."""

    cells: tuple[Cell, ...]

    def places(self) -> list[int]:
        return [place for cell in self.cells for line in cell.lines for place in line]

    def with_cell(self, column: int, cell: Cell) -> Row:
        """The same row with this cell where it has an empty one."""
        if self.cells[column].lines:
            return self
        return Row((*self.cells[:column], cell, *self.cells[column + 1 :]))


@dataclass(frozen=True, slots=True)
class Segment:
    """Letters of one line with no wide space between them."""

    places: tuple[int, ...]
    left: float
    right: float


Lines = list[list[Segment]]
"""The lines of a band, each as its segments from the left."""


def find_columns(bands: list[Lines]) -> list[tuple[float, float]]:
    """Left and right of every column: those of the fullest line, grown by what stands over or under them.

    Only low bands are asked, where there are any: prose has wide spaces too.
    """
    low = [band for band in bands if len(band) <= HIGHEST_HEAD] or bands
    fullest = max((line for band in low for line in band), key=len)
    columns = [(segment.left, segment.right) for segment in fullest]
    segments = [segment for band in low for line in band for segment in line]
    for segment in sorted(segments, key=lambda segment: segment.right - segment.left):
        over = [number for number, column in enumerate(columns) if overlap(segment, column) > 0]
        if not over:
            columns.append((segment.left, segment.right))
        elif len(over) == 1:
            left, right = columns[over[0]]
            columns[over[0]] = (min(left, segment.left), max(right, segment.right))
    columns.sort()
    return columns if columns[0] == (fullest[0].left, fullest[0].right) else _without_split(columns, segments)


def _without_split(columns: list[tuple[float, float]], segments: Sequence[Segment]) -> list[tuple[float, float]]:
    """The first two columns as one where more pieces reach over both than stand in the first alone: a short last line
    of a cell stands before its short head in the middle.
    """
    touching = [segment for segment in segments if overlap(segment, columns[0]) > 0]
    across = [segment for segment in touching if overlap(segment, columns[1]) > 0] if len(columns) > 2 else []
    if 2 * len(across) <= len(touching) or any(overlap(segment, columns[2]) > 0 for segment in across):
        return columns
    return [(columns[0][0], max(columns[1][1], *(segment.right for segment in across))), *columns[2:]]


def overlap(segment: Segment, column: tuple[float, float]) -> float:
    return min(segment.right, column[1]) - max(segment.left, column[0])


def read_row(band: Lines, columns: list[tuple[float, float]]) -> Row:
    cells: list[list[tuple[int, ...]]] = [[] for _ in columns]
    for line in band:
        placed = [(max(range(len(columns)), key=lambda n: overlap(one, columns[n])), one) for one in line]
        for number, group in groupby(placed, key=lambda pair: pair[0]):
            cells[number].append(tuple(place for _, segment in group for place in segment.places))
    return Row(tuple(Cell(tuple(lines)) for lines in cells))


def say_cells(sheet: Sheet, row: Row) -> list[str]:
    """What stands in each cell of a row, its lines joined by spaces."""
    return [" ".join(say(sheet, line) for line in cell.lines if line) for cell in row.cells]


def say(sheet: Sheet, places: Sequence[int]) -> str:
    return sheet.text[places[0] : places[-1] + 1].strip()

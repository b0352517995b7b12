"""Tables of files that say what their cells are: merged cells laid out, heads of columns over several rows as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_COLUMNS = 100
_MOST_HEADS = 3
"""Rows that the head of a table may have."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a file gives it. `across`, `down`: how many columns and rows it takes; `head`: it names a column.

    `goes_on`: it is the rest of the cell above it.
    """

    text: str
    across: int = 1
    down: int = 1
    head: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table laid out: `heads` is None where no row names the columns; each row has as many texts as columns.

    What is merged over rows stands in each of them; what is merged over columns stands in the first, or as the only
    text of a row that it fills. A head that is merged over columns names each.
    """

    heads: tuple[str, ...] | None
    rows: tuple[tuple[str, ...], ...]


def lay_out(rows: Sequence[Sequence[Cell]]) -> Grid:
    """The rows of a table with something in them. The first rows are its heads where all of their cells are,
    unless those of every row are.
    """
    placed = _place(rows)
    width = max((len(line) for line in placed), default=0)
    full = [[*line, *[_EMPTY] * (width - len(line))] for line in placed]
    used = [column for column in range(width) if any(line[column].cell.text for line in full)]
    kept = [[line[column] for column in used] for line in full if any(one.cell.text for one in line)]
    naming = [all(one.cell.head for one in line if one.cell.text) for line in kept]
    count = 0 if all(naming) else min(naming.index(False), _MOST_HEADS)
    heads = tuple(_joined([line[place].cell.text for line in kept[:count]]) for place in range(len(used)))
    return Grid(heads if count else None, tuple(_texts(line) for line in kept[count:]))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell in one column of one row: `first` where it begins there from the left."""

    cell: Cell
    first: bool = True


_EMPTY = _Placed(Cell(""))


def _place(rows: Sequence[Sequence[Cell]]) -> list[list[_Placed]]:
    """For every row what stands in each column. `hanging`: what reaches into the rows below, and into how many."""
    hanging: dict[int, tuple[_Placed, int]] = {}
    placed: list[list[_Placed]] = []
    for row in rows:
        here, hanging = hanging, {column: (one, left - 1) for column, (one, left) in hanging.items() if left > 1}
        line: list[_Placed] = []
        waiting, width = list(row), max(here, default=-1) + 1
        while len(line) < _MOST_COLUMNS and (waiting or len(line) < width):
            column = len(line)
            if column in here or not waiting:
                line.append(here[column][0] if column in here else _EMPTY)
                continue
            cell = waiting.pop(0)
            above_it = placed[-1][column : column + 1] if placed and cell.goes_on else []
            for number in range(max(1, min(cell.across, _MOST_COLUMNS - column))):
                one = above_it[0] if above_it and not number else _Placed(cell, first=not number)
                line.append(one)
                if cell.down > 1:
                    hanging[column + number] = (one, cell.down - 1)
        placed.append(line)
    return placed


def _texts(line: Sequence[_Placed]) -> tuple[str, ...]:
    texts = tuple(one.cell.text if one.first else "" for one in line)
    alone = len({id(one.cell) for one in line}) == 1
    return texts[:1] if alone else texts


def _joined(texts: Sequence[str]) -> str:
    return " ".join(text for place, text in enumerate(texts) if text and text not in texts[:place])

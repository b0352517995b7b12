"""The bands of a page between ruled lines of equal length, which are the rows of its tables, numbered from the top.

Within a band shorter lines may divide some of its columns: then it is several rows, and a cell of another column
reaches over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Box
from ingest.styles import MOST_BANDS

_RULE_LENGTH = 60.0
_SAME_RULE = 5.0
_SAME_PLACE = 3.5
_SAME_HEIGHT = 1.5
_NARROWEST = 10.0
_BEYOND = 2.0
"""Points: the last but one is the width of a cell, the last how far a band reaches beyond its lines."""

_HIGHEST_ROW = 200.0
"""Points."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A ruled line within a band that is shorter than it. `free`: from left to right, where a cell reaches over it."""

    height: float
    free: tuple[tuple[float, float], ...]

    def cell_at(self, x: float) -> tuple[float, float] | None:
        return next((cell for cell in self.free if cell[0] <= x <= cell[1]), None)


@dataclass(frozen=True, slots=True)
class Band:
    """What stands between a ruled line and the next one of equal length under it. `cuts` are in order from the top."""

    box: Box
    cuts: tuple[Cut, ...] = ()


def find_bands(rules: Sequence[Box], uprights: Sequence[Box]) -> tuple[Band | None, ...]:
    """The bands between ruled lines, drawn whole or in pieces; three lines at least. None stands between bands that
    do not touch. `uprights`: the lines between columns.
    """
    whole = _whole_rules(rules)
    groups: list[list[Box]] = []
    for rule in sorted(whole, key=lambda rule: rule.top):
        group = next((one for one in groups if _alike(one[-1], rule)), None)
        if group is None:
            groups.append([rule])
        elif rule.top - group[-1].top > _SAME_PLACE:
            group.append(rule)
    bands: list[Band | None] = []
    for group in sorted(groups, key=lambda group: group[0].left - group[0].right):
        if len(group) >= 3 and not any(_divides(group, band.box) for band in bands if band):
            boxes = [Box(up.left - _BEYOND, up.top, up.right + _BEYOND, down.bottom) for up, down in pairwise(group)]
            # what names the columns is one row, whatever lines stand within it
            bands += [Band(boxes[0]), *(Band(box, _find_cuts(box, whole, uprights)) for box in boxes[1:]), None]
    return tuple(bands)


def find_middles(places: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Across and down, of places that are given as left, top, right and bottom: shape (places, 4)."""
    left, top, right, bottom = places.reshape(-1, 4).T
    return (left + right) / 2, (top + bottom) / 2


def number_bands(bands: Sequence[Band | None], places: NDArray[np.float64]) -> NDArray[np.int64]:
    """For every place, as its left, top, right and bottom, the number of the band that holds its middle, from 1; 0 for
    none. Bands that touch have numbers that follow each other.

    A cell that reaches over several rows: its first place has the number of the first of them, all others that of the
    last.
    """
    numbers = np.zeros(len(places), dtype=np.int64)
    x, y = find_middles(places)
    number = 1
    for band in bands:
        if band is not None:
            box = band.box
            inside = (box.left <= x) & (x <= box.right) & (box.top <= y) & (y <= box.bottom) & (numbers == 0)
            own = np.flatnonzero(inside)
            cuts = _used_cuts(band.cuts, x[own], y[own])
            if number + len(cuts) > MOST_BANDS:
                break
            numbers[own] = number + _number_rows(cuts, x[own], y[own])
            number += len(cuts)
        number += 1
    return numbers


def _number_rows(cuts: Sequence[Cut], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """For the places of one band the number of their row, from 0."""
    rows = np.zeros(len(x), dtype=np.int64)
    begun: set[tuple[int, int, tuple[float, float]]] = set()
    for place, (across, down) in enumerate(zip(x.tolist(), y.tolist(), strict=True) if cuts else ()):
        first = last = sum(cut.height < down for cut in cuts)
        cell = None
        while first > 0 and (above := cuts[first - 1].cell_at(across)) is not None:
            first, cell = first - 1, above
        while last < len(cuts) and (below := cuts[last].cell_at(across)) is not None:
            last, cell = last + 1, below
        rows[place] = last
        if cell is not None and (first, last, cell) not in begun:
            begun.add((first, last, cell))
            rows[place] = first
    return rows


def _used_cuts(cuts: Sequence[Cut], x: NDArray[np.float64], y: NDArray[np.float64]) -> list[Cut]:
    """Those that leave words above them and below in the columns that they divide."""
    used: list[Cut] = []
    divided = [all(cut.cell_at(across) is None for cut in cuts) for across in (x.tolist() if cuts else ())]
    heights = y[np.array(divided, dtype=bool)] if cuts else y
    for cut in cuts:
        last = used[-1].height if used else -np.inf
        if np.any((last < heights) & (heights < cut.height)) and np.any(heights > cut.height):
            used.append(cut)
    return used


def _find_cuts(box: Box, rules: Sequence[Box], uprights: Sequence[Box]) -> tuple[Cut, ...]:
    """The lines that divide a band from one of its sides on, or from both, and leave a cell between."""
    if box.height > _HIGHEST_ROW:
        return ()
    inner = [
        rule
        for rule in rules
        if box.top + _SAME_PLACE < rule.top < box.bottom - _SAME_PLACE
        and box.left - _SAME_RULE <= rule.left
        and rule.right <= box.right + _SAME_RULE
    ]
    heights: list[list[Box]] = []
    for rule in sorted(inner, key=lambda rule: rule.top):
        if heights and rule.top - heights[-1][0].top <= _SAME_PLACE:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    found = (Cut(pieces[0].top, tuple(_free_cells(box, pieces, uprights))) for pieces in heights)
    return tuple(cut for cut in found if cut.free)


def _free_cells(box: Box, pieces: Sequence[Box], uprights: Sequence[Box]) -> list[tuple[float, float]]:
    """Where the pieces of a line leave cells free, each between the lines of its columns or a side of the band; none
    where the line begins at neither side.
    """
    height, covered = pieces[0].top, sorted((piece.left, piece.right) for piece in pieces)
    sides = (covered[0][0] - box.left, box.right - max(right for _, right in covered))
    if min(sides) > _SAME_RULE + _BEYOND:
        return []
    edges = sorted(line.left for line in uprights if line.top < height + _BEYOND and line.bottom > height - _BEYOND)
    free: list[tuple[float, float]] = []
    begin = box.left
    for left, right in [*covered, (box.right, box.right)]:
        inner = [edge for edge in edges if begin + _NARROWEST < edge < left - _NARROWEST]
        bounds = [begin, *inner, left]
        if all(_is_edge(bound, box, edges) for bound in (begin, left)):
            free += [pair for pair in pairwise(bounds) if pair[1] - pair[0] >= _NARROWEST]
        begin = max(begin, right)
    return free


def _is_edge(x: float, box: Box, edges: Sequence[float]) -> bool:
    """Whether a cell may end here: at a side of its band, or at a line between columns."""
    at_side = min(abs(x - box.left), abs(x - box.right)) <= _BEYOND
    return at_side or any(abs(x - edge) <= _SAME_PLACE for edge in edges)


def _whole_rules(pieces: Sequence[Box]) -> list[Box]:
    """The edges of neighbouring cells put together: a word processor draws each by itself."""
    rules: list[Box] = []
    for piece in sorted(pieces, key=lambda piece: (round(piece.top), piece.left)):
        last = rules[-1] if rules else None
        if last and abs(last.top - piece.top) <= _SAME_HEIGHT and piece.left - last.right <= _SAME_PLACE:
            rules[-1] = Box(last.left, last.top, max(last.right, piece.right), last.bottom)
        else:
            rules.append(piece)
    return [rule for rule in rules if rule.right - rule.left >= _RULE_LENGTH]


def _divides(group: list[Box], band: Box) -> bool:
    """Whether ruled lines stand within one row of a wider table, as those of some of its columns do."""
    x, y = (group[1].left + group[1].right) / 2, group[1].top
    within = band.left <= x <= band.right and band.top <= y <= band.bottom
    return band.height <= _HIGHEST_ROW and within


def _alike(rule: Box, other: Box) -> bool:
    return abs(rule.left - other.left) <= _SAME_RULE and abs(rule.right - other.right) <= _SAME_RULE

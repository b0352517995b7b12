"""The lines of a sheet: where each begins and ends, where it stands, how large its letters are."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Box, Page, Sheet
from ingest.styles import PLAIN, Style, any_recognised, read_styles

BULLET = re.compile(
    r"\s*([\u2022\u2023\u2043\u25a0-\u25ff\u2713\u2714\u27a2\u27a4\uf0a7\uf0b7\u00b7\u00bb\u201e*>\u2013\u2014-]|#{1,6}(?=\s))\s+"
)
"""A mark at the start of a line that begins a point of a list, or a heading in plain text."""

PARAGRAPH_END = "\u2029"
"""Ends every paragraph of a file that says where its paragraphs end: there, none is guessed to run on."""

MARK_SIZE = 0.8
"""A digit lower than this share of its line's letters is a note mark."""

SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"

ROW_MARK, HEAD_MARK = "\u241e", "\u241d"
"""Begin a row of a table, and the heads of its columns, in a file that says what they are. A table without heads begins
with a double mark.
"""

CAPTION = re.compile(
    r"(?:table|figure|chart|graph|map|box|tableau|graphique|carte|encadr\u00e9|tabelle|abbildung|karte|kasten)"
    r"\s+(?:[A-Z]?\d+|[IVX]+)(?:\.\d+)*\s*[:.\u2013\u2014|-]|fig\.\s*\d+[.:]?\s+[A-Z]",
    re.IGNORECASE,
)
"""How the caption of a table or a figure begins, in the languages of the sample reports."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a sheet: its place in the sheet's text, its box (None without layout), the height of its letters.

    `bold`: all its letters are; `begins_bold`: its first letter is. `frame`: the number of the frame around it, or 0.
    """

    start: int
    end: int
    box: Box | None
    size: float
    bold: bool = False
    begins_bold: bool = False
    frame: int = 0


_RECOGNISED_SIZES = 0.35
_SPACES = np.array([code for code in range(0x3001) if chr(code).isspace()], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Edges:
    """The boxes of all characters of a sheet, edge by edge, in points; empty without layout."""

    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]
    height: list[float]

    def around(self, places: Sequence[int]) -> Box | None:
        """The box around some characters; None for none of them."""
        if not places:
            return None
        return Box(
            min([self.left[place] for place in places]),
            min([self.top[place] for place in places]),
            max([self.right[place] for place in places]),
            max([self.bottom[place] for place in places]),
        )

    def typical_height(self, places: Sequence[int]) -> float:
        """The median of the heights of some characters; 0 for none of them."""
        return statistics.median([self.height[place] for place in places]) if places else 0.0


def read_edges(sheet: Sheet) -> Edges:
    left, top, right, bottom = _edges(sheet)
    return Edges(left.tolist(), top.tolist(), right.tolist(), bottom.tolist(), (bottom - top).tolist())


def read_heights(sheet: Sheet) -> list[float]:
    """The heights of all boxes of a sheet, in points; none without layout."""
    _, top, _, bottom = _edges(sheet)
    heights: list[float] = (bottom - top).tolist()
    return heights


def _edges(sheet: Sheet) -> NDArray[np.float64]:
    """Left, top, right and bottom of all characters: shape (4, characters)."""
    return np.frombuffer(sheet.boxes, dtype="<f4").reshape(-1, 4).astype(np.float64).T


def visible_places(sheet: Sheet) -> NDArray[np.int64]:
    """The places of all characters of a sheet that are no white space."""
    codes = np.frombuffer(sheet.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    found: NDArray[np.int64] = np.flatnonzero(~np.isin(codes, _SPACES))
    return found


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a sheet that are no white space, in its order: their places and edges, in points.

    `beside`: whether each but the first stands beside the one before it; `wide`: whether with a wide space between.
    """

    places: NDArray[np.int64]
    left: NDArray[np.float64]
    top: NDArray[np.float64]
    right: NDArray[np.float64]
    bottom: NDArray[np.float64]
    beside: NDArray[np.bool_]
    wide: NDArray[np.bool_]


def find_gaps(sheet: Sheet, *, shared: float, wide: float) -> Glyphs | None:
    """None without layout, or for less than two characters. `shared`: the share of the lower one's height that two
    have in common which stand beside each other; `wide`: of their height, what is a wide space between them.
    """
    places = visible_places(sheet)
    if not sheet.boxes or len(places) < 2:
        return None
    left, top, right, bottom = _edges(sheet)[:, places]
    height = np.maximum(bottom - top, 0.1)
    common = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    beside = common > shared * np.minimum(height[1:], height[:-1])
    gaps = beside & (left[1:] - right[:-1] > wide * np.maximum(height[1:], height[:-1]))
    return Glyphs(places, left, top, right, bottom, beside, gaps)


def find_lines(sheet: Sheet) -> list[SheetLine]:
    """The lines of a sheet in its own order; blank ones only where there is no layout, where they divide paragraphs."""
    edges, styles = read_edges(sheet), read_styles(sheet)
    places: list[int] = visible_places(sheet).tolist() if sheet.boxes else []
    lines = []
    for match in re.finditer(r"[^\n]+|(?<=\n)(?=\n)", sheet.text):
        start, end = match.span()
        visible = places[bisect_left(places, start) : bisect_left(places, end)]
        if not sheet.boxes or visible:
            lines.append(make_line(start, end, visible, edges, styles))
    return _even_sizes(lines) if any_recognised(sheet) else lines


def make_line(start: int, end: int, visible: Sequence[int], edges: Edges, styles: Sequence[Style]) -> SheetLine:
    """A line from `start` to `end`, of which these places are no white space."""
    first = styles[visible[0]] if visible else PLAIN
    return SheetLine(
        start,
        end,
        edges.around(visible),
        edges.typical_height(visible),
        bold=first.bold and all(styles[place].bold for place in visible),
        begins_bold=first.bold,
        frame=first.box,
    )


def _even_sizes(lines: list[SheetLine]) -> list[SheetLine]:
    """Text recognition measures each word anew: sizes near the page's usual one are that one."""
    usual = statistics.median(line.size for line in lines)
    return [
        replace(line, size=usual) if abs(line.size - usual) <= _RECOGNISED_SIZES * usual else line for line in lines
    ]


def body_size(pages: list[Page]) -> float:
    """The height of most letters of a document, in points; 0 without layout."""
    heights = [round(height, 1) for page in pages for height in read_heights(page.sheet)[::7] if height > 0]
    return statistics.mode(heights) if heights else 0.0

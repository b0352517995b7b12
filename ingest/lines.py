"""The lines of a sheet: where each begins and ends, where it stands, how large its letters are."""

from __future__ import annotations

import re
import statistics
import struct
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Box, Page, Sheet
from ingest.styles import Style, read_styles

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


def read_boxes(sheet: Sheet) -> list[Box]:
    """All boxes of a sheet, one for each character; none without layout."""
    return [Box(*values) for values in struct.iter_unpack("<4f", sheet.boxes)]


def read_heights(sheet: Sheet) -> list[float]:
    """The heights of all boxes of a sheet, in points; none without layout."""
    edges = np.frombuffer(sheet.boxes, dtype="<f4").reshape(-1, 4).astype(np.float64)
    heights: list[float] = (edges[:, 3] - edges[:, 1]).tolist()
    return heights


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
    left, top, right, bottom = np.frombuffer(sheet.boxes, dtype="<f4").reshape(-1, 4).astype(np.float64)[places].T
    height = np.maximum(bottom - top, 0.1)
    common = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    beside = common > shared * np.minimum(height[1:], height[:-1])
    gaps = beside & (left[1:] - right[:-1] > wide * np.maximum(height[1:], height[:-1]))
    return Glyphs(places, left, top, right, bottom, beside, gaps)


def find_lines(sheet: Sheet) -> list[SheetLine]:
    """The lines of a sheet in its own order; blank ones only where there is no layout, where they divide paragraphs."""
    boxes, styles = read_boxes(sheet), read_styles(sheet)
    lines = []
    for match in re.finditer(r"[^\n]+|(?<=\n)(?=\n)", sheet.text):
        visible = [place for place in range(*match.span()) if not sheet.text[place].isspace()] if boxes else []
        if not boxes or visible:
            lines.append(make_line(match.start(), match.end(), visible, boxes, styles))
    return _even_sizes(lines) if any(style.recognised for style in set(styles)) else lines


def make_line(start: int, end: int, visible: list[int], boxes: list[Box], styles: list[Style]) -> SheetLine:
    """A line from `start` to `end`, of which these places are no white space."""
    around = [boxes[place] for place in visible]
    looks = [styles[place] for place in visible]
    return SheetLine(
        start,
        end,
        _around(around),
        _typical_height(around),
        bold=bool(looks) and all(look.bold for look in looks),
        begins_bold=bool(looks) and looks[0].bold,
        frame=looks[0].box if looks else 0,
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


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _typical_height(boxes: list[Box]) -> float:
    return statistics.median(box.height for box in boxes) if boxes else 0.0

"""What pdfium knows of how a page looks: the fonts of its characters, its frames and its ruled lines."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from corpus.documents import Box
from ingest.readers.bands import Band, find_bands, find_middles
from ingest.styles import MOST_BOXES, PLAIN, Style

_BOLD_FROM = 600
"""The weight of a font, from 100 to 900, that is seen to be bold; pdfium gives 475 for many a regular one."""

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|-bd", re.IGNORECASE)
_SYMBOL_NAME = re.compile(r"wingdings|webdings|dingbats|marlett|bullet", re.IGNORECASE)
_INVISIBLE = 3

_MOST_PATHS = 5000
_RULE_THICKNESS = 2.5
_SHORTEST_PIECE = 6.0
"""Points."""

_PALEST = 250
"""Of 255: a filling whose three colours are all above this is paper, not a frame."""

_LARGEST_FRAME = 0.7
"""Of the page: what covers more is its background."""

_FURTHEST = 1e6
"""Points: what a file puts further away is put there."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From the page's own points to those of the page as it is shown: cropped, turned, measured from the top left."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def box(self, edges: tuple[float, float, float, float]) -> Box:
        """From left, bottom, right and top."""
        (sides,) = self.boxes(np.array([edges])).tolist()
        return Box(*sides)

    def boxes(self, edges: NDArray[np.float64]) -> NDArray[np.float64]:
        """From left, bottom, right and top of each to its left, top, right and bottom: shape (boxes, 4) both."""
        left, bottom, right, top = np.nan_to_num(edges.reshape(-1, 4)).clip(-_FURTHEST, _FURTHEST).T
        west, east, north, south = left - self.left, right - self.left, self.top - top, self.top - bottom
        across, down = self.right - self.left, self.top - self.bottom
        if self.quarters == 1:
            return np.stack([down - south, west, down - north, east], axis=1)
        if self.quarters == 2:
            return np.stack([across - east, down - south, across - west, down - north], axis=1)
        if self.quarters == 3:
            return np.stack([north, across - east, south, across - west], axis=1)
        return np.stack([west, north, east, south], axis=1)


def find_turn(page: pypdfium2.PdfPage) -> Turn:
    """How the page is cropped and turned."""
    left, bottom, right, top = page.get_cropbox(fallback_ok=True)
    return Turn(left, bottom, right, top, page.get_rotation() // 90 % 4)


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a page, and the bands between its ruled lines, from the top."""

    boxes: tuple[Box, ...]
    bands: tuple[Band | None, ...]

    def number_boxes(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        """For every place (left, top, right, bottom) the number of the frame that holds its middle, from 1; or 0."""
        numbers = np.zeros(len(places), dtype=np.int64)
        x, y = find_middles(places)
        for number, frame in reversed(list(enumerate(self.boxes, 1))):
            numbers[(frame.left <= x) & (x <= frame.right) & (frame.top <= y) & (y <= frame.bottom)] = number
        return numbers


def find_frames(page: pypdfium2.PdfPage, turn: Turn) -> Frames:
    """What is drawn on a page: filled or outlined rectangles, outermost ones only, and ruled lines in groups."""
    rules: list[Box] = []
    uprights: list[Box] = []
    boxes: list[Box] = []
    for number, drawn in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number >= _MOST_PATHS:
            break
        box = turn.box(drawn.get_bounds())
        if box.height <= _RULE_THICKNESS and box.right - box.left >= _SHORTEST_PIECE:
            rules.append(box)
        elif box.right - box.left <= _RULE_THICKNESS and box.height >= _SHORTEST_PIECE:
            uprights.append(box)
        elif _frames_text(box, turn) and _is_seen(drawn):
            boxes.append(box)
    return Frames(_outermost(boxes)[:MOST_BOXES], find_bands(rules, uprights))


def _frames_text(box: Box, turn: Turn) -> bool:
    width = box.right - box.left
    share = width * box.height / max(turn.width * turn.height, 1.0)
    return width >= 80 and box.height >= 24 and share <= _LARGEST_FRAME


def _is_seen(drawn: pypdfium2.PdfObject) -> bool:
    """Whether a path is outlined, or filled with more than white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
    if stroke.value:
        return bool(pdfium.FPDFPath_CountSegments(drawn.raw) <= 20)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(drawn.raw, red, green, blue, alpha)
    return bool(fill.value and alpha.value) and min(red.value, green.value, blue.value) < _PALEST


def _outermost(boxes: list[Box]) -> tuple[Box, ...]:
    ordered = sorted(set(boxes), key=lambda box: -(box.right - box.left) * box.height)
    kept: list[Box] = []
    for box in ordered:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        if not any(_holds(outer, x, y) for outer in kept):
            kept.append(box)
    return tuple(sorted(kept, key=lambda box: (box.top, box.left)))


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom


class Fonts:
    """The looks of a page's text, one text object at a time: asked of pdfium once for each."""

    def __init__(self, textpage: pypdfium2.PdfTextPage) -> None:
        self._text = textpage.raw
        self._known: dict[int, Style] = {}
        self.names: set[str] = set()
        """What the fonts asked for so far are called in the file."""

    def style(self, place: int) -> Style:
        """The style of a character, its frames left out."""
        found = pdfium.FPDFText_GetTextObject(self._text, place)
        if not found:
            return PLAIN
        address = ctypes.addressof(found.contents)
        if address not in self._known:
            name = _name_of(found)
            self.names.add(name)
            self._known[address] = _style_of(found, name)
        return self._known[address]


def _name_of(text_object: pdfium.FPDF_PAGEOBJECT) -> str:
    """What the font of a text is called in the file; empty where it has no name."""
    font, name = pdfium.FPDFTextObj_GetFont(text_object), ctypes.create_string_buffer(256)
    if not font or not pdfium.FPDFFont_GetBaseFontName(font, name, 256):
        return ""
    return name.value.decode("utf-8", "replace")


def _style_of(text_object: pdfium.FPDF_PAGEOBJECT, called: str) -> Style:
    if not called:
        return PLAIN
    font = pdfium.FPDFTextObj_GetFont(text_object)
    return Style(
        bold=pdfium.FPDFFont_GetWeight(font) >= _BOLD_FROM or _BOLD_NAME.search(called) is not None,
        symbol=_SYMBOL_NAME.search(called) is not None,
        recognised=pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE,
    )

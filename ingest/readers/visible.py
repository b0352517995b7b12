"""Which characters of a page a reader can see: where one stands, the page as it is drawn must not be blank.

White text on white, text under half a point, off the page or in a hidden layer leaves no trace on the page. The
invisible text over a scan stands on the scan's own ink and is kept.
"""

from __future__ import annotations

import math

import numpy as np
import pypdfium2
from numpy.typing import NDArray

_SCALE = 1.5
"""Pixels a point."""

_MOST_PIXELS = 20_000_000
_LEAST_SCALE = 0.7
"""Pixels a point below which fine letters fade away by themselves."""

_CONTRAST = 10
"""Of 255 shades of grey: the least difference within a character's box."""

_LOWEST = 1.5
"""Points: letters lower than this are for no reader."""

_PIXELS_AT_ONCE = 4_000_000
"""How many pixels of boxes of one size are looked at together, at most; one box in any case."""


def see_characters(page: pypdfium2.PdfPage, boxes: NDArray[np.float64]) -> list[bool]:
    """For every box (left, top, right and bottom in points from the top left corner) whether anything is drawn in it.

    A page that is far too large, or that cannot be drawn, is taken to be visible throughout.
    """
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    if not len(boxes) or scale < _LEAST_SCALE:
        return [True] * len(boxes)
    try:
        drawn = page.render(scale=scale, grayscale=True).to_numpy()
    except pypdfium2.PdfiumError:
        return [True] * len(boxes)
    high_enough = boxes[:, 3] - boxes[:, 1] >= _LOWEST
    seen: list[bool] = (high_enough & (_contrasts(drawn, boxes, scale) >= _CONTRAST)).tolist()
    return seen


def _contrasts(drawn: NDArray[np.uint8], boxes: NDArray[np.float64], scale: float) -> NDArray[np.int64]:
    """For every box the difference of its darkest and its palest pixel; 0 off the page. `scale`: pixels a point.

    Boxes that cover as many pixels across and down are looked at together: a page has thousands of letters, of a few
    dozen sizes.
    """
    rows, columns = drawn.shape[:2]
    drawn = drawn.reshape(rows, columns)
    edges = np.nan_to_num(boxes * scale)
    edges = edges.clip(0, (columns, rows, columns, rows))
    left, top = np.floor(edges[:, :2]).astype(np.int64).T
    right, bottom = np.ceil(edges[:, 2:]).astype(np.int64).T
    contrasts = np.zeros(len(boxes), dtype=np.int64)
    each, numbers = np.unique((bottom - top) * (columns + 1) + right - left, return_inverse=True)
    for number, size in enumerate(each.tolist()):
        height, width = divmod(size, columns + 1)
        if height <= 0 or width <= 0:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(drawn, (height, width))
        places = np.flatnonzero(numbers == number)
        at_once = max(_PIXELS_AT_ONCE // (height * width), 1)
        for some in np.split(places, range(at_once, len(places), at_once)):
            pixels = windows[top[some], left[some]]
            contrasts[some] = np.ptp(pixels, axis=(1, 2))
    return contrasts

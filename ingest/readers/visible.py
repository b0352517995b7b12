"""Which characters of a page a reader can see: where one stands, the page as it is drawn must not be blank.

White text on white, text under half a point, off the page or in a hidden layer leaves no trace on the page. The
invisible text over a scan stands on the scan's own ink and is kept.
"""

from __future__ import annotations

import math

import pypdfium2

from corpus.documents import Box

_SCALE = 1.5
"""Pixels a point."""

_MOST_PIXELS = 20_000_000
_LEAST_SCALE = 0.7
"""Pixels a point below which fine letters fade away by themselves."""

_CONTRAST = 10
"""Of 255 shades of grey: the least difference within a character's box."""

_LOWEST = 1.5
"""Points: letters lower than this are for no reader."""


def see_characters(page: pypdfium2.PdfPage, boxes: list[Box]) -> list[bool]:
    """For every box, measured from the top left corner in points, whether anything is drawn in it.

    A page that is far too large, or that cannot be drawn, is taken to be visible throughout.
    """
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    if not boxes or scale < _LEAST_SCALE:
        return [True] * len(boxes)
    try:
        drawn = page.render(scale=scale, grayscale=True).to_numpy()
    except pypdfium2.PdfiumError:
        return [True] * len(boxes)
    seen = []
    for box in boxes:
        top, bottom = max(math.floor(box.top * scale), 0), math.ceil(box.bottom * scale)
        left, right = max(math.floor(box.left * scale), 0), math.ceil(box.right * scale)
        region = drawn[top:bottom, left:right]
        contrast = int(region.max()) - int(region.min()) if region.size else 0
        seen.append(box.height >= _LOWEST and contrast >= _CONTRAST)
    return seen

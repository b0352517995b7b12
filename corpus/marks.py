"""Where the words of a quote stand on the picture of their page: rectangles, from the boxes of their characters."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpus.documents import SPACE, Box, Page

_SAME_LINE = 0.5
"""Characters whose boxes share at least this part of the lower one's height stand on one line."""

_GAP = 3.0
"""A gap on one line of more than so many letter heights is one between columns: two rectangles."""

_SLACK = 2.0
"""Points that a box may reach over the edge of its page."""


def find_marks(page: Page, start: int, end: int) -> list[Box]:
    """The rectangles around a stretch of a page's text, one for each line it stands on; none where that is unsure.

    It is unsure where the file has no layout, and where a character has no area or stands beside the page: a marked
    word must be the word that is meant.
    """
    origins = [origin for origin in page.origins_between(start, end) if origin != SPACE]
    boxes = [page.sheet.box(origin) for origin in origins if not page.sheet.text[origin].isspace()]
    known = [box for box in boxes if box is not None]
    if not known or len(known) < len(boxes) or not all(_is_sure(box, page) for box in known):
        return []
    return [_around(line) for line in _lines(known)]


def _is_sure(box: Box, page: Page) -> bool:
    return (
        box.right > box.left
        and box.bottom > box.top
        and box.left >= -_SLACK
        and box.top >= -_SLACK
        and box.right <= page.sheet.width + _SLACK
        and box.bottom <= page.sheet.height + _SLACK
    )


def _lines(boxes: Sequence[Box]) -> list[list[Box]]:
    lines = [[boxes[0]]]
    for before, box in itertools.pairwise(boxes):
        if _on_one_line(before, box):
            lines[-1].append(box)
        else:
            lines.append([box])
    return lines


def _on_one_line(before: Box, box: Box) -> bool:
    shared = min(before.bottom, box.bottom) - max(before.top, box.top)
    height = min(before.height, box.height)
    return shared >= _SAME_LINE * height and abs(box.left - before.right) <= _GAP * max(before.height, box.height)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )

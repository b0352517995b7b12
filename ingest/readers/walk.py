"""Going through the elements of a document in their order, past those that are not to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree


def walk(root: etree._Element, is_left_out: Callable[[etree._Element], bool]) -> Iterator[tuple[str, etree._Element]]:
    """`start` and `end` of each element, and `past` of one that is left out with all within it.

    Without recursion: a document may be nested without bound.
    """
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipping is None and event == "start" and is_left_out(element):
            skipping = element
        elif skipping is None:
            yield event, element
        elif event == "end" and element is skipping:
            skipping = None
            yield "past", element

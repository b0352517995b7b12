"""Running heads and page counters: what stands at the edge of a page and comes back on others."""

from __future__ import annotations

import re
from collections import Counter

from corpus.documents import Page, Sheet
from ingest.lines import SheetLine

_MARGIN = 0.085
"""How much of a page's height, above and below, may hold running heads and page counters."""

_WIDE_MARGIN = 0.1
"""The same for what comes back on half of the pages, and on five at least: then it is hardly anything else."""

_OFTEN = 3
_VERY_OFTEN = 5

_COUNTER = re.compile(
    r"[-\u2013|\s]*(?:page\s+)?(\d{1,4}|[ivxlc]{1,7})(?:\s+(?:of|/)\s+\d+)?[-\u2013|.\s]*", re.IGNORECASE
)
_NUMBER = r"\d{1,4}|[ivxlc]{1,7}"
_AT_AN_END = re.compile(rf"^\W*({_NUMBER})\b(?=\W)|(?<=\W)\b({_NUMBER})\W*$", re.IGNORECASE)
"""A number at the start or the end of a running head or foot; roman ones too."""


def find_margins(pages: list[Page], lines: list[list[SheetLine]]) -> list[list[SheetLine]]:
    """For every page its lines in the margins that are counters, or that stand at the same place on three pages.

    A file of two pages repeats on both what it repeats at all.
    """
    marginal = _lines_within(_WIDE_MARGIN, pages, lines)
    narrow = _lines_within(_MARGIN, pages, lines)
    seen: Counter[tuple[str, int]] = Counter()
    for page, page_lines in zip(pages, marginal, strict=True):
        seen.update({_repeated_form(page.sheet, line) for line in page_lines})
    often = 2 if len(pages) == 2 else _OFTEN
    very_often = max(_VERY_OFTEN, len(pages) / 2)

    def is_marginal(page: Page, line: SheetLine, near_the_edge: frozenset[SheetLine]) -> bool:
        times = seen[_repeated_form(page.sheet, line)]
        if line not in near_the_edge:
            return times >= very_often
        return times >= often or _COUNTER.fullmatch(_text(page.sheet, line)) is not None

    return [
        [line for line in page_lines if is_marginal(page, line, near_the_edge)]
        for page, page_lines, near_the_edge in zip(pages, marginal, map(frozenset, narrow), strict=True)
    ]


def find_labels(pages: list[Page], margins: list[list[SheetLine]]) -> list[str | None]:
    """The printed number of every page: what the file declares, else what its head or foot counts.

    A number is believed where another page counts in step with it: so many more pages on, so much higher. None where
    no number is printed.
    """
    candidates = [
        [number for line in lines for number in _numbers(_text(page.sheet, line))]
        for page, lines in zip(pages, margins, strict=True)
    ]
    steps = Counter(
        step for page, found in zip(pages, candidates, strict=True) for step in {_step(page, one) for one in found}
    )
    labels = []
    for page, found in zip(pages, candidates, strict=True):
        believed = [one for one in found if len(pages) == 1 or steps[_step(page, one)] > 1]
        labels.append(page.label or max(believed, key=lambda one: steps[_step(page, one)], default=None))
    return labels


def _numbers(text: str) -> list[str]:
    counter = _COUNTER.fullmatch(text)
    if counter:
        return [counter[1]]
    return [match[1] or match[2] for match in _AT_AN_END.finditer(text)]


def _step(page: Page, label: str) -> tuple[bool, int]:
    """Whether a label is roman, and how far it is ahead of the page's physical number."""
    return not label.isdigit(), (int(label) if label.isdigit() else _roman(label)) - page.number


def _roman(label: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in label.casefold()]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _lines_within(share: float, pages: list[Page], lines: list[list[SheetLine]]) -> list[list[SheetLine]]:
    """For every page its lines in so much of its height, above and below."""
    return [
        [line for line in page_lines if _is_within(share, page.sheet, line)]
        for page, page_lines in zip(pages, lines, strict=True)
    ]


def _is_within(share: float, sheet: Sheet, line: SheetLine) -> bool:
    edge = share * sheet.height
    return line.box is not None and (line.box.bottom < edge or line.box.top > sheet.height - edge)


def _repeated_form(sheet: Sheet, line: SheetLine) -> tuple[str, int]:
    """What a running head has in common from page to page: its words without numbers, and its height on the page."""
    top = line.box.top if line.box else 0.0
    return re.sub(r"\d+", "#", _AT_AN_END.sub("#", _text(sheet, line))), round(top / 6)


def _text(sheet: Sheet, line: SheetLine) -> str:
    return sheet.text[line.start : line.end].strip()

"""What looks wrong in a report, gathered: each kind of trouble once, with its pages and its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.documents import PageWarning

_NAMES = {
    "no-text": "no text",
    "unmapped": "characters without a form",
    "run-together": "words run together",
    "misread": "words misread",
    "lost-digits": "digits missing",
    "text-unlike-page": "text unlike the page",
    "hidden-text": "hidden text left out",
    "too-long": "read in part",
    "rotated": "letters on their side",
    "columns-unsure": "columns unsure",
    "personal": "words on a single person",
    "recognised": "words from a picture",
}
"""What a kind of warning is called; another is called by its own name."""

_COUNT = re.compile(r"^\d+ ")
"""How many there are on one page, in front of some remedies."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble and one remedy, with the numbers of all pages that have it, in order."""

    name: str
    remedy: str
    pages: tuple[int, ...]


def gather_troubles(warnings: Sequence[PageWarning]) -> list[Trouble]:
    """Warnings of one kind whose remedy is the same but for a count, together; in the order of their first pages."""
    pages: dict[tuple[str, str], list[PageWarning]] = {}
    for warning in warnings:
        pages.setdefault((warning.kind, _COUNT.sub("", warning.remedy)), []).append(warning)
    return [
        Trouble(
            warning_name(kind),
            found[0].remedy if len({one.remedy for one in found}) == 1 else remedy,
            tuple(dict.fromkeys(one.page for one in found)),
        )
        for (kind, remedy), found in pages.items()
    ]


def warning_name(kind: str) -> str:
    """What a kind of warning is called, where a person reads it."""
    return _NAMES.get(kind, kind.replace("-", " "))


def page_ranges(numbers: Iterable[int]) -> str:
    """Numbers in order as a person writes them: `1-4, 7, 9-10`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ", ".join("-".join(map(str, ends)) for ends in ranges)

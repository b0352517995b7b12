"""Pages as references name them: "p. 3", "pp. 3-5, 9", "S. 12 f.", "pages ii to iv", "PDF page 14"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import Page

MOST_PAGES = 50
"""Pages that one reference may name."""

_ONE = r"(?:[1-9]\d{0,6}|[ivxlc]{1,8})(?![\w/])"
_SPAN = rf"{_ONE}(?:\s*(?:[-\u2013\u2014]|to\b|bis\b|\u00e0\b)\s*{_ONE})?"
_AFTER = r"(?:and|und|et|ff?|sq)\b"
_LISTED = rf"{_SPAN}(?:\s*(?:,|;|&|and\b|und\b|et\b)\s*(?!(?:19|20)\d\d\b){_SPAN}(?!\s*(?!{_AFTER})[^\W\d_]))*"
PAGES = re.compile(
    r"(?<![\w.])(?P<counted>PDF\s+)?"
    rf"(?:(?:pages|pp\.?|Seiten|S\.|ss\.|str\.)\s*(?P<several>{_LISTED})|(?:page|p\.?|Seite|s\.)\s*(?P<one>{_SPAN}))"
    r"(?:\s*(?P<more>ff?\.?|et seq\.?|sq\.?)(?!\w))?",
    re.IGNORECASE,
)
"""The pages at the end of a reference; a list of them follows a word that stands for several alone."""

_PIECE = re.compile(rf"(?P<first>{_ONE})(?:[^\w,;&]*(?:to|bis|\u00e0)?[^\w,;&]*(?P<last>{_ONE}))?", re.IGNORECASE)
_LETTERS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class PageList:
    """Pages as they are written, in order. `counted`: as a PDF reader counts them, not by their printed numbers.

    `more`: how many pages that follow are meant too, where there are so many.
    """

    pages: tuple[str, ...]
    counted: bool = False
    more: int = 0


def read_pages(found: re.Match[str]) -> PageList:
    """The pages of a match of PAGES."""
    written = re.split(r"[,;&]|\b(?:and|und|et)\b", found["several"] or found["one"], flags=re.IGNORECASE)
    pages: list[str] = []
    for piece in written:
        named = _PIECE.fullmatch(piece.strip())
        if named is not None:
            pages += _run(named["first"], named["last"])
    more = (found["more"] or "").casefold()
    following = 2 if more[:2] in ("ff", "et") else int(bool(more))
    return PageList(tuple(dict.fromkeys(pages))[:MOST_PAGES], found["counted"] is not None, following)


def find_listed(pages: Sequence[Page], wanted: PageList) -> tuple[list[Page], list[str]]:
    """Those of the pages that are meant, in their order, and the numbers of those that there are not."""
    found: dict[int, Page] = {}
    missing: list[str] = []
    for number in wanted.pages:
        page = find_page(pages, number, counted=wanted.counted)
        if page is None:
            missing.append(number)
        else:
            found[page.number] = page
    last = max(found, default=0)
    following = [page for page in pages if found and last < page.number <= last + wanted.more]
    return sorted([*found.values(), *following], key=lambda page: page.number), missing


def find_page(pages: Sequence[Page], number: str, *, counted: bool) -> Page | None:
    """The page of that printed number, else the one that a PDF reader counts so; with `counted`, the latter alone."""
    wanted = number.casefold()
    printed = [page for page in pages if (page.label or "").casefold() == wanted and not counted]
    return next(iter([*printed, *(page for page in pages if str(page.number) == wanted)]), None)


def join_runs(numbers: Sequence[int], names: Sequence[str], dash: str) -> str:
    """Pages by their names in one line, those that follow one another as one span, such as "3-5, 9"."""
    runs: list[list[str]] = []
    for place, name in enumerate(names):
        if place and numbers[place] <= numbers[place - 1] + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return ", ".join(run[0] if run[0] == run[-1] else f"{run[0]}{dash}{run[-1]}" for run in runs)


def _run(first: str, last: str | None) -> list[str]:
    """From the first to the last; "123-5" ends at 125. A span that is none names its two ends."""
    if last is None:
        return [first]
    if first.isdigit() and last.isdigit():
        ending = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        if 0 < int(ending) - int(first) < MOST_PAGES:
            return [str(number) for number in range(int(first), int(ending) + 1)]
    elif not first.isdigit() and not last.isdigit() and 0 < _value(last) - _value(first) < MOST_PAGES:
        return [_roman(number) for number in range(_value(first), _value(last) + 1)]
    return [first, last]


def _value(roman: str) -> int:
    digits = [_ROMAN[letter] for letter in roman.casefold()]
    pairs = itertools.pairwise([*digits, 0])
    return sum(-one if one < other else one for one, other in pairs)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _LETTERS:
        written += letters * (number // value)
        number %= value
    return written

"""Quotations in a text: what stands between quotation marks, in the ways that European languages set them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CLOSED_BY = {
    "\u201c": '\u201d\u201c"',
    "\u201e": '\u201c\u201d"',
    "\u201d": "\u201d",
    "\u201f": "\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab\u00bb",
    "\u2039": "\u203a",
    "\u203a": "\u2039\u203a",
    "\u201a": "\u2018\u2019",
    "\u2018": "\u2019",
    '"': '"',
    "'": "'",
}
"""What opens a quotation, and what may close it: English, German, French, Danish, Swedish, Polish, typewritten."""

_LEFT_OPEN = "\u201c\u201e\u00ab"
"""Marks that may stand before each paragraph of a quotation of several, and are closed in the last one alone."""

_APOSTROPHES = "'\u2019"
_BEFORE = frozenset(" \t\n\u00a0\u202f([{<-\u2013\u2014/:;,.")
_MOST_INSIDE = 400
"""Marks of its own kind within a quotation, at most: more of them, and nothing was quoted."""

_ANY_MARK = re.compile("[" + "".join(_CLOSED_BY) + "]")
_LONGEST = 15_000
"""Characters in a quotation that is looked for in one piece."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two quotation marks: its words, and its place in the text, marks included."""

    text: str
    start: int
    end: int


def find_quotations(text: str) -> list[Quoted]:
    """The outer quotations of a paragraph, in order; a longer one than can be looked for comes in pieces."""
    found: list[Quoted] = []
    marks = {
        opener: [mark.start() for mark in re.finditer(f"[{opener}{ends}]", text)] for opener, ends in _CLOSED_BY.items()
    }
    last = 0
    for mark in _ANY_MARK.finditer(text):
        place = mark.start()
        if place >= last and _opens(text, place):
            own = marks[text[place]]
            end = _end_of(text, place, own[bisect_right(own, place) : bisect_right(own, place) + _MOST_INSIDE])
            if end is not None:
                inner = _inner(text, place, end)
                found += _pieces(inner, place, end) if re.search(r"\w", inner) else ()
                last = end
    return found


def whole_quotation(text: str) -> Quoted:
    """A block quotation without the marks that it may stand in; what follows them, such as its source, is left out."""
    plain = text.strip()
    lead = text.index(plain) if plain else 0
    if len(plain) > 2 and plain[0] in _CLOSED_BY and plain[-1] in _CLOSED_BY[plain[0]]:
        return Quoted(plain[1:-1].strip(), lead, lead + len(plain))
    inner = find_quotations(text)
    return inner[0] if inner and inner[0].start == lead else Quoted(plain, 0, len(text))


def _opens(text: str, place: int) -> bool:
    if text[place] not in _CLOSED_BY or place + 1 >= len(text):
        return False
    before = text[place - 1] if place else " "
    after = text[place + 1]
    spaced = after in " \u00a0\u202f" and text[place] == "\u00ab"
    return (before in _BEFORE or before in _CLOSED_BY) and (not after.isspace() or spaced)


def _inner(text: str, start: int, end: int) -> str:
    closed = text[end - 1] in _CLOSED_BY[text[start]]
    return text[start + 1 : end - closed]


def _end_of(text: str, start: int, marks: Sequence[int]) -> int | None:
    """Behind the mark that closes the quotation which opens here; None where it is none. `marks`: those behind it."""
    opener = text[start]
    closers = _CLOSED_BY[opener]
    depth = 0
    ends: list[int] = []
    for place in marks:
        mark = text[place]
        if mark == opener and mark not in closers:
            depth += 1
        elif mark in closers and _closes(text, place):
            if depth:
                depth -= 1
            elif mark not in _APOSTROPHES:
                return place + 1
            else:
                ends.append(place + 1)
                if not _may_be_possessive(text, place):
                    return place + 1
    if ends:
        return ends[0]
    return len(text) if opener in _LEFT_OPEN else None


def _closes(text: str, place: int) -> bool:
    after = text[place + 1] if place + 1 < len(text) else " "
    if text[place] in _APOSTROPHES:
        return not after.isalnum() and not text[place - 1].isspace()
    return text[place] == "\u00bb" or not text[place - 1].isspace()


def _may_be_possessive(text: str, place: int) -> bool:
    """Whether an apostrophe stands behind a plural, as in "the victims' rights"."""
    return text[place - 1] == "s" and re.match(r" [a-z]", text[place + 1 : place + 3]) is not None


def _pieces(inner: str, start: int, end: int) -> Iterator[Quoted]:
    if len(inner) <= _LONGEST:
        yield Quoted(inner.strip(), start, end)
        return
    place = 0
    while place < len(inner):
        stop = place + _LONGEST
        space = inner.rfind(" ", place, stop) if stop < len(inner) else -1
        stop = space if space > place else stop
        yield Quoted(inner[place:stop].strip(), start + 1 + place, min(start + 1 + stop, end))
        place = stop

"""Where the entries of a file's outline stand on its pages: whole lines in the words of the entry, or none.

An outline may lie: name another page, list what is a picture, mark the first words of a sentence, or say nothing of
ranks. An entry is believed where a page that it names, or the one beside it, prints it as lines of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.documents import Bookmark, Page
from ingest.lines import CAPTION, SheetLine

_MOST_LINES = 4
"""Lines that one heading may take."""

_LONGER = 24
"""Letters and figures that a heading may have on its page beside those of its entry: its number, a note's mark."""

_MOST_PLACES = 64
"""Stretches of the same words on one page that are looked at."""

_SAME_SIZE = 0.03
_NUMBERED = re.compile(r"\s*(?:[^\W\d_]{3,10}\s+)?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.):]?\s+(?=\S)")
"""A number before a heading, with or without a word before it: an outline may leave it out, or have it alone."""

_MARKS_AFTER = re.compile(r"(?<=[^\W\d_]{3})\d{1,3}\s*$")
"""The number of a note at the end of a heading."""


_NO_LETTERS = re.compile(r"[\W_]+")

_LIST = re.compile(
    r"(?:list of )?(?:figures|tables|charts|maps|boxes|illustrations)(?: and (?:figures|tables))?|"
    r"(?:abbildungs|tabellen)verzeichnis|(?:liste|table) des (?:figures|tableaux|graphiques|illustrations)",
    re.IGNORECASE,
)
"""What the list of a report's figures or tables is called."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A line or a paragraph of a page as it is printed: `size` is the height of its letters in points."""

    text: str
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Title:
    """An entry of the outline that stands on a page, from one of its lines to another (both included).

    `level` is None where the outline gives all its entries the same: then it says nothing of their ranks.
    """

    first: int
    last: int
    level: int | None


def find_titles(pages: Sequence[Sequence[Printed]], outline: Sequence[Bookmark]) -> list[list[Title]]:
    """The entries that stand on each page. No line belongs to two of them."""
    found: list[list[Title]] = [[] for _ in pages]
    headings = list(_headings(outline))
    ranked = len({entry.level for entry in headings}) > 1
    longest = max((len(form) for entry in headings for form in _forms(entry.title)), default=0) + _LONGER
    indexes: dict[int, _Index] = {}
    for entry in headings:
        for number in (entry.page - 1, entry.page, entry.page - 2):
            if not 0 <= number < len(pages):
                continue
            if number not in indexes:
                indexes[number] = _index(pages[number], longest)
            best = indexes[number].take(pages[number], entry.title)
            if best is not None:
                found[number].append(Title(best[0], best[-1], entry.level if ranked else None))
                break
    return found


@dataclass(slots=True)
class _Index:
    """Where words stand on a page: stretches of lines with the letters that each has, by its own key and by any form.

    `taken`: the lines that are an entry's already.
    """

    by_key: dict[str, list[_Stretch]] = field(default_factory=dict)
    by_form: dict[str, list[_Stretch]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def take(self, page: Sequence[Printed], title: str) -> range | None:
        """The largest of the free stretches that hold the words of the title and no others, taken from now on."""
        free = [lines for lines in self._find(title) if self.taken.isdisjoint(lines) and not _goes_on(page, lines[-1])]
        best = max(free, key=lambda lines: (page[lines[0]].size, page[lines[0]].bold), default=None)
        self.taken.update(best or ())
        return best

    def _find(self, title: str) -> list[range]:
        """In the order of the page."""
        forms = _forms(title)
        shortest, longest = min(map(len, forms)), max(map(len, forms)) + _LONGER
        named = [self.by_form.get(_key(title), []), *(self.by_key.get(form, []) for form in forms)]
        there = {one.lines for stretches in named for one in stretches if shortest <= one.length <= longest}
        return sorted(there, key=lambda lines: (lines[0], lines[-1]))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines one after another; `length`: the letters and figures in them."""

    lines: range
    length: int


def _index(page: Sequence[Printed], longest: int) -> _Index:
    """All stretches of a page that are short enough for a heading; of the same words no more than can matter."""
    index = _Index()
    keys = [_key(line.text) for line in page]
    for first in range(len(page)):
        length = 0
        for last in range(first, min(first + _MOST_LINES, len(page))):
            length += len(keys[last])
            if not keys[last] or length > longest:
                break
            stretch = _Stretch(range(first, last + 1), length)
            text = " ".join(word for line in page[first : last + 1] for word in line.text.split())
            for places in (
                index.by_key.setdefault("".join(keys[first : last + 1]), []),
                *(index.by_form.setdefault(form, []) for form in _forms(text)),
            ):
                if len(places) < _MOST_PLACES:
                    places.append(stretch)
    return index


def _headings(outline: Sequence[Bookmark]) -> Iterator[Bookmark]:
    """The entries that are no captions: neither by their words nor as entries of a list of figures or tables."""
    listed: int | None = None
    for entry in outline:
        if listed is not None and entry.level > listed:
            continue
        listed = entry.level if _LIST.fullmatch(entry.title) else None
        if not CAPTION.match(entry.title):
            yield entry


def find_title_lines(
    pages: Sequence[Page], lines: Sequence[Sequence[SheetLine]], outline: Sequence[Bookmark]
) -> list[dict[int, int]]:
    """For every page the lines that are headings of the outline: where each starts, and where its heading starts."""
    printed = [
        [Printed(page.sheet.text[line.start : line.end], line.size, line.bold) for line in own]
        for page, own in zip(pages, lines, strict=True)
    ]
    return [
        {own[line].start: own[title.first].start for title in titles for line in range(title.first, title.last + 1)}
        for own, titles in zip(lines, find_titles(printed, outline), strict=True)
    ]


def _forms(text: str) -> frozenset[str]:
    """The letters and figures of a heading, with and without the number before it and the note's mark after it."""
    plain = _key(text)
    number, mark = _NUMBERED.match(text), _MARKS_AFTER.search(text)
    bare = {*([_key(text[number.end() :])] if number else ()), *([_key(text[: mark.start()])] if mark else ())}
    return frozenset({plain, *(form for form in bare if len(form) >= 3)} - {""}) or frozenset({text})


def _key(text: str) -> str:
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _goes_on(page: Sequence[Printed], last: int) -> bool:
    """Whether the line after a stretch is the rest of its sentence: in the same letters, and with a small one first."""
    if last + 1 >= len(page):
        return False
    line, after = page[last], page[last + 1]
    alike = abs(line.size - after.size) <= _SAME_SIZE * line.size and line.bold == after.bold
    return alike and after.text.lstrip()[:1].islower()

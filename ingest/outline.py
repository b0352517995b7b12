"""Where the entries of a file's outline stand on its pages: whole lines in the words of the entry, or none.

An outline may lie: name another page, list what is a picture, mark the first words of a sentence, or say nothing of
ranks. An entry is believed where a page that it names, or the one beside it, prints it as lines of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Bookmark, Page
from ingest.lines import CAPTION, SheetLine

_MOST_LINES = 4
"""Lines that one heading may take."""

_SAME_SIZE = 0.03
_NUMBERED = re.compile(r"\s*(?:[^\W\d_]{3,10}\s+)?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.):]?\s+(?=\S)")
"""A number before a heading, with or without a word before it: an outline may leave it out, or have it alone."""

_MARKS_AFTER = re.compile(r"(?<=[^\W\d_]{3})\d{1,3}\s*$")
"""The number of a note at the end of a heading."""


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
    keys = [[_key(line.text) for line in page] for page in pages]
    headings = list(_headings(outline))
    ranked = len({entry.level for entry in headings}) > 1
    for entry in headings:
        for index in (entry.page - 1, entry.page, entry.page - 2):
            if not 0 <= index < len(pages):
                continue
            taken = {line for title in found[index] for line in range(title.first, title.last + 1)}
            stretches = [
                stretch
                for stretch in _stretches(pages[index], keys[index], entry.title)
                if not taken.intersection(stretch) and not _goes_on(pages[index], stretch[-1])
            ]
            if stretches:
                largest = [(page[one[0]].size, page[one[0]].bold) for one in stretches for page in (pages[index],)]
                best = stretches[largest.index(max(largest))]
                found[index].append(Title(best[0], best[-1], entry.level if ranked else None))
                break
    return found


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


def _stretches(page: Sequence[Printed], keys: Sequence[str], title: str) -> Iterator[range]:
    """The lines one after another that hold the words of the title and no others."""
    own, forms = _key(title), _forms(title)
    shortest, longest = min(map(len, forms)), max(map(len, forms))
    for first in range(len(page)):
        length = 0
        for last in range(first, min(first + _MOST_LINES, len(page))):
            length += len(keys[last])
            if not keys[last] or length > longest + 24:
                break
            text = " ".join(line.text for line in page[first : last + 1])
            if length >= shortest and (own in _forms(text) or _key(text) in forms):
                yield range(first, last + 1)


def _forms(text: str) -> frozenset[str]:
    """The letters and figures of a heading, with and without the number before it and the note's mark after it."""
    plain = _key(text)
    bare = {_key(_NUMBERED.sub("", text, count=1)), _key(_MARKS_AFTER.sub("", text))}
    return frozenset({plain, *(form for form in bare if len(form) >= 3)} - {""}) or frozenset({text})


def _key(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def _goes_on(page: Sequence[Printed], last: int) -> bool:
    """Whether the line after a stretch is the rest of its sentence: in the same letters, and with a small one first."""
    if last + 1 >= len(page):
        return False
    line, after = page[last], page[last + 1]
    alike = abs(line.size - after.size) <= _SAME_SIZE * line.size and line.bold == after.bold
    return alike and after.text.lstrip()[:1].islower()

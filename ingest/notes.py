"""Which note each mark leads to: the raised number that cleaning took out, and the note of that number.

A mark stands right behind a word, or behind the point or bracket that ends it. Its note is the one of its number on
its own page; else the one on the next page, where notes run over; else the only one of the whole report, as among
notes at its end. Where several might be meant, none is tied.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpus.documents import Note, Page, Part, Passage

_DIGIT = re.compile("[0-9\u00b9\u00b2\u00b3\u2070\u2074-\u2079]")
_MOST_DIGITS = 3
_UNIT = re.compile(r"(?:^|[\s\d(])(?:[ckm]?m|ha|CO)$")
"""After these a raised figure is no mark: square metres, carbon dioxide."""

_NUMBER_FIRST = re.compile(r"[(\[]?(\d{1,3})[.)\]]?\s*(?=[^\W\d]|[\"'\u201c\u2018\u201e(])")
"""The number of a note whose number is as large as its words, so that cleaning left it where it stood."""

_HEADING = re.compile(r"Note (\d{1,3})")
_NOTES = re.compile(
    r"(?:(?:end|foot)?notes|(?:end|fu\u00df)noten|anmerkungen|notes (?:de fin|de bas de page))", re.IGNORECASE
)
"""What the part of a report is called that holds its notes."""


@dataclass(slots=True)
class _Numbered:
    """The notes of a report: the stretches of each by its page and number, and the pages of each number."""

    parts: dict[tuple[int, str], list[Part]] = field(default_factory=dict)
    pages: dict[str, list[int]] = field(default_factory=dict)

    def add(self, number: str, parts: Sequence[Part]) -> None:
        """One note, or what follows of it: pieces of one note on one page are one."""
        page = parts[0].page
        known = self.parts.setdefault((page, number), [])
        if not known:
            self.pages.setdefault(number, []).append(page)
        known += [part for part in parts if part not in known]

    def note_for(self, number: str, page: int) -> tuple[Part, ...]:
        """The note that a mark of this number on this page leads to; nothing where there is none, or more than one."""
        pages = self.pages.get(number, [])
        found = next(
            (one for one in (page, page + 1) if (one, number) in self.parts), pages[0] if len(pages) == 1 else None
        )
        return tuple(self.parts[found, number]) if found is not None else ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """The number of a mark, and where in its page's text it stands: before the character at this place."""

    number: str
    place: int


def tie_notes(pages: Sequence[Page], passages: Iterable[Passage]) -> tuple[Note, ...]:
    """The notes of a report with the marks that lead to them, in the order of the marks."""
    numbered = _find_notes({page.number: page for page in pages}, passages)
    return tuple(
        Note(mark.number, page.number, mark.place, parts)
        for page in pages
        if numbered.parts
        for mark in _find_marks(page)
        if (parts := numbered.note_for(mark.number, page.number))
    )


def _find_notes(pages: dict[int, Page], passages: Iterable[Passage]) -> _Numbered:
    """Every note with a number: its own paragraphs whole, whatever passages they were cut into."""
    numbered = _Numbered()
    cut: set[Part] = set()
    for passage in passages:
        heading = passage.headings[-1] if passage.headings else ""
        own = _HEADING.fullmatch(heading)
        if own and passage.kind == "note":
            for parts in _blocks(passage):
                numbered.add(own[1], [_paragraph(pages[part.page], part) for part in parts])
        elif passage.kind in ("note", "reference") or _NOTES.fullmatch(heading):
            for whole in [_paragraph(pages[part.page], part) for part in passage.parts]:
                for number, note in _cut_notes(pages[whole.page], whole) if whole not in cut else ():
                    numbered.add(number, [note])
                cut.add(whole)
    return numbered


def _blocks(passage: Passage) -> Iterator[list[Part]]:
    """The parts of a passage, those of one paragraph together: it may run over a page."""
    parts: list[Part] = []
    offset = 0
    for part in passage.parts:
        if parts and passage.text[offset - 1] == "\n":
            yield parts
            parts = []
        parts.append(part)
        offset += part.end - part.start + 1
    yield parts


def _paragraph(page: Page, part: Part) -> Part:
    """The whole paragraph of a page that a stretch of it belongs to."""
    end = page.text.find("\n", part.start)
    return Part(page.number, page.text.rfind("\n", 0, part.start) + 1, end if end >= 0 else len(page.text))


def _cut_notes(page: Page, part: Part) -> Iterator[tuple[str, Part]]:
    """The notes of a paragraph that begins with a number: each next one begins with the next number."""
    text = page.text[part.start : part.end]
    first = _NUMBER_FIRST.match(text)
    start, number = 0, int(first[1]) if first else 0
    while number:
        following = re.compile(rf"(?<=\S)\s+(?={number + 1}[.)]?\s+[^\W\da-z])").search(text, start + 1)
        end = following.start() if following else len(text)
        yield str(number), Part(part.page, part.start + start, part.start + end)
        start, number = (following.end(), number + 1) if following else (end, 0)


def _find_marks(page: Page) -> Iterator[_Mark]:
    """The raised numbers that were taken out behind a word of the text."""
    sheet = page.sheet.text
    origins = struct.unpack(f"<{len(page.text)}i", page.origins)
    places = {origin: index for index, origin in enumerate(origins) if origin >= 0}
    removed = [match.start() for match in _DIGIT.finditer(sheet) if match.start() not in places]
    for _, group in groupby(enumerate(removed), key=lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        before = run[0] - 1
        while before >= 0 and sheet[before] in " [":
            before -= 1
        is_mark = before in places and len(run) <= _MOST_DIGITS
        if is_mark and not _UNIT.search(sheet[max(0, before - 3) : before + 1]):
            number = unicodedata.normalize("NFKC", "".join(sheet[place] for place in run))
            yield _Mark(number, places[before] + 1)

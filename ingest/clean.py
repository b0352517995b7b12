"""From the sheets as they were found to the texts that are read and quoted: removing and joining, never rewriting.

Taken out: running heads and page counters, bullets, note marks, soft and line-end hyphens, invisible characters.
Joined: the lines of a paragraph, and the stretches of a sentence that a column or a stray bullet has cut. In the text
that comes out, every line is one paragraph.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.documents import SPACE, Bookmark, Page, Sheet
from ingest.alignment import find_all_tables
from ingest.cells import Row
from ingest.columns import unweave
from ingest.continuation import goes_on
from ingest.line_ends import LineEnd, count_words, decide_line_end
from ingest.lines import (
    BULLET,
    CAPTION,
    HEAD_MARK,
    MARK_SIZE,
    PARAGRAPH_END,
    ROW_MARK,
    SUPERSCRIPT,
    SheetLine,
    find_lines,
    read_heights,
)
from ingest.margins import find_labels, find_margins
from ingest.outline import find_title_lines
from ingest.paragraphs import find_letter_bullets, group_lines, put_tables
from ingest.tables import CELL_END

_NOTES_BETWEEN = 200
"""Paragraphs of other sizes, rows of tables among them, that may stand between a paragraph and its rest."""

_TAIL = 64
"""Characters at the end of a paragraph that say how its next line is joined to it, and a few to spare."""

_WITHIN = re.compile(r"(?<=[^\W\d_])\[\d{1,3}\](?=[^\W\d_])")
"""A note's mark in brackets that cuts a word."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph under way: its text and, for every character, the place in the sheet.

    `whole`: it is a heading in bold, a caption or a row of a table, which nothing is joined to.
    """

    text: str
    origins: tuple[int, ...]
    size: float
    bulleted: bool = False
    whole: bool = False
    frame: int = 0


def clean_pages(pages: list[Page], outline: Sequence[Bookmark] = ()) -> list[Page]:
    """The same pages, as many and in the same order, with the text that is read and quoted and its map.

    `outline`: the file's own, whose headings are paragraphs of their own where they stand on a page as whole lines.
    """
    lines = [unweave(page.sheet, find_lines(page.sheet)) for page in pages]
    margins = find_margins(pages, lines)
    words = count_words(pages)
    labels = find_labels(pages, margins)
    kept = [
        [line for line in page_lines if line not in dropped]
        for page_lines, dropped in zip(lines, map(frozenset, margins), strict=True)
    ]
    titles = find_title_lines(pages, kept, outline)
    return [
        _clean_page(replace(page, label=label), own, own_titles, words)
        for page, own, own_titles, label in zip(pages, kept, titles, labels, strict=True)
    ]


def _clean_page(page: Page, lines: list[SheetLine], titles: Mapping[int, int], words: Counter[str]) -> Page:
    """`titles`: by the places where they start, the lines of headings, each with where its heading starts."""
    paragraphs: list[_Paragraph] = []
    tables = find_all_tables(page.sheet)
    letters = find_letter_bullets(page.sheet, lines)
    for group in group_lines(page.sheet, put_tables(page.sheet, lines, tables), letters, titles):
        if isinstance(group, Row):
            paragraphs.append(_read_row(page.sheet, group, words))
            continue
        paragraph = (
            _read_marked_row(page.sheet, group[0])
            if page.sheet.text[group[0].start] in (ROW_MARK, HEAD_MARK)
            else _read_paragraph(page.sheet, group, letters, words)
        )
        if not paragraph.text:
            continue
        if group[0].start in titles:
            paragraph = replace(paragraph, whole=True)
        place = None if PARAGRAPH_END in page.sheet.text else _last_of_size(paragraphs, paragraph)
        if place is not None and _runs_on(paragraphs[place], paragraph):
            paragraphs[place] = _join(paragraphs[place], paragraph, words)
        else:
            paragraphs.append(paragraph)
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    origins: list[int] = []
    for paragraph in paragraphs:
        origins += [*([SPACE] if origins else []), *paragraph.origins]
    return replace(page, text=text, origins=struct.pack(f"<{len(origins)}i", *origins))


def _runs_on(before: _Paragraph, after: _Paragraph) -> bool:
    """Whether the second of two paragraphs is the rest of the first: cut by a column, a blank line, a stray bullet."""
    if before.whole or after.whole:
        return False
    return goes_on(before.text, after.text, new_point=after.bulleted, laid_out=before.size > 0)


def _last_of_size(paragraphs: list[_Paragraph], paragraph: _Paragraph) -> int | None:
    """The last paragraph in letters of this size and in this frame: notes may stand between it and its rest."""
    same = (
        place
        for place in reversed(range(max(0, len(paragraphs) - _NOTES_BETWEEN), len(paragraphs)))
        if abs(paragraphs[place].size - paragraph.size) <= 0.05 * paragraph.size
        and paragraphs[place].frame == paragraph.frame
    )
    return next(same, None)


def _join(before: _Paragraph, after: _Paragraph, words: Counter[str]) -> _Paragraph:
    text, origins = list(before.text[-_TAIL:]), list(before.origins[-_TAIL:])
    _end_line(text, origins, after.text, words)
    joined = f"{before.text[:-_TAIL]}{''.join(text)}{after.text}"
    return replace(before, text=joined, origins=(*before.origins[:-_TAIL], *origins, *after.origins))


# Characters


def _read_paragraph(sheet: Sheet, group: list[SheetLine], letters: frozenset[int], words: Counter[str]) -> _Paragraph:
    first = sheet.text[group[0].start : group[0].end]
    bullet = re.match(r"\s*\S\s+", first) if group[0].start in letters else BULLET.match(first)
    text: list[str] = []
    origins: list[int] = []
    for number, line in enumerate(group):
        start = line.start + (bullet.end() if bullet and number == 0 else 0)
        if text:
            _end_line(text, origins, sheet.text[start : line.end].lstrip(), words)
        for place in _readable(sheet, line, start):
            _append(text, origins, sheet.text[place], place)
    _trim(text, origins)
    whole = all(line.bold for line in group) or CAPTION.match("".join(text)) is not None
    return _Paragraph("".join(text), tuple(origins), group[0].size, bullet is not None, whole, group[0].frame)


def _read_marked_row(sheet: Sheet, line: SheetLine) -> _Paragraph:
    """A row of a file that says what its cells are: its mark goes, the tabs between its cells stay."""
    whole = sheet.text[line.start : line.end]
    start = line.end - len(whole.lstrip(ROW_MARK + HEAD_MARK))
    text: list[str] = []
    origins: list[int] = []
    for place in _readable(sheet, line, start):
        if sheet.text[place] == CELL_END:
            text.append(CELL_END)
            origins.append(SPACE)
        else:
            _append(text, origins, sheet.text[place], place)
    _trim(text, origins)
    return _Paragraph("".join(text), tuple(origins), 0.0, whole=True)


def _read_row(sheet: Sheet, row: Row, words: Counter[str]) -> _Paragraph:
    """A row of a table as one line: its cells from the left, a tab after each but the last, empty ones included."""
    text: list[str] = []
    origins: list[int] = []
    for number, cell in enumerate(row.cells):
        if number:
            text.append(CELL_END)
            origins.append(SPACE)
        _read_cell(sheet, cell.lines, text, origins, words)
    return _Paragraph("".join(text), tuple(origins), 0.0, whole=True, frame=-1)


def _read_cell(
    sheet: Sheet, lines: Sequence[Sequence[int]], text: list[str], origins: list[int], words: Counter[str]
) -> None:
    begun = len(text)
    for line in lines:
        if len(text) > begun:
            _end_line(text, origins, "".join(sheet.text[place] for place in line), words)
        for number, place in enumerate(line):
            between = sheet.text[line[number - 1] + 1 : place] if number else ""
            if between and (between.isspace() or line[number - 1] > place):
                _append(text, origins, " ", place - 1)
            _append(text, origins, sheet.text[place], place)


def _trim(text: list[str], origins: list[int]) -> None:
    while text and text[-1] == " ":
        text.pop()
        origins.pop()


def _end_line(text: list[str], origins: list[int], after: str, words: Counter[str]) -> None:
    """Put between the text so far and what follows what belongs there."""
    _trim(text, origins)
    end = decide_line_end("".join(text[-60:]), after, words)
    if end is LineEnd.SPACE and text:
        text.append(" ")
        origins.append(SPACE)
    elif end is LineEnd.WITHOUT_HYPHEN:
        text.pop()
        origins.pop()


def _readable(sheet: Sheet, line: SheetLine, start: int) -> Iterable[int]:
    """The places of a line's characters, note marks left out.

    A mark is smaller than its line and than the letter or figure that stands before it: in "CC BY 4.0" in small print
    within a line of larger letters nothing is a mark.
    """
    if not any(map(str.isdigit, sheet.text[start : line.end])):
        yield from range(start, line.end)
        return
    heights = read_heights(Sheet("", sheet.boxes[16 * line.start : 16 * line.end]))
    before = float("inf")
    within = {place for mark in _WITHIN.finditer(sheet.text, start, line.end) for place in range(*mark.span())}
    for place in range(start, line.end):
        if place in within:
            continue
        character = sheet.text[place]
        glued = place > line.start and not sheet.text[place - 1].isspace()
        height = heights[place - line.start] if heights else float("inf")
        small = character.isdigit() and height < MARK_SIZE * min(line.size, before)
        if small or (character in SUPERSCRIPT and (glued or place == start)):
            continue
        before = height if character.isalnum() else before
        yield place


def _append(text: list[str], origins: list[int], character: str, place: int) -> None:
    """Add one character of the sheet: white space once, a ligature as its letters, invisible characters not at all."""
    if character.isspace():
        if text and text[-1] != " ":
            text.append(" ")
            origins.append(SPACE)
    elif "\ufb00" <= character <= "\ufb06":
        letters = unicodedata.normalize("NFKC", character)
        text.extend(letters)
        origins.extend([place] * len(letters))
    elif (
        character.isprintable()
        or unicodedata.category(character) not in ("Cf", "Cc", "Cs", "Co")
        or (
            # left out of a word, a sign of a font's own would make it another: "tracking" for "trafficking"
            unicodedata.category(character) == "Co" and text and text[-1].isalnum()
        )
    ):
        text.append(character)
        origins.append(place)

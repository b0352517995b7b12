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
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.documents import SPACE, Page, Sheet
from corpus.text import breaks_off, ends_sentence
from ingest.line_ends import LineEnd, count_words, decide_line_end
from ingest.lines import BULLET, PARAGRAPH_END, SheetLine, find_lines, read_boxes

_MARGIN = 0.085
"""How much of a page's height, above and below, may hold running heads and page counters."""

_COUNTER = re.compile(
    r"[-\u2013|\s]*(?:page\s+)?(\d{1,4}|[ivxlc]{1,7})(?:\s+(?:of|/)\s+\d+)?[-\u2013|.\s]*", re.IGNORECASE
)
_SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
_MARK_SIZE = 0.8
"""A digit lower than this share of its line's letters is a note mark."""

_LONG = 60
"""From this length in characters, a paragraph without a closing mark is one that runs on, not a heading."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph under way: its text and, for every character, the place in the sheet."""

    text: str
    origins: tuple[int, ...]
    size: float
    bulleted: bool


def clean_pages(pages: list[Page]) -> list[Page]:
    """The same pages, as many and in the same order, with the text that is read and quoted and its map."""
    lines = [find_lines(page.sheet) for page in pages]
    margins = _find_margins(pages, lines)
    words = count_words(pages)
    return [
        _clean_page(page, [line for line in page_lines if line not in dropped], dropped, words)
        for page, page_lines, dropped in zip(pages, lines, margins, strict=True)
    ]


def _clean_page(page: Page, lines: list[SheetLine], dropped: list[SheetLine], words: Counter[str]) -> Page:
    paragraphs: list[_Paragraph] = []
    for group in _group_lines(page.sheet, lines):
        paragraph = _read_paragraph(page.sheet, group, words)
        if not paragraph.text:
            continue
        place = None if PARAGRAPH_END in page.sheet.text else _last_of_size(paragraphs, paragraph.size)
        if place is not None and _runs_on(paragraphs[place], paragraph):
            paragraphs[place] = _join(paragraphs[place], paragraph, words)
        else:
            paragraphs.append(paragraph)
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    origins: list[int] = []
    for paragraph in paragraphs:
        origins += [*([SPACE] if origins else []), *paragraph.origins]
    label = page.label or _counter_among(page.sheet, dropped)
    return replace(page, text=text, label=label, origins=struct.pack(f"<{len(origins)}i", *origins))


# Running heads and page counters


def _find_margins(pages: list[Page], lines: list[list[SheetLine]]) -> list[list[SheetLine]]:
    """For every page its lines in the margins that are counters, or that stand at the same place on three pages."""
    seen: Counter[tuple[str, int]] = Counter()
    marginal = [
        [line for line in page_lines if _in_margin(page.sheet, line)]
        for page, page_lines in zip(pages, lines, strict=True)
    ]
    for page, page_lines in zip(pages, marginal, strict=True):
        seen.update({_repeated_form(page.sheet, line) for line in page_lines})
    return [
        [
            line
            for line in page_lines
            if _COUNTER.fullmatch(page.sheet.text[line.start : line.end].strip())
            or seen[_repeated_form(page.sheet, line)] >= 3
        ]
        for page, page_lines in zip(pages, marginal, strict=True)
    ]


def _in_margin(sheet: Sheet, line: SheetLine) -> bool:
    edge = _MARGIN * sheet.height
    return line.box is not None and (line.box.bottom < edge or line.box.top > sheet.height - edge)


def _repeated_form(sheet: Sheet, line: SheetLine) -> tuple[str, int]:
    """What a running head has in common from page to page: its words without numbers, and its height on the page."""
    top = line.box.top if line.box else 0.0
    return re.sub(r"\d+", "#", sheet.text[line.start : line.end].strip()), round(top / 6)


def _counter_among(sheet: Sheet, dropped: list[SheetLine]) -> str | None:
    for line in dropped:
        counter = _COUNTER.fullmatch(sheet.text[line.start : line.end].strip())
        if counter:
            return counter[1]
    return None


# Lines to paragraphs


def _group_lines(sheet: Sheet, lines: list[SheetLine]) -> list[list[SheetLine]]:
    groups: list[list[SheetLine]] = []
    for line in lines:
        if groups and not _begins_paragraph(sheet, groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins_paragraph(sheet: Sheet, group: list[SheetLine], line: SheetLine) -> bool:
    text = sheet.text[line.start : line.end]
    before = group[-1]
    if line.box is None or before.box is None:
        return not text.strip() or before.start == before.end or BULLET.match(text) is not None
    if BULLET.match(text) or abs(line.size - before.size) > 0.12 * before.size:
        return True
    gap = line.box.top - before.box.bottom
    same_row = abs(line.box.top - before.box.top) < 0.5 * before.size
    if same_row and line.box.left >= before.box.right - 1:
        return line.box.left - before.box.right > 2 * before.size
    apart = line.box.left > before.box.right or line.box.right < before.box.left
    return gap < -0.6 * before.size or gap > _usual_gap(group) + 0.35 * before.size or apart


def _usual_gap(group: list[SheetLine]) -> float:
    """The space between the lines of a paragraph; for its first line, a third of the letters' height."""
    if len(group) < 2 or group[-1].box is None or group[-2].box is None:
        return 0.3 * group[-1].size
    return max(group[-1].box.top - group[-2].box.bottom, 0.0)


def _runs_on(before: _Paragraph, after: _Paragraph) -> bool:
    """Whether the second of two paragraphs is the rest of the first: cut by a column, a blank line, a stray bullet."""
    if ends_sentence(before.text) or len(before.text) < _LONG:
        return False
    if after.text[0].islower():
        return True
    long_enough = not before.size and len(after.text) >= _LONG and not after.text.isupper()
    return not after.bulleted and (breaks_off(before.text) or long_enough)


def _last_of_size(paragraphs: list[_Paragraph], size: float) -> int | None:
    """The last paragraph in letters of this size: notes may stand between it and its rest. None where there is none."""
    same = (place for place in reversed(range(len(paragraphs))) if abs(paragraphs[place].size - size) <= 0.05 * size)
    return next(same, None)


def _join(before: _Paragraph, after: _Paragraph, words: Counter[str]) -> _Paragraph:
    text, origins = list(before.text), list(before.origins)
    _end_line(text, origins, after.text, words)
    return replace(before, text="".join(text) + after.text, origins=(*origins, *after.origins))


# Characters


def _read_paragraph(sheet: Sheet, group: list[SheetLine], words: Counter[str]) -> _Paragraph:
    first = sheet.text[group[0].start : group[0].end]
    bullet = BULLET.match(first)
    text: list[str] = []
    origins: list[int] = []
    for number, line in enumerate(group):
        start = line.start + (bullet.end() if bullet and number == 0 else 0)
        if text:
            _end_line(text, origins, sheet.text[start : line.end].lstrip(), words)
        for place in _readable(sheet, line, start):
            _append(text, origins, sheet.text[place], place)
    while text and text[-1] == " ":
        text.pop()
        origins.pop()
    return _Paragraph("".join(text), tuple(origins), group[0].size, bullet is not None)


def _end_line(text: list[str], origins: list[int], after: str, words: Counter[str]) -> None:
    """Put between the text so far and what follows what belongs there."""
    while text[-1:] == [" "]:
        text.pop()
        origins.pop()
    end = decide_line_end("".join(text[-60:]), after, words)
    if end is LineEnd.SPACE and text:
        text.append(" ")
        origins.append(SPACE)
    elif end is LineEnd.WITHOUT_HYPHEN:
        text.pop()
        origins.pop()


def _readable(sheet: Sheet, line: SheetLine, start: int) -> Iterable[int]:
    """The places of a line's characters, note marks left out."""
    boxes = read_boxes(Sheet("", sheet.boxes[16 * line.start : 16 * line.end]))
    for place in range(start, line.end):
        character = sheet.text[place]
        glued = place > line.start and not sheet.text[place - 1].isspace()
        small = bool(boxes) and character.isdigit() and boxes[place - line.start].height < _MARK_SIZE * line.size
        if small or (character in _SUPERSCRIPT and (glued or place == start)):
            continue
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
    elif unicodedata.category(character) not in ("Cf", "Cc", "Cs", "Co"):
        text.append(character)
        origins.append(place)

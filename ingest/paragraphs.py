"""Lines to paragraphs: which lines of a sheet belong together, and where the rows of its tables go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from corpus.documents import Sheet
from corpus.text import ends_sentence
from ingest.cells import Row
from ingest.lines import BULLET, CAPTION, MARK_SIZE, SUPERSCRIPT, SheetLine, make_line, read_edges
from ingest.styles import read_styles
from ingest.tables import Table

Group: TypeAlias = list[SheetLine] | Row

_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_LETTERS = "nlqvuo\u00fc\u00a7"
"""What the signs of a symbol font read as where the file maps them to letters."""

_LETTER_GAP = 0.45
"""Of the letters' height: a letter that stands this far before the text is a bullet, not a word."""

_ROOM = 0.8
"""A line shorter than this share of the next one ended because its paragraph did."""


def group_lines(
    sheet: Sheet, lines: Sequence[SheetLine | Row], letters: frozenset[int], titles: Mapping[int, int]
) -> list[Group]:
    """The lines in paragraphs. `letters`: the places of letters that are bullets. Rows of tables stay as they are.

    `titles`: where the lines of known headings start, each with where its heading starts; these stand by themselves.
    """
    groups: list[Group] = []
    for line in lines:
        last = groups[-1] if groups else None
        if isinstance(line, Row):
            groups.append(line)
        elif isinstance(last, list) and _belongs(sheet, last, line, letters, titles):
            last.append(line)
        else:
            groups.append([line])
    return groups


def _belongs(
    sheet: Sheet, group: list[SheetLine], line: SheetLine, letters: frozenset[int], titles: Mapping[int, int]
) -> bool:
    title, before = titles.get(line.start), titles.get(group[-1].start)
    if title is not None or before is not None:
        return title == before
    return line.start not in letters and not _begins_paragraph(sheet, group, line)


def put_tables(sheet: Sheet, lines: list[SheetLine], tables: Sequence[Table]) -> list[SheetLine | Row]:
    """The lines, and at the place of a table's first line its rows. What a line holds beside the table stays a line."""
    owner = {
        place: number
        for number, table in enumerate(tables)
        for row in [*([table.head] if table.head else []), *table.rows]
        for place in row.places()
    }
    if not owner:
        return list(lines)
    placed: set[int] = set()
    found: list[SheetLine | Row] = []
    edges, styles = read_edges(sheet), read_styles(sheet)
    for line in lines:
        inside = [place for place in range(line.start, line.end) if place in owner]
        if not inside:
            found.append(line)
            continue
        for number in dict.fromkeys(owner[place] for place in inside):
            if number not in placed:
                placed.add(number)
                table = tables[number]
                found += [*([table.head] if table.head else []), *table.rows]
        for start, end in _outside(sheet, line, owner):
            visible = [place for place in range(start, end) if not sheet.text[place].isspace()]
            if not all(sheet.text[place].isdigit() for place in visible):
                found.append(make_line(start, end, visible, edges, styles))
    return found


def _outside(sheet: Sheet, line: SheetLine, owner: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    start = None
    for place in range(line.start, line.end + 1):
        outside = place < line.end and place not in owner and (start is not None or not sheet.text[place].isspace())
        if outside and start is None:
            start = place
        elif not outside and start is not None:
            yield start, place
            start = None


def find_letter_bullets(sheet: Sheet, lines: list[SheetLine]) -> frozenset[int]:
    """The places of letters that stand for bullets: of a symbol font, or set apart before two lines of the page.

    Without layout a letter is a bullet where three lines begin with it.
    """
    styles = read_styles(sheet)
    apart: dict[str, list[int]] = {}
    bullets: set[int] = set()
    for line in lines:
        match = re.match(r"\s*(\S)\s+(?=\S)", sheet.text[line.start : line.end])
        if match is None:
            continue
        place, after = line.start + match.start(1), line.start + match.end()
        letter = sheet.text[place]
        if letter.isalpha() and styles[place].symbol:
            bullets.add(line.start)
        elif letter in _LETTERS and _stands_apart(sheet, place, after, line.size):
            apart.setdefault(letter, []).append(line.start)
    least = 2 if sheet.boxes else 3
    return frozenset(bullets).union(*(starts for starts in apart.values() if len(starts) >= least))


def _stands_apart(sheet: Sheet, place: int, after: int, size: float) -> bool:
    """Whether a letter stands well before the next one; without layout nothing speaks against it."""
    letter, following = sheet.box(place), sheet.box(after)
    return letter is None or following is None or following.left - letter.right > _LETTER_GAP * size


def starts_with_mark(sheet: Sheet, line: SheetLine) -> bool:
    """Whether a line begins with the raised number of a note."""
    match = re.match(rf"\s*([\d{SUPERSCRIPT}])", sheet.text[line.start : line.end])
    if match is None:
        return False
    box = sheet.box(line.start + match.start(1))
    return match[1] in SUPERSCRIPT or (box is not None and box.height < MARK_SIZE * line.size)


def _begins_paragraph(sheet: Sheet, group: list[SheetLine], line: SheetLine) -> bool:
    text = sheet.text[line.start : line.end]
    before = group[-1]
    if line.box is None or before.box is None:
        return not text.strip() or before.start == before.end or BULLET.match(text) is not None
    if BULLET.match(text) or abs(line.size - before.size) > 0.12 * before.size or line.frame != before.frame:
        return True
    if starts_with_mark(sheet, line) or _begins_item(sheet, group, line) or _ends_heading(sheet, group, line):
        return True
    gap = line.box.top - before.box.bottom
    same_row = abs(line.box.top - before.box.top) < 0.5 * before.size
    if same_row and line.box.left >= before.box.right - 1:
        return line.box.left - before.box.right > 2 * before.size
    apart = line.box.left > before.box.right or line.box.right < before.box.left
    return gap < -0.6 * before.size or gap > _usual_gap(group) + 0.35 * before.size or apart


def _begins_item(sheet: Sheet, group: list[SheetLine], line: SheetLine) -> bool:
    """Whether a line begins the next item of a numbered list."""
    if not _NUMBERED.match(sheet.text[line.start : line.end]):
        return False
    first, last = group[0], group[-1]
    numbered = _NUMBERED.match(sheet.text[first.start : first.end]) is not None
    return numbered or ends_sentence(sheet.text[last.start : last.end])


def _ends_heading(sheet: Sheet, group: list[SheetLine], line: SheetLine) -> bool:
    """Whether the lines so far are a heading in bold over text in the same size, or a caption over its figure."""
    before = group[-1]
    text, first = sheet.text[line.start : line.end].strip(), sheet.text[group[0].start : group[0].end]
    if CAPTION.match(first) and (text[0].isdigit() or before.bold != line.bold):
        return True
    if not before.bold or line.bold:
        words = sheet.text[before.start : before.end]
        return line.bold and not before.bold and ends_sentence(words) and not text[0].islower()
    if not all(one.bold for one in group) or text[0].islower() or before.box is None or line.box is None:
        return False
    room = before.box.right - before.box.left < _ROOM * (line.box.right - line.box.left)
    return not line.begins_bold or room


def _usual_gap(group: list[SheetLine]) -> float:
    """The space between the lines of a paragraph; for its first line, a third of the letters' height."""
    if len(group) < 2 or group[-1].box is None or group[-2].box is None:
        return 0.3 * group[-1].size
    return max(group[-1].box.top - group[-2].box.bottom, 0.0)

"""From cleaned pages to blocks: headings as paths, findings, paragraphs, notes; a paragraph over a page is one."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.documents import SPACE, Bookmark, Page, Part
from ingest.alignment import find_all_tables
from ingest.continuation import LONG, goes_on
from ingest.kinds import Look, heads_contents, kind_of, kind_under, number_of_note
from ingest.lines import HEAD_MARK, PARAGRAPH_END, ROW_MARK, body_size, read_heights
from ingest.outline import Printed, find_titles
from ingest.styles import read_styles
from ingest.tables import CELL_END, Table

_SAME_SIZE = 0.03
"""Headings whose sizes differ by less than this share are of one rank."""

_NUMBER = re.compile(r"(\d+(?:\.\d+)*)[.\s]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a document: its kind (see `ingest.kinds`), heading path, places and text.

    `text` is its parts' texts, each joined to the next by a space. The innermost heading of a table's row are the heads
    of its columns, a tab after each but the last, as between its cells; the one above is the table's caption. The
    innermost heading of a note is its number. `frame` is the frame it stands in, 0 for none.
    """

    kind: str
    headings: tuple[str, ...]
    parts: tuple[Part, ...]
    text: str
    size: float
    frame: int = 0
    bold: bool = False
    level: int | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    """`level`: its rank in the file's outline from 0, the highest; None where the outline does not rank it."""

    text: str
    size: float
    frame: int
    level: int | None


def find_blocks(pages: list[Page], outline: Sequence[Bookmark] = ()) -> list[Block]:
    """The blocks of all pages in reading order. Headings are not blocks; they stand in their blocks' paths.

    What stands in the file's outline is a heading; so is what is printed as one.
    Where a file has nothing but headings, and contents that list them, they are paragraphs: its words are found.
    """
    body = body_size(pages)
    found = _with_outline([_blocks_of_page(page, body) for page in pages], outline)
    blocks = _under_headings(found)
    if all(block.kind == "contents" for block in blocks):
        return [replace(block, kind="paragraph") if block.kind == "heading" else block for block in found]
    return blocks


def _under_headings(found: list[Block]) -> list[Block]:
    """The blocks that are no headings, each with the headings above it, those that run on over a page joined."""
    blocks: list[Block] = []
    path: list[_Heading] = []
    before: int | None = None
    for block in found:
        path = [heading for heading in path if heading.frame in (0, block.frame)]
        if block.kind == "heading":
            path = [*(above for above in path if _stands_above(above, block)), _heading(block)]
            continue
        above = tuple(heading.text for heading in path)
        kind = kind_under(block.kind, above[-1], block.text) if above else block.kind
        block = replace(block, kind=kind, headings=(*above, *block.headings))
        if _stands_apart(block):
            blocks.append(block)
        elif before is not None and _runs_on(blocks[before], block):
            blocks[before] = _join(blocks[before], block)
        else:
            before = len(blocks)
            blocks.append(block)
    return blocks


def _with_outline(pages: list[list[Block]], outline: Sequence[Bookmark]) -> list[Block]:
    """The blocks of all pages, those that the outline names made headings of its levels; never a row or a caption."""
    if not outline:
        return [block for page in pages for block in page]
    printed = [[Printed(block.text, block.size, block.bold) for block in page] for page in pages]
    found: list[Block] = []
    for page, titles in zip(pages, find_titles(printed, outline), strict=True):
        levels = {title.first: title.level for title in titles if title.first == title.last}
        found += [
            replace(block, kind="heading", level=levels[place], headings=())
            if place in levels and block.kind not in ("table row", "caption")
            else block
            for place, block in enumerate(page)
        ]
    return found


def _heading(block: Block) -> _Heading:
    return _Heading(block.text, block.size, block.frame, block.level)


def _stands_above(above: _Heading, block: Block) -> bool:
    """Whether a heading stays in the path when another comes: by their numbers where both have one, else by their
    levels in the outline where both have one, else by size. A heading of contents has none of an outline under it.
    """
    if block.frame and not above.frame:
        return True
    numbers = _NUMBER.match(above.text + " "), _NUMBER.match(block.text + " ")
    if numbers[0] and numbers[1]:
        return numbers[0][1].count(".") < numbers[1][1].count(".")
    if block.level is not None and (above.level is not None or heads_contents(above.text)):
        return above.level is not None and above.level < block.level and not heads_contents(above.text)
    return above.size - block.size > _SAME_SIZE * abs(block.size)


def _stands_apart(block: Block) -> bool:
    """Whether a block may stand between a sentence and its rest."""
    return block.kind in ("note", "caption", "table row", "contents", "fragment") or block.frame > 0


def _blocks_of_page(page: Page, body: float) -> list[Block]:
    rows = _rows_by_place(find_all_tables(page.sheet))
    heights, styles = read_heights(page.sheet), read_styles(page.sheet)
    found: list[Block] = []
    caption, heads = "", ""
    for match in re.finditer(r"[^\n]+", page.text):
        text = match.group()
        places = [origin for origin in page.origins_between(*match.span()) if origin != SPACE]
        part = (Part(page.number, match.start(), match.end()),)
        row = rows.get(places[0]) if CELL_END in text and places else None
        if row is not None:
            heads = text if row.is_head else heads if row.has_head else ""
            if not row.is_head:
                found.append(Block("table row", tuple(one for one in (caption, heads) if one), part, text, 0.0))
            continue
        mark = _mark_before(page, places[0])
        if mark[:1] in (ROW_MARK, HEAD_MARK):
            heads = text if mark == HEAD_MARK else heads if mark == ROW_MARK else ""
            if mark != HEAD_MARK:
                found.append(Block("table row", tuple(one for one in (caption, heads) if one), part, text, 0.0))
            continue
        size = statistics.median(heights[place] for place in places) if heights else _rank(mark)
        first = styles[places[0]]
        bold = all(styles[place].bold for place in places)
        look = Look(size, body, bold, first.box, first.recognised)
        kind = kind_of(text, mark, look)
        if PARAGRAPH_END in page.sheet.text and not mark:
            kind = _marked(kind)
        number = number_of_note(mark) if kind == "note" else None
        found.append(Block(kind, (number,) if number else (), part, text, size, look.frame, bold))
        caption = text if kind == "caption" else caption if kind in ("note", "fragment") else ""
    return [
        block if block.kind != "heading" or _heads(found, place) else replace(block, kind="paragraph")
        for place, block in enumerate(found)
    ]


@dataclass(frozen=True, slots=True)
class _RowPlace:
    """What is known of a line that is a row: whether it names the columns, and whether any row of its table does."""

    is_head: bool
    has_head: bool


def _rows_by_place(tables: Sequence[Table]) -> dict[int, _RowPlace]:
    found: dict[int, _RowPlace] = {}
    for table in tables:
        has_head = table.head is not None
        for row in table.rows:
            found |= dict.fromkeys(row.places(), _RowPlace(False, has_head))
        if table.head is not None:
            found |= dict.fromkeys(table.head.places(), _RowPlace(True, True))
    return found


def _heads(blocks: list[Block], place: int) -> bool:
    """In a file without layout a heading must have something under it; with layout its size says enough."""
    return blocks[place].size != 0 or (place + 1 < len(blocks) and len(blocks[place + 1].text) >= LONG)


def _rank(mark: str) -> float:
    """A size for the headings of a file without layout: the more hash signs, the smaller. 0 for what is no heading."""
    return float(-len(mark)) if mark.startswith("#") else 0.0


def _marked(kind: str) -> str:
    """The kind of a paragraph in a file that says which of them are headings: no other is one."""
    return "paragraph" if kind == "heading" else kind


def _mark_before(page: Page, place: int) -> str:
    """What cleaning took out at the start of the paragraph's line: a bullet, a note's number, or nothing."""
    start = page.sheet.text.rfind("\n", 0, place) + 1
    return page.sheet.text[start:place].strip()


def _runs_on(before: Block, block: Block) -> bool:
    """Whether a block at the top of a page is the rest of the last one on the page before."""
    if before.parts[-1].page + 1 != block.parts[0].page or before.headings != block.headings:
        return False
    if abs(before.size - block.size) > 0.05 * before.size:
        return False
    new_point = not (block.kind == before.kind == "paragraph")
    return goes_on(before.text, block.text, new_point=new_point, laid_out=True)


def _join(before: Block, block: Block) -> Block:
    return replace(before, parts=(*before.parts, *block.parts), text=f"{before.text} {block.text}")

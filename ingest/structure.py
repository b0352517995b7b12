"""From cleaned pages to blocks: headings as paths, findings, paragraphs, notes; a paragraph over a page is one."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, replace

from corpus.documents import SPACE, Page, Part
from corpus.text import breaks_off, ends_sentence
from ingest.lines import BULLET, PARAGRAPH_END, body_size, read_boxes

_HEADING_LENGTH = 140
_LARGER = 1.1
_SMALLER = 0.93
"""Letters larger or smaller than the body by these factors make a heading or a note."""

_LONG = 60


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a document: its kind (finding, paragraph, note, heading), heading path, places and text.

    `text` is its parts' texts, each joined to the next by a space.
    """

    kind: str
    headings: tuple[str, ...]
    parts: tuple[Part, ...]
    text: str
    size: float


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    size: float


def find_blocks(pages: list[Page]) -> list[Block]:
    """The blocks of all pages in reading order. Headings are not blocks; they stand in their blocks' paths."""
    body = body_size(pages)
    blocks: list[Block] = []
    path: list[_Heading] = []
    for page in pages:
        for block in _blocks_of_page(page, body):
            if block.kind == "heading":
                path = [*(above for above in path if above.size > block.size), _Heading(block.text, block.size)]
                continue
            block = replace(block, headings=tuple(heading.text for heading in path))
            before = next((earlier for earlier in reversed(blocks) if earlier.kind != "note"), None)
            if before is not None and block.kind != "note" and _runs_on(before, block):
                blocks[blocks.index(before)] = _join(before, block)
            else:
                blocks.append(block)
    return blocks


def _blocks_of_page(page: Page, body: float) -> list[Block]:
    heights = [box.height for box in read_boxes(page.sheet)]
    found = [
        _read_block(page, match.start(), match.end(), heights, body) for match in re.finditer(r"[^\n]+", page.text)
    ]
    return [
        block if block.kind != "heading" or _heads(found, place) else replace(block, kind="paragraph")
        for place, block in enumerate(found)
    ]


def _heads(blocks: list[Block], place: int) -> bool:
    """In a file without layout a heading must have something under it; with layout its size says enough."""
    return blocks[place].size != 0 or (place + 1 < len(blocks) and len(blocks[place + 1].text) >= _LONG)


def _read_block(page: Page, start: int, end: int, heights: list[float], body: float) -> Block:
    text = page.text[start:end]
    places = [origin for origin in page.origins_between(start, end) if origin != SPACE]
    size = statistics.median(heights[place] for place in places) if heights else 0.0
    mark = _mark_before(page, places[0])
    if mark.startswith("#"):
        size = float(-len(mark))
    kind = _kind_of(text, mark, size, body)
    if PARAGRAPH_END in page.sheet.text and kind in ("heading", "paragraph") and not mark.startswith("#"):
        kind = "table row" if "\t" in page.sheet.text[places[0] : places[-1]] else "paragraph"
    return Block(kind, (), (Part(page.number, start, end),), text, size)


def _mark_before(page: Page, place: int) -> str:
    """What cleaning took out at the start of the paragraph's line: a bullet, a note's number, or nothing."""
    start = page.sheet.text.rfind("\n", 0, place) + 1
    return page.sheet.text[start:place].strip()


def _kind_of(text: str, mark: str, size: float, body: float) -> str:
    if mark.startswith("#"):
        return "heading" if len(text) <= _HEADING_LENGTH else "paragraph"
    if mark and BULLET.match(mark + " "):
        return "finding"
    if body and size < _SMALLER * body:
        return "note"
    if mark.strip("()[].").isdigit():
        return "note"
    unfinished = len(text) <= _HEADING_LENGTH and not text.endswith((".", ";", ":", ","))
    larger = size > _LARGER * body if body else text[:1].isupper()
    return "heading" if unfinished and larger and any(letter.isalpha() for letter in text) else "paragraph"


def _runs_on(before: Block, block: Block) -> bool:
    """Whether a block at the top of a page is the rest of the last one on the page before."""
    if before.parts[-1].page + 1 != block.parts[0].page or before.headings != block.headings:
        return False
    if ends_sentence(before.text) or len(before.text) < _LONG or abs(before.size - block.size) > 0.05 * before.size:
        return False
    return block.text[0].islower() or (block.kind == before.kind == "paragraph" and breaks_off(before.text))


def _join(before: Block, block: Block) -> Block:
    return replace(before, parts=(*before.parts, *block.parts), text=f"{before.text} {block.text}")

"""From blocks to passages that fit the embedder: short blocks together, long ones at sentence boundaries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from corpus.documents import Part, Passage, cut_parts
from corpus.sentences import sentence_spans
from corpus.text import Span
from ingest.structure import Block

VERSION = 2
"""Grows when the same blocks would be split in another way: a library split before is then split again."""

_ENOUGH = 60
"""A passage of fewer word pieces takes in the next block under the same heading."""


@dataclass(frozen=True, slots=True)
class Splitting:
    """The longest passage in word pieces, and how they are counted (heading and the model's own marks included)."""

    limit: int
    count_pieces: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive text of one block, or of several under one heading, on its way to a passage."""

    block: Block
    text: str
    parts: tuple[Part, ...]


def split_blocks(blocks: Iterable[Block], document: str, splitting: Splitting) -> list[Passage]:
    """The passages of a document (by sha256), in reading order. None is longer than the limit, none cuts a sentence.

    A contents page says nothing by itself and makes none. Only a sentence that is itself too long is cut, at a word,
    or inside a word without end; no word is lost.
    """
    stretches: list[_Stretch] = []
    for block in (_without_long_heading(block, splitting) for block in blocks):
        if block.kind == "contents" or not any(character.isalnum() for character in block.text):
            continue
        for piece in _fit(_Stretch(block, block.text, block.parts), splitting):
            if stretches and _belong_together(stretches[-1], piece, splitting):
                stretches[-1] = _together(stretches[-1], piece)
            else:
                stretches.append(piece)
    return [
        Passage(0, document, stretch.block.headings, stretch.text, stretch.block.kind, stretch.parts)
        for stretch in stretches
    ]


def _without_long_heading(block: Block, splitting: Splitting) -> Block:
    """A heading that would take half of every passage is left out of the path."""
    short = tuple(heading for heading in block.headings if 2 * splitting.count_pieces(heading) <= splitting.limit)
    return replace(block, headings=short)


def _belong_together(before: _Stretch, after: _Stretch, splitting: Splitting) -> bool:
    same = (before.block.headings, before.block.kind) == (after.block.headings, after.block.kind)
    return (
        same
        and before.block.kind != "table row"
        and before.block is not after.block
        and _pieces(before, splitting) < _ENOUGH
        and _pieces(_together(before, after), splitting) <= splitting.limit
    )


def _together(before: _Stretch, after: _Stretch) -> _Stretch:
    return _Stretch(before.block, f"{before.text}\n{after.text}", (*before.parts, *after.parts))


def _pieces(stretch: _Stretch, splitting: Splitting) -> int:
    return splitting.count_pieces(Passage(0, "", stretch.block.headings[-1:], stretch.text, "", ()).searchable)


def _fit(stretch: _Stretch, splitting: Splitting) -> list[_Stretch]:
    """A stretch that fits as it is; a longer one as several of about the same number of sentences."""
    if _pieces(stretch, splitting) <= splitting.limit or len(stretch.text) < 2:
        return [stretch]
    spans = sentence_spans(stretch.text)
    if len(spans) < 2:
        spans = _cuts(stretch.text)
    middle = _middle(spans)
    left, right = (Span(spans[0].start, spans[middle - 1].end), Span(spans[middle].start, spans[-1].end))
    return [*_fit(_slice(stretch, left), splitting), *_fit(_slice(stretch, right), splitting)]


def _middle(spans: list[Span]) -> int:
    """After which span to cut so that both sides are about as long; from 1 to len(spans) - 1."""
    half = (spans[0].start + spans[-1].end) / 2
    return min(range(1, len(spans)), key=lambda place: abs(spans[place].start - half))


def _cuts(text: str) -> list[Span]:
    words = [Span(*match.span()) for match in re.finditer(r"\S+", text)]
    if len(words) > 1:
        return words
    half = len(text) // 2
    return [Span(0, half), Span(half, len(text))]


def _slice(stretch: _Stretch, span: Span) -> _Stretch:
    parts = cut_parts(stretch.parts, span.start, span.end)
    return _Stretch(stretch.block, stretch.text[span.start : span.end], parts)

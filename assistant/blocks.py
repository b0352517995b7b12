"""The nouns of a draft that is checked: Block, NoteMark, Draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where the mark of a note stands in a block's text, and the note's label."""

    offset: int
    note: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a cell, a block quotation or a note of a draft, and what to call its place.

    `note` is the label of the note that it is, empty for others. `ordinal`: its number among the paragraphs of a Word
    file, from 0, and -1 where it is none.
    """

    where: str
    text: str
    kind: Literal["paragraph", "quotation", "note"] = "paragraph"
    marks: tuple[NoteMark, ...] = ()
    note: str = ""
    ordinal: int = -1


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is read: its file's name, and its blocks in order."""

    file: str
    blocks: tuple[Block, ...]

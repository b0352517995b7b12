"""What came of checking a draft, as nouns: Item, Checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.blocks import Block
from assistant.differences import Difference
from assistant.find import Source

DraftVerdict = Literal[
    "verbatim", "altered", "wrong-page", "other-document", "superseded", "figure-not-there", "not-found"
]
ItemKind = Literal["quotation", "figure", "reference"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a draft that was checked. `start` and `end` are its place in the text of its block.

    `cited`: what the draft names as its source. `remark` says in a sentence what the verdict alone does not.
    """

    kind: ItemKind
    text: str
    block: Block
    start: int
    end: int
    verdict: DraftVerdict = "not-found"
    matches: tuple[Source, ...] = ()
    differences: tuple[Difference, ...] = ()
    cited: tuple[str, ...] = ()
    remark: str = ""

    @property
    def is_fault(self) -> bool:
        return self.verdict != "verbatim"


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was checked of a draft, in its order."""

    file: str
    items: tuple[Item, ...]

    @property
    def faults(self) -> int:
        return sum(item.is_fault for item in self.items)

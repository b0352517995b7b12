"""Sheets of files without layout: paragraphs, headings, points, rows and notes, each a line that says what it is.

A heading begins with `#`, a point with `-`, a note with its number in small raised figures; a row of a table begins
with a mark of its own, and its cells stand with a tab between them. Cleaning takes these marks out again. A paragraph
separator (U+2029) ends every line: such a file says where its paragraphs end, so that nothing is to be guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.documents import Sheet
from ingest.lines import HEAD_MARK, PARAGRAPH_END, ROW_MARK
from ingest.readers.grid import Cell, lay_out

_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_DEEPEST = 6


def raised(number: str) -> str:
    """The digits of a note's mark as raised figures; whatever else it has stays."""
    return number.translate(_RAISED)


def folded(text: str) -> str:
    """Runs of white space as one space, trimmed."""
    return " ".join(text.split())


@dataclass(slots=True)
class MarkedSheets:
    """The pages of a file as they grow: lines are added to the last, and its notes follow when it ends."""

    pages: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    def paragraph(self, text: str) -> None:
        self._add(folded(text))

    def heading(self, level: int, text: str) -> None:
        """`level` from 1, the highest; beyond 6 it is 6."""
        self._add(folded(text), "#" * min(level, _DEEPEST) + " ")

    def point(self, text: str) -> None:
        self._add(folded(text), "- ")

    def table(self, rows: Sequence[Sequence[Cell]]) -> None:
        """A table, its cells divided; where it has one column only, its cells are paragraphs."""
        grid = lay_out([[replace(cell, text=folded(cell.text)) for cell in row] for row in rows])
        if grid.heads is not None and len(grid.heads) > 1:
            self._add("\t".join(grid.heads), HEAD_MARK)
        for number, texts in enumerate(grid.rows):
            if max(map(len, grid.rows)) == 1:
                self._add(texts[0])
            else:
                self._add("\t".join(texts), ROW_MARK if number or grid.heads is not None else 2 * ROW_MARK)

    def note(self, number: str, text: str) -> None:
        """A note; it stands under the last line of its page."""
        if folded(text):
            self._notes.append(f"{raised(number)} {folded(text)}")

    def end_page(self) -> None:
        self.pages.append((PARAGRAPH_END + "\n\n").join([*self._lines, *self._notes, ""]).rstrip("\n"))
        self._lines, self._notes = [], []

    def sheets(self) -> list[Sheet]:
        """All pages; the last one ends here."""
        self.end_page()
        return [Sheet(page) for page in self.pages]

    def _add(self, text: str, mark: str = "") -> None:
        if text:
            self._lines.append(mark + text)

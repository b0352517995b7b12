"""Sheets of files without layout: paragraphs, headings, points, rows and notes, each a line that says what it is.

A heading begins with `#`, a point with `-`, a note with its number in small raised figures; the cells of a row stand
with a tab between them. Cleaning takes these marks out again. A paragraph separator (U+2029) ends every line: such a
file says where its paragraphs end, so that nothing is to be guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.documents import Sheet
from ingest.lines import PARAGRAPH_END

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

    def row(self, cells: list[str]) -> None:
        self._add("\t".join(folded(cell) for cell in cells if folded(cell)))

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

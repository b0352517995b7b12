"""The notes that the marks in a quote lead to, each in its own words where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import QuotePart
from assistant.speaker import find_source
from corpus.documents import Page, Part
from corpus.library import Library

_MARKED = 3
"""Characters at the end of words among which a mark is a mark to all of them: it may stand before the full stop."""


@dataclass(frozen=True, slots=True)
class QuotedNote:
    """A note by its number, one part for each stretch of a page that it stands on."""

    number: str
    parts: tuple[QuotePart, ...]

    @property
    def quote(self) -> str:
        return " ".join(part.quote for part in self.parts)


def quote_notes(library: Library, sha256: str, parts: Sequence[Part]) -> tuple[QuotedNote, ...]:
    """The notes to these stretches of an edition's text, in the order of their marks, each once."""
    notes = {(note.number, note.parts): note for note in library.apparatus.notes(sha256, parts)}
    pages = {number: library.page(sha256, number) for _, own in notes for number in {part.page for part in own}}
    return tuple(QuotedNote(number, tuple(_quote(pages[part.page], part) for part in own)) for number, own in notes)


def name_source(library: Library, sha256: str, parts: Sequence[Part]) -> str | None:
    """The source in the note whose mark ends these words of an edition; None where none does, or several differ."""
    last = parts[-1]
    end = Part(last.page, max(last.start, last.end - _MARKED), last.end)
    sources = {find_source(note.quote) for note in quote_notes(library, sha256, (end,))}
    return sources.pop() if len(sources) == 1 else None


def _quote(page: Page, part: Part) -> QuotePart:
    return QuotePart(page.number, page.label, page.text[part.start : part.end], part.start, part.end)

"""How the page speaks of a report, a page and a citation, and which of a page's words are marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.answers import Citation, QuotePart
from corpus.documents import Document, Edition


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph, marked or not."""

    text: str
    marked: bool


def series_line(document: Document) -> str:
    """Such as "EMN Flash #2 - 2025"; empty where the report says neither series nor year."""
    series = " ".join(filter(None, (document.series, f"#{document.number}" if document.number else None)))
    return " - ".join(filter(None, (series, str(document.year) if document.year else None)))


def page_line(part: QuotePart) -> str:
    """Both page numbers: the printed one, and the one that a PDF reader counts."""
    return f"PDF page {part.page}" if part.label is None else f"page {part.label} (PDF page {part.page})"


def source_line(citation: Citation) -> str:
    """Such as "EMN Flash #2 - 2025, p. 1"; the title stands in for a series that is not known."""
    document = citation.document
    name = series_line(document) if document.series else document.title
    first, last = citation.parts[0], citation.parts[-1]
    pages = " to ".join(dict.fromkeys(part.label or str(part.page) for part in (first, last)))
    kind = "p." if first is last else "pp."
    return f"{name}, {'' if first.label else 'PDF '}{kind} {pages}"


def reference_line(citation: Citation) -> str:
    """Publisher, title, series and page, with a full stop."""
    document = citation.document
    pages = source_line(citation).rpartition(", ")[2]
    return ", ".join(filter(None, (document.publisher, document.title, series_line(document), pages))) + "."


def edition_notes(edition: Edition) -> list[str]:
    """What a reader must know of an edition that is no longer the current one."""
    day = _day(edition.changed)
    if edition.state == "replaced":
        return [
            f"This edition was replaced on {day}. The words below are those of the edition that the link was made from."
        ]
    if edition.state == "removed":
        return [
            f"This report was removed from the library on {day}. Its words are kept, so that links still show them."
        ]
    return []


def mark_paragraphs(text: str, start: int, end: int) -> list[list[Run]]:
    """A page's text as paragraphs, with the words from `start` to `end` (code points) marked."""
    paragraphs = []
    offset = 0
    for line in text.split("\n"):
        left = min(max(start - offset, 0), len(line))
        right = min(max(end - offset, 0), len(line))
        runs = [Run(line[:left], False), Run(line[left:right], True), Run(line[right:], False)]
        paragraphs.append([run for run in runs if run.text])
        offset += len(line) + 1
    return [runs for runs in paragraphs if runs]


def _day(moment: str) -> str:
    day = date.fromisoformat(moment[:10])
    return f"{day.day} {day:%B %Y}"

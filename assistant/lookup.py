"""How a citation is named in words: its reference in one line, its pages, the standing of its edition."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Citation, QuotePart
from assistant.links import Resolved
from assistant.pagelists import join_runs
from corpus.documents import Document


def refer(citation: Citation) -> str:
    """A reference in one line: publisher, title, series and pages, with a full stop."""
    document = citation.document
    known = (document.publisher, document.title, series_line(document), name_pages(citation.parts))
    return ", ".join(filter(None, known)) + "."


def source_line(citation: Citation) -> str:
    """Such as "EMN Flash #2 - 2025, p. 1"; the title stands in for a series that is not known."""
    document = citation.document
    return f"{series_line(document) if document.series else document.title}, {name_pages(citation.parts)}"


def series_line(document: Document) -> str:
    """Such as "EMN Flash #2 - 2025"; empty where the report says neither series nor year."""
    series = " ".join(filter(None, (document.series, f"#{document.number}" if document.number else None)))
    return " - ".join(filter(None, (series, str(document.year) if document.year else None)))


def name_pages(parts: Sequence[QuotePart], one: str = "p.", many: str = "pp.") -> str:
    """Such as "p. 12 (PDF page 14)": the printed number, and where it is another, the one that a PDF reader counts.

    "PDF page 14" where the printed one is not known, on every page that the quote stands on.
    """
    numbers = [str(part.page) for part in parts]
    labels = [part.label for part in parts if part.label]
    counted = _named("PDF page", "PDF pages", parts, numbers)
    if len(labels) < len(parts):
        return counted
    printed = _named(one, many, parts, labels)
    return printed if labels == numbers else f"{printed} ({counted})"


def standing(resolved: Resolved) -> str | None:
    """What a reader must know of an edition that is no longer the current one; None for the current one."""
    edition = resolved.edition
    since = "" if resolved.has_current else " The newer one has left the library since."
    return {
        "current": None,
        "replaced": f"This edition was replaced on {edition.day}. "
        f"The words are those of the edition the link was made from.{since}",
        "removed": f"This report was removed from the library on {edition.day}. "
        "Its words are kept, so that links show them.",
    }[edition.state]


def _named(one: str, many: str, parts: Sequence[QuotePart], names: Sequence[str]) -> str:
    return f"{one if len(names) == 1 else many} {join_runs([part.page for part in parts], names, ' to ')}"

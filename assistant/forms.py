"""The JSON forms of the contract: what programs get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from assistant.answers import Abstention, Answer, Citation, Considered, Differing, QuotePart, Row
from assistant.noted import QuotedNote
from corpus.command import document_form
from corpus.documents import Box, Filters, Page

_STEPS = ("understand", "retrieve", "answer", "verify", "total")


def answer_form(answer: Answer) -> dict[str, object]:
    timings = dict(answer.timings)
    return {
        "question": answer.question.text,
        "understood_as": answer.understood_as,
        "filters": filters_form(answer.filters),
        "read": filters_form(answer.read),
        "added": list(answer.added),
        "language": answer.language,
        "rewritten": answer.rewritten or None,
        "answered": answer.answered,
        "abstention": abstention_form(answer.abstention) if answer.abstention else None,
        "notice": asdict(answer.notice) if answer.notice else None,
        "lead": asdict(answer.lead) if answer.lead else None,
        "table": [row_form(row) for row in answer.table],
        "differing": [differing_form(one, answer.citations) for one in answer.differing],
        "mode": answer.mode,
        "sentences": [
            {
                "text": sentence.text,
                "status": sentence.status,
                "citations": list(sentence.citations),
                "speaker": sentence.speaker,
                "about": sentence.about,
            }
            for sentence in answer.sentences
        ],
        "citations": [citation_form(citation) for citation in answer.citations],
        "considered": considered_form(answer.considered),
        "timings_ms": {step: round(timings.get(step, 0.0), 2) for step in _STEPS},
        "usage": asdict(answer.usage) if answer.usage else None,
    }


def citation_form(citation: Citation) -> dict[str, object]:
    parts = [part_form(part) for part in citation.parts]
    return {
        "number": citation.number,
        "link": citation.link,
        "language": citation.language,
        "document": document_form(citation.document),
        **parts[0],
        "parts": parts,
        "score": citation.score,
        "frame": citation.frame or None,
        "also": [citation_form(other) for other in citation.also],
    }


def part_form(part: QuotePart) -> dict[str, object]:
    """A quote's part on one page; `start` and `end` are offsets into that page's text, in code points."""
    return {"page": part.page, "page_label": part.label, "quote": part.quote, "start": part.start, "end": part.end}


def note_form(note: QuotedNote) -> dict[str, object]:
    """A note that a mark leads to: its number and its words, in parts where they stand."""
    return {"number": note.number, "quote": note.quote, "parts": [part_form(part) for part in note.parts]}


def considered_form(considered: Sequence[Considered]) -> list[dict[str, object]]:
    """Passages, best first."""
    return [asdict(passage) for passage in considered]


def row_form(row: Row) -> dict[str, object]:
    """A country's row. `citation` is a number into the answer's citations, null where nothing is quoted; `heads` is
    that of what its table and its columns are called."""
    cells = [
        {
            "document": cell.document.slug,
            "state": cell.state,
            "citation": cell.citation,
            "heads": cell.heads,
            "title": cell.document.title,
        }
        for cell in row.cells
    ]
    return {"code": row.code, "country": row.country, "cells": cells}


def differing_form(one: Differing, citations: Sequence[Citation]) -> dict[str, object]:
    """A figure that differs from another report's: with its years, its report and that report's own year."""
    document = next(citation.document for citation in citations if citation.number == one.citation)
    return {
        "figure": one.figure,
        "years": one.years or None,
        "citation": one.citation,
        "document": document.slug,
        "title": document.title,
        "year": document.year,
        "reference_period": document.reference_period,
    }


def filters_form(filters: Filters) -> dict[str, object]:
    return {name: list(values) for name, values in asdict(filters).items()}


def abstention_form(abstention: Abstention) -> dict[str, object]:
    return {
        "kind": abstention.kind,
        "reason": abstention.reason,
        "missing": list(abstention.missing),
        "searched": {"documents": abstention.documents, "passages": abstention.passages},
        "nearest": [citation_form(citation) for citation in abstention.nearest],
        "language": abstention.language,
    }


def page_form(page: Page) -> dict[str, object]:
    """A page as programs see it; width and height in PDF points, 0 where the file has no layout."""
    return {
        "page": page.number,
        "page_label": page.label,
        "text": page.text,
        "width": page.sheet.width,
        "height": page.sheet.height,
    }


def box_form(box: Box) -> dict[str, float]:
    """A rectangle on a page, in PDF points from its top left corner."""
    return {"left": box.left, "top": box.top, "width": box.right - box.left, "height": box.height}

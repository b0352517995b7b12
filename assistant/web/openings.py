"""Questions to begin with, made of what the library holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lookup import series_line
from corpus.documents import Document

_QUESTIONS = (
    "What are the main findings of {name}?",
    "What does {name} say about identifying victims?",
    "Which figures does {name} give?",
)
_LONGEST_TITLE = 100


def opening_questions(documents: Sequence[Document], count: int = 6) -> list[str]:
    """Up to `count` questions, each on another report while there are enough: series first, then the newest."""
    known = [document for document in documents if document.series or len(document.title) <= _LONGEST_TITLE]
    known.sort(key=lambda document: (document.series is None, -(document.year or 0), document.title))
    asked = [(document, _QUESTIONS[place % len(_QUESTIONS)]) for place, document in enumerate(known[:count])]
    return [question.format(name=_name(document)) for document, question in asked]


def _name(document: Document) -> str:
    return series_line(document) if document.series else f"\u201c{document.title}\u201d"

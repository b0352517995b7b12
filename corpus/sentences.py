"""Sentence boundaries, apart from other words: readers need none, and need not wait for their model."""

from __future__ import annotations

import re

import nupunkt

from corpus.text import Span


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, trimmed of white space, each beginning and ending where a word does.

    A line break always ends a sentence. Boundaries are found by nupunkt's model, which knows legal abbreviations.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        spans += _sentences_of_line(line.group(), line.start())
    return spans


def _sentences_of_line(line: str, offset: int) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for _, end in nupunkt.sent_spans(line):
        if end < len(line) and not (line[end - 1].isspace() or line[end].isspace()):
            continue
        piece = line[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(offset + left, offset + start + len(piece.rstrip())))
        start = end
    return spans

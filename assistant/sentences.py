"""Sentences of passages that were found, and which of them can be quoted as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Hit, Part, cut_parts
from corpus.sentences import sentence_spans
from corpus.text import Span, breaks_off, ends_sentence

_REFERENCE = re.compile(
    r"https?://\S+|\bwww\.\S+"
    r"|[\w-]+\.(?:org|com|net|eu|int|gov|info|[a-z]{2})(?:/\S*)?\.?$"
    r"|, (?:\d{1,2} \w+ |[A-Z]\w+ )?(?:19|20)\d\d, [\w ,-]*(?:consulted in|[\w-]+\.[a-z]{2,})"
    r"|\bundated\b|\bconsulted in a (?:copy|reprint)\b|\bpp?\. ?\d+(?:[-–]\d+)?\.$|\bISBN\b|\bISSN\b|\bdoi:"
)
_TITLE_AND_YEAR = re.compile(r"[A-Z][^,]{2,90}, .*\b(?:19|20)\d\d\.?")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|may|must|will|would|should|\w{3,}(?:ed|t)|rose|fell|gave|"
    r"found|says|said|counts|names|puts|came|made|took)\b(?! of)"
)
_CAPTION = re.compile(r"(?:Table|Figure|Chart|Graph|Map|Box|Annex|Source)s? ?\d*[.:] ")
_FURNITURE = re.compile(r"\||\.{5}|^©|^Licen[cs]e\b|\bCC BY\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence in the passage of a hit; `place` counts the sentences of that passage from 0."""

    hit: Hit
    place: int
    span: Span
    text: str

    @property
    def parts(self) -> tuple[Part, ...]:
        return cut_parts(self.hit.passage.parts, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with its places on the pages and its score from 0 to 1.

    `place` counts the sentences of its passage from 0. `about`: the side of the question that it is for. `frame`: the
    country or the years that it stands under and does not name itself.
    """

    text: str
    hit: Hit
    parts: tuple[Part, ...]
    score: float
    vector: NDArray[np.float32] = field(compare=False, repr=False)
    place: int = 0
    about: str = field(default="", compare=False)
    frame: str = field(default="", compare=False)


def find_sentences(hits: Iterable[Hit]) -> list[Found]:
    """Every sentence of these passages, in order."""
    return [
        Found(hit, place, span, hit.passage.text[span.start : span.end])
        for hit in hits
        for place, span in enumerate(sentence_spans(hit.passage.text))
    ]


def can_answer(sentence: str) -> bool:
    """Whether a sentence may be quoted as an answer.

    It has at least four words, is written mostly in letters, does not break off, and is no reference to a source, no
    caption, no title in capitals, no furniture of a page and no line of figures.
    """
    words = sentence.split()
    written = sum(character.isalpha() for character in sentence)
    return (
        len(words) >= 4
        and 2 * written > len(sentence) - sentence.count(" ")
        and not breaks_off(sentence)
        and not _is_title(sentence)
        and not is_reference(sentence)
        and _FURNITURE.search(sentence) is None
        and _CAPTION.match(sentence) is None
    )


def _is_title(sentence: str) -> bool:
    """Whether a line is all capitals and no figure: one with a figure names a series, a number, a year."""
    return sentence.isupper() and not ends_sentence(sentence) and not any(sign.isdigit() for sign in sentence)


def is_reference(sentence: str) -> bool:
    """Whether a sentence is an entry of a bibliography or a note that names a source and says nothing."""
    return _REFERENCE.search(sentence) is not None or (
        _TITLE_AND_YEAR.fullmatch(sentence) is not None and _VERB.search(sentence) is None
    )

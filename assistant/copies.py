"""Where else a sentence stands: other reports, and other pages, that say it in nearly the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Excerpt
from assistant.likeness import are_near_copies
from assistant.retrieve import Evidence
from assistant.sentences import Candidate, find_sentences
from corpus.documents import Hit, Part

_MOST = 12
"""Places that are named, at most."""


@dataclass(frozen=True, slots=True)
class _Place:
    document: str
    parts: tuple[Part, ...]
    text: str


def find_copies(candidate: Candidate, candidates: Sequence[Candidate], evidence: Evidence) -> list[Excerpt]:
    """The other places of a sentence among everything that was found, one for each page."""
    home = candidate.hit.passage.document
    known = {(home, candidate.parts[0].page)}
    found: list[Excerpt] = []
    for place in _places(candidate, candidates):
        key = (place.document, place.parts[0].page)
        if key not in known and len(found) < _MOST and are_near_copies(candidate.text, place.text):
            known.add(key)
            found.append(Excerpt(evidence.documents[place.document], place.parts))
    return found


def leave_copies(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """The first of the candidates that say something of their own."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if len(kept) == count:
            break
        if not any(are_near_copies(candidate.text, other.text) for other in kept):
            kept.append(candidate)
    return kept


def _places(candidate: Candidate, candidates: Sequence[Candidate]) -> Iterator[_Place]:
    """The sentences of the passages that were folded into this one's, then those of the other passages."""
    for sentence in find_sentences(Hit(copy, 0.0) for copy in candidate.hit.copies):
        yield _Place(sentence.hit.passage.document, sentence.parts, sentence.text)
    for other in candidates:
        yield _Place(other.hit.passage.document, other.parts, other.text)

"""Finding passages: by words and by vectors, fused."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.documents import Document, Filters, Hit, Passage
from corpus.index import Generation
from corpus.library import Library
from corpus.rows import Vector

_EACH = 50
"""How many passages each of the two searches brings."""

_LEXICAL_WEIGHT = 0.5
"""The share of the word score in the fused one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question: hits, best first, and the documents they stand in, by sha256."""

    hits: tuple[Hit, ...]
    documents: dict[str, Document]


def find_evidence(
    library: Library,
    generation: Generation,
    text: str,
    vector: Vector,
    filters: Filters,
    count: int,
) -> Evidence:
    """The best passages of the documents that the filters accept, each distinct text once.

    A convex combination of normalised scores (Bruch, Gai and Ingber, arXiv 2210.11934): the word score over the best
    word score, and the cosine over the best cosine, none below 0.
    """
    documents = {document.sha256: document for document in library.documents(filters)}
    limited = filters != Filters()
    words = generation.words.search(text, _EACH, list(documents) if limited else None)
    if limited:
        near = generation.vectors.nearest_among(vector, sorted(library.keys(list(documents))), _EACH)
    else:
        near = generation.vectors.nearest(vector, _EACH)
    passages = library.passages_by_id([match.passage for match in words])
    for sharing in library.passages_by_key([neighbour.key for neighbour in near]).values():
        passages |= {passage.id: passage for passage in sharing}
    lexical = {match.passage: match.score for match in words}
    keys = sorted({passage.key for passage in passages.values()})
    cosines = {found.key: found.score for found in generation.vectors.nearest_among(vector, keys, len(keys))}
    hits = [
        _fuse(
            passage,
            lexical.get(passage.id),
            cosines.get(passage.key),
            max(lexical.values(), default=1.0),
            _top(cosines),
        )
        for passage in passages.values()
        if passage.document in documents
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
    return Evidence(tuple(_fold_same(hits)[:count]), documents)


def _fuse(
    passage: Passage,
    lexical: float | None,
    cosine: float | None,
    most: float,
    nearest: float,
) -> Hit:
    by_words = (lexical or 0.0) / most
    by_vector = max(cosine or 0.0, 0.0) / nearest
    return Hit(
        passage,
        _LEXICAL_WEIGHT * by_words + (1 - _LEXICAL_WEIGHT) * by_vector,
        lexical,
        cosine,
    )


def _top(cosines: dict[str, float]) -> float:
    return max(max(cosines.values(), default=0.0), 1e-6)


def _fold_same(hits: list[Hit]) -> list[Hit]:
    """Of passages with the same words only the first: one finding, however often it is printed."""
    return list({hit.passage.text: hit for hit in reversed(hits)}.values())[::-1]

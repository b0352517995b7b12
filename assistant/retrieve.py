"""Finding passages: by words and by vectors, fused."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.documents import Document, Filters, Hit
from corpus.embedding import Embedder
from corpus.errors import IndexFault
from corpus.index import Generation
from corpus.library import Library
from corpus.rows import Vector

_EACH = 50
"""How many passages each of the two searches brings."""

LEXICAL_WEIGHT = 0.5
"""The share of the word score in the fused one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is searched for: its words and its vector, shape (dimension,).

    `carried`: those of its words that come from earlier turns; they count less in the search for words.
    """

    text: str
    vector: Vector
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question: hits, best first, and the documents they stand in, by sha256."""

    hits: tuple[Hit, ...]
    documents: dict[str, Document]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is searched: these documents, or the whole library where `documents` is None."""

    documents: tuple[Document, ...] | None

    @property
    def hashes(self) -> list[str] | None:
        return None if self.documents is None else [document.sha256 for document in self.documents]


def find_scope(library: Library, filters: Filters) -> Scope:
    """The documents that the filters accept; everything where none is set."""
    return Scope(None if filters == Filters() else tuple(library.documents(filters)))


def require_embedder(generation: Generation, embedder: Embedder) -> None:
    """Raises IndexFault where the index was made with another embedder: its vectors cannot be compared with ours."""
    if generation.manifest.embedder != embedder.fingerprint.digest:
        raise IndexFault("the index was made with another embedder", "run `python -m ingest rebuild`")


def find_evidence(
    library: Library, generation: Generation, asked: Asked, scope: Scope, *, count: int, lexical_weight: float
) -> Evidence:
    """The best passages of what is searched, each distinct text once.

    A convex combination of normalised scores (Bruch, Gai and Ingber, arXiv 2210.11934): the word score over the best
    word score, with `lexical_weight`, and the cosine over the best cosine, none below 0, with the rest of 1.
    """
    words = generation.words.search(asked.text, _EACH, scope.hashes, lighter=asked.carried)
    if scope.hashes is None:
        near = generation.vectors.nearest(asked.vector, _EACH)
    else:
        near = generation.vectors.nearest_among(asked.vector, sorted(library.keys(scope.hashes)), _EACH)
    passages = library.passages_by_id([match.passage for match in words])
    for sharing in library.passages_by_key([neighbour.key for neighbour in near]).values():
        passages |= {passage.id: passage for passage in sharing}
    lexical = {match.passage: match.score for match in words}
    keys = sorted({passage.key for passage in passages.values()})
    cosines = {found.key: found.score for found in generation.vectors.nearest_among(asked.vector, keys, len(keys))}
    most, nearest = max(lexical.values(), default=1.0), max(max(cosines.values(), default=0.0), 1e-6)
    documents = library.documents_by_hash(sorted({passage.document for passage in passages.values()}))
    wanted = documents.keys() if scope.hashes is None else documents.keys() & set(scope.hashes)
    hits = [
        Hit(
            passage,
            lexical_weight * lexical.get(passage.id, 0.0) / most
            + (1 - lexical_weight) * max(cosines.get(passage.key, 0.0), 0.0) / nearest,
            lexical.get(passage.id),
            cosines.get(passage.key),
        )
        for passage in passages.values()
        if passage.document in wanted
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
    return Evidence(tuple(_fold_same(hits)[:count]), documents)


def _fold_same(hits: list[Hit]) -> list[Hit]:
    """Of passages with the same words only the first: one finding, however often it is printed."""
    return list({hit.passage.text: hit for hit in reversed(hits)}.values())[::-1]

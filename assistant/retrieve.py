"""Finding passages: by words and by vectors, fused; near-copies once, and none broken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.likeness import are_near_copies
from assistant.neighbours import Shelves, join_neighbours
from corpus.documents import Document, Filters, Hit
from corpus.embedding import Embedder
from corpus.errors import IndexFault
from corpus.index import Generation
from corpus.library import Library
from corpus.rows import Vector

_EACH, _MOST_EACH = 50, 800
"""How many passages each of the two searches brings; at most, where copies of a few crowd out the rest."""

_SAME_COSINE = 0.15
"""Near-copies are looked for among passages whose cosines to the question lie no further apart."""

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
    """The best passages of what is searched: near-copies folded into one, those that break off joined and whole.

    Where copies crowd out the rest, more is searched.
    """
    each = _EACH
    while True:
        found = _search(library, generation, asked, scope, each=each, lexical_weight=lexical_weight)
        hits = _fold_copies(found.hits, count)
        if len(hits) >= min(count, _EACH // 2) or len(found.hits) < each or each >= _MOST_EACH:
            whole = join_neighbours(hits, Shelves(library.passages_by_id, library.page))
            return Evidence(tuple(whole), found.documents)
        each *= 4


def _search(
    library: Library, generation: Generation, asked: Asked, scope: Scope, *, each: int, lexical_weight: float
) -> Evidence:
    """Every passage that one of the two searches brings, best first.

    A convex combination of normalised scores (Bruch, Gai and Ingber, arXiv 2210.11934): the word score over the best
    word score, with `lexical_weight`, and the cosine over the best cosine, none below 0, with the rest of 1.
    """
    words = generation.words.search(asked.text, each, scope.hashes, lighter=asked.carried)
    if scope.hashes is None:
        near = generation.vectors.nearest(asked.vector, each)
    else:
        near = generation.vectors.nearest_among(asked.vector, sorted(library.keys(scope.hashes)), each)
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
    return Evidence(tuple(hits), documents)


def widen(evidence: Evidence, others: Sequence[Evidence]) -> Evidence:
    """The evidence with the passages that were found beside it; its own come first."""
    hits = [*evidence.hits, *(hit for other in others for hit in other.hits)]
    documents = evidence.documents | {key: document for other in others for key, document in other.documents.items()}
    return Evidence(tuple(_fold_copies(hits, len(hits))), documents)


def _fold_copies(hits: Sequence[Hit], count: int) -> list[Hit]:
    """The first `count` that say something of their own: a finding is one hit, however often it is printed."""
    kept: list[Hit] = []
    for hit in hits:
        own = next((place for place, other in enumerate(kept) if _is_copy(hit, other)), None)
        if own is not None:
            kept[own] = replace(kept[own], copies=(*kept[own].copies, hit.passage))
        elif len(kept) < count:
            kept.append(hit)
    return kept


def _is_copy(hit: Hit, other: Hit) -> bool:
    """Near-copies have near vectors, and so about the same cosine to the question."""
    apart = abs((hit.vector or 0.0) - (other.vector or 0.0)) if hit.vector and other.vector else 0.0
    return apart <= _SAME_COSINE and are_near_copies(hit.passage.text, other.passage.text)

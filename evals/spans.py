"""How passages are cut: of the characters that answer, how many are retrieved, and how much besides them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_chroma import Chroma
from pydantic import BaseModel, ConfigDict

from assistant.retrieve import LEXICAL_WEIGHT, Asked, Scope, find_evidence
from corpus.documents import SPACE, Passage
from corpus.embedding import Embedder
from corpus.errors import WrongUse
from corpus.index import Generation
from corpus.library import Library
from evals.cases import Query, parse_line, read_lines
from evals.statistics import Estimate, estimate

_PASSAGES = 5
"""Passages that are retrieved for a query, as in the evaluation that the spans come from."""

Places = frozenset[tuple[str, int]]
"""Characters of the set: the document's id (or hash) and the offset in its text."""

Retrieve = Callable[[Asked], Places]


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Of the characters that answer, the share that was retrieved; of those retrieved, the share that answers."""

    recall: Estimate
    precision: Estimate


class _Span(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)
    query_id: str
    doc_id: str
    start: int
    end: int


def read_spans(path: Path, names: Mapping[str, str]) -> dict[str, Places]:
    """The characters that answer each query; `names` gives each document's name from the set's id."""
    spans: dict[str, set[tuple[str, int]]] = {}
    for line in read_lines(path, "take spans.jsonl out of the folder, or mend it"):
        span = parse_line(line, _Span, "a line of spans.jsonl holds a JSON object with query_id, doc_id, start and end")
        if span.doc_id not in names or span.end <= span.start:
            raise WrongUse(
                f"{line.where}: there is no such stretch of a document",
                "name a doc_id of corpus.jsonl, and a start below its end",
            )
        places = ((names[span.doc_id], offset) for offset in range(span.start, span.end))
        spans.setdefault(span.query_id, set()).update(places)
    return {query: frozenset(places) for query, places in spans.items()}


def retrieve_ours(library: Library, generation: Generation) -> Retrieve:
    def retrieve(asked: Asked) -> Places:
        evidence = find_evidence(
            library, generation, asked, Scope(None), count=_PASSAGES, lexical_weight=LEXICAL_WEIGHT
        )
        return frozenset(place for hit in evidence.hits for place in places_of(library, hit.passage))

    return retrieve


def retrieve_tutorial(store: Chroma) -> Retrieve:
    def retrieve(asked: Asked) -> Places:
        found = store.similarity_search_by_vector([float(value) for value in asked.vector], k=_PASSAGES)
        return frozenset(
            (str(chunk.metadata["id"]), int(chunk.metadata["start_index"]) + offset)
            for chunk in found
            for offset in range(len(chunk.page_content))
        )

    return retrieve


def places_of(library: Library, passage: Passage) -> set[tuple[str, int]]:
    """Where in the text as it was found a passage's characters stand."""
    places = set()
    for part in passage.parts:
        page = library.page(passage.document, part.page)
        found = [origin for origin in page.origins_between(part.start, part.end) if origin != SPACE]
        places |= {(passage.document, offset) for offset in range(min(found), max(found) + 1)}
    return places


def score_spans(
    queries: Sequence[Query], wanted: Mapping[str, Places], embedder: Embedder, retrieve: Retrieve
) -> SpanScore:
    """Character recall and precision (Smith and Troynikov, Evaluating Chunking Strategies for Retrieval, 2024)."""
    recalls, precisions = [], []
    vectors = embedder.encode([query.text for query in queries])
    for query, vector in zip(queries, vectors, strict=True):
        found = retrieve(Asked(query.text, vector))
        shared = len(wanted[query.id] & found)
        recalls.append(shared / len(wanted[query.id]))
        precisions.append(shared / len(found) if found else 0.0)
    return SpanScore(estimate(recalls), estimate(precisions))

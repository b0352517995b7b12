"""Reranking: what was found in the order of a model that reads question and passage together, where one is set up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.retrieve import Evidence
from corpus.reranking import Reranker


class AsFound:
    """No reranker: the order is that of the search."""

    takes = 0

    def scores(self, _: str, texts: Sequence[str]) -> list[float]:
        """All alike."""
        return [0.0 for _ in texts]


AS_FOUND = AsFound()


def rerank(question: str, evidence: Evidence, reranker: Reranker, count: int) -> Evidence:
    """The best `count` hits in the reranker's order; equals stay as they were.

    The scores of the search stay too, the highest for the first: they are compared with fitted weights later on, and
    every reranker has a scale of its own.
    """
    scores = reranker.scores(question, [hit.passage.searchable for hit in evidence.hits])
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    hits = [replace(evidence.hits[own], score=evidence.hits[place].score) for place, own in enumerate(order[:count])]
    return replace(evidence, hits=tuple(hits))

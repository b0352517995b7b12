"""Reranker: what reads a question and a passage together, and says how well the one answers the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.embedding import prepare_torch

ORDERED = 50
"""Passages that a reranker is handed, at most."""


class Reranker(Protocol):
    """`takes`: how many passages it is handed; the best of them go on."""

    @property
    def takes(self) -> int: ...

    def scores(self, question: str, texts: Sequence[str], /) -> Sequence[float]:
        """One for each text, higher for better; comparable within one call only."""
        ...


def load_reranker(name: str) -> Reranker:
    """The CrossEncoder of that folder, or of that name where its files are on this machine already.

    Takes seconds: torch is imported. Raises RerankerFault.
    """
    prepare_torch()
    from corpus.reranking_torch import TorchReranker

    return TorchReranker(name, ORDERED)

"""Which languages an embedder knows: those in which it finds the field's terms beside their English.

With such an embedder a question is searched for as it was written, and not by the English words of the terms that are
known: these stay what the search for words goes by.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np

from corpus.embedding import Embedder
from corpus.vocabulary import term_pairs

_TERMS = 24
"""Terms that are tried."""

_KNOWN = 0.75
"""The share of them whose own English must be the nearest of all. all-MiniLM-L6-v2, which is English, reaches 0.54 in
Italian, 0.25 in German and 0.04 in Polish."""

Knows = Callable[[str], bool]
"""Whether a language, by its two letters, is known."""


def tongues(embedder: Embedder) -> Knows:
    """Tries each language once, when it is first asked about: some 50 short texts are embedded."""

    @functools.cache
    def knows(language: str) -> bool:
        pairs = term_pairs(language, _TERMS)
        if len(pairs) < _TERMS:
            return False
        own = embedder.encode([pair.written for pair in pairs])
        english = embedder.encode([pair.english for pair in pairs])
        return float(np.mean(np.argmax(own @ english.T, axis=1) == np.arange(len(pairs)))) >= _KNOWN

    return knows

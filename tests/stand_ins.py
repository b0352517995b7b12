"""Stand-ins and makers of small things for the tests. Nothing is patched."""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.decline import Judgement
from assistant.signals import Signals
from corpus.documents import Document, Page, Part, Passage, Sheet
from corpus.embedding import Embedder, Fingerprint, load_embedder
from corpus.lexical import stems
from corpus.library import Library
from ingest.add import Desk
from ingest.reading import Limits

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus" / "sample" / "reports"


class WordEmbedder:
    """Texts that share words get near vectors; a word piece is a word, and two are the model's own marks."""

    def __init__(self, limit: int = 256, name: str = "words") -> None:
        self.fingerprint = Fingerprint(hashlib.sha256(name.encode()).hexdigest(), 256)
        self.limit = limit
        self.encoded: list[str] = []

    def count_pieces(self, text: str) -> int:
        return len(text.split()) + 2

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        vectors = np.full((len(texts), self.fingerprint.dimension), 0.01, dtype=np.float32)
        for row, text in enumerate(texts):
            for stem in stems(text):
                vectors[row, int(hashlib.sha256(stem.encode()).hexdigest(), 16) % vectors.shape[1]] += 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def judge_by_words(signals: Sequence[Signals]) -> Judgement:
    """For WordEmbedder, whose cosines are none of the real one's: a third of the question's words must be met."""
    met = max((one.words_around - one.country_unmet_around for one in signals), default=0.0)
    return Judgement(max(met, 0.0), answers=met >= 0.35)


def make_page(text: str, number: int = 1, label: str | None = None) -> Page:
    """A page whose text is its sheet, without layout."""
    return Page(number, label, text, Sheet(text), struct.pack(f"<{len(text)}i", *range(len(text))))


def make_passage(document: str, page: Page, heading: str = "Findings") -> Passage:
    """A passage that is the whole of a page's text, which is one line."""
    return Passage(0, document, (heading,), page.text, "finding", (Part(page.number, 0, len(page.text)),))


def make_document(slug: str, year: int = 2025, title: str = "A report") -> Document:
    return Document(slug, hashlib.sha256(slug.encode()).hexdigest(), title, "Test Flash", "1", year)


def make_desk(home: Path, library: Library, embedder: Embedder, *, pieces: int = 0, seconds: int = 60) -> Desk:
    return Desk(home, library, embedder.fingerprint.digest, lambda: embedder, pieces, Limits(seconds, 2048, 200))


@functools.cache
def real_embedder() -> Embedder:
    """The bundled model, loaded once for all tests."""
    return load_embedder("", Path(), threads=1)


def real_data() -> Path | None:
    """Real reports for measuring, where a folder beside this checkout holds them; they are never part of it."""
    found = sorted(ROOT.parent.glob("*/data/emn-flash-2-2025.txt"))
    return found[0].parent if found else None

"""An embedder that remembers: a text that was embedded in an earlier run is not embedded again."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder, Fingerprint


@contextmanager
def remember_vectors(embedder: Embedder, folder: Path) -> Iterator[RememberingEmbedder]:
    """The embedder, its vectors kept in a file of the folder. Derived: between runs the file can be deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = sqlite3.connect(folder / f"vectors-{embedder.fingerprint.digest[:12]}.db", check_same_thread=False)
    try:
        yield RememberingEmbedder(embedder, kept)
    finally:
        kept.close()


class RememberingEmbedder:
    """The vectors of another embedder, kept by the hash of their text. Safe for many threads of one process."""

    def __init__(self, embedder: Embedder, kept: sqlite3.Connection) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._kept = kept
        self._kept.execute("CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL)")

    @property
    def fingerprint(self) -> Fingerprint:
        return self._embedder.fingerprint

    @property
    def limit(self) -> int:
        return self._embedder.limit

    def count_pieces(self, text: str) -> int:
        """See `Embedder`."""
        return self._embedder.count_pieces(text)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder`."""
        names = [hashlib.sha256(text.encode()).digest() for text in texts]
        with self._lock:
            found = {name: vector for name in dict.fromkeys(names) if (vector := self._read(name)) is not None}
            missing = {name: text for name, text in zip(names, texts, strict=True) if name not in found}
            if missing:
                made = dict(zip(missing, self._embedder.encode(list(missing.values())), strict=True))
                rows = [(name, vector.astype("<f4").tobytes()) for name, vector in made.items()]
                with self._kept:
                    self._kept.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                found |= made
        empty = np.zeros((0, self.fingerprint.dimension), dtype=np.float32)
        return np.stack([found[name] for name in names]) if names else empty

    def _read(self, name: bytes) -> NDArray[np.float32] | None:
        row = self._kept.execute("SELECT vector FROM vectors WHERE text = ?", (name,)).fetchone()
        return None if row is None else np.frombuffer(row[0], dtype="<f4").astype(np.float32)

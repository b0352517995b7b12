"""The vector index: Chroma for the nearest neighbours, and a matrix beside it for exact search over a few rows.

Derived from the library, and never changed once its generation is in use. One vector for each distinct text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.types import EmbeddingFunction
from chromadb.config import Settings
from numpy.typing import NDArray

from corpus.errors import IndexFault
from corpus.rows import Vector

_AT_ONCE = 5000
"""Records in one call: Chroma takes 5,461 at most."""

_COLLECTION = "passages"

_GRAPH: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 200,
    "ef_search": 200,
    "batch_size": 2,
    "sync_threshold": 2,
}
"""Written to disk as soon as it is added: what waits in Chroma's log is written into its files by whoever reads."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored vector near the one asked for: its key and the cosine of the angle, 1 for the same direction."""

    key: str
    score: float


class VectorIndex:
    """The vectors of one generation, open for reading."""

    def __init__(self, folder: Path) -> None:
        try:
            self._keys: list[str] = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
            self._matrix: NDArray[np.float32] = np.load(folder / "vectors.npy", mmap_mode="r")
        except (OSError, ValueError) as error:
            raise IndexFault(f"the vector index in {folder} is damaged", "run `python -m ingest rebuild`") from error
        self._rows = {key: row for row, key in enumerate(self._keys)}
        try:
            self._client = _client(folder)
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            self._count = int(self._collection.count())
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise IndexFault(f"the vector index in {folder} is damaged", "run `python -m ingest rebuild`") from error

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Give its files back. Whoever still searches it has an error."""
        self._client.close()

    def nearest(self, vector: Vector, count: int) -> list[Neighbour]:
        """The nearest keys of all, best first, by Chroma's approximate search."""
        if not self._keys:
            return []
        found = self._collection.query(
            query_embeddings=np.asarray([vector], dtype=np.float32),
            n_results=min(count, len(self._keys)),
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        return [Neighbour(key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances, strict=True)]

    def nearest_among(self, vector: Vector, keys: Sequence[str], count: int) -> list[Neighbour]:
        """The nearest of the given keys, best first, by an exact product; keys that are not here are passed over."""
        rows = np.array([self._rows[key] for key in keys if key in self._rows], dtype=np.int64)
        if not len(rows):
            return []
        scores = self._matrix[rows] @ vector
        order = np.lexsort((rows, -scores))[:count]
        return [Neighbour(self._keys[int(rows[place])], float(scores[place])) for place in order]

    def holds(self, vectors: Mapping[str, Vector]) -> bool:
        """Whether every one of these vectors, by key, is here to the last bit."""
        return all(
            key in self._rows and np.array_equal(self._matrix[self._rows[key]], vector)
            for key, vector in vectors.items()
        )

    def find_unreachable(self, sample: int = 200) -> list[str]:
        """Of evenly spaced keys, those whose own vector does not lead back to it or to one as near."""
        step = max(1, len(self._keys) // sample)
        lost = []
        for row in range(0, len(self._keys), step):
            found = self.nearest(self._matrix[row], 1)
            if not found or found[0].score < 0.9999:
                lost.append(self._keys[row])
        return lost


def extend_vector_index(folder: Path, vectors: Mapping[str, Vector], dimension: int) -> int:
    """Add those of these vectors, by key, that the index in a folder lacks; it is made where there is none.

    Returns how many it holds then. Raises IndexFault for a zero or unusable vector.
    """
    held, matrix = _read_matrix(folder, dimension)
    known = set(held)
    keys = [key for key in vectors if key not in known]
    added = np.array([vectors[key] for key in keys], dtype=np.float32).reshape(len(keys), dimension)
    lengths = np.linalg.norm(added, axis=1)
    if not np.all(np.isfinite(lengths)) or np.any(lengths < 1e-6):
        raise IndexFault("the embedder gave a vector without a direction", "check the embedder's files, then rebuild")
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "vectors.npy", np.concatenate([matrix, added]))
    (folder / "keys.json").write_text(json.dumps([*held, *keys]), encoding="utf-8")
    with closing(_client(folder)) as client:
        collection = client.get_or_create_collection(
            _COLLECTION, embedding_function=_no_embedding(), configuration={"hnsw": _GRAPH}
        )
        for start in range(0, len(keys), _AT_ONCE):
            collection.add(ids=keys[start : start + _AT_ONCE], embeddings=added[start : start + _AT_ONCE])
    return len(held) + len(keys)


def _read_matrix(folder: Path, dimension: int) -> tuple[list[str], NDArray[np.float32]]:
    if not (folder / "keys.json").exists():
        return [], np.zeros((0, dimension), dtype=np.float32)
    return json.loads((folder / "keys.json").read_text(encoding="utf-8")), np.load(folder / "vectors.npy")


def _client(folder: Path) -> Client:
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    client = chromadb.PersistentClient(path=str(folder / "chroma"), settings=settings)
    assert isinstance(client, Client)
    return client


def _no_embedding() -> EmbeddingFunction | None:  # type: ignore[type-arg]
    """Chroma never embeds for us: no model of its own is ever fetched."""
    return None

"""The embedder on sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from huggingface_hub import snapshot_download
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from corpus.embedding import Fingerprint
from corpus.errors import EmbedderFault

_BATCH_PIECES = 2048
"""Word pieces in one batch, padding included: what it computes with then stays in a processor's caches. With batches of
32 texts, however long, the same vectors take 1.2 to 1.4 times as long.
"""


class TorchEmbedder:
    """Any sentence-transformers model, from a folder or, where it is none, from the hub by its name."""

    def __init__(self, model: Path, digest: str, threads: int | None) -> None:
        if threads is not None:
            torch.set_num_threads(threads)
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            folder = model if model.is_dir() else Path(snapshot_download(model.as_posix()))
            self._model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False, token=False
            )
        except (OSError, ValueError, KeyError) as error:
            raise EmbedderFault(
                f"{model} is not a sentence-transformers model ({error})", "correct EMN_LIBRARY_EMBEDDER, or unset it"
            ) from error
        dimension = self._model.get_embedding_dimension()
        limit = self._model.max_seq_length
        if dimension is None or limit is None:
            raise EmbedderFault(f"{model} does not say how long its texts or vectors are", "use another model")
        self.fingerprint = Fingerprint(digest, dimension)
        self.limit = int(limit)
        self._lock = threading.Lock()

    def count_pieces(self, text: str) -> int:
        with self._lock:
            return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts of about the same length are encoded together, so that little is padded."""
        vectors = np.zeros((len(texts), self.fingerprint.dimension), dtype=np.float32)
        with self._lock:
            for places in self._batches(texts):
                vectors[places] = self._model.encode(
                    [texts[place] for place in places],
                    batch_size=len(places),
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
        return vectors

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """The places of the texts, the longest first, in batches of so many pieces."""
        if not texts:
            return
        counted = self._model.tokenizer(list(texts), truncation=False, verbose=False)["input_ids"]
        lengths = [min(len(pieces), self.limit) for pieces in counted]
        order = sorted(range(len(texts)), key=lambda place: -lengths[place])
        while order:
            count = max(1, _BATCH_PIECES // max(lengths[order[0]], 1))
            yield order[:count]
            order = order[count:]

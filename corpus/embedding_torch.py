"""The embedder on sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from huggingface_hub import snapshot_download
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from corpus.batches import batch_by_length
from corpus.embedding import PICKLED, Fingerprint, digest_model
from corpus.errors import EmbedderFault

_BATCH_PIECES = 2048
"""With batches of 32 texts, however long, the same vectors take 1.2 to 1.4 times as long."""


class TorchEmbedder:
    """Any sentence-transformers model, from a folder or, where it is none, from the hub by its name."""

    def __init__(self, model: Path, digest: str, threads: int | None) -> None:
        if threads is not None:
            torch.set_num_threads(threads)
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self.folder = model if model.is_dir() else _download(model.as_posix())
            self._model = SentenceTransformer(
                str(self.folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                token=False,
                model_kwargs={"use_safetensors": True},
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
            for places in batch_by_length(self._lengths(texts), _BATCH_PIECES):
                vectors[places] = self._model.encode(
                    [texts[place] for place in places],
                    batch_size=len(places),
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
        return vectors

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        counted = self._model.tokenizer(list(texts), truncation=False, verbose=False)["input_ids"]
        return [min(len(pieces), self.limit) for pieces in counted]


def _download(name: str) -> Path:
    """A model of the hub's without its pickled weights. Raises EmbedderFault where nothing else holds them."""
    folder = Path(snapshot_download(name, ignore_patterns=list(PICKLED)))
    digest_model(folder)
    return folder

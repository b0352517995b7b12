"""The reranker on sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from sentence_transformers import CrossEncoder
from transformers.utils import logging as transformers_logging

from corpus.errors import RerankerFault

_BATCH = 16


class TorchReranker:
    """Any CrossEncoder that gives one score, from a folder or, by its name, from what the hub left on this machine."""

    def __init__(self, name: str, takes: int) -> None:
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = CrossEncoder(
                name,
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:  # noqa: BLE001 - whatever hinders a model from loading, the remedy is the same
            problem = "holds no CrossEncoder" if Path(name).is_dir() else "is no folder, nor a model that is here"
            remedy = "correct EMN_SEARCH_RERANKER, or unset it; nothing is downloaded"
            raise RerankerFault(f"the reranker {name!r} {problem} ({type(error).__name__})", remedy) from error
        if self._model.num_labels != 1:
            raise RerankerFault(
                f"the reranker {name!r} gives {self._model.num_labels} scores for a passage, not one",
                "use a CrossEncoder that was trained to rank, or unset EMN_SEARCH_RERANKER",
            )
        self.takes = takes
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """What is longer than the model reads is cut by it."""
        if not texts:
            return []
        with self._lock:
            found = self._model.predict(
                [(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False
            )
        return [float(score) for score in found]

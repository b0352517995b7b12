"""The embedder on an exported model: what a question needs, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from corpus.batches import batch_by_length
from corpus.embedding import Fingerprint
from corpus.exported import MODEL, TOKENIZER, Export

_BATCH_PIECES = 512
"""With 2048, the same vectors take 1.3 times as long."""

_ERRORS_ONLY = 3


class OnnxEmbedder:
    """An exported sentence-transformers model. `threads`: how many it computes with, all processors for None.

    Several threads may ask it at once: neither the session nor the tokenizers change while they are used.
    """

    def __init__(self, folder: Path, export: Export, threads: int | None) -> None:
        self.fingerprint = Fingerprint(export.source, export.dimension)
        self.limit = export.limit
        self._counter = Tokenizer.from_file(str(folder / TOKENIZER))
        self._counter.no_padding()
        self._counter.no_truncation()
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(export.limit)
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL), _options(threads), providers=["CPUExecutionProvider"]
        )

    def count_pieces(self, text: str) -> int:
        return len(self._counter.encode(text))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts of about the same length are encoded together, so that little is padded."""
        vectors = np.zeros((len(texts), self.fingerprint.dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        for places in batch_by_length([len(encoding) for encoding in encodings], _BATCH_PIECES):
            vectors[places] = self._run([encodings[place] for place in places])
        return vectors

    def _run(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(encoding) for encoding in encodings)
        pieces = np.zeros((len(encodings), longest), dtype=np.int64)
        mask = np.zeros_like(pieces)
        for row, encoding in enumerate(encodings):
            pieces[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        (vectors,) = self._session.run(None, {"input_ids": pieces, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)


def _options(threads: int | None) -> onnxruntime.SessionOptions:
    """Threads that wait idly: those that spin take the processor from the reading beside them."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = _ERRORS_ONLY
    return options

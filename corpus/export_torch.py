"""The exporter: a sentence-transformers model as one ONNX file that gives vectors, held against the original."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from corpus.embedding import Embedder, load_reference
from corpus.embedding_onnx import OnnxEmbedder
from corpus.embedding_torch import TorchEmbedder
from corpus.errors import EmbedderFault
from corpus.exported import MODEL, TOKENIZER, Export, write_manifest
from corpus.files import hash_file

LEAST_COSINE = 0.9999
"""Between a vector of the export and the original's, for every text that both are tried with."""

_OPSET = 17
_INPUTS = ("input_ids", "attention_mask")


class _Vectors(torch.nn.Module):
    """What is exported: from word pieces to vectors of unit length."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        vectors = self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]
        return torch.nn.functional.normalize(vectors, p=2, dim=1)


def export_model(name: str, folder: Path) -> Export:
    """Export the model of that name (as in `load_embedder`) into a folder, and put it in place only as a whole.

    Raises EmbedderFault where the model cannot be exported, or where the export's vectors are not the original's.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    reference = load_reference(name)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder.parent) as parent:
        made = Path(parent) / folder.name
        made.mkdir()
        try:
            _write(reference, made)
        except Exception as error:  # noqa: BLE001  the exporter fails in many ways; torch stays in use then
            raise EmbedderFault(
                f"the model cannot be exported ({type(error).__name__}: {error})", "go on without: torch serves it"
            ) from error
        export = _hold_against(reference, made)
        write_manifest(made, export)
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)
    return export


def _write(reference: TorchEmbedder, folder: Path) -> None:
    """Attention is computed step by step in what is exported: the fused one has no form in ONNX."""
    model = SentenceTransformer(
        str(reference.folder),
        device="cpu",
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs={"attn_implementation": "eager"},
    )
    model.eval()
    model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    sample = model.tokenizer(["A sample of several words.", "Another"], padding=True, return_tensors="pt")
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer's remarks on code that is not ours
        torch.onnx.export(
            _Vectors(model),
            tuple(sample[name] for name in _INPUTS),
            str(folder / MODEL),
            input_names=list(_INPUTS),
            output_names=["vectors"],
            dynamic_axes={**{name: {0: "texts", 1: "pieces"} for name in _INPUTS}, "vectors": {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )


def _hold_against(reference: TorchEmbedder, folder: Path) -> Export:
    files = hash_file(folder / MODEL), hash_file(folder / TOKENIZER)
    source = reference.fingerprint
    export = Export(source.digest, reference.limit, source.dimension, 1.0, *files)
    exported = OnnxEmbedder(folder, export, threads=None)
    cosine = compare(reference, exported, probes())
    if cosine < LEAST_COSINE:
        raise EmbedderFault(
            f"the exported model's vectors are not the original's (cosine {cosine:.6f})",
            "go on without: torch serves it",
        )
    return replace(export, cosine=round(cosine, 7))


def compare(one: Embedder, other: Embedder, texts: Sequence[str]) -> float:
    """The smallest cosine between two embedders' vectors of a text; 0 where they count a text's word pieces unalike."""
    if any(one.count_pieces(text) != other.count_pieces(text) for text in texts):
        return 0.0
    return float(np.sum(one.encode(texts) * other.encode(texts), axis=1).min())


def probes() -> list[str]:
    """The field's terms in all our languages, single and in lines, one text over any limit, and odd ones."""
    lines = Path(__file__).with_name("terms_by_language.csv").read_text(encoding="utf-8").splitlines()
    terms = [line.split(",")[0] for line in lines]
    return [*lines[::4], *terms[::4], " ".join(lines), ".", "人身売買の被害者", "naïve café — ﬁnding\u00a0№ 5"]

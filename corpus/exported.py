"""Exported models: where they stand, and what is checked before one is used."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.files import hash_file

MODEL, TOKENIZER, MANIFEST = "model.onnx", "tokenizer.json", "export.json"
_FORM = 1


@dataclass(frozen=True, slots=True)
class Export:
    """A model as it was exported, from one with the digest `source`.

    `limit`: its longest text in word pieces. `dimension`: the length of its vectors. `cosine`: the smallest cosine
    between its vectors and the original's, over the texts that it was checked with. `model` and `tokenizer`: the
    SHA-256 of its two files.
    """

    source: str
    limit: int
    dimension: int
    cosine: float
    model: str
    tokenizer: str
    form: int = _FORM


def shared_folder() -> Path:
    """Where the models stand that every library of this environment may use."""
    return Path(sys.prefix) / "share" / "emn-assistant" / "models"


def home_folder(home: Path) -> Path:
    """Where the models stand that one library may use; it may be deleted at any time."""
    return home / "cache" / "models"


def find_export(home: Path, source: str) -> tuple[Path, Export] | None:
    """The folder of a whole export of the model with that digest, the library's own first; None where there is none."""
    for folder in (home_folder(home) / source, shared_folder() / source):
        export = _read(folder / MANIFEST)
        if export is not None and export.source == source and _is_whole(folder, export):
            return folder, export
    return None


def write_manifest(folder: Path, export: Export) -> None:
    (folder / MANIFEST).write_text(json.dumps(asdict(export), indent=2) + "\n", encoding="utf-8")


def _read(path: Path) -> Export | None:
    try:
        export = Export(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return export if export.form == _FORM else None


def _is_whole(folder: Path, export: Export) -> bool:
    try:
        found = (hash_file(folder / MODEL), hash_file(folder / TOKENIZER))
    except OSError:
        return False
    return found == (export.model, export.tokenizer)

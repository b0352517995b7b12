"""The exported model: the same vectors as the original's, used where it is whole, and never where it is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.batches import batch_by_length
from corpus.embedding import embedder_digest, load_embedder, load_reference
from corpus.embedding_onnx import OnnxEmbedder
from corpus.embedding_torch import TorchEmbedder
from corpus.exported import MODEL, find_export, home_folder
from tests.conftest import Command

TEXTS = ["How many victims were registered?", "Wie viele Opfer wurden erfasst?", "", "victim " * 700, "人身売買"]


@given(st.lists(st.integers(0, 600), max_size=60), st.integers(1, 3000))
def test_every_text_is_in_one_batch_and_no_batch_holds_too_much(lengths: list[int], pieces: int) -> None:
    batches = list(batch_by_length(lengths, pieces))
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or max(lengths[place] for place in batch) * len(batch) <= pieces for batch in batches)


@pytest.mark.model
def test_a_model_is_exported_held_against_the_original_and_then_used(command: Command, tmp_path: Path) -> None:
    made = command("ingest", "export", "--again", "--json")
    assert made.returncode == 0, made.stderr
    home = Path(json.loads(made.stdout)["folder"]).parents[2]
    exported, original = load_embedder("", home, threads=1), load_reference("", threads=1)
    assert isinstance(exported, OnnxEmbedder)
    assert exported.fingerprint == original.fingerprint
    assert exported.limit == original.limit
    assert [exported.count_pieces(text) for text in TEXTS] == [original.count_pieces(text) for text in TEXTS]
    np.testing.assert_allclose(exported.encode(TEXTS), original.encode(TEXTS), atol=1e-5)
    assert exported.encode([]).shape == (0, original.fingerprint.dimension)

    digest = embedder_digest("")
    flip_a_byte(home_folder(home) / digest / MODEL)
    found = find_export(home, digest)
    assert found is None or home not in found[0].parents, "a damaged export was used"


def flip_a_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.model
def test_another_models_export_is_never_taken(tmp_path: Path) -> None:
    other = tmp_path / "model"
    shutil.copytree(Path(load_reference("").folder), other)
    config = json.loads((other / "config.json").read_text())
    (other / "config.json").write_text(json.dumps({**config, "note": "changed"}))
    assert find_export(tmp_path, embedder_digest(str(other))) is None
    assert isinstance(load_embedder(str(other), tmp_path, threads=1), TorchEmbedder)

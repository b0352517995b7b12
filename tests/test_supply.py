"""What we are made of: no part with a known weakness, each with a licence; no weights that run code when read."""

from __future__ import annotations

import ast
import json
import pickle
import re
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

from assistant.parts import list_parts
from corpus.embedding import bundled_model, digest_model
from corpus.errors import EmbedderFault, RerankerFault
from corpus.reranking import load_reranker
from tests.conftest import Command
from tests.stand_ins import ROOT
from tests.test_layout import imports, source_files

LOWEST = tomllib.loads((ROOT / "advisories.toml").read_text(encoding="utf-8"))["lowest"]
UNSAFE_CALL = re.compile(r"torch\.load|allow_pickle|yaml\.(?:unsafe_|full_)?load\(|(?<![\w.])(?:eval|exec)\(")
UNSAFE = {"pickle", "dill", "joblib", "marshal", "shelve", "cloudpickle"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


INSTALLED = {plain(part.name): part for part in list_parts()}
LOCKED = {
    plain(line.partition("==")[0])
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if "==" in line and not line.startswith("#")
}

BUILDING = {"setuptools"}
"""Pinned in pyproject.toml, for building alone."""


@pytest.mark.parametrize("name", LOWEST)
def test_no_part_is_older_than_the_version_that_is_free_of_a_known_weakness(name: str) -> None:
    assert name in LOCKED | BUILDING
    assert re.fullmatch(r"CVE-\d{4}-\d{4,}", LOWEST[name]["advisory"])
    assert Version(INSTALLED[name].version) >= Version(LOWEST[name]["version"]), LOWEST[name]["what"]


def test_the_parts_are_listed_with_their_versions_and_licences(command: Command) -> None:
    listed = json.loads(command("assistant", "parts", "--json").stdout)["parts"]
    by_name = {plain(part["name"]): part for part in listed}
    assert by_name["fastapi"]["licence"] == "MIT"
    assert LOCKED - {"uvloop"} <= by_name.keys()
    assert sum(not part["licence"] for part in listed) < 5


def test_nothing_that_runs_code_as_it_is_read_is_read() -> None:
    for path in source_files():
        text = path.read_text(encoding="utf-8")
        assert not UNSAFE & {name.split(".")[0] for name in imports(path)}, path.name
        assert not UNSAFE_CALL.search(text), path.name


def test_no_model_may_bring_code_of_its_own() -> None:
    told = [
        keyword.value
        for path in source_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "trust_remote_code"
    ]
    assert len(told) >= 2
    assert all(isinstance(value, ast.Constant) and value.value is False for value in told)


class Harm:
    """What leaves a file behind when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.trace,)


@pytest.mark.parametrize("weights", ["pytorch_model.bin", "2_Dense/pytorch_model.bin"])
def test_a_model_with_pickled_weights_is_refused_and_they_are_not_read(tmp_path: Path, weights: str) -> None:
    folder, trace = tmp_path / "model", tmp_path / "trace"
    (folder / weights).parent.mkdir(parents=True)
    if "/" in weights:
        (folder / "model.safetensors").write_bytes(bytes(100))
    (folder / weights).write_bytes(pickle.dumps(Harm(trace)))
    with pytest.raises(EmbedderFault, match="safetensors"):
        digest_model(folder)
    assert not trace.exists()


def test_pickled_weights_beside_the_same_as_safetensors_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(bytes(100))
    before = digest_model(tmp_path)
    (tmp_path / "pytorch_model.bin").write_bytes(pickle.dumps(Harm(tmp_path / "trace")))
    assert digest_model(tmp_path) == before
    assert not (tmp_path / "trace").exists()


@pytest.mark.model
def test_a_reranker_with_pickled_weights_is_refused_and_they_are_not_read(tmp_path: Path) -> None:
    folder, trace = tmp_path / "model", tmp_path / "trace"
    folder.mkdir()
    config = json.loads((bundled_model() / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Harm(trace)))
    with pytest.raises(RerankerFault):
        load_reranker(str(folder))
    assert not trace.exists()

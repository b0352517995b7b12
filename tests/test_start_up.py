"""What starts without paying for a model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.text import normal_hash
from tests.stand_ins import ROOT, make_document
from tests.test_library import add

HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "chromadb", "langchain", "langchain_core")


def run_poisoned(home: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a module's main where importing any heavy library is an error."""
    program = (
        f"import sys\nfor name in {HEAVY!r}: sys.modules[name] = None\n"
        f"from {module}.__main__ import main\nsys.exit(main({list(arguments)!r}))"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"EMN_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("module", ["ingest", "assistant", "evals"])
def test_help_needs_no_heavy_library(tmp_path: Path, module: str) -> None:
    done = run_poisoned(tmp_path, module, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: python -m {module}")


@pytest.mark.parametrize(
    ("module", "name"), [("ingest", "add"), ("ingest", "show"), ("assistant", "ask"), ("assistant", "serve")]
)
def test_help_of_a_command_needs_no_heavy_library(tmp_path: Path, module: str, name: str) -> None:
    assert run_poisoned(tmp_path, module, name, "--help").returncode == 0


def test_cite_needs_no_heavy_library(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    document = make_document("flash-2025-1")
    add(library, document, "The reflection period lasts three months.")
    library.close()
    link = f"flash-2025-1/{document.sha256[:8]}/p1/{'0' * 12}"
    assert "nothing in this library" in run_poisoned(tmp_path, "assistant", "cite", link).stderr
    link = link[:-12] + normal_hash("The reflection period lasts three months.")
    done = run_poisoned(tmp_path, "assistant", "cite", link, "--json")
    assert json.loads(done.stdout)["quote"] == "The reflection period lasts three months."


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "A?", "--colour"), ("nothing",), ()])
def test_wrong_use_is_one_sentence_with_a_remedy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run_poisoned(tmp_path, "assistant", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--help" in done.stderr


def test_a_command_that_searches_does_need_one(tmp_path: Path) -> None:
    done = run_poisoned(tmp_path, "assistant", "ask", "Anything?")
    assert done.returncode != 0
    assert "chromadb" in done.stderr

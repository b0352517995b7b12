"""What the tests are handed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.library import Library
from ingest.add import Desk
from tests.stand_ins import ROOT, WordEmbedder, make_desk


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home" / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, library: Library, embedder: WordEmbedder) -> Desk:
    return make_desk(tmp_path / "home", library, embedder)


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs `python -m MODULE ARGUMENTS...` as a person would, with a library of its own."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env={**os.environ, "EMN_HOME": str(tmp_path / "home"), **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )

    return run

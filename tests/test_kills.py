"""Adding that is killed at random moments, many times: the library is whole, and the next run finishes the work."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.library import Library
from tests.conftest import Command
from tests.stand_ins import ROOT, SAMPLE

pytestmark = [pytest.mark.long, pytest.mark.model]

ROUNDS = 12
SEED = 25


def test_what_was_added_before_a_kill_is_there_after_it(command: Command, tmp_path: Path) -> None:
    home = tmp_path / "home"
    moments = random.Random(SEED)
    present: set[str] = set()
    for _ in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, "-m", "ingest", "add", str(SAMPLE)],
            cwd=ROOT,
            env={**os.environ, "EMN_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(4, 20))
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
        listed = json.loads(command("ingest", "list", "--json").stdout)["documents"]
        slugs = {document["slug"] for document in listed}
        assert present <= slugs
        present = slugs
    assert present, "no round came as far as the first report"
    finished = json.loads(command("ingest", "add", str(SAMPLE), "--json").stdout)
    assert finished["failed"] == 0
    assert finished["unchanged"] >= len(present)
    assert command("ingest", "check").returncode == 0
    library = Library.open(home / "library.db")
    assert len(library.documents()) == len(list(SAMPLE.iterdir()))
    library.close()

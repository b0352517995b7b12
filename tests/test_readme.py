"""Every command in the README runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.stand_ins import ROOT
from tests.test_offline import get, server

pytestmark = pytest.mark.model

BY_HAND = "python3 -m venv .venv"
CHOSEN = {"langchain-anthropic", "langchain-mistralai", "langchain-ollama"}
"""Clients of chat models that `make` does not install: no test needs them."""


def blocks() -> list[list[str]]:
    """The commands of each block of shell, without comments."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [[line.split("  #")[0].strip() for line in block.splitlines() if line.strip()] for block in found]


def test_every_make_target_named_exists() -> None:
    for target in re.findall(r"make ([a-z][a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        if target in ("and", "it"):
            continue
        done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, target


def test_the_commands_for_daily_use_run_one_after_another(command: Command) -> None:
    (daily,) = [block for block in blocks() if block[0].startswith("python -m ingest")]
    for line in daily:
        done = command(*shlex.split(line)[2:])
        assert done.returncode == 0, (line, done.stderr)


def test_the_commands_by_hand_are_those_that_make_runs_and_they_serve(command: Command, tmp_path: Path) -> None:
    (by_hand,) = [block for block in blocks() if block[0] == BY_HAND]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(BIN)", ".venv/bin")
    makefile = makefile.replace("$(PYTHON)", "python3").replace(" --quiet --disable-pip-version-check", "")
    *prepare, last = by_hand
    for line in prepare:
        assert line in makefile
    done = command(*shlex.split(prepare[-1])[2:])
    assert done.returncode == 0, done.stderr
    assert last.endswith("-m assistant serve")
    with server(tmp_path / "home", tmp_path / "server.log") as address:
        assert get(address + "/")[0] == 200


def test_the_scripts_are_the_same_three_modules() -> None:
    for module in ("ingest", "assistant", "evals"):
        script = Path(sys.executable).with_name(f"emn-{module}")
        done = subprocess.run([script, "--help"], capture_output=True, text=True, timeout=60)
        assert done.stdout.startswith(f"usage: python -m {module}")


def test_every_package_in_the_table_is_locked_and_every_dependency_is_in_the_table() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower().replace("_", "-")
    table = readme[readme.index("| package | why |") :].split("\n\n")[0]
    named = {name for row in re.findall(r"^\| ([a-z0-9, -]+) \| ", table, re.M) for name in row.split(", ")}
    declared = set(re.findall(r'"([a-z0-9-]+)[><=]=', (ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    assert named - {"package"} == declared - {"setuptools", "types-pyyaml"}
    assert not [name for name in declared - {"setuptools"} - CHOSEN if f"\n{name}==" not in lock]

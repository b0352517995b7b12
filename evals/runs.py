"""Run, Result, Conditions: everything that came back, and everything that made it. A folder that git can hold."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.replay import hash_library
from corpus.errors import WrongUse
from corpus.files import write_whole
from corpus.library import Library

_WATCHED = ("chromadb", "sentence-transformers", "torch", "tantivy", "nupunkt", "numpy", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What made a run. Two runs under the same conditions must give the same scores."""

    questions: str
    library: str
    embedder: str
    system: str
    commit: str | None
    versions: dict[str, str]
    python: str
    processor: str
    cores: int
    seed: int
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """One case with its answer (in the contract's form) and its scores; a score is None where it does not apply.

    `documents` are the slugs of the reports that hold the right answer.
    """

    id: str
    question: str
    type: str
    language: str
    part: str
    expect: str
    scores: dict[str, float | None]
    confidence: float
    milliseconds: float
    answer: dict[str, Any]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one system over one set of questions."""

    path: Path
    conditions: Conditions
    date: str
    results: tuple[Result, ...]


def describe_conditions(
    questions: Path, library: Library, embedder: str, system: str, settings: dict[str, str], seed: int
) -> Conditions:
    return Conditions(
        questions=_hash_files(sorted(questions.glob("*.jsonl")) if questions.is_dir() else [questions]),
        library=hash_library(library),
        embedder=embedder,
        system=system,
        settings=settings,
        commit=_commit(),
        versions={name: version(name) for name in _WATCHED},
        python=sys.version.split()[0],
        processor=_processor(),
        cores=os.cpu_count() or 1,
        seed=seed,
    )


def write_head(path: Path, conditions: Conditions, date: str) -> None:
    write_whole(path / "run.json", json.dumps({"date": date, **asdict(conditions)}, indent=1).encode())


def append_result(path: Path, result: Result) -> None:
    """Add one result to the run's file: what stands there survives an interruption."""
    with (path / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")


def read_run(path: Path) -> Run:
    """A run from its folder. Raises WrongUse for what is none."""
    try:
        head = json.loads((path / "run.json").read_text(encoding="utf-8"))
        date = head.pop("date")
        conditions = Conditions(**head)
        return Run(path, conditions, date, tuple(read_results(path)))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WrongUse(f"{path} is no evaluation run", "name a folder that `evals run` has written") from error


def read_results(path: Path) -> list[Result]:
    """The results so far, by the ids of their cases; a line that an interruption has cut off is passed over."""
    file = path / "results.jsonl"
    found: dict[str, Result] = {}
    for line in file.read_text(encoding="utf-8").split("\n") if file.exists() else []:
        try:
            read = json.loads(line)
            result = Result(**{**read, "documents": tuple(read.get("documents", ()))})
        except (ValueError, TypeError, AttributeError):
            continue
        found[result.id] = result
    return [found[name] for name in sorted(found)]


def write_results(path: Path, results: Sequence[Result]) -> None:
    """Write the results anew, each on a whole line, so that more can be added."""
    lines = [json.dumps(asdict(result), ensure_ascii=False) + "\n" for result in results]
    write_whole(path / "results.jsonl", "".join(lines).encode())


def values(results: Sequence[Result], measure: str) -> list[float]:
    """The scores of one measure where it applies."""
    return [score for result in results if (score := result.scores.get(measure)) is not None]


def _hash_files(files: Sequence[Path]) -> str:
    combined = hashlib.sha256()
    for file in files:
        combined.update(file.name.encode() + b"\0" + file.read_bytes())
    return combined.hexdigest()


def _commit() -> str | None:
    """The commit of the program, with a plus sign where files were changed; None outside a checkout."""
    here = Path(__file__).parent
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True)  # noqa: S607
        state = subprocess.run(["git", "status", "--porcelain"], cwd=here, capture_output=True, text=True)  # noqa: S607
    except OSError:
        return None
    return head.stdout.strip() + ("+" if state.stdout.strip() else "") if head.returncode == 0 else None


def _processor() -> str:
    """The processor's name as the system gives it."""
    try:
        described = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    for line in described.splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

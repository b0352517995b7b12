"""`forget`: what is kept about use goes: feedback, results of evaluations that came of it, files sent and not added."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.command import print_json, settings_for
from corpus.errors import LibraryFault
from corpus.files import write_whole

_FROM_FEEDBACK = "feedback-"
"""With which the ids of cases begin that readers' feedback has left."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much has gone: days of feedback, results in runs and their pages, files that waited to be added."""

    feedback: int
    results: int
    waiting: int


def forget(options: argparse.Namespace) -> int:
    gone = forget_use(settings_for(options).home)
    if options.json:
        print_json(asdict(gone))
    else:
        print(
            f"Gone: {gone.feedback} days of feedback, {gone.results} results of it, {gone.waiting} files that waited."
        )
    return 0


def forget_use(home: Path) -> Forgotten:
    """The reports, baskets and settings stay. Raises LibraryFault."""
    feedback, waiting = sorted((home / "feedback").glob("*")), sorted((home / "incoming").glob("*/*"))
    results = sum(_forget_results(path) for path in sorted((home / "runs").glob("*/results.jsonl")))
    for folder in (home / "feedback", home / "incoming"):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise LibraryFault(
                f"{folder} cannot be removed ({error.strerror})", "see to the folder, then again"
            ) from error
    return Forgotten(len(feedback), results, len(waiting))


def _forget_results(path: Path) -> int:
    """A run keeps its other results; its page, which shows them all, goes: `evals report` makes it anew."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not _is_from_feedback(line)]
    if len(kept) < len(lines):
        write_whole(path, "".join(kept).encode())
        path.with_name("report.html").unlink(missing_ok=True)
    return len(lines) - len(kept)


def _is_from_feedback(line: str) -> bool:
    try:
        return str(json.loads(line)["id"]).startswith(_FROM_FEEDBACK)
    except (ValueError, TypeError, KeyError):
        return False

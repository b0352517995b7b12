"""How long adding reports takes beside the tutorial pipeline: the same files, the same embedder, in turn in one run."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.command import print_json, settings_for
from corpus.embedding import Embedder, load_embedder
from corpus.errors import WrongUse
from corpus.index import build_index
from corpus.library import Library
from corpus.progress import Progress
from corpus.settings import Settings
from corpus.text import shown
from evals.peers import read_by_tutorial, tutorial_store
from ingest.add import Desk, add_files
from ingest.describe import Given
from ingest.reading import limits_of

STAGES = ("reading", "embedding", "index", "total")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one run. `reading` is all that is neither embedding nor index: splitting, storing, describing.

    Ours reads some files while it embeds others: what it reads meanwhile costs nothing.
    """

    reading: float
    embedding: float
    index: float
    total: float


@dataclass(frozen=True, slots=True)
class Round:
    """Both pipelines, one after the other."""

    ours: Timing
    tutorial: Timing

    def ratio(self, stage: str) -> float:
        """Ours to the tutorial's: below 1, ours is the faster."""
        return float(getattr(self.ours, stage) / getattr(self.tutorial, stage))


class TimedEmbedder:
    """An embedder that adds up the seconds it encodes."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint = embedder.fingerprint
        self.limit = embedder.limit
        self.seconds = 0.0
        self._embedder = embedder

    def count_pieces(self, text: str) -> int:
        return self._embedder.count_pieces(text)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        began = time.perf_counter()
        vectors = self._embedder.encode(texts)
        self.seconds += time.perf_counter() - began
        return vectors


def bench(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    files = sorted(options.folder.glob("*.pdf"))
    if not files:
        raise WrongUse(f"there is no PDF in {shown(str(options.folder))}", "name a folder of PDF reports")
    embedder = load_embedder(settings.library.embedder, settings.home)
    embedder.encode(["The first text that is embedded is slower than the next."])
    rounds = []
    with Progress(sys.stderr, 1) as progress:
        for number in range(options.rounds):
            progress.tell(f"round {number + 1} of {options.rounds}")
            rounds.append(time_round(files, embedder, settings, ours_first=number % 2 == 0))
    if options.json:
        print_json({"machine": describe_machine(), "files": len(files), "rounds": [asdict(each) for each in rounds]})
    else:
        print(f"{len(files)} PDFs, {len(rounds)} rounds, on {describe_machine()}")
        print("\n".join(table(rounds)))
    return 0


def time_round(files: Sequence[Path], embedder: Embedder, settings: Settings, *, ours_first: bool) -> Round:
    """Both pipelines from the files to an index that can be searched; who is first takes turns."""
    if ours_first:
        ours = time_ours(files, embedder, settings)
        return Round(ours, time_tutorial(files, embedder))
    tutorial = time_tutorial(files, embedder)
    return Round(time_ours(files, embedder, settings), tutorial)


def time_ours(files: Sequence[Path], embedder: Embedder, settings: Settings) -> Timing:
    """What `ingest add` does to a new library, once its program and embedder are loaded."""
    timed = TimedEmbedder(embedder)
    with tempfile.TemporaryDirectory() as folder, Progress(sys.stderr, len(files)) as progress:
        home = Path(folder)
        library = Library.open(home / "library.db")
        desk = Desk(home, library, embedder.fingerprint.digest, lambda: timed, 0, limits_of(settings.reader))
        began = time.perf_counter()
        with ThreadPoolExecutor(settings.reader.at_once or os.cpu_count() or 1) as executor:
            outcomes = list(add_files(files, Given(), desk, executor, progress))
        added = time.perf_counter()
        build_index(home, library, embedder.fingerprint)
        ended = time.perf_counter()
        library.close()
    for outcome in outcomes:
        if outcome.error is not None:
            raise WrongUse(outcome.error.message, "take the file out of the folder: only readable ones can be timed")
    return Timing(added - began - timed.seconds, timed.seconds, ended - added, ended - began)


def time_tutorial(files: Sequence[Path], embedder: Embedder) -> Timing:
    timed = TimedEmbedder(embedder)
    began = time.perf_counter()
    texts = read_by_tutorial(files)
    read = time.perf_counter()
    tutorial_store(texts, timed)
    ended = time.perf_counter()
    return Timing(read - began, timed.seconds, ended - read - timed.seconds, ended - began)


def table(rounds: Sequence[Round]) -> list[str]:
    """A line for each stage: the median seconds of both, and the median ratio with the lowest and highest."""
    lines = ["stage       ours [s]  tutorial [s]  ratio [lowest, highest]"]
    for stage in STAGES:
        ratios = [each.ratio(stage) for each in rounds]
        ours = statistics.median(getattr(each.ours, stage) for each in rounds)
        theirs = statistics.median(getattr(each.tutorial, stage) for each in rounds)
        spread = f"[{min(ratios):.2f}, {max(ratios):.2f}]"
        lines.append(f"{stage:10} {ours:9.2f} {theirs:13.2f}  {statistics.median(ratios):.2f} {spread}")
    return lines


def describe_machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"

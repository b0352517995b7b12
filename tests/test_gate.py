"""The small gate: a part of our question sets, asked of the sample library with the real embedder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.decline import Judge, Judgement, judge_by_rule
from corpus.index import CurrentIndex
from corpus.library import Library
from evals.cases import check_cases, read_cases
from evals.compare import find_breaches, read_limits
from evals.metrics import measures
from evals.run import run_cases
from evals.runs import Run, describe_conditions
from ingest.add import add_file
from ingest.candidates import find_files
from ingest.describe import Given
from ingest.rebuild import catch_up, find_problems
from tests.stand_ins import ROOT, SAMPLE, make_desk, real_embedder

pytestmark = pytest.mark.model

QUESTIONS = ROOT / "evals" / "questions"
KINDS = ("fact", "figure", "time", "outside", "missing-detail")
"""Of the cases that may be tuned on, these kinds are asked."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Library]]:
    home = tmp_path_factory.mktemp("shelf")
    library = Library.open(home / "library.db")
    desk = make_desk(home, library, real_embedder())
    for path, readable in find_files(SAMPLE):
        if readable:
            assert add_file(path, Given(), desk, lambda page, pages: None).status == "added", path
    catch_up(desk, lambda words: None)
    assert find_problems(desk) == []
    yield home, library
    library.close()


def run(shelf: tuple[Path, Library], path: Path, lexical_weight: float, judge: Judge = judge_by_rule) -> Run:
    home, library = shelf
    assistant = Assistant(library, CurrentIndex(home), real_embedder(), lexical_weight=lexical_weight, judge=judge)
    cases = [case for case in read_cases(QUESTIONS) if case.part == "tune" and case.type in KINDS]
    with ThreadPoolExecutor(2) as executor:
        return run_cases(
            cases,
            assistant.ask,
            measures(library.page),
            path=path,
            conditions=describe_conditions(QUESTIONS, library, "test", str(lexical_weight), {}, 1),
            date="2026-01-01T00:00:00+00:00",
            executor=executor,
            on_case=lambda done, total: None,
        )


def test_every_quote_and_page_of_our_questions_is_in_the_sample_library(shelf: tuple[Path, Library]) -> None:
    assert check_cases(read_cases(QUESTIONS), shelf[1]) == []


def test_the_answers_are_as_good_as_they_were(shelf: tuple[Path, Library], tmp_path: Path) -> None:
    limits = read_limits(ROOT / "evals" / "gate.toml", "small")
    breaches = find_breaches(run(shelf, tmp_path / "run", 0.5), limits)
    assert not breaches, breaches


def test_the_gate_catches_an_assistant_that_always_answers(shelf: tuple[Path, Library], tmp_path: Path) -> None:
    limits = read_limits(ROOT / "evals" / "gate.toml", "small")
    assert find_breaches(run(shelf, tmp_path / "run", 0.5, lambda signals: Judgement(1.0, answers=True)), limits)

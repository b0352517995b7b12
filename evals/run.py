"""Running: every case asked, every answer measured, in parallel, to be resumed where it was interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import replace
from pathlib import Path

from assistant.answers import Answer, Question
from assistant.forms import answer_form
from corpus.errors import WrongUse
from evals.cases import Case
from evals.metrics import confidence
from evals.runs import Conditions, Result, Run, append_result, read_results, read_run, write_head, write_results
from evals.support import Measure

Ask = Callable[[Question], Iterator[Answer]]
OnCase = Callable[[int, int], None]
"""Told after every case: how many are done, of how many."""


def run_cases(
    cases: Sequence[Case],
    ask: Ask,
    measures: Mapping[str, Measure],
    *,
    path: Path,
    conditions: Conditions,
    date: str,
    executor: Executor,
    on_case: OnCase,
) -> Run:
    """Ask every case and keep its result in `path`; what stands there under the same conditions is not asked again.

    Raises WrongUse where a run under other conditions stands there: its results are never deleted.
    """
    done = _begin(path, conditions, date)
    waiting = [case for case in cases if case.id not in done]
    writing = threading.Lock()

    def answer(case: Case) -> None:
        *_, last = ask(case.question)
        result = measure_case(case, last, measures)
        with writing:
            append_result(path, result)

    tasks = [executor.submit(answer, case) for case in waiting]
    try:
        for number, task in enumerate(as_completed(tasks), start=len(cases) - len(waiting) + 1):
            task.result()
            on_case(number, len(cases))
    finally:
        for task in tasks:
            task.cancel()
    wanted = {case.id for case in cases}
    run = read_run(path)
    return replace(run, results=tuple(result for result in run.results if result.id in wanted))


def measure_case(case: Case, answer: Answer, measures: Mapping[str, Measure]) -> Result:
    return Result(
        case.id,
        case.question.text,
        case.type,
        case.language,
        case.part,
        case.expect,
        {name: measure(case, answer) for name, measure in measures.items()},
        confidence(answer),
        dict(answer.timings).get("total", 0.0),
        answer_form(replace(answer, considered=answer.considered[:3])),
        tuple(place.slug for place in case.places),
    )


def discard_other(path: Path, conditions: Conditions) -> None:
    """Take out the files of a run under other conditions, and nothing else."""
    if (path / "run.json").exists() and not _is_under(path, conditions):
        for name in ("results.jsonl", "report.html", "run.json"):
            (path / name).unlink(missing_ok=True)


def _begin(path: Path, conditions: Conditions, date: str) -> set[str]:
    """The ids that are done already. Raises WrongUse where the folder holds anything but a run like this one."""
    if not path.exists() or not any(path.iterdir()):
        write_head(path, conditions, date)
        return set()
    if not (path / "run.json").exists():
        raise WrongUse(f"{path} holds other things than a run", "name a new folder with --out")
    if not _is_under(path, conditions):
        raise WrongUse(
            f"{path} holds a run under other conditions (questions, library, program, machine)",
            "name a new folder with --out, delete that one, or write over it with --replace",
        )
    results = read_results(path)
    write_results(path, results)
    return {result.id for result in results}


def _is_under(path: Path, conditions: Conditions) -> bool:
    """Whether a folder's run can be read and was made under these conditions."""
    try:
        return read_run(path).conditions == conditions
    except WrongUse:
        return False

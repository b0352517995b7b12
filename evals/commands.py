"""What each `python -m evals` command does, once its arguments are parsed."""

from __future__ import annotations

import argparse
import functools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from assistant.opening import ensure_index, set_up
from assistant.replay import settings_form
from assistant.retrieve import LEXICAL_WEIGHT
from assistant.room import Asks
from corpus.command import print_json, settings_for
from corpus.embedding import Embedder, load_embedder
from corpus.errors import NotFound, WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.progress import Progress
from corpus.settings import Settings
from evals.attacking import attack
from evals.bench import bench
from evals.calibration import calibration_error, count_confusion
from evals.cases import check_cases, read_cases
from evals.compare import Comparison, compare_runs, find_breaches, read_limits, summarise
from evals.metrics import (
    Price,
    cost_per_1000_questions,
    follow_up_gain,
    measures,
    right_printed_page,
)
from evals.peers import LastTurn, TopPassage
from evals.propose import accepted_case, propose_cases, read_drafts
from evals.public import answer_public, retrieve_public
from evals.quotefinding import find_quotes
from evals.report import write_report
from evals.run import discard_other, run_cases
from evals.runs import Run, describe_conditions, read_run
from evals.statistics import SEED
from evals.summary import run_form
from evals.support import Measure

_WORKERS = 2
_WEIGHTS = {"lexical": 1.0, "vector": 0.0}


def run_questions(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    path = options.out or settings.home / "runs" / now.replace(":", "").replace("+0000", "")
    baseline = _read_baseline(options.baseline, path)
    cases = [case for case in read_cases(options.questions) if options.part in ("all", case.part)]
    price = read_price(options.price) if options.price else None
    with _library(settings) as library, Progress(sys.stderr, 1) as progress:
        problems = check_cases(cases, library)
        if problems:
            raise WrongUse(f"{len(problems)} cases do not fit this library, the first: {problems[0]}", "correct them")
        ensure_index(settings, library)
        embedder = load_embedder(settings.library.embedder, settings.home, threads=1)
        system = make_system(options.system, library, settings, embedder)
        conditions = describe_conditions(
            options.questions, library, embedder.fingerprint.digest, options.system, settings_form(settings), SEED
        )
        if options.replace:
            discard_other(path, conditions)
        with ThreadPoolExecutor(_WORKERS) as executor:
            run = run_cases(
                cases,
                system.ask,
                _run_measures(library, system, price),
                path=path,
                conditions=conditions,
                date=now,
                executor=executor,
                on_case=lambda done, total: progress.count(done, total, "questions"),
            )
    write_report(run, baseline)
    _print_run(run, options.json)
    if baseline is not None and not options.json:
        _print_comparison(compare_runs(baseline, run))
    return 0


def _run_measures(library: Library, system: Asks, price: Price | None) -> Mapping[str, Measure]:
    """All measures, the cost where a price is given; the printed labels are read once for each report."""

    @functools.cache
    def labels_of(slug: str) -> Mapping[int, str | None]:
        return {page.number: page.label for page in library.pages(library.document(slug).sha256)}

    more = {"right_printed_page": right_printed_page(labels_of), "follow_up_gain": follow_up_gain(system.ask)}
    cost = {"cost_per_1000_questions": cost_per_1000_questions(price)} if price else {}
    return {**measures(library.page), **more, **cost}


def read_price(text: str) -> Price:
    """Two numbers with a colon between them. Raises WrongUse."""
    try:
        read, written = (float(part) for part in text.split(":"))
    except ValueError:
        read = written = -1.0
    if not (0 <= read < float("inf") and 0 <= written < float("inf")):
        raise WrongUse(f"{text!r} is no price", "write what a million tokens read and written cost, such as 0.25:1.5")
    return Price(read, written)


def make_system(system: str, library: Library, settings: Settings, embedder: Embedder) -> Asks:
    """Ours, ours with one half of the search alone or without the conversation, or the peer that always answers."""
    index = CurrentIndex(settings.home)
    if system == "last-turn":
        return LastTurn(make_system("ours", library, settings, embedder))
    if system == "top-passage":
        return TopPassage(library, index, embedder)
    return set_up(settings, library, index, embedder, lexical_weight=_WEIGHTS.get(system, LEXICAL_WEIGHT))


def compare(options: argparse.Namespace) -> int:
    comparison = compare_runs(read_run(options.first), read_run(options.second))
    if not options.json:
        _print_comparison(comparison)
        return 0
    changes = {
        change.measure: {
            "first": change.first,
            "second": change.second,
            "difference": asdict(change.difference),
            "p_corrected": change.p,
        }
        for change in comparison.changes
    }
    flips = [{"measure": flip.measure, "id": flip.first.id} for flip in comparison.flips]
    print_json({"measures": changes, "flips": flips})
    return 0


def report(options: argparse.Namespace) -> int:
    run = read_run(options.run)
    page = write_report(run, _read_baseline(options.baseline, options.run))
    if options.json:
        print_json({"report": str(page)})
    else:
        print(page)
    return 0


def gate(options: argparse.Namespace) -> int:
    run = read_run(options.run)
    breaches = find_breaches(run, read_limits(options.limits))
    if options.json:
        print_json({"passed": not breaches, "breaches": [asdict(breach) for breach in breaches]})
    for breach in breaches:
        found = f"is {breach.value.value:.3f}" if breach.value else "applies to no question"
        print(f"{breach.measure} {found}, below its limit {breach.limit:.3f}", file=sys.stderr)
    if not breaches and not options.json:
        print("Every measure is at its limit or above.")
    return 1 if breaches else 0


def check(options: argparse.Namespace) -> int:
    cases = read_cases(options.questions)
    with _library(settings_for(options)) as library:
        problems = check_cases(cases, library)
    if options.json:
        print_json({"cases": len(cases), "problems": problems})
    else:
        print("\n".join(problems) or f"{len(cases)} cases; every page and quote is in the library.")
    return 1 if problems else 0


def propose(options: argparse.Namespace) -> int:
    with _library(settings_for(options)) as library:
        document = library.document(options.slug)
        drafts = list(propose_cases(document, library.pages(document.sha256)))
    if options.json:
        print_json({"drafts": drafts})
    else:
        _print_lines(drafts)
    return 0


def inbox(options: argparse.Namespace) -> int:
    drafts = read_drafts(settings_for(options).home / "feedback")
    if options.accept:
        if options.accept not in drafts:
            raise NotFound(f"there is no draft {options.accept!r}", "`python -m evals inbox` lists them")
        _print_lines([accepted_case(drafts[options.accept])])
    elif options.json:
        print_json({"drafts": list(drafts.values())})
    elif drafts:
        _print_lines(drafts.values())
    else:
        print("No feedback waits.")
    return 0


COMMANDS = {
    "attacks": attack,
    "run": run_questions,
    "compare": compare,
    "report": report,
    "gate": gate,
    "check": check,
    "propose": propose,
    "inbox": inbox,
    "find": find_quotes,
    "bench": bench,
    "retrieval": retrieve_public,
    "answers": answer_public,
}


def _read_baseline(baseline: Path | None, path: Path) -> Run | None:
    """The run to compare with. Raises WrongUse where it stands in the run's own folder."""
    if baseline is None:
        return None
    if baseline.resolve() == path.resolve():
        raise WrongUse(f"{baseline} is the run itself", "name another run as --baseline, or a new folder with --out")
    return read_run(baseline)


@contextmanager
def _library(settings: Settings) -> Iterator[Library]:
    library = Library.open(settings.home / "library.db")
    try:
        yield library
    finally:
        library.close()


def _print_lines(forms: Iterable[Mapping[str, object]]) -> None:
    """Each on one line, as a file of cases has them."""
    for form in forms:
        print(json.dumps(form, ensure_ascii=False))


def _print_run(run: Run, as_json: bool) -> None:
    if as_json:
        print_json(run_form(run))
        return
    print(f"{len(run.results)} cases, kept in {run.path} (report.html there)")
    error = calibration_error(run.results)
    for name, value in (summarise(run) | ({"calibration_error": error} if error else {})).items():
        print(f"  {name:26} {value.value:.3f}  [{value.low:.3f}, {value.high:.3f}]  n={value.n}")
    counted = count_confusion(run.results)
    print(f"  answerable: {counted.answerable_answered} answered, {counted.answerable_declined} declined")
    print(f"  unanswerable: {counted.unanswerable_answered} answered, {counted.unanswerable_declined} declined")


def _print_comparison(comparison: Comparison) -> None:
    print("measure                       first  second  difference [95 %]             p (Holm)")
    for change in comparison.changes:
        by = change.difference
        interval = f"{by.value:+.3f} [{by.low:+.3f}, {by.high:+.3f}]"
        print(f"  {change.measure:26}  {change.first:.3f}  {change.second:.3f}   {interval:28} {change.p:.3f}")
    for flip in comparison.flips:
        before, after = flip.first.scores[flip.measure], flip.second.scores[flip.measure]
        print(f"  {flip.first.id} {flip.measure}: {before} -> {after}  {flip.first.question[:80]}")

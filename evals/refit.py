"""`fit`: the rule that decides when not to answer, fitted anew and written down with what it was fitted on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant.answers import Question
from assistant.ask import Assistant
from assistant.decline import Judge, Rule
from assistant.opening import ensure_index
from corpus.command import settings_for
from corpus.embedding import Embedder, load_embedder
from corpus.errors import WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.progress import Progress
from evals.cases import Case, Query, read_cases
from evals.counterfactuals import read_counterfactuals
from evals.fitting import FROM_VECTORS, Example, Fitted, fit_rule, hash_examples, listen, measure_rule, write_rules
from evals.public import open_shelf

_PUBLIC = 1000
"""Queries of the public set, at most: spread over the set, the first half of them for fitting."""

_SEARCHED = {"answer": True, "abstain": False}
_COMPOSED = {"library", "overview", "country-table"}
"""Types that are answered without this rule."""


def fit(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    cases = read_cases(options.questions)
    library = Library.open(settings.home / "library.db")
    try:
        with Progress(sys.stderr, 1) as progress:
            ensure_index(settings, library)
            embedder = load_embedder(settings.library.embedder, settings.home, threads=1)
            make = _maker(library, CurrentIndex(settings.home), embedder)
            tuned = [case for case in cases if case.part == "tune"]
            own = _hear_cases(tuned, make, progress)
            made = [
                Example(question, False, "own", True, listen(Question(question), make))
                for question in read_counterfactuals(tuned)
            ]
            held = _hear_cases([case for case in cases if case.part == "test"], make, progress)
            public, public_held = _hear_public(options, progress) if options.folder else ([], [])
    finally:
        library.close()
    if {example.answerable for example in own if example.signals} != {True, False}:
        raise WrongUse(
            "these cases and this library give nothing to fit on", "add corpus/sample/reports to the library"
        )
    told = [*own, *made, *public]
    without = fit_rule([*own, *made], FROM_VECTORS)
    fitted = Fitted(fit_rule(told), without, embedder.fingerprint.digest, hash_examples(told))
    measured = {"own_tune": own, "own_test": held, "public_tune": public, "public_test": public_held}
    found = {name: measure_rule(fitted.rule, examples) for name, examples in measured.items() if examples}
    found["own_test_without_vectors"] = measure_rule(without, held)
    options.out.write_text(write_rules(fitted, found), encoding="utf-8")
    _print(fitted.rule, found, options.out)
    return 0


def _maker(library: Library, index: CurrentIndex, embedder: Embedder) -> Callable[[Judge], Assistant]:
    return lambda judge: Assistant(library, index, embedder, judge=judge)


def _hear_cases(cases: Iterable[Case], make: Callable[[Judge], Assistant], progress: Progress) -> list[Example]:
    examples = []
    for case in cases:
        if case.expect in _SEARCHED and case.type not in _COMPOSED:
            signals = listen(case.question, make)
            examples.append(Example(case.question.text, _SEARCHED[case.expect], "own", False, signals))
            progress.tell(f"{len(examples)} cases")
    return examples


def _hear_public(options: argparse.Namespace, progress: Progress) -> tuple[list[Example], list[Example]]:
    with open_shelf(options, progress) as shelf:
        make = _maker(shelf.library, shelf.index, shelf.embedder)
        queries = _spread(shelf.benchmark.queries)
        examples = []
        for number, query in enumerate(queries, start=1):
            signals = listen(Question(query.text), make)
            examples.append(Example(query.text, query.answerable, "public", False, signals))
            progress.tell(f"{shelf.benchmark.name}: {number} of {len(queries)} queries")
    middle = len(examples) // 2
    return examples[:middle], examples[middle:]


def _spread(queries: Sequence[Query]) -> Sequence[Query]:
    """Queries from all over the set, in its order: its documents come one after another, so halves share few."""
    return queries[:: max(1, len(queries) // _PUBLIC)][:_PUBLIC]


def _print(rule: Rule, found: dict[str, dict[str, float]], path: Path) -> None:
    for name, measured in found.items():
        print(name, *(f"{measure} {value:.3f}" for measure, value in measured.items()), sep="  ")
    print(f"Written to {path}: an answer is given from a probability of {rule.threshold:.3f} on.")

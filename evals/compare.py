"""Two runs over the same cases: what changed, beyond chance, and which cases flipped. And the gate."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from corpus.errors import WrongUse
from evals.runs import Result, Run, values
from evals.statistics import Difference, Estimate, compare_paired, estimate_each, holm

_FLIP = 0.5
"""A case flips in a measure where its score moves by at least this much."""


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in two runs, over the cases to which it applies in both; `p` is corrected after Holm."""

    measure: str
    first: float
    second: float
    difference: Difference
    p: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A case whose score in a measure moved, with both results."""

    measure: str
    first: Result
    second: Result


@dataclass(frozen=True, slots=True)
class Pair:
    """One case in both runs."""

    first: Result
    second: Result


@dataclass(frozen=True, slots=True)
class Scored:
    """One case with its score in both runs, for a measure that applies in both."""

    pair: Pair
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Comparison:
    first: Run
    second: Run
    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A measure that is below its limit; its value is None where no case of the run has one."""

    measure: str
    value: Estimate | None
    limit: float


def measure_names(runs: Sequence[Run]) -> list[str]:
    """The measures that apply to at least one case of the runs, in their own order."""
    names: dict[str, None] = {}
    for run in runs:
        for result in run.results:
            names |= {name: None for name, score in result.scores.items() if score is not None}
    return list(names)


def summarise(run: Run) -> dict[str, Estimate]:
    """Every measure of a run with its interval."""
    return estimate_each({name: values(run.results, name) for name in measure_names([run])})


def summarise_by(run: Run, key: str) -> dict[str, dict[str, Estimate]]:
    """The same by a field of the results: type, language, part, or documents.

    A case whose answer stands in several documents counts for each of them.
    """
    groups: dict[str, list[Result]] = {}
    for result in run.results:
        value = getattr(result, key)
        for name in value if isinstance(value, tuple) else (value,):
            groups.setdefault(str(name), []).append(result)
    return {
        name: estimate_each({measure: values(results, measure) for measure in measure_names([run])})
        for name, results in sorted(groups.items())
    }


def compare_runs(first: Run, second: Run) -> Comparison:
    """Case by case. Raises WrongUse where the runs share no case."""
    before = {result.id: result for result in first.results}
    pairs = [Pair(before[result.id], result) for result in second.results if result.id in before]
    if not pairs:
        raise WrongUse("the two runs share no case", "compare runs over the same questions")
    scored = {name: _pair_scores(pairs, name) for name in measure_names([first, second])}
    return Comparison(first, second, tuple(_find_changes(scored)), tuple(_find_flips(scored)))


def read_limits(path: Path, table: str = "lowest") -> Mapping[str, float]:
    """The gate's limits: the lowest value of each measure that is let through."""
    try:
        limits = tomllib.loads(path.read_text(encoding="utf-8"))[table]
        return {str(name): float(limit) for name, limit in limits.items()}
    except (OSError, KeyError, ValueError, AttributeError) as error:
        raise WrongUse(
            f"{path} holds no limits", f"write them under [{table}], a measure and a number a line"
        ) from error


def find_breaches(run: Run, limits: Mapping[str, float]) -> list[Breach]:
    """The measures that are below their limits; one that no case applies to is below too."""
    found = summarise(run)
    return [
        Breach(name, found.get(name), limit)
        for name, limit in limits.items()
        if name not in found or found[name].value < limit
    ]


def _pair_scores(pairs: Sequence[Pair], measure: str) -> list[Scored]:
    scored = []
    for pair in pairs:
        before, after = pair.first.scores.get(measure), pair.second.scores.get(measure)
        if before is not None and after is not None:
            scored.append(Scored(pair, before, after))
    return scored


def _find_changes(scored: Mapping[str, Sequence[Scored]]) -> list[Change]:
    """The measures that apply to the same cases in both runs; corrected for their number, and for no other's."""
    applying = {name: both for name, both in scored.items() if both}
    differences = [
        compare_paired([one.first for one in both], [one.second for one in both]) for both in applying.values()
    ]
    corrected = holm([difference.p for difference in differences])
    return [
        Change(name, fmean(one.first for one in both), fmean(one.second for one in both), difference, p)
        for (name, both), difference, p in zip(applying.items(), differences, corrected, strict=True)
    ]


def _find_flips(scored: Mapping[str, Sequence[Scored]]) -> list[Flip]:
    return [
        Flip(name, one.pair.first, one.pair.second)
        for name, both in scored.items()
        for one in both
        if abs(one.second - one.first) >= _FLIP
    ]

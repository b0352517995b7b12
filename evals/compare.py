"""Two runs over the same cases: what changed, beyond chance, and which cases flipped. And the gate."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import WrongUse
from evals.runs import Result, Run, values
from evals.statistics import Difference, Estimate, compare_paired, estimate, holm

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
class Comparison:
    first: Run
    second: Run
    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A measure that is below its limit: the value, its interval's upper end, the limit."""

    measure: str
    value: Estimate
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
    return {name: estimate(values(run.results, name)) for name in measure_names([run])}


def summarise_by(run: Run, key: str) -> dict[str, dict[str, Estimate]]:
    """The same by a field of the results: type, language, part."""
    groups: dict[str, list[Result]] = {}
    for result in run.results:
        groups.setdefault(str(getattr(result, key)), []).append(result)
    return {
        name: {measure: estimate(found) for measure in measure_names([run]) if (found := values(results, measure))}
        for name, results in sorted(groups.items())
    }


def compare_runs(first: Run, second: Run) -> Comparison:
    """Case by case. Raises WrongUse where the runs share no case."""
    before = {result.id: result for result in first.results}
    pairs = [(before[result.id], result) for result in second.results if result.id in before]
    if not pairs:
        raise WrongUse("the two runs share no case", "compare runs over the same questions")
    scored = [
        (name, [(a, b) for a, b in pairs if a.scores.get(name) is not None and b.scores.get(name) is not None])
        for name in measure_names([first, second])
    ]
    differences = [
        compare_paired([a.scores[name] or 0.0 for a, _ in both], [b.scores[name] or 0.0 for _, b in both])
        for name, both in scored
    ]
    corrected = holm([difference.p for difference in differences])
    changes = [
        Change(
            name,
            estimate([a.scores[name] or 0.0 for a, _ in both]).value,
            estimate([b.scores[name] or 0.0 for _, b in both]).value,
            difference,
            p,
        )
        for (name, both), difference, p in zip(scored, differences, corrected, strict=True)
        if both
    ]
    flips = [
        Flip(name, a, b)
        for name, both in scored
        for a, b in both
        if abs((a.scores[name] or 0.0) - (b.scores[name] or 0.0)) >= _FLIP
    ]
    return Comparison(first, second, tuple(changes), tuple(flips))


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
    absent = Estimate(0.0, 0.0, 0.0, 0)
    return [
        Breach(name, found.get(name, absent), limit)
        for name, limit in limits.items()
        if found.get(name, absent).value < limit
    ]

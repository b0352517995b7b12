"""Intervals and tests: the bootstrap, the paired randomisation test, Holm's correction, risk and coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

RESAMPLES = 2000
SEED = 20_231
"""Of every resampling, so that the same scores give the same intervals."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` cases with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of paired differences (second minus first) with its 95 % interval and a two-sided p-value."""

    value: float
    low: float
    high: float
    p: float
    n: int


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """When the most confident `coverage` of the questions are answered, the share that is answered wrongly."""

    coverage: float
    risk: float


def estimate(values: Sequence[float]) -> Estimate:
    """The mean and its percentile bootstrap interval (Efron and Tibshirani 1993), of at least one value."""
    low, high = _bootstrap(np.asarray(values, dtype=np.float64))
    return Estimate(float(np.mean(values)), low, high, len(values))


def estimate_each(measured: Mapping[str, Sequence[float]]) -> dict[str, Estimate]:
    """The estimates of the measures that apply: one without a value is left out, not 0."""
    return {name: estimate(values) for name, values in measured.items() if values}


def compare_paired(first: Sequence[float], second: Sequence[float]) -> Difference:
    """The paired bootstrap and the paired randomisation test (Fisher; Smucker, Allan and Carterette, CIKM 2007).

    Over at least one pair.
    """
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    low, high = _bootstrap(differences)
    p = 1.0
    if len(differences) > 1 and np.any(differences):
        test = stats.permutation_test(
            (differences,),
            lambda sample, axis: np.mean(sample, axis=axis),
            permutation_type="samples",
            n_resamples=RESAMPLES,
            vectorized=True,
            rng=np.random.default_rng(SEED),
        )
        p = float(test.pvalue)
    return Difference(float(np.mean(differences)), low, high, p, len(differences))


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values corrected for their number (Holm 1979), in their own order."""
    corrected = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda index: p_values[index])):
        highest = max(highest, min(1.0, p_values[place] * (len(p_values) - rank)))
        corrected[place] = highest
    return corrected


def risk_coverage(confidences: Sequence[float], errors: Sequence[float]) -> list[RiskPoint]:
    """The risk-coverage curve (El-Yaniv and Wiener, JMLR 2010): questions by falling confidence, the error so far."""
    order = sorted(range(len(confidences)), key=lambda index: -confidences[index])
    points, wrong = [], 0.0
    for answered, index in enumerate(order, start=1):
        wrong += errors[index]
        points.append(RiskPoint(answered / len(order), wrong / answered))
    return points


def area_under_risk(points: Sequence[RiskPoint]) -> float:
    """The area under the risk-coverage curve (AURC): the mean risk over all coverages; lower is better."""
    return float(np.mean([point.risk for point in points]))


def estimate_area(confidences: Sequence[float], errors: Sequence[float]) -> Estimate:
    """AURC with its percentile bootstrap interval over questions, of at least one."""
    sure, wrong = np.asarray(confidences, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    picks = np.random.default_rng(SEED).integers(0, len(sure), size=(RESAMPLES, len(sure)))
    order = np.argsort(-sure[picks], axis=1, kind="stable")
    drawn = np.take_along_axis(wrong[picks], order, axis=1)
    areas = (np.cumsum(drawn, axis=1) / np.arange(1, len(sure) + 1)).mean(axis=1)
    low, high = np.percentile(areas, [2.5, 97.5])
    return Estimate(area_under_risk(risk_coverage(sure.tolist(), wrong.tolist())), float(low), float(high), len(sure))


def _bootstrap(values: NDArray[np.float64]) -> tuple[float, float]:
    generator = np.random.default_rng(SEED)
    means = values[generator.integers(0, len(values), size=(RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)

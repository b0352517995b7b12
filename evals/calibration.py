"""Whether it knows when it knows: answered and declined by answerable and not, and confidence against the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.runs import Result
from evals.statistics import RESAMPLES, SEED, Estimate, RiskPoint, risk_coverage

_BINS = 10


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many questions that the reports answer, and that they do not, were answered and declined."""

    answerable_answered: int
    answerable_declined: int
    unanswerable_answered: int
    unanswerable_declined: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """The questions whose confidence is above `low` and up to `high`: its mean, and the share that came out right."""

    low: float
    high: float
    confidence: float
    right: float
    n: int


def count_confusion(results: Sequence[Result]) -> Confusion:
    """Over the cases that ask for an answer or for none."""
    counted = [(result.expect, bool(result.answer["answered"])) for result in results]
    return Confusion(
        counted.count(("answer", True)),
        counted.count(("answer", False)),
        counted.count(("abstain", True)),
        counted.count(("abstain", False)),
    )


def is_judged(result: Result) -> bool:
    """Whether a case says what risk, coverage and calibration are drawn over: an answer with facts, or none."""
    return result.expect == "abstain" or (result.expect == "answer" and result.scores.get("all_facts") is not None)


def risk_of(results: Sequence[Result]) -> list[RiskPoint]:
    """Risk and coverage over the judged cases: an answer is wrong where a fact is missing or none was to be given."""
    judged = [result for result in results if is_judged(result)]
    return risk_coverage([result.confidence for result in judged], [1.0 - _right(result) for result in judged])


def measure_reliability(results: Sequence[Result]) -> list[Reliability]:
    """The reliability diagram (DeGroot and Fienberg 1983): ten equal stretches of confidence; empty ones left out.

    Confidence is what risk and coverage are ordered by: the probability that the answer states, or, where it states
    none, the score of the best evidence, cut to lie from 0 to 1. Its right answer is what `risk_of` takes for one,
    declined or not.
    """
    confidences, right = _judged(results)
    bins = _bins(confidences)
    found = []
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            means = float(confidences[inside].mean()), float(right[inside].mean())
            found.append(Reliability(number / _BINS, (number + 1) / _BINS, *means, int(inside.sum())))
    return found


def calibration_error(results: Sequence[Result]) -> Estimate | None:
    """Expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML 2017); lower is better.

    The mean over questions of how far their stretch's confidence is from the share of it that came out right, with a
    percentile bootstrap interval. None where no case is judged.
    """
    confidences, right = _judged(results)
    if not len(confidences):
        return None
    generator = np.random.default_rng(SEED)
    picks = generator.integers(0, len(right), size=(RESAMPLES, len(right)))
    low, high = np.percentile([_expected_error(confidences[pick], right[pick]) for pick in picks], [2.5, 97.5])
    return Estimate(_expected_error(confidences, right), float(low), float(high), len(right))


def _expected_error(confidences: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    gaps = np.bincount(_bins(confidences), weights=confidences - right, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(right))


def _bins(confidences: NDArray[np.float64]) -> NDArray[np.int64]:
    """The number of each one's stretch, from 0; a confidence on a border belongs to the lower one."""
    return np.clip(np.ceil(confidences * _BINS).astype(np.int64) - 1, 0, _BINS - 1)


def _judged(results: Sequence[Result]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    judged = [result for result in results if is_judged(result)]
    confidences = np.clip(np.array([result.confidence for result in judged], dtype=np.float64), 0.0, 1.0)
    return confidences, np.array([_right(result) for result in judged], dtype=np.float64)


def _right(result: Result) -> float:
    return 1.0 if result.expect == "answer" and result.scores["all_facts"] == 1.0 else 0.0

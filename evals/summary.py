"""A run in figures, in the form that programs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from evals.calibration import calibration_error, count_confusion, measure_reliability, risk_of
from evals.compare import summarise, summarise_by
from evals.runs import Result, Run
from evals.statistics import Estimate, area_under_risk


def run_form(run: Run) -> dict[str, object]:
    """The form of `run --json`. `calibration` and `aurc` are None where no case is judged."""
    error, risk = calibration_error(run.results), risk_of(run.results)
    bins = [asdict(found) for found in measure_reliability(run.results)]
    return {
        "run": str(run.path),
        "cases": len(run.results),
        "measures": _forms(summarise(run)),
        "by_part": _grouped(run, "part"),
        "by_type": _grouped(run, "type"),
        "by_language": _grouped(run, "language"),
        "by_document": _grouped(run, "documents"),
        "confusion": asdict(count_confusion(run.results)),
        "calibration": {"error": asdict(error), "bins": bins} if error else None,
        "aurc": area_under_risk(risk) if risk else None,
        "latency_ms": {step: asdict(latency) for step, latency in measure_latency(run.results).items()},
    }


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that a step took: half of the questions took at most `median`, nineteen of twenty `most`."""

    median: float
    most: float
    n: int


def measure_latency(results: Sequence[Result]) -> dict[str, Latency]:
    """By step, over the questions whose answer came to it."""
    took: dict[str, list[float]] = {}
    for result in results:
        for step, milliseconds in result.answer.get("timings_ms", {}).items():
            if milliseconds > 0:
                took.setdefault(step, []).append(milliseconds)
    return {
        step: Latency(float(np.median(values)), float(np.percentile(values, 95)), len(values))
        for step, values in took.items()
    }


def _grouped(run: Run, key: str) -> dict[str, dict[str, object]]:
    return {name: _forms(measured) for name, measured in summarise_by(run, key).items()}


def _forms(measured: Mapping[str, Estimate]) -> dict[str, object]:
    return {name: asdict(value) for name, value in measured.items()}

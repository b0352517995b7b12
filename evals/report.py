"""The page that shows a run: one HTML file, light, accessible, without a request to anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.files import write_whole
from evals.compare import Comparison, compare_runs, summarise, summarise_by
from evals.runs import Result, Run
from evals.statistics import Estimate, RiskPoint, area_under_risk, risk_coverage

_WIDTH, _HEIGHT, _EDGE = 520, 260, 36
_SLOWEST = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, its value from 0 to 1 with the interval, and how many cases it stands for."""

    label: str
    value: Estimate


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a chart, as the points of an SVG polyline, and the area under it."""

    points: str
    area: float


def write_report(run: Run, baseline: Run | None) -> Path:
    """Write report.html into the run's folder; with a baseline, what changed stands in it too."""
    environment = Environment(
        loader=PackageLoader("evals"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    comparison: Comparison | None = compare_runs(baseline, run) if baseline else None
    page = environment.get_template("report.html").render(
        run=run,
        summary=summarise(run),
        by_type=[Bar(kind, _headline(found)) for kind, found in summarise_by(run, "type").items()],
        by_language=[Bar(language, _headline(found)) for language, found in summarise_by(run, "language").items()],
        curve=draw_curve(risk_of(run.results)),
        slowest=sorted(run.results, key=lambda result: -result.milliseconds)[:_SLOWEST],
        missed=[result for result in run.results if not is_right(result)],
        comparison=comparison,
        size=(_WIDTH, _HEIGHT, _EDGE),
    )
    target = run.path / "report.html"
    write_whole(target, page.encode())
    return target


def is_right(result: Result) -> bool:
    """Whether a case came out as it should: all its facts, or declined, or helped."""
    if result.expect == "answer":
        return result.scores.get("all_facts") == 1.0
    if result.expect == "help":
        return result.scores.get("helped") == 1.0
    return not result.answer["answered"]


def risk_of(results: Sequence[Result]) -> list[RiskPoint]:
    """Risk and coverage over the cases that ask for an answer or for none."""
    judged = [result for result in results if result.expect in ("answer", "abstain")]
    errors = [1.0 - (result.scores.get("all_facts") or 0.0) if result.expect == "answer" else 1.0 for result in judged]
    return risk_coverage([result.confidence for result in judged], errors)


def draw_curve(points: Sequence[RiskPoint]) -> Curve:
    inner_width, inner_height = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
    placed = [
        f"{_EDGE + point.coverage * inner_width:.1f},{_HEIGHT - _EDGE - point.risk * inner_height:.1f}"
        for point in points
    ]
    return Curve(" ".join(placed), area_under_risk(points))


def _headline(found: dict[str, Estimate]) -> Estimate:
    """The measure that says most about a kind of question."""
    names = ("all_facts", "declined_of_unanswerable", "declined_of_harmful", "helped", "quote_exactness")
    return next((found[name] for name in names if name in found), Estimate(0.0, 0.0, 0.0, 0))

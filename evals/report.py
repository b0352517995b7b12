"""What shows a run: one HTML page, light, accessible, without a request to anywhere, and its figures for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.files import write_whole
from evals.calibration import Reliability, calibration_error, count_confusion, measure_reliability, risk_of
from evals.compare import Comparison, compare_runs, summarise, summarise_by
from evals.runs import Result, Run
from evals.statistics import Estimate, RiskPoint, area_under_risk
from evals.summary import measure_latency, run_form

_SLOWEST = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, its value from 0 to 1 with the interval, and how many cases it stands for."""

    label: str
    value: Estimate


@dataclass(frozen=True, slots=True)
class Frame:
    """A chart's width, its height, and the edge around what is drawn, in the units of its SVG."""

    width: int
    height: int
    edge: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a chart, as the points of an SVG polyline in its frame, and the area under it."""

    points: str
    area: float
    frame: Frame


@dataclass(frozen=True, slots=True)
class Dot:
    """One stretch of confidence in the reliability diagram, where its centre stands and how wide it is."""

    x: float
    y: float
    radius: float
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class Diagram:
    """The reliability diagram, and the expected calibration error."""

    dots: tuple[Dot, ...]
    error: Estimate
    frame: Frame


_FRAME = Frame(width=520, height=260, edge=36)


def write_report(run: Run, baseline: Run | None) -> Path:
    """Write report.html and report.json into the run's folder; with a baseline, what changed stands in the page too."""
    environment = Environment(
        loader=PackageLoader("evals"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    missed = [result for result in run.results if not is_right(result)]
    comparison: Comparison | None = compare_runs(baseline, run) if baseline else None
    page = environment.get_template("report.html").render(
        run=run,
        summary=summarise(run),
        by_part=summarise_by(run, "part"),
        by_type=_draw_bars(summarise_by(run, "type")),
        by_language=_draw_bars(summarise_by(run, "language")),
        by_document=_draw_bars(summarise_by(run, "documents")),
        confusion=count_confusion(run.results),
        curve=draw_curve(risk_of(run.results), _FRAME),
        diagram=draw_reliability(run.results, _FRAME),
        latency=measure_latency(run.results),
        slowest=sorted(run.results, key=lambda result: -result.milliseconds)[:_SLOWEST],
        missed=missed,
        comparison=comparison,
    )
    target = run.path / "report.html"
    write_whole(target, page.encode())
    write_whole(run.path / "report.json", json.dumps(_form(run, missed), ensure_ascii=False).encode())
    return target


def _form(run: Run, missed: Sequence[Result]) -> dict[str, object]:
    """The figures of a run, and what went wrong with what was said."""
    told = {name: value for name, value in run_form(run).items() if name != "run"}
    conditions = run.conditions
    head = {"date": run.date, "system": conditions.system, "commit": conditions.commit}
    return {**head, **told, "missed": [_miss_form(result) for result in missed]}


def _miss_form(result: Result) -> dict[str, object]:
    said = "\n".join(sentence["text"] for sentence in result.answer["sentences"]) if result.answer["answered"] else ""
    fields = ("id", "question", "type", "language", "part", "expect")
    return {**{name: getattr(result, name) for name in fields}, "said": said}


def is_right(result: Result) -> bool:
    """Whether a case came out as it should: all its facts, or declined, or helped."""
    if result.expect == "answer":
        return result.scores.get("all_facts") == 1.0
    if result.expect == "help":
        return result.scores.get("helped") == 1.0
    return not result.answer["answered"]


def draw_curve(points: Sequence[RiskPoint], frame: Frame) -> Curve | None:
    """None where no case is judged."""
    if not points:
        return None
    wide, high = frame.width - 2 * frame.edge, frame.height - 2 * frame.edge
    placed = [
        f"{frame.edge + point.coverage * wide:.1f},{frame.height - frame.edge - point.risk * high:.1f}"
        for point in points
    ]
    return Curve(" ".join(placed), area_under_risk(points), frame)


def draw_reliability(results: Sequence[Result], frame: Frame) -> Diagram | None:
    """None where no case is judged. A dot's area goes with the questions that it stands for."""
    error = calibration_error(results)
    if error is None:
        return None
    wide, high = frame.width - 2 * frame.edge, frame.height - 2 * frame.edge
    dots = tuple(
        Dot(
            round(frame.edge + found.confidence * wide, 1),
            round(frame.height - frame.edge - found.right * high, 1),
            round(3 + 14 * (found.n / error.n) ** 0.5, 1),
            found,
        )
        for found in measure_reliability(results)
    )
    return Diagram(dots, error, frame)


def _draw_bars(groups: Mapping[str, Mapping[str, Estimate]]) -> list[Bar]:
    """For each group that has one, the measure that says most about its questions."""
    names = ("all_facts", "declined_of_unanswerable", "declined_of_harmful", "helped", "quote_exactness")
    headlines = {label: next((found[name] for name in names if name in found), None) for label, found in groups.items()}
    return [Bar(label, value) for label, value in headlines.items() if value]

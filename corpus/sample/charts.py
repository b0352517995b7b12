"""The nouns of a chart in a source: Chart and its Rows, read from the YAML of a fenced block `chart`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import yaml

from corpus.sample.source import SourceError

_KINDS = ("bars", "columns", "shares")


@dataclass(frozen=True, slots=True)
class Row:
    """One place on the axis: a year, a country, a group. `values`: one for each series of the chart."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows. `kind`: `columns` stand up, `bars` lie, `shares` lie and add up to 100.

    `illustrative`: the figures are invented, and the page says so. `alt`: what the chart shows, in words, for those
    who cannot see it.
    """

    caption: str
    kind: str
    unit: str
    source: str
    alt: str
    illustrative: bool
    series: tuple[str, ...]
    rows: tuple[Row, ...]


def read_chart(text: str) -> Chart:
    """Raises SourceError where a field is absent or unknown, or where rows and series do not match."""
    values: dict[str, Any] = yaml.safe_load(text)
    known = {field.name for field in fields(Chart)}
    if values.keys() != known:
        wrong = ", ".join(sorted(values.keys() ^ known))
        raise SourceError(f"a chart with fields missing or unknown: {wrong}; write each of Chart's fields once")
    series = tuple(values["series"])
    rows = tuple(Row(str(label), tuple(row)) for label, row in values["rows"].items())
    chart = Chart(**{**values, "series": series, "rows": rows})
    _check_chart(chart)
    return chart


def _check_chart(chart: Chart) -> None:
    if chart.kind not in _KINDS:
        raise SourceError(f"chart {chart.caption}: no kind {chart.kind}; choose one of {', '.join(_KINDS)}")
    for row in chart.rows:
        if len(row.values) != len(chart.series):
            raise SourceError(
                f"chart {chart.caption}: {row.label} needs {len(chart.series)} values, one for each series"
            )

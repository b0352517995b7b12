"""The runs of the evaluation, as their own files tell of them: figures for the page, and each run's report as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.web.strangers import refuse_other_sites
from corpus.errors import NotFound

_MOST_RUNS = 50
_LARGEST = 20_000_000
"""Bytes of a file of a run; a larger one is none of ours."""

_SUMMARY, _HEAD, _PAGE = "report.json", "run.json", "report.html"

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox"
)
"""Of a run's own page: its style stands in it, and nothing in it runs, whatever an answer or a question says."""

_Number = Annotated[float, Field(allow_inf_nan=False)]


class _Read(BaseModel):
    """Whatever else stands in a run's file is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Figure(_Read):
    """A mean over `n` questions with its 95 % interval."""

    value: _Number
    low: _Number
    high: _Number
    n: int


class Miss(_Read):
    """A question whose answer was not as it should be, and what was said."""

    id: str
    question: str
    type: str
    language: str
    part: str
    expect: str
    said: str


_Figures = dict[str, Figure]


class Summary(_Read):
    """What `evals` writes of a run."""

    date: str
    system: str
    commit: str | None = None
    cases: int
    measures: _Figures
    by_part: dict[str, _Figures] = {}
    by_type: dict[str, _Figures] = {}
    by_language: dict[str, _Figures] = {}
    missed: tuple[Miss, ...] = ()


def add_evaluations(router: APIRouter, home: Path) -> None:
    own_site = [Depends(refuse_other_sites)]

    @router.get("/api/evaluations", dependencies=own_site)
    def list_runs() -> dict[str, object]:
        """The runs of the evaluation, the newest first, with the measures of each; null where they are not written."""
        return {"runs": [_listed(folder) for folder in sorted(_runs(home), reverse=True)[:_MOST_RUNS]]}

    @router.get("/api/evaluations/{run}", dependencies=own_site)
    def show_run(run: str) -> Summary:
        """One run: its measures, by part, kind of question and language, and the questions that went wrong."""
        summary = _read(find_run(home, run))
        if summary is None:
            raise NotFound("the figures of that run are not written", f"`python -m evals report {run}` writes them")
        return summary

    @router.get("/evaluation/{run}/report", include_in_schema=False, dependencies=own_site)
    def show_report(run: str) -> HTMLResponse:
        page = find_run(home, run) / _PAGE
        if not _is_ours(page):
            raise NotFound("that run has no report", "`python -m evals report RUN` writes it")
        return HTMLResponse(page.read_bytes(), headers={"content-security-policy": _POLICY})


def find_run(home: Path, name: str) -> Path:
    """The folder of a run, among those that there are. Raises NotFound."""
    for folder in _runs(home):
        if folder.name == name:
            return folder
    raise NotFound(f"there is no run {name[:80]!r}", "/api/evaluations lists those that there are")


def _runs(home: Path) -> Iterator[Path]:
    """Links are none of ours: they may lead anywhere."""
    for folder in (home / "runs").glob("*"):
        if folder.is_dir() and not folder.is_symlink() and (folder / _HEAD).is_file():
            yield folder


def _listed(folder: Path) -> dict[str, object]:
    summary = _read(folder)
    told = summary.model_dump(include={"date", "system", "cases", "measures"}) if summary else {}
    return {"run": folder.name, "date": None, "measures": None, **told, "report": _is_ours(folder / _PAGE)}


def _read(folder: Path) -> Summary | None:
    """None where a run is not finished, was made before its figures were kept, or its file is damaged."""
    path = folder / _SUMMARY
    if not _is_ours(path):
        return None
    try:
        return Summary.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError):
        return None


def _is_ours(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= _LARGEST

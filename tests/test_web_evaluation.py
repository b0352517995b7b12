"""The tab "Evaluation": what the files of the runs say, and nothing that they could make the page do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from assistant.web.evaluations import add_evaluations
from assistant.web.faults import answer_faults
from assistant.web.guard import Guard
from corpus.library import Library
from evals.report import write_report
from evals.runs import Conditions, Result, Run, write_head
from tests.conftest import Faults
from tests.fakes import MARKUP, make_library
from tests.room_page import NARROW, Visit
from tests.web_client import error_of


def make_run(home: Path, day: int, *, right: int, part: str = "tune") -> Path:
    """A run of four questions, of which so many came out right; its files are those that an evaluation writes."""
    path = home / "runs" / f"2026-11-{day:02d}T100000"
    conditions = Conditions("q", "l", "e", "ours", "0123456789", {}, "3.11", "cpu", 2, 1)
    answer = {"answered": True, "sentences": [{"text": f"Said. {MARKUP}"}], "abstention": None}
    results = tuple(
        Result(
            f"q{number}",
            f"Question {number}? {MARKUP}",
            "fact",
            "en",
            part if number == 3 else "tune",
            "answer",
            {"fact_recall": float(number < right), "all_facts": float(number < right)},
            0.5,
            1.0,
            answer,
        )
        for number in range(4)
    )
    write_head(path, conditions, f"2026-11-{day:02d}T10:00:00+00:00")
    write_report(Run(path, conditions, f"2026-11-{day:02d}T10:00:00+00:00", results), None)
    return path


@pytest.fixture
def runs(tmp_path: Path) -> TestClient:
    """The routes of the evaluation on a folder of runs."""
    app, router = FastAPI(), APIRouter()
    answer_faults(app)
    add_evaluations(router, tmp_path)
    app.include_router(router)
    app.add_middleware(Guard)
    return TestClient(app, base_url="http://127.0.0.1")


def test_runs_are_listed_newest_first_with_what_they_measured(tmp_path: Path, runs: TestClient) -> None:
    assert runs.get("/api/evaluations").json() == {"runs": []}
    for day, right in ((1, 2), (2, 3)):
        make_run(tmp_path, day, right=right)
    listed = runs.get("/api/evaluations").json()["runs"]
    assert [run["run"] for run in listed] == ["2026-11-02T100000", "2026-11-01T100000"]
    assert [run["measures"]["fact_recall"]["value"] for run in listed] == [0.75, 0.5]
    assert [(run["cases"], run["report"]) for run in listed] == [(4, True), (4, True)]


def test_a_run_tells_its_measures_and_what_went_wrong(tmp_path: Path, runs: TestClient) -> None:
    name = make_run(tmp_path, 1, right=3).name
    form = runs.get(f"/api/evaluations/{name}").json()
    assert form["by_type"]["fact"]["all_facts"]["n"] == 4
    assert [(miss["id"], miss["expect"], miss["said"]) for miss in form["missed"]] == [
        ("q3", "answer", f"Said. {MARKUP}")
    ]


def test_a_run_without_figures_is_listed_and_says_how_they_are_written(tmp_path: Path, runs: TestClient) -> None:
    path = make_run(tmp_path, 1, right=3)
    for damaged in ("", "{", '{"date": 1}', '{"measures": {"a": {"value": NaN}}}'):
        (path / "report.json").write_text(damaged, encoding="utf-8")
        assert runs.get("/api/evaluations").json()["runs"][0]["measures"] is None
        answer = runs.get(f"/api/evaluations/{path.name}")
        assert (answer.status_code, "evals report" in error_of(answer)["remedy"]) == (404, True)


def test_a_report_is_served_so_that_nothing_in_it_runs(tmp_path: Path, runs: TestClient) -> None:
    name = make_run(tmp_path, 1, right=1).name
    answer = runs.get(f"/evaluation/{name}/report")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; ")
    assert policy.endswith("; sandbox")
    assert "script-src" not in policy
    assert "<h1>Evaluation of" in answer.text


@pytest.mark.parametrize("name", ["..", "%2e%2e", "..%2f..%2fetc", "nowhere", "link"])
def test_only_folders_of_runs_are_read(tmp_path: Path, runs: TestClient, name: str) -> None:
    elsewhere = make_run(tmp_path / "other", 1, right=1)
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "link").symlink_to(elsewhere)
    assert runs.get(f"/evaluation/{name}/report").status_code == 404
    assert runs.get(f"/api/evaluations/{name}").status_code == 404


def test_another_site_is_told_nothing_of_the_runs(tmp_path: Path, runs: TestClient) -> None:
    name = make_run(tmp_path, 1, right=1).name
    for path in ("/api/evaluations", f"/api/evaluations/{name}", f"/evaluation/{name}/report"):
        assert runs.get(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert runs.get(path, headers={"sec-fetch-site": "none"}).status_code == 200


@pytest.fixture(scope="module")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("web")
    library = make_library(home)
    for day, right in ((1, 2), (2, 3)):
        make_run(home, day, right=right, part="test" if day == 1 else "tune")
    yield library
    library.close()


@pytest.mark.browser
def test_figures_history_and_faults_of_a_run_are_shown(visit: Visit) -> None:
    page = visit(NARROW, at="/#evaluation")
    main = page.get_by_role("region", name="The main figures")
    expect(main.get_by_role("row").filter(has_text="Facts found")).to_contain_text("0.750")
    history = page.get_by_role("region", name="Over the runs")
    expect(history.locator("tbody tr")).to_have_count(2)
    expect(history.locator("[aria-current=true]")).to_contain_text("2 November 2026")
    page.locator(".misses summary").click()
    expect(page.locator(".miss-said")).to_have_text(f"Said. {MARKUP}")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.get_by_role("combobox", name="Run").select_option(index=1)
    expect(page.get_by_role("region", name="What went wrong")).to_contain_text("1 of the part that was set aside")
    expect(page.locator(".misses li")).to_have_count(1)
    page.get_by_role("link", name="The whole report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Evaluation of")
    assert page.evaluate("() => typeof window.ran") == "undefined"


def test_what_is_written_of_a_run_is_one_json_document(tmp_path: Path) -> None:
    path = make_run(tmp_path, 1, right=4)
    form: dict[str, Any] = json.loads((path / "report.json").read_text(encoding="utf-8"))
    assert (form["cases"], form["system"], form["missed"]) == (4, "ours", [])
    assert str(tmp_path) not in json.dumps(form)


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figures_fit_and_have_no_fault_of_accessibility(visit: Visit, axe: Faults, width: int, scheme: str) -> None:
    page = visit({"width": width, "height": 900}, at="/#evaluation", scheme=scheme)
    page.locator(".misses summary").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width

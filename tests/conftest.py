"""What the tests are handed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.room import Room
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.fakes import make_library
from tests.pdf_maker import lines, make_pdf
from tests.report_server import ReportServer, report_server
from tests.room_page import QUIET, WIDE, Server, Visit, served
from tests.stand_ins import ROOT, WordEmbedder, judge_by_words, make_desk
from tests.web_client import loaded, open_client

# No test asserts a time: a slow machine is no fault.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home" / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, library: Library, embedder: WordEmbedder) -> Desk:
    return make_desk(tmp_path / "home", library, embedder)


FLASH = """EMN Flash #2 - {year}

Background

This flash presents findings on victims of trafficking in human beings in Europe and on their protection.

Key findings

- The reflection period gives victims {days} days to recover and to decide whether to cooperate.
- Measures target five regions: the Sahel, the Horn of Africa, North Africa, Eastern Europe and the Western Balkans.
- In 2023 the countries registered 64 victims of forced labour in agriculture; Slovakia registered none of them.
- Several countries are reviewing their policies to strengthen the identification of certain groups of
"""


def add_flashes(desk: Desk, folder: Path) -> None:
    """Two reports that differ in their year and in one figure."""
    for year, days in ((2022, 30), (2025, 90)):
        path = folder / f"flash-{year}.txt"
        path.write_text(FLASH.format(year=year, days=days), encoding="utf-8")
        add_file(path, Given(), desk, lambda page, pages: None)
    catch_up(desk, lambda words: None)


@pytest.fixture
def assistant(tmp_path: Path, desk: Desk, library: Library, embedder: WordEmbedder) -> Assistant:
    add_flashes(desk, tmp_path)
    return Assistant(library, CurrentIndex(desk.home), embedder, judge=judge_by_words)


Ask = Callable[[Sequence[str], str], Answer]


@pytest.fixture
def ask(tmp_path: Path, desk: Desk, library: Library, embedder: WordEmbedder) -> Ask:
    """Answers a question from reports of these texts, each with a head of its own."""

    def answer(reports: Sequence[str], question: str) -> Answer:
        for number, text in enumerate(reports, start=1):
            path = tmp_path / f"report-{number}.txt"
            path.write_text(f"EMN Flash #{number} - {2020 + number}\n\nFindings\n\n{text}\n", encoding="utf-8")
            add_file(path, Given(), desk, lambda page, pages: None)
        catch_up(desk, lambda words: None)
        *_, last = Assistant(library, CurrentIndex(desk.home), embedder, judge=judge_by_words).ask(Question(question))
        return last

    return answer


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs `python -m MODULE ARGUMENTS...` as a person would, with a library of its own."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env={**os.environ, "EMN_HOME": str(tmp_path / "home"), **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )

    return run


@pytest.fixture(scope="module")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = make_library(tmp_path_factory.mktemp("web"))
    yield library
    library.close()


@pytest.fixture
def own_library(tmp_path: Path) -> Iterator[Library]:
    """One that a test may change."""
    library = make_library(tmp_path)
    yield library
    library.close()


@pytest.fixture(scope="module")
def client(web_library: Library) -> TestClient:
    return open_client(loaded(web_library))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("there is no Chromium here; type: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def server(web_library: Library) -> Server:
    return Server(web_library)


@pytest.fixture(scope="module")
def address(server: Server) -> Iterator[str]:
    room = Room(server.library, lambda: server)
    room.start()
    with served(room) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens the reading room; afterwards, nothing of the page may have asked another host or broken a policy."""
    opened: list[Page] = []
    strangers: list[str] = []
    complaints: list[str] = []

    def open_page(viewport: dict[str, int] = WIDE, at: str = "/", scheme: str = "light") -> Page:
        page = browser.new_page(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
        page.set_default_timeout(8000)
        page.on("request", lambda request: None if request.url.startswith(address) else strangers.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Security Policy" in line.text else None)
        opened.append(page)
        page.goto(address + at)
        return page

    yield open_page
    for page in opened:
        page.close()
    assert [url for url in strangers if not url.startswith("data:")] == []
    assert complaints == []


Faults = Callable[[Page], list[str]]
_GRAVE = ("serious", "critical")


@pytest.fixture(scope="session")
def axe() -> Faults:
    """The serious and critical faults of accessibility on a page as it stands: each with its rule and its places."""
    rules = Axe()

    def find(page: Page) -> list[str]:
        grave = [one for one in rules.run(page).response["violations"] if one["impact"] in _GRAVE]
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in grave for node in one["nodes"]]

    return find


@pytest.fixture
def publisher() -> Iterator[ReportServer]:
    """A server of reports on loopback, which can be slow, broken or lying."""
    with report_server() as server:
        yield server


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    words = "The reflection period gives victims 30 days to recover and to decide whether to cooperate."
    return make_pdf(tmp_path_factory.mktemp("pdf") / "report.pdf", lines(words)).read_bytes()

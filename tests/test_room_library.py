"""The tab "Library" where it changes the library: adding with progress and a stop, correcting, removing and undoing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.room import Room
from corpus.library import Library
from tests.conftest import Faults
from tests.fakes import FLASH, ScriptedAssistant
from tests.room_page import Server, Visit, served
from tests.stand_ins import SAMPLE
from tests.web_children import Children, ScriptedChild, outcome

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def children() -> Children:
    return Children()


@pytest.fixture(scope="module")
def address(server: Server, children: Children) -> Iterator[str]:
    room = Room(server.library, lambda: server)
    room.start()
    with served(room, children) as found:
        yield found


def test_files_are_added_with_progress_and_stopped_with_words(visit: Visit, children: Children, tmp_path: Path) -> None:
    names = ["<img src=x onerror=alert(1)>.txt", "two.txt", "three.exe"]
    for name in names:
        (tmp_path / name).write_text("Victims were found.", encoding="utf-8")
    cleaned = "_img src=x onerror=alert(1)_.txt"
    said = [{"finished": "failed: no text"}, {"file": "two.txt", "page": 3, "pages": 15}]
    error = {"kind": "no-text", "message": "it has no text", "remedy": "run `ocrmypdf` on it"}
    answer = {"documents": [outcome(cleaned, "failed", error=error)], "left": ["two.txt"]}
    children.will(ScriptedChild(said, hold=threading.Event(), stopped_answer=answer))
    page = visit(at="/#library")
    page.get_by_role("button", name="Add reports").click()
    page.locator(".choose-files-input").set_input_files([tmp_path / name for name in names])
    expect(page.locator(".errand-files li")).to_have_count(2)
    expect(page.locator(".errand-files li").nth(1)).to_contain_text("page 3 of 15")
    expect(page.get_by_role("progressbar", name="two.txt")).to_have_attribute("value", "3")
    expect(page.locator(".errand-status")).to_have_text("1 of 2 files are done with.")
    page.reload()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".errand-status")).to_contain_text("Stopped.")
    first, second = page.locator(".errand-files li").all()
    expect(first).to_contain_text(f"{cleaned}Not added: It has no text. Run ocrmypdf on it.")
    expect(second).to_contain_text("not added: stopped before")
    expect(page.locator(".errand-title")).to_be_focused()


def test_a_description_is_corrected_and_a_report_removed_and_put_back(
    visit: Visit, children: Children, web_library: Library
) -> None:
    page = visit(at="/#library")
    edit = page.get_by_role("button", name=f"Edit the description of “{FLASH.title}”")
    edit.click()
    error = {"kind": "wrong-use", "message": "'Nowhere' is no country", "remedy": "write its English name"}
    children.will(ScriptedChild(answer={"error": error}))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Title")).to_have_value(FLASH.title)
    dialog.get_by_label("Countries that it is about").fill("Nowhere")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_have_text("'Nowhere' is no country. Write its English name.")
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    children.will(ScriptedChild(answer={}, act=lambda: web_library.remove(FLASH.slug)))
    page.get_by_role("button", name=f"Remove “{FLASH.title}”").click()
    expect(page.locator(".report-list tbody tr")).to_have_count(1)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(page.locator(".removed summary")).to_have_text("Reports that were removed (1)")
    children.will(ScriptedChild(answer={}, act=lambda: web_library.holdings.put_back(FLASH.slug)))
    page.keyboard.press("Enter")
    expect(page.locator(".report-list tbody tr")).to_have_count(2)
    expect(page.locator(".removed")).to_be_hidden()
    assert children.sent[-3:] == [
        ["edit", "--country=Nowhere", "--", FLASH.slug],
        ["remove", "--", FLASH.slug],
        ["remove", "--undo", "--", FLASH.slug],
    ]


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_fits_and_has_no_fault_of_accessibility(
    visit: Visit, children: Children, axe: Faults, tmp_path: Path, width: int, scheme: str
) -> None:
    page = visit({"width": width, "height": 900}, at="/#library", scheme=scheme)
    (tmp_path / "a.txt").write_text("Victims were found.", encoding="utf-8")
    hold = threading.Event()
    said = [{"file": "a.txt", "page": 1, "pages": 2}]
    children.will(ScriptedChild(said, {"documents": [outcome("a.txt")]}, hold=hold))
    page.get_by_role("button", name="Add reports").click()
    page.locator(".fetching summary").click()
    page.locator(".choose-files-input").set_input_files(tmp_path / "a.txt")
    expect(page.get_by_role("progressbar")).to_be_visible()
    if page.locator(".coverage").get_attribute("open") is None:
        page.locator(".coverage > summary").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    hold.set()
    expect(page.locator(".errand-files")).to_contain_text("Added, pages: 3.")
    page.get_by_role("button", name=f"Edit the description of “{FLASH.title}”").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.long
def test_a_long_report_is_really_added_and_a_stop_leaves_nothing_half(
    visit_of: Callable[[str], Page], tmp_path: Path
) -> None:
    library = Library.open(tmp_path / "library.db")
    room = Room(library, lambda: ScriptedAssistant([]))
    room.start()
    with served(room) as found:
        page = visit_of(f"{found}/#library")
        expect(page.get_by_role("heading", name="There are no reports here yet.")).to_be_visible(timeout=30_000)
        study = SAMPLE / "sample-study-2022.pdf"
        page.locator(".choose-files-input").set_input_files(study)
        expect(page.get_by_role("progressbar")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".errand-status")).to_contain_text("Stopped.", timeout=60_000)
        assert library.documents() == []
        assert list((tmp_path / "incoming").iterdir()) == []
        page.locator(".choose-files-input").set_input_files(study)
        expect(page.locator(".errand-files")).to_contain_text("Added, pages: 15.", timeout=180_000)
        expect(page.locator(".report-list tbody tr")).to_have_count(1)
        assert library.count_pages(library.documents()[0].sha256) == 15
    library.close()


@pytest.fixture
def visit_of(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens any address."""
    page = browser.new_page()

    def open_page(address: str) -> Page:
        page.goto(address)
        return page

    yield open_page
    page.close()

"""The tab "Library" where it changes the library: adding with progress and a stop, correcting, removing and undoing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.room import Room
from corpus.library import Library
from tests.fakes import FLASH
from tests.room_page import Server, Visit, served
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

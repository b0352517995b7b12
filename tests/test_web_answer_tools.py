"""What a reader sees of an answer besides its sentences, and takes along from it, in a real browser."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.answers import Cell, Differing, Row
from tests.conftest import Faults
from tests.fakes import FLASH, first_sentence, growing_answer, sentence_over_two_pages
from tests.room_page import Server, Visit, ask

pytestmark = pytest.mark.browser


def allowed(page: Page) -> Page:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def test_an_answer_is_copied_with_footnotes_and_its_quotes_are_collected(visit: Visit, server: Server) -> None:
    citations = [first_sentence(server.library), sentence_over_two_pages(server.library, 2)]
    server.will_say(*growing_answer(citations, "What?"))
    page = allowed(visit())
    ask(page, "What?")
    page.get_by_role("button", name="Copy with footnotes").click()
    expect(page.locator(".announcement")).to_contain_text("is copied")
    question, first, second, *notes = page.evaluate("navigator.clipboard.readText()").split("\n\n")
    assert (question, first) == ("What?", f"“{citations[0].quote}”[1]")
    assert second.endswith("[2]")
    assert [note[:3] for note in notes] == ["[1]", "[2]"]
    assert all("Trafficking in human beings beyond borders" in note for note in notes)
    page.get_by_role("button", name="Add quotes to basket").click()
    expect(page.locator(".basket-count")).to_contain_text("2")


def test_figures_that_differ_stand_side_by_side_and_a_sentence_tells_whose_it_is(visit: Visit, server: Server) -> None:
    one, other = first_sentence(server.library), sentence_over_two_pages(server.library, 2)
    *_, answer = growing_answer([one, replace(other, frame="Slovakia")])
    answer = replace(answer, sentences=(replace(answer.sentences[0], speaker="Eurostat"), *answer.sentences[1:]))
    server.will_say(replace(answer, differing=(Differing("54 %", "2021-2022", 1), Differing("64 %", "", 2))))
    page = visit()
    ask(page)
    rows = page.locator(".figures-differ tbody tr")
    expect(rows).to_have_count(2)
    report = f"{FLASH.title}Test Flash #2 - 2025"
    expect(rows.locator("td")).to_have_text(["2021-2022", report, "no years named", report])
    expect(page.locator("blockquote .about")).to_have_text(["Slovakia:"])
    expect(page.locator("blockquote .speaker")).to_have_text(["said by: Eurostat"])
    rows.nth(1).get_by_role("button", name="Citation 2").click()
    expect(page.locator("dialog.source")).to_be_visible()
    broken = "() => [...document.querySelectorAll('.source-name')].some((one) => /p\\. \\d/.test(one.textContent))"
    assert not page.evaluate(broken)


@pytest.mark.long
def test_an_answer_is_saved_as_a_word_file_with_footnotes(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit()
    ask(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    with zipfile.ZipFile(Path(download.value.path())) as file:
        assert first_sentence(server.library).link in file.read("word/footnotes.xml").decode()


@pytest.mark.long
def test_a_table_by_country_is_copied_with_its_sources_and_saved_for_a_spreadsheet(
    visit: Visit, server: Server, axe: Faults
) -> None:
    citation = first_sentence(server.library)
    *_, answer = growing_answer([citation])
    rows = (Row("SE", "Sweden", (Cell(FLASH, "said", 1),)), Row("FI", "Finland", (Cell(FLASH, "not-found", None),)))
    server.will_say(replace(answer, table=rows))
    page = allowed(visit())
    ask(page)
    page.get_by_label("It is outdated").check()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert axe(page) == []
    page.get_by_role("button", name="Copy table").click()
    expect(page.locator(".announcement")).to_contain_text("is copied")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert [line.split("\t")[0] for line in lines] == ["Country", "Sweden", "Finland"]
    assert f"/c/{citation.link}" in lines[1]
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    assert Path(download.value.path()).read_text(encoding="utf-8-sig").count("\n") == 3

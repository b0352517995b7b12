"""The tabs "Find a quote" and "Check a draft" in a real browser: a walk of each, markup, and what is said of faults."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
import pytest
from playwright.sync_api import Page, Route, expect

from corpus.library import Library
from ingest.add import add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.conftest import Faults, add_flashes
from tests.fakes import MARKUP
from tests.room_page import NARROW, Visit
from tests.stand_ins import WordEmbedder, make_desk

pytestmark = pytest.mark.browser

MISQUOTE = "The reflection period gives victims 60 days to recover and not to decide whether to cooperate."
DRAFT = f"""They say “Measures target six regions: the Sahel, the Horn of Africa” (EMN Flash #2 - 2022, p. 1).

And “{MARKUP} of whatever was put into this draft”.

Last, “several countries are reviewing their policies to strengthen the identification”.
"""
UNKNOWN = "The cat sat upon the mat and looked at the moon."


@pytest.fixture(scope="module")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One with an index: two flashes, and a report with markup in what it says."""
    folder = tmp_path_factory.mktemp("indexed")
    library = Library.open(folder / "home" / "library.db")
    desk = make_desk(folder / "home", library, WordEmbedder())
    report = folder / "marked-up.txt"
    report.write_text(f"Marked up\n\nThe page of this report says {MARKUP} and no more than that.\n", encoding="utf-8")
    add_file(report, Given(), desk, lambda page, pages: None)
    add_flashes(desk, folder)
    catch_up(desk, lambda words: None)
    yield library
    library.close()


def look_for(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="The words").fill(words)
    page.keyboard.press("Control+Enter")


def test_a_misquote_is_traced_to_its_page_by_keyboard_alone(visit: Visit) -> None:
    page = visit(at="/#find")
    look_for(page, MISQUOTE)
    expect(page.locator(".summary")).to_contain_text("Altered")
    expect(page.locator(".summary")).to_contain_text("a negation and a number")
    first = page.locator(".place").first
    expect(first.locator("blockquote del")).to_have_text(["your words: 60", "your words: not"])
    expect(first.locator("blockquote ins")).to_have_text("the report’s words: 30")
    expect(first.locator(".difference-kind")).to_have_text(["A number was changed", "A negation was changed"])
    first.get_by_role("button", name="Open the page: EMN Flash #2 - 2022, PDF page 1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog mark")).to_contain_text("gives victims 30 days")
    page.keyboard.press("Escape")
    expect(first.get_by_role("button", name="Open the page")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".basket-count")).to_contain_text("1")
    expect(first.get_by_role("button", name="In the basket")).to_be_focused()


def test_markup_in_the_words_and_in_the_report_stays_text(visit: Visit) -> None:
    page = visit(NARROW, at="/#find")
    look_for(page, f"The page of this report never says {MARKUP} and no more than that.")
    expect(page.locator(".place blockquote").first).to_contain_text(MARKUP)
    assert page.locator(":is(.results, .told) :is(script, img, svg, form, a)").count() == 0
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.long
def test_too_few_words_and_too_many_are_refused_beside_the_box(visit: Visit) -> None:
    page = visit(at="/#find")
    for words, says in (
        ("", "Paste or type"),
        ("victims", "at least 5 words"),
        ("a b c d e " * 2001, "longer than 20,000"),
    ):
        look_for(page, words)
        expect(page.locator(".find .box-fault")).to_contain_text(says)
        expect(page.get_by_role("textbox", name="The words")).to_be_focused()
    expect(page.locator(".find .counter")).to_have_text("20,010 of 20,000 characters")


@pytest.mark.long
def test_what_hinders_the_search_is_said_and_it_can_be_tried_again(visit: Visit) -> None:
    page = visit(at="/#find")
    refused = '{"error": {"code": "busy", "message": "too many look at once", "remedy": "try again in a moment"}}'
    held: list[Route] = []
    page.route("**/api/find", lambda route: held.append(route))
    look_for(page, UNKNOWN)
    expect(page.locator(".find .told")).to_have_text("Looking through the reports …")
    held[0].fulfill(status=503, body=refused, content_type="application/json")
    expect(page.locator(".results .fault")).to_contain_text("Too many look at once.")
    page.unroute("**/api/find")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".summary")).to_contain_text("Not found")
    expect(page.locator(".results .place")).to_have_count(0)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".find-guide")).to_be_visible()


def choose(page: Page, name: str, content: bytes) -> None:
    expect(page.get_by_label("A file")).to_be_enabled()
    page.get_by_label("A file").set_input_files({"name": name, "mimeType": "", "buffer": content})


def word(text: str) -> bytes:
    written, saved = docx.Document(), io.BytesIO()
    for paragraph in text.split("\n\n"):
        written.add_paragraph(paragraph)
    written.save(saved)
    return saved.getvalue()


def test_a_draft_is_checked_filtered_opened_and_its_audit_kept(visit: Visit) -> None:
    page = visit(at="/#check")
    choose(page, "my draft.docx", word(DRAFT))
    expect(page.get_by_label("Or its text")).to_be_hidden()
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".counts li").first).to_have_text(re.compile("3 quotations: ✓ 1 verbatim, ≠ 2 altered"))
    expect(page.locator(".checked tbody")).to_contain_text(MARKUP)
    page.get_by_label("Only faults").check()
    expect(page.locator(".checked tr.faulty").first).to_be_visible()
    expect(page.locator(".checked tr.right").first).to_be_hidden()
    with page.expect_download() as kept:
        page.get_by_role("button", name="Save a copy with comments (Word)").click()
    assert kept.value.suggested_filename == "my draft-checked.docx"
    altered = page.locator(".checked tr.faulty").first
    expect(altered.locator("del")).to_have_text(["your words: six", "six"])
    altered.locator("button.opens").first.click()
    expect(page.locator("dialog mark")).to_contain_text("five regions")
    assert page.locator(".check :is(script, img, svg, iframe, a)").count() == 0
    assert page.evaluate("window.ran") is None


@pytest.mark.long
def test_a_draft_is_dropped_or_pasted_and_what_is_none_is_refused(visit: Visit) -> None:
    page = visit(NARROW, at="/#check")
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".check .box-fault").first).to_contain_text("Choose a file, or paste")
    expect(page.get_by_label("Or its text")).to_be_focused()
    choose(page, "draft.pdf", b"%PDF-1.7")
    expect(page.locator(".check .box-fault").first).to_contain_text("draft.pdf cannot be checked")
    page.get_by_label("Or its text").fill(DRAFT)
    page.get_by_role("button", name="Check it").press("Enter")
    expect(page.locator(".check .summary")).to_contain_text("faults")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.evaluate(
        """() => {
          const moved = new DataTransfer();
          moved.items.add(new File(["No words of anybody else."], "dropped.md"));
          const dropped = new DragEvent("drop", { dataTransfer: moved, bubbles: true });
          document.querySelector(".check .drop").dispatchEvent(dropped);
        }"""
    )
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".check .summary")).to_contain_text("There is nothing to check")
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_label("A file")).to_be_focused()


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_found_places_fit_every_width_in_both_themes(visit: Visit, axe: Faults, width: int, scheme: str) -> None:
    page = visit({"width": width, "height": 900}, at="/#find", scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    expect(page.get_by_role("textbox", name="The words")).to_be_enabled()
    assert axe(page) == []
    look_for(page, MISQUOTE)
    expect(page.locator(".place").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_checked_draft_fits_every_width_in_both_themes(visit: Visit, axe: Faults, width: int, scheme: str) -> None:
    page = visit({"width": width, "height": 900}, at="/#check", scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    page.get_by_label("Or its text").fill(DRAFT)
    assert axe(page) == []
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".check .summary")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []

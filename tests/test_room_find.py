"""The tab "Find a quote" in a real browser: a walk by keyboard, markup, and what is said where nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator

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


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_found_places_fit_every_width_in_both_themes(visit: Visit, axe: Faults, width: int, scheme: str) -> None:
    page = visit({"width": width, "height": 900}, at="/#find", scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    assert axe(page) == []
    look_for(page, MISQUOTE)
    expect(page.locator(".place").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []

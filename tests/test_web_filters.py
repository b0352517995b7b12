"""What a reader limits the search to, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from corpus.documents import Filters
from corpus.library import Library
from tests.conftest import Faults
from tests.fakes import FLASH, FLASH_PAGES, MARKED_UP, add_report, first_sentence, growing_answer, make_library
from tests.room_page import NARROW, Server, Visit, ask, wait_until

pytestmark = pytest.mark.browser
STUDY = replace(FLASH, slug="study", sha256="c" * 64, series="Test Study", year=2021, countries=("SE",), language="de")


@pytest.fixture(scope="module")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = make_library(tmp_path_factory.mktemp("web"))
    add_report(library, STUDY, FLASH_PAGES)
    yield library
    library.close()


def test_limits_go_along_with_the_question_until_all_reports_are_searched_again(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit()
    limits = page.get_by_role("form", name="Limits of the search")
    expect(page.locator(".count")).to_have_text("3 reports")
    limits.get_by_label("Test Study").check()
    limits.get_by_label("First year").select_option("2021")
    limits.get_by_label("Last year").select_option("2021")
    limits.get_by_label("Language").select_option("German")
    expect(page.locator(".filters-told")).to_have_text("Questions now search 1 of 3 reports.")
    ask(page)
    wait_until(lambda: len(server.script.asked) == 1)
    assert server.script.asked[0].filters == Filters(years=(2021, 2021), series=("Test Study",), languages=("de",))
    page.get_by_role("button", name="Search all reports").click()
    expect(page.locator(".count")).to_have_text("3 reports")
    expect(page.locator(".turn .waiting").last).to_be_hidden()
    ask(page)
    wait_until(lambda: len(server.script.asked) == 2)
    assert server.script.asked[1].filters == Filters()


@pytest.mark.long
def test_the_reports_that_are_searched_are_those_that_the_library_would_search(visit: Visit, server: Server) -> None:
    page = visit()
    limits = page.get_by_role("form", name="Limits of the search")
    limits.get_by_label("Report", exact=True).select_option(MARKED_UP.slug)
    expect(page.locator(".count")).to_have_text("1 of 3 reports")
    limits.get_by_label("Report", exact=True).select_option("any")
    limits.get_by_label("Test Study").check()
    page.locator(".holdings summary").click()
    expect(page.locator(".reports li")).to_have_count(1)
    accepted = [one.slug for one in server.library.documents() if Filters(series=("Test Study",)).accepts(one)]
    link = page.locator(".reports a")
    expect(link).to_have_attribute("href", f"/documents/{accepted[0]}/report")


@pytest.mark.long
def test_the_open_shelf_of_a_narrow_screen_has_no_fault(visit: Visit, server: Server, axe: Faults) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit(NARROW)
    ask(page)
    expect(page.locator(".sources")).to_have_count(1)
    page.locator(".shelf-fold > summary").click()
    page.locator(".conversation-menu summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert axe(page) == []

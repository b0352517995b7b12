"""The tab "Library": what it says that there is, and how that is searched, sorted and chosen from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from corpus.catalogue import load_catalogue
from corpus.errors import NotFound, WrongUse
from corpus.library import Library
from tests.fakes import FLASH, MARKED_UP, MARKUP, add_report, make_library
from tests.room_page import NARROW, Visit
from tests.web_client import loaded, open_client

COUNTRY = replace(
    FLASH,
    slug="country-2019",
    sha256=hashlib.sha256(b"country").hexdigest(),
    title="Länderbericht",
    series="Another Series",
    number="10",
    year=2019,
    countries=("DE",),
    participants=("DE", "SK"),
    language="de",
)


@pytest.fixture(scope="module")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = make_library(tmp_path_factory.mktemp("web"))
    add_report(library, COUNTRY, ("Ein Bericht.", "Die zweite Seite.", "Die dritte."))
    yield library
    library.close()


def titles(page: Page) -> list[str]:
    return page.locator(".report-list tbody th").all_text_contents()


def test_holdings_tell_of_each_report_its_pages_and_when_it_was_added(client: TestClient) -> None:
    form = client.get("/api/holdings").json()
    first = form["documents"][0]
    assert (first["slug"], first["pages"], first["wrong_pages"]) == (COUNTRY.slug, 3, 0)
    assert first["added"].startswith("20")
    assert form["countries"] == {"DE": "Germany", "SK": "Slovakia"}
    assert form["removed"] == []


def test_a_removed_report_is_listed_until_it_is_put_back_as_it_was(own_library: Library) -> None:
    client = open_client(loaded(own_library))
    own_library.remove(FLASH.slug)
    form = client.get("/api/holdings").json()
    assert [removed["slug"] for removed in form["removed"]] == [FLASH.slug]
    assert [report["slug"] for report in form["documents"]] == [MARKED_UP.slug]
    own_library.holdings.put_back(FLASH.slug)
    assert own_library.document(FLASH.slug) == FLASH
    assert client.get("/api/holdings").json()["removed"] == []


def test_what_was_not_removed_or_stands_there_again_cannot_be_put_back(own_library: Library) -> None:
    with pytest.raises(NotFound):
        own_library.holdings.put_back(FLASH.slug)
    own_library.remove(FLASH.slug)
    add_report(own_library, replace(FLASH, sha256=hashlib.sha256(b"newer").hexdigest()), ("Newer words.",))
    with pytest.raises(WrongUse):
        own_library.holdings.put_back(FLASH.slug)


def test_the_catalogue_says_which_publications_are_here(tmp_path: Path) -> None:
    entry = next(one for one in load_catalogue() if one.title_exact)
    library = make_library(tmp_path)
    told = replace(COUNTRY, title=entry.title, series=entry.series, number=entry.number, year=entry.year)
    add_report(library, told, ("Words.",))
    client = open_client(loaded(library))
    publications = client.get("/api/catalogue").json()["publications"]
    assert {one["id"]: one["slug"] for one in publications if one["slug"]} == {entry.id: COUNTRY.slug}
    library.close()


@pytest.mark.browser
def test_reports_are_searched_sorted_and_chosen_by_a_bar(visit: Visit) -> None:
    page = visit(at="/#library")
    expect(page.locator(".library-sum")).to_have_text("3 reports · 2019–2025 · 6 pages · 2 languages")
    assert titles(page) == [COUNTRY.title, MARKED_UP.title, FLASH.title]
    page.get_by_role("button", name="Pages").click()
    head = page.get_by_role("columnheader", name="Pages")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert titles(page) == [COUNTRY.title, FLASH.title, MARKED_UP.title]
    expect(page.get_by_role("button", name="Pages")).to_be_focused()
    page.get_by_role("button", name="Slovakia 1 Reports").click()
    expect(page.get_by_role("button", name="Slovakia 1 Reports")).to_be_focused()
    expect(page.get_by_role("button", name="Slovakia 1 Reports")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("combobox", name="Country")).to_have_value("SK")
    assert titles(page) == [COUNTRY.title]
    page.get_by_role("searchbox").fill("landerb 2018")
    expect(page.locator(".nothing-fits")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.get_by_role("status").filter(has_text="All 3 reports")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.browser
def test_markup_in_a_report_stays_text_and_a_narrow_screen_has_cards(visit: Visit) -> None:
    page = visit(NARROW, at="/#library")
    expect(page.locator(".report-list tbody tr")).to_have_count(3)
    expect(page.get_by_role("link", name=f"Title {MARKUP}").locator("visible=true")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    expect(page.get_by_role("columnheader")).to_have_count(0)
    page.get_by_role("combobox", name="Sort by").select_option("year down")
    assert titles(page)[0] == FLASH.title

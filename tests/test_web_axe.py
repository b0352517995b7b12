"""What axe-core finds in the reading room and its pages, in light and dark: nothing serious."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Faults
from tests.fakes import abstaining_answer, first_sentence, growing_answer, sentence_over_two_pages
from tests.room_page import Server, Visit, ask

pytestmark = pytest.mark.browser


def in_both(page: Page, axe: Faults) -> list[str]:
    """The faults of a page in light and in dark."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {fault}" for fault in axe(page)]
    return found


@pytest.mark.long
def test_a_fault_of_accessibility_would_be_found(visit: Visit, axe: Faults) -> None:
    page = visit(at="/api/docs")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [fault.split(":")[0] for fault in axe(page)] == ["button-name"]


@pytest.mark.long
def test_the_empty_room_has_no_fault(visit: Visit, axe: Faults) -> None:
    page = visit()
    expect(page.locator(".openings li").first).to_be_visible()
    assert in_both(page, axe) == []


def test_an_answer_and_its_source_have_no_fault(visit: Visit, server: Server, axe: Faults) -> None:
    server.will_say(*growing_answer([first_sentence(server.library), sentence_over_two_pages(server.library, 2)]))
    page = visit()
    ask(page)
    page.locator(".sources button.cite").first.click()
    expect(page.locator("dialog mark").first).to_be_visible()
    assert in_both(page, axe) == []


@pytest.mark.long
def test_an_abstention_has_no_fault(visit: Visit, server: Server, axe: Faults) -> None:
    server.will_say(abstaining_answer([first_sentence(server.library)]))
    page = visit()
    ask(page)
    expect(page.locator(".nearest")).to_be_visible()
    assert in_both(page, axe) == []


@pytest.mark.long
@pytest.mark.parametrize("place", ["/c/{link}", "/documents/{slug}/report", "/documents/{slug}/report/1", "/api/docs"])
def test_our_pages_have_no_fault(visit: Visit, server: Server, axe: Faults, place: str) -> None:
    citation = first_sentence(server.library)
    page = visit(at=place.format(link=citation.link, slug=citation.document.slug))
    assert in_both(page, axe) == []

"""The reading room when others are there too, and when its server goes away."""

from __future__ import annotations

import json
import threading

import pytest
from playwright.sync_api import expect

from assistant.forms import answer_form
from tests.fakes import first_sentence, growing_answer, sentence_over_two_pages
from tests.room_page import Server, Visit, ask

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_a_server_that_dies_in_mid_answer_is_said_and_what_came_stays(visit: Visit, server: Server) -> None:
    growing = growing_answer([first_sentence(server.library), sentence_over_two_pages(server.library, 2)])
    cut_off = f"event: answer\ndata: {json.dumps(answer_form(growing[1]))}\n\nevent: ans"
    page = visit()
    page.route("**/api/ask/stream", lambda route: route.fulfill(body=cut_off, content_type="text/event-stream"))
    ask(page)
    expect(page.locator(".turn .fault")).to_contain_text("The answer broke off.")
    expect(page.locator("blockquote")).to_have_count(1)
    page.unroute("**/api/ask/stream")
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".turn .fault")).to_contain_text("The server cannot be reached.")
    page.unroute("**/api/**")
    server.will_say(*growing)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".sources li")).to_have_count(2)
    expect(page.locator("h2.question")).to_have_count(1)


def test_two_people_who_ask_at_once_get_each_their_own_answer(visit: Visit, server: Server) -> None:
    hold = threading.Event()
    server.will_say(*growing_answer([first_sentence(server.library)]), hold=hold)
    one, other = visit(), visit()
    ask(one, "Where from?")
    ask(other, "Where to?")
    expect(one.get_by_role("button", name="Stop")).to_be_visible()
    expect(other.get_by_role("button", name="Stop")).to_be_visible()
    hold.set()
    for page, question in ((one, "Where from?"), (other, "Where to?")):
        expect(page.locator(".sources")).to_have_count(1)
        expect(page.locator("h2.question")).to_have_text(question)
    assert {asked.text for asked in server.script.asked} == {"Where from?", "Where to?"}


def test_a_page_that_cannot_be_opened_is_no_page_without_the_words(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit()
    ask(page)
    expect(page.locator(".sources")).to_have_count(1)
    page.route("**/api/**", lambda route: route.abort())
    page.locator(".sources button.cite").click()
    expect(page.locator("dialog.source .fault")).to_contain_text("The server cannot be reached.")
    expect(page.locator(".verdict")).to_contain_text("nothing is said here")
    expect(page.locator(".page-at")).to_have_text("")


def test_a_tab_that_is_opened_while_the_server_is_away_goes_on_once_it_is_back(visit: Visit) -> None:
    page = visit()
    page.route("**/room/find.js*", lambda route: route.abort())
    page.get_by_role("link", name="Find a quote").click()
    expect(page.locator(".find .fault").first).to_contain_text("This goes on by itself")
    page.unroute("**/room/find.js*")
    expect(page.get_by_role("textbox", name="The words")).to_be_enabled()
    expect(page.locator(".find > .fault")).to_have_count(0)


def test_a_removal_waits_while_the_library_works_and_the_focus_is_never_lost(visit: Visit) -> None:
    page = visit(at="/#library")
    busy = {"error": {"code": "busy", "message": "reports are being added", "remedy": "wait for it to end"}}
    page.route("**/remove", lambda route: route.fulfill(status=503, json=busy))
    page.get_by_role("button", name="Remove “").first.click()
    expect(page.locator(".library-notice")).to_be_focused()
    expect(page.locator(".library-notice")).to_have_text("Removing …")
    page.unroute("**/remove")
    page.route("**/remove", lambda route: route.fulfill(json={}))
    expect(page.get_by_role("button", name="Undo")).to_be_focused()

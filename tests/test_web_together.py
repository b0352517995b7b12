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

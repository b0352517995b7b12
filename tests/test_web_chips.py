"""What stands beside an answer in a real browser: limits that can be taken away, other places, other languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from corpus.documents import Filters
from tests.fakes import FLASH, abstaining_answer, first_sentence, growing_answer, sentence_over_two_pages
from tests.room_page import NARROW, Server, Visit, ask, wait_until

pytestmark = pytest.mark.browser
QUESTION = "What did the 2025 flash find?"


def will_limit(server: Server, given: Filters, read: Filters) -> None:
    *_, answer = growing_answer([first_sentence(server.library)], QUESTION)
    server.will_say(replace(answer, filters=given, read=read))


def test_a_limit_read_from_the_question_is_taken_away_by_keyboard_and_the_question_asked_again(
    visit: Visit, server: Server
) -> None:
    read = Filters(years=(2025, 2025), documents=(FLASH.slug,))
    will_limit(server, read, read)
    page = visit(NARROW)
    ask(page, QUESTION)
    chips = page.locator(".limits button.chip")
    expect(chips).to_have_text(["2025\u00d7", f"{FLASH.title}\u00d7"])
    script = server.script
    will_limit(server, replace(read, years=()), replace(read, years=()))
    chips.first.focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(1)
    expect(page.locator("h2.question")).to_be_focused()
    expect(page.locator("h2.question")).to_have_count(1)
    assert (script.asked[0].ignored, server.script.asked[0].ignored) == (Filters(), Filters(years=(2025, 2025)))
    page.get_by_role("button", name=f"Ask again without this limit: {FLASH.title}").click()
    wait_until(lambda: len(server.script.asked) == 2)
    assert server.script.asked[1].ignored == replace(read, documents=(FLASH.slug,))


def test_what_was_taken_away_stays_away_for_a_follow_up(visit: Visit, server: Server) -> None:
    read = Filters(series=("Test Flash",))
    will_limit(server, read, read)
    page = visit()
    ask(page, QUESTION)
    page.locator(".limits button.chip").click()
    wait_until(lambda: len(server.script.asked) == 2)
    expect(page.locator(".sources")).to_have_count(1)
    expect(page.locator(".turn .waiting")).to_be_hidden()
    ask(page, "And who?")
    wait_until(lambda: len(server.script.asked) == 3)
    assert [turn.ignored for turn in server.script.asked[2].history] == [read]
    assert server.script.asked[2].ignored == Filters()


def test_a_limit_that_was_not_read_from_the_question_is_no_button(visit: Visit, server: Server) -> None:
    will_limit(server, Filters(countries=("SE",)), Filters())
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".limits .chip")).to_have_text("Sweden")
    expect(page.locator(".limits button")).to_have_count(0)


def test_the_words_beside_an_answer_are_in_the_language_of_its_question(visit: Visit, server: Server) -> None:
    *_, answer = growing_answer([first_sentence(server.library)])
    server.will_say(replace(answer, language="de", added=("victim",)))
    page = visit()
    ask(page)
    expect(page.locator(".found")).to_have_text("Gefunden in 1 von 2 Berichten")
    expect(page.locator(".found")).to_have_attribute("lang", "de")
    expect(page.locator(".hint", has_text="Gesucht wurde auch nach: victim")).to_be_visible()
    expect(page.locator(".sources h3")).to_have_text("Quelle")
    expect(page.locator("blockquote .said")).to_have_attribute("lang", "en")


def test_an_abstention_speaks_the_language_of_its_question(visit: Visit, server: Server) -> None:
    answer = abstaining_answer([first_sentence(server.library)])
    assert answer.abstention is not None
    server.will_say(replace(answer, language="pl", abstention=replace(answer.abstention, language="pl")))
    page = visit()
    ask(page)
    expect(page.get_by_role("heading", name="Nie ma tego w tych raportach")).to_be_visible()
    expect(page.get_by_role("heading", name="Najbliższe fragmenty")).to_be_visible()


def test_the_other_places_of_a_sentence_are_named_with_their_pages(visit: Visit, server: Server) -> None:
    also = (sentence_over_two_pages(server.library, 0),)
    server.will_say(*growing_answer([replace(first_sentence(server.library), also=also)]))
    page = visit()
    ask(page)
    expect(page.locator(".also")).to_contain_text("Said nearly alike in: Test Flash #2 - 2025, pp. 5 to 6")
    expect(page.locator(".also a")).to_have_attribute("href", f"/c/{also[0].link}")

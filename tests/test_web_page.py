"""The reading room in a real browser: what a person sees, reaches by keyboard, and is kept from."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.room import Room
from corpus.errors import IndexFault
from corpus.library import Library
from tests.fakes import (
    FLASH,
    FLASH_PAGES,
    MARKUP,
    ScriptedAssistant,
    abstaining_answer,
    first_sentence,
    growing_answer,
    marked_up_sentence,
    sentence_over_two_pages,
)
from tests.room_page import NARROW, WIDE, Server, Visit, ask, served, wait_until

pytestmark = pytest.mark.browser


def test_an_empty_room_shows_what_is_searched_and_what_may_be_asked(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit()
    expect(page.locator(".holdings summary")).to_contain_text("2 reports")
    expect(page.locator(".reports")).to_contain_text("Test Flash #2 - 2025")
    expect(page.locator("a[href='/documents/test-flash-2025-2/report']")).to_have_class("report-title")
    page.get_by_role("button", name="What are the main findings of Test Flash #2 - 2025?").click()
    expect(page.locator(".found")).to_have_text("Found in 1 of 2 reports")
    assert server.script.asked[0].text == "What are the main findings of Test Flash #2 - 2025?"


def test_an_answer_is_quoted_and_every_citation_is_a_button(visit: Visit, server: Server) -> None:
    citations = [first_sentence(server.library), sentence_over_two_pages(server.library, 2)]
    server.will_say(*growing_answer(citations))
    page = visit()
    ask(page)
    expect(page.locator("blockquote .said")).to_have_text([citation.quote for citation in citations])
    expect(page.locator("blockquote .said").first).to_have_attribute("lang", "en")
    expect(page.locator(".sources li .source-name")).to_have_text(
        ["Test Flash #2 - 2025, p. 5 (PDF page 1)", "Test Flash #2 - 2025, pp. 5 to 6 (PDF pages 1 to 2)"]
    )
    name = "Citation 2: Test Flash #2 - 2025, pp. 5 to 6 (PDF pages 1 to 2)"
    expect(page.get_by_role("button", name=name)).to_have_count(2)


def test_the_numbers_stay_on_the_line_of_the_last_word(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit()
    ask(page)
    expect(page.locator(".sources")).to_have_count(1)
    apart = """widths => {
      const block = document.querySelector("blockquote");
      const last = document.createRange();
      const words = block.querySelector(".said").firstChild;
      last.setStart(words, words.length - 1);
      last.setEnd(words, words.length);
      return widths.filter((width) => {
        block.style.width = `${width}px`;
        const button = block.querySelector("button.cite").getBoundingClientRect();
        return last.getBoundingClientRect().bottom < button.top;
      });
    }"""
    assert page.evaluate(apart, list(range(160, 640, 2))) == []


def test_an_answer_grows_in_a_polite_live_region(visit: Visit, server: Server) -> None:
    hold = threading.Event()
    server.will_say(
        *growing_answer([first_sentence(server.library), sentence_over_two_pages(server.library, 2)]), hold=hold
    )
    page = visit()
    ask(page)
    live = page.locator("[aria-live=polite]").filter(has=page.locator("blockquote"))
    expect(live.locator("blockquote")).to_have_count(1)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    live.locator("button.cite").first.focus()
    hold.set()
    expect(live.locator("blockquote")).to_have_count(2)
    expect(page.locator(".sources li")).to_have_count(2)
    expect(live.locator("blockquote button.cite").first).to_be_focused()


def test_the_source_opens_by_keyboard_and_escape_brings_the_focus_back(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library), sentence_over_two_pages(server.library, 2)]))
    page = visit()
    ask(page)
    expect(page.locator(".sources li")).to_have_count(2)
    page.locator("blockquote button.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    expect(page.locator("#source-title")).to_have_text(FLASH.title)
    expect(page.locator(".source-series")).to_have_text("Test Flash #2 - 2025, page 5 (PDF page 1)")
    expect(page.locator("dialog.source mark")).to_have_text(FLASH_PAGES[0].split("\n")[0])
    page.keyboard.press("Escape")
    expect(page.locator("blockquote button.cite").first).to_be_focused()
    expect(page.locator("dialog.source")).to_be_hidden()


def test_next_walks_to_a_quote_on_two_pages_and_marks_both(visit: Visit, server: Server) -> None:
    citation = sentence_over_two_pages(server.library, 2)
    server.will_say(*growing_answer([first_sentence(server.library), citation]))
    page = visit()
    ask(page)
    page.locator(".sources button.cite").first.click()
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator("dialog.source mark")).to_have_text([part.quote for part in citation.parts])
    expect(page.locator(".source-place")).to_have_text("Citation 2, 2 of 2")
    expect(page.get_by_role("link", name="Permanent link")).to_have_attribute("href", f"/c/{citation.link}")
    page.get_by_text("Reference, report, original").click()
    beside = f"/documents/{citation.document.slug}/report/{citation.parts[0].page}"
    expect(page.get_by_role("link", name="Page beside what was read")).to_have_attribute("href", beside)


def test_words_that_are_not_on_the_page_are_not_marked(visit: Visit, server: Server) -> None:
    right = first_sentence(server.library)
    part = replace(right.parts[0], quote="Words that nobody wrote.", start=0, end=24)
    server.will_say(*growing_answer([replace(right, parts=(part,))]))
    page = visit()
    ask(page)
    page.locator(".sources button.cite").click()
    expect(page.locator("dialog.source .fault")).to_contain_text("could not be found on the page")
    expect(page.locator("dialog.source mark")).to_have_count(0)


def test_on_a_narrow_screen_the_source_is_a_sheet_over_the_conversation(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit(NARROW)
    ask(page)
    page.locator(".sources button.cite").click()
    expect(page.locator("dialog.source mark")).to_be_visible()
    assert page.evaluate("document.querySelector('dialog.source').matches(':modal')")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.keyboard.press("Escape")
    expect(page.locator(".sources button.cite")).to_be_focused()


def test_an_abstention_says_what_is_missing_and_shows_what_came_nearest(visit: Visit, server: Server) -> None:
    server.will_say(abstaining_answer([first_sentence(server.library)]))
    page = visit()
    ask(page)
    expect(page.get_by_role("heading", name="Not in these reports")).to_be_visible()
    expect(page.locator(".missing")).to_have_text("Not found: Slovakia, 2024.")
    expect(page.locator(".answer")).to_contain_text("Searched: 7 passages of 2 reports.")
    expect(page.locator(".nearest")).to_contain_text("do not answer it")
    expect(page.locator(".answer blockquote")).to_have_count(0)
    page.locator(".nearest button.cite").click()
    expect(page.locator("dialog.source mark")).to_be_visible()


def test_an_error_says_what_to_do_and_can_be_asked_again(visit: Visit, server: Server) -> None:
    server.will_say(IndexFault("the index is missing", "run `python -m ingest rebuild`"))
    page = visit()
    ask(page)
    expect(page.locator(".turn .fault")).to_contain_text("The index is missing.")
    expect(page.locator(".turn .fault code")).to_have_text("python -m ingest rebuild")
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".found")).to_be_visible()
    expect(page.locator(".turn .fault")).to_have_count(0)


def test_stop_ends_an_answer_and_lets_the_assistant_go(visit: Visit, server: Server) -> None:
    hold = threading.Event()
    server.will_say(*growing_answer([first_sentence(server.library)]), hold=hold)
    page = visit()
    ask(page)
    wait_until(lambda: len(server.script.asked) == 1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".turn .waiting")).to_have_text("Stopped.")
    hold.set()
    wait_until(lambda: server.script.closed == 1)


def test_what_was_asked_before_goes_along_with_the_next_question(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit()
    ask(page, "How many women?")
    expect(page.locator(".sources")).to_have_count(1)
    page.locator(".sources button.cite").click()
    ask(page, "And men?")
    expect(page.locator("dialog.source")).to_be_hidden()
    expect(page.get_by_label("Ask about the reports")).to_be_focused()
    expect(page.locator(".sources")).to_have_count(2)
    assert [(turn.role, turn.text) for turn in server.script.asked[1].history] == [("user", "How many women?")]


def test_a_question_asked_while_the_assistant_loads_is_answered_by_itself(
    browser: Browser, web_library: Library
) -> None:
    go = threading.Event()

    def load() -> ScriptedAssistant:
        go.wait(20)
        return ScriptedAssistant(growing_answer([first_sentence(web_library)]))

    room = Room(web_library, load)
    room.start()
    with served(room) as address:
        page = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
        errors: list[str] = []
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(address)
        ask(page)
        expect(page.locator(".turn .waiting")).to_contain_text("is being prepared")
        go.set()
        expect(page.locator(".found")).to_have_text("Found in 1 of 2 reports")
        page.close()
    assert errors == []


def test_no_question_can_be_typed_before_it_would_be_heard(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/room/room.js", lambda route: route.abort())
    page.goto(address)
    expect(page.get_by_label("Ask about the reports")).to_be_disabled()
    page.close()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_markup_in_questions_titles_and_passages_stays_text(
    visit: Visit, server: Server, viewport: dict[str, int]
) -> None:
    citation = marked_up_sentence(server.library)
    server.will_say(*growing_answer([citation], MARKUP))
    page = visit(viewport)
    ask(page, MARKUP)
    page.locator(".sources button.cite").click()
    expect(page.locator("dialog.source mark")).to_have_text(citation.quote)
    expect(page.locator("h2.question")).to_have_text(MARKUP)
    places = "#room :is(script, img, svg, iframe, form[action*='203.0.113.9'], a[href^=javascript])"
    assert page.locator(places).count() == 0
    assert page.evaluate("window.ran") is None


def test_markup_on_a_permanent_page_stays_text(visit: Visit, server: Server) -> None:
    page = visit(at=f"/c/{marked_up_sentence(server.library).link}")
    expect(page.locator("mark")).to_have_text(marked_up_sentence(server.library).quote)
    assert page.locator("script, img, svg, form, a[href^=javascript]").count() == 0
    assert page.evaluate("window.ran") is None


def test_a_permanent_page_needs_no_javascript(browser: Browser, address: str, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/c/{sentence_over_two_pages(server.library).link}")
    expect(page.locator("mark")).to_have_count(2)
    expect(page.locator("blockquote")).to_have_text(sentence_over_two_pages(server.library).quote)
    context.close()


def test_the_page_follows_the_dark_scheme(visit: Visit, tmp_path: Path) -> None:
    page = visit(scheme="dark")
    expect(page.locator(".holdings summary")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 28)"


def test_what_is_said_of_an_answer_is_kept_once_the_reader_agrees(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit(NARROW)
    ask(page)
    choices = page.get_by_role("group", name="What do you say of this answer?").get_by_role("radio")
    expect(choices).to_have_count(6)
    expect(page.get_by_label("may be kept")).to_be_hidden()
    page.get_by_label("It is outdated").check()
    page.get_by_role("button", name="Send").click()
    assert not (server.library.home / "feedback").exists()
    page.get_by_label("may be kept").check()
    assert page.get_by_label("may be kept").evaluate("box => getComputedStyle(box).appearance") == "auto"
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".feedback [role=status]")).to_have_text("Kept, thank you. A person will read it.")
    [kept] = (server.library.home / "feedback").glob("*.jsonl")
    assert '"outdated"' in kept.read_text(encoding="utf-8")

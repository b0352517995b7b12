"""Conversations in a real browser: they stand there and nowhere else, and outlast a reload with their citations."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.errors import IndexFault
from tests.fakes import FLASH_PAGES, first_sentence, growing_answer, sentence_over_two_pages
from tests.room_page import NARROW, Server, Visit, ask

pytestmark = pytest.mark.browser

QUESTION = "Where do victims come from?"


def asked(visit: Visit, server: Server, viewport: dict[str, int] | None = None) -> Page:
    """The room after one question was answered from the first sentence of a report."""
    server.will_say(*growing_answer([first_sentence(server.library)], QUESTION))
    page = visit(viewport) if viewport else visit()
    ask(page, QUESTION)
    expect(page.locator(".sources")).to_have_count(1)
    return page


def test_a_conversation_outlasts_a_reload_and_its_citations_still_open(visit: Visit, server: Server) -> None:
    page = asked(visit, server)
    page.reload()
    expect(page.locator("blockquote .said")).to_have_text(first_sentence(server.library).quote)
    page.locator(".sources button.cite").click()
    expect(page.locator("dialog mark")).to_have_text(FLASH_PAGES[0].split("\n")[0])
    assert len(server.script.asked) == 1
    ask(page, "And who?")
    expect(page.locator(".sources")).to_have_count(2)
    assert [turn.text for turn in server.script.asked[1].history] == [QUESTION]


def test_a_conversation_is_renamed_deleted_and_brought_back_by_keyboard(visit: Visit, server: Server) -> None:
    page = asked(visit, server)
    names = page.locator(".conversation-list a")
    expect(names).to_have_text(QUESTION)
    page.get_by_label(f"More for “{QUESTION}”").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Rename").press("Enter")
    page.get_by_label("New name").fill("Origins")
    page.keyboard.press("Enter")
    expect(names).to_have_text("Origins")
    expect(names).to_be_focused()
    page.get_by_label("More for “Origins”").click()
    page.get_by_role("button", name="Delete").press("Enter")
    expect(page.locator(".turn, .conversation-list a")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(names).to_have_text("Origins")
    expect(page.locator("h2.question")).to_have_text(QUESTION)


@pytest.mark.long
def test_a_browser_that_keeps_nothing_is_said_to_and_answers_all_the_same(visit: Visit, server: Server) -> None:
    page = visit()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    page.reload()
    server.will_say(*growing_answer([first_sentence(server.library)]))
    ask(page)
    expect(page.locator(".sources")).to_have_count(1)
    expect(page.locator(".conversation-told")).to_contain_text("does not keep conversations")
    expect(page.locator(".conversation-list a")).to_have_count(1)


@pytest.mark.long
def test_a_full_browser_says_so_and_goes_on(visit: Visit, server: Server) -> None:
    page = visit()
    page.evaluate(
        "for (let size = 1 << 22; size; size >>= 1) try { localStorage.setItem('x' + size, 'x'.repeat(size)) } catch {}"
    )
    server.will_say(*growing_answer([first_sentence(server.library)]))
    ask(page)
    expect(page.locator(".sources")).to_have_count(1)
    expect(page.locator(".conversation-told")).to_contain_text("no room for more")


@pytest.mark.long
def test_conversations_are_found_by_the_words_of_their_answers_and_saved_as_files(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    page = asked(visit, server)
    page.get_by_role("searchbox").fill("nothing of the kind")
    expect(page.locator(".conversation-list")).to_have_text("None has these words.")
    page.get_by_role("searchbox").fill("registered THIRD")
    expect(page.locator(".conversation-list a")).to_have_count(1)
    page.get_by_label(f"More for “{QUESTION}”").click()
    saved = {}
    for name in ("Save as Markdown", "Save as JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        saved[name] = Path(download.value.path()).read_text(encoding="utf-8")
    link = first_sentence(server.library).link
    assert f"## {QUESTION}" in saved["Save as Markdown"]
    assert f"/c/{link}>" in saved["Save as Markdown"]
    assert json.loads(saved["Save as JSON"])["turns"][0]["answer"]["citations"][0]["link"] == link


@pytest.mark.long
def test_going_back_leads_to_the_conversation_before(visit: Visit, server: Server) -> None:
    page = asked(visit, server)
    page.get_by_role("link", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_label("Ask about the reports")).to_be_focused()
    ask(page, "Another matter?")
    expect(page.locator(".sources")).to_have_count(1)
    page.go_back()
    expect(page.locator("h2.question")).to_have_text(QUESTION)


@pytest.mark.long
def test_a_link_with_a_question_asks_it(visit: Visit, server: Server) -> None:
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page = visit(at="/#ask?q=Who%20are%20they%3F")
    expect(page.locator("h2.question")).to_have_text("Who are they?")
    expect(page.locator(".sources")).to_have_count(1)


@pytest.mark.long
def test_an_answer_that_broke_off_is_kept_as_a_question_and_asked_again_after_a_reload(
    visit: Visit, server: Server
) -> None:
    empty, one, *_ = growing_answer([first_sentence(server.library), sentence_over_two_pages(server.library, 2)])
    server.will_say(empty, one, IndexFault("the index is missing", "run `python -m ingest rebuild`"))
    page = visit(NARROW)
    ask(page, QUESTION)
    expect(page.locator(".turn .fault")).to_contain_text("The index is missing.")
    expect(page.locator("blockquote")).to_have_count(1)
    page.reload()
    expect(page.locator(".turn .fault")).to_contain_text("This question was not answered.")
    server.will_say(*growing_answer([first_sentence(server.library)]))
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".sources")).to_have_count(1)
    expect(page.locator(".turn .fault")).to_have_count(0)


@pytest.mark.long
def test_a_report_that_was_read_anew_has_its_kept_citations_marked_where_they_stand_now(
    visit: Visit, server: Server
) -> None:
    right = first_sentence(server.library)
    shifted = replace(right.parts[0], start=right.parts[0].start + 3, end=right.parts[0].end + 3)
    server.will_say(*growing_answer([replace(right, parts=(shifted,))]))
    page = visit()
    ask(page)
    page.locator(".sources button.cite").click()
    expect(page.locator("dialog mark")).to_have_text(right.quote)


@pytest.mark.long
def test_two_windows_on_one_conversation_lose_no_question(visit: Visit, server: Server) -> None:
    page = asked(visit, server)
    with page.expect_popup() as opened:
        page.evaluate("window.open(location.href)")
    other = opened.value
    expect(other.locator(".sources")).to_have_count(1)
    ask(other, "And in Greece?")
    expect(other.locator(".sources")).to_have_count(2)
    ask(page, "And in Sweden?")
    questions = [QUESTION, "And in Greece?", "And in Sweden?"]
    for one in (page, other):
        expect(one.locator(".sources")).to_have_count(3)
        one.reload()
        expect(one.locator("h2.question")).to_have_text(questions)
    other.close()


@pytest.mark.long
def test_a_kept_answer_still_says_of_how_many_reports_it_was(visit: Visit, server: Server) -> None:
    page = asked(visit, server)
    expect(page.locator(".found")).to_have_text("Found in 1 of 2 reports")
    page.reload()
    expect(page.locator(".found")).to_have_text("Found in 1 of 2 reports")


def test_a_question_that_is_too_long_is_not_asked_and_its_words_stay(visit: Visit, server: Server) -> None:
    server.will_say()
    page = visit()
    ask(page, "a " * 1000 + "b")
    expect(page.locator("#question-fault")).to_contain_text("Ask one question of at most 2,000")
    expect(page.get_by_label("Ask about the reports")).to_have_value("a " * 1000 + "b")
    assert server.script.asked == []

"""The tab "Basket" in a real browser: a walk by keyboard, what the browser kept or could not, what no longer holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.answers import Citation
from corpus.library import Library
from tests.conftest import Faults
from tests.fakes import MARKUP, first_sentence, marked_up_sentence, sentence_over_two_pages
from tests.room_page import NARROW, Server, Visit

pytestmark = pytest.mark.browser

UNKNOWN = "x/00000000/p1/0123456789ab"


def quotes_of(*citations: Citation) -> list[dict[str, str]]:
    return [
        {"link": citation.link, "words": citation.quote, "note": "", "origin": "", "language": "en"}
        for citation in citations
    ]


def keep(page: Page, quotes: list[dict[str, str]]) -> None:
    """What the browser has of an earlier visit; the page is loaded again."""
    written = json.dumps({"version": 1, "quotes": quotes})
    page.evaluate("written => localStorage.setItem('reading-room-basket', written)", written)
    page.reload()


def two(library: Library) -> list[dict[str, str]]:
    return quotes_of(first_sentence(library), sentence_over_two_pages(library))


def saved(page: Page, button: str) -> Path:
    with page.expect_download() as kept:
        page.get_by_role("button", name=button, exact=True).click()
    return kept.value.path()


def test_quotes_are_ordered_annotated_opened_and_exported_by_keyboard(visit: Visit, server: Server) -> None:
    page = visit(at="/#basket")
    expect(page.locator(".basket-empty")).to_contain_text("Nothing is collected yet")
    keep(page, two(server.library))
    first, second = (
        citation.quote for citation in (first_sentence(server.library), sentence_over_two_pages(server.library))
    )
    words = page.locator(".collected-quote blockquote")
    expect(words).to_have_text([f"“{first}”", f"“{' '.join(second.split())}”"])
    page.locator(".collected-quote").nth(1).get_by_role("button", name="Move up").focus()
    page.keyboard.press("Enter")
    expect(words.first).to_contain_text("The rest of the sentence stands")
    expect(page.locator(".collected-quote").first.get_by_role("button", name="Move up")).to_be_focused()
    page.get_by_label("Note").first.fill(MARKUP)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Open the page").first.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    exported = saved(page, "Markdown").read_text(encoding="utf-8")
    assert exported.index("The rest of the sentence") < exported.index(first)
    page.reload()
    expect(page.get_by_label("Note").first).to_have_value(MARKUP)
    assert page.evaluate("window.ran") is None


@pytest.mark.long
def test_what_is_taken_out_can_be_put_back(visit: Visit, server: Server) -> None:
    page = visit(NARROW, at="/#basket")
    keep(page, two(server.library))
    page.get_by_role("button", name="Take out").first.click()
    expect(page.locator(".basket-size")).to_have_text("1 quote")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".collected-quote")).to_have_count(2)
    expect(page.get_by_role("button", name="Take out").first).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_an_export_is_taken_in_again_and_each_quote_proven_anew(visit: Visit, server: Server) -> None:
    page = visit(at="/#basket")
    keep(page, quotes_of(marked_up_sentence(server.library), first_sentence(server.library)))
    expect(page.locator(".basket-list .outcome[data-verdict=verbatim]")).to_have_count(2)
    exported = json.loads(saved(page, "JSON").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Empty the basket").click()
    exported["quotes"] += [{"link": UNKNOWN, "words": "Nobody wrote this."}, {"link": "javascript:alert(1)"}]
    written = json.dumps(exported).encode()
    page.get_by_label("Take in").set_input_files({"name": "basket.json", "mimeType": "", "buffer": written})
    expect(page.locator(".basket-list .outcome[data-verdict=verbatim]")).to_have_count(2)
    expect(page.locator(".collected-quote").last).to_contain_text("not proven Nothing in this library is meant")
    expect(page.locator(".collected-quote").last.locator("blockquote")).to_have_count(0)
    expect(page.locator(".basket-told")).to_contain_text("One quote no longer holds")
    page.get_by_role("button", name="Word", exact=True).click()
    expect(page.locator(".basket-told")).to_contain_text("Quote 3 is not proven")


@pytest.mark.long
def test_a_basket_that_cannot_be_read_is_set_aside_and_a_new_one_begun(visit: Visit, server: Server) -> None:
    page = visit(at="/#basket")
    page.evaluate("localStorage.setItem('reading-room-basket', '{\"version\": 99}')")
    page.reload()
    expect(page.locator(".basket-notices")).to_contain_text("could not be read")
    assert saved(page, "Save what stood there").read_text(encoding="utf-8") == '{"version": 99}'
    keep(page, two(server.library))
    expect(page.locator(".collected-quote")).to_have_count(2)
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.locator(".collected-quote")).to_have_count(2)
    expect(page.locator(".basket-notices p")).to_have_count(0)


@pytest.mark.long
def test_a_browser_that_keeps_nothing_still_collects_and_says_so(visit: Visit, server: Server) -> None:
    page = visit(at="/#ask")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    page.goto(page.url.replace("#ask", "?#basket"))
    expect(page.locator(".basket-notices")).to_contain_text("keeps nothing")
    quote = two(server.library)[0]
    page.evaluate("async quote => (await import('/room/basketstore.js')).basket.add(quote)", quote)
    expect(page.locator(".collected-quote blockquote")).to_have_count(1)


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_basket_fits_every_width_in_both_themes(
    visit: Visit, server: Server, axe: Faults, width: int, scheme: str
) -> None:
    page = visit({"width": width, "height": 900}, at="/#basket", scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    expect(page.get_by_label("Take in")).to_be_enabled()
    assert axe(page) == []
    keep(page, [*two(server.library), {"link": UNKNOWN, "words": "Nobody wrote this."}])
    expect(page.locator(".collected-quote .outcome")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []

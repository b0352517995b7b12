"""The source in a real browser: the image of a page with the quote's words marked, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as BrowserPage

from assistant.answers import Citation
from corpus.documents import Document, Page
from corpus.files import original_path
from corpus.library import Library
from ingest.clean import clean_pages
from ingest.readers.pdf import read_pdf
from tests.conftest import Faults
from tests.fakes import cite, growing_answer
from tests.pdf_maker import lines, make_pdf
from tests.room_page import Server, Visit, ask
from tests.stand_ins import make_page

pytestmark = pytest.mark.browser

QUOTE = "Debt bondage is named most often."
LAID_OUT_NOWHERE = Document("no-layout", "b" * 64, "A report whose words have no place", "Test Flash", "4", 2025)
PLAIN = Document("plain", "a" * 64, "A report with a picture", "Test Flash", "3", 2025, url="https://example.org/3.pdf")


@pytest.fixture(scope="module")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two reports of three pages with the quote on the second; where the words of one stand is not known."""
    library = Library.open(tmp_path_factory.mktemp("web") / "library.db")
    for document in (PLAIN, LAID_OUT_NOWHERE):
        path = original_path(library.home, document.sha256, ".pdf")
        path.parent.mkdir(parents=True, exist_ok=True)
        pages = [lines("Preface."), lines("Before it stands something else.", QUOTE), lines("The end.")]
        make_pdf(path, *pages)
        read = clean_pages([line for line in read_pdf(path) if isinstance(line, Page)])
        if document is LAID_OUT_NOWHERE:
            read = [make_page(page.text, page.number) for page in read]
        library.add(document, read, [], {}, embedder="none", split="none", file_name=f"{document.slug}.pdf")
    yield library
    library.close()


@pytest.fixture
def opened(visit: Visit, server: Server) -> BrowserPage:
    """The room with the source of the quote in the plain report open; the next citation is in the other."""
    citations = [cite(server.library, one, QUOTE, number=at) for at, one in enumerate((PLAIN, LAID_OUT_NOWHERE), 1)]
    server.will_say(*growing_answer(citations))
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    page.locator(".sources button.cite").first.click()
    expect(page.locator(".sheet-image .mark")).to_be_visible()
    return page


def quoted(server: Server) -> Citation:
    return cite(server.library, PLAIN, QUOTE)


def test_the_words_are_marked_on_the_image_of_their_page_where_they_stand(opened: BrowserPage) -> None:
    image = opened.get_by_role("img", name="Image of PDF page 2 of “A report with a picture” with the quoted words")
    frame, mark = image.bounding_box(), opened.locator(".sheet-image .mark").bounding_box()
    assert frame is not None
    assert mark is not None
    scale = 595 / frame["width"]
    assert (mark["x"] - frame["x"]) * scale == pytest.approx(72, abs=2)
    assert (mark["y"] + mark["height"] - frame["y"]) * scale == pytest.approx(842 - 700 + 1.25 * 11, abs=6)
    expect(opened.locator(".verdict")).to_have_text("Verbatim: these words stand on this page.")
    assert opened.locator(".sheet-image img").evaluate("image => image.naturalWidth >= image.clientWidth")


def test_nothing_is_marked_on_an_image_where_the_place_is_unsure_and_that_is_said(opened: BrowserPage) -> None:
    opened.get_by_role("button", name="Next citation").click()
    expect(opened.locator(".verdict")).to_contain_text("so nothing is marked there")
    expect(opened.locator(".sheet-image .mark")).to_have_count(0)
    opened.get_by_role("button", name="Text", exact=True).click()
    expect(opened.locator("dialog mark")).to_have_text(QUOTE)


def test_quote_link_and_reference_are_copied(opened: BrowserPage, server: Server) -> None:
    copied = []
    opened.get_by_text("Reference, report, original").click()
    opened.get_by_label("Style of the reference").select_option("BibTeX")
    for name in ("Copy quote", "Copy link", "Copy reference"):
        button = opened.get_by_role("button", name=name)
        button.focus()
        opened.keyboard.press("Enter")
        expect(opened.locator(".announcement")).to_contain_text(f"{name.split()[1]} is copied.")
        copied.append(opened.evaluate("navigator.clipboard.readText()"))
    assert copied[0] == QUOTE
    assert copied[1].endswith(f"/c/{quoted(server).link}")
    assert copied[2].startswith("@")
    expect(opened.get_by_role("link", name="Original file")).to_have_attribute("href", "https://example.org/3.pdf")


@pytest.mark.long
def test_the_image_with_its_references_has_no_fault_of_accessibility(opened: BrowserPage, axe: Faults) -> None:
    opened.get_by_text("Reference, report, original").click()
    expect(opened.locator(".source-more pre")).to_be_visible()
    opened.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert axe(opened) == []


@pytest.mark.long
def test_the_pages_of_the_report_can_be_turned_and_the_quote_is_marked_where_it_stands_alone(
    opened: BrowserPage,
) -> None:
    opened.get_by_role("button", name="Page after in the report").click()
    expect(opened.locator(".page-at")).to_have_text("3 of 3")
    expect(opened.locator(".verdict")).to_have_text("Another page of the report: the quote does not stand here.")
    expect(opened.locator("dialog .mark, dialog mark")).to_have_count(0)
    expect(opened.get_by_role("button", name="Page after in the report")).to_be_disabled()
    opened.get_by_role("button", name="Page before in the report").click()
    expect(opened.locator(".sheet-image .mark")).to_be_visible()


@pytest.mark.long
def test_the_text_beside_the_image_is_remembered_by_the_browser(opened: BrowserPage, server: Server) -> None:
    opened.get_by_role("button", name="Text", exact=True).click()
    opened.reload()
    ask(opened)
    opened.locator(".sources button.cite").first.click()
    expect(opened.locator("dialog mark")).to_have_text(QUOTE)
    expect(opened.locator(".sheet-image")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("density", [1, 2])
def test_a_larger_image_is_as_sharp_and_keeps_the_words_in_view(
    browser: Browser, address: str, server: Server, density: int
) -> None:
    server.will_say(*growing_answer([quoted(server)]))
    page = browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=density)
    page.goto(address)
    ask(page)
    page.locator(".sources button.cite").click()
    expect(page.locator(".sheet-image .mark")).to_be_visible()
    for _ in range(3):
        page.get_by_role("button", name="Larger").click()
    expect(page.locator(".zoom-at")).to_have_text("200 %")
    expect(page.locator(".sheet-image .mark")).to_be_in_viewport()
    image = "document.querySelector('.sheet-image img')"
    # The width of the picture that came, in its own pixels: `naturalWidth` is told in those of the page.
    came = f"Number(new URL({image}.currentSrc).searchParams.get('width'))"
    page.wait_for_function(f"() => {image}.complete && {came} >= 0.98 * {image}.clientWidth * {density}")
    assert page.evaluate("document.documentElement.scrollWidth") == 1440
    page.close()

"""The reading report and the pictures of pages: drawn by a limited process, marked only where the words are sure."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.links import cite_parts
from assistant.pages import Pictures
from corpus.documents import Box, Document, Page, Part, Sheet
from corpus.errors import NotFound
from corpus.library import Library
from corpus.marks import find_marks
from corpus.relatives import find_relatives
from ingest.add import add_file
from ingest.describe import Given
from tests.pdf_maker import lines, make_pdf
from tests.stand_ins import WordEmbedder, make_desk, make_page, make_passage
from tests.web_client import error_of, loaded, open_client

FIRST, SECOND = "Traffickers recruit their victims online.", "Reflection periods last thirty days at least."


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "home" / "library.db")
    desk = make_desk(tmp_path / "home", library, WordEmbedder())
    path = make_pdf(tmp_path / "emn.pdf", lines("EMN Flash #4 - 2024", FIRST), lines(SECOND), [])
    add_file(path, Given(), desk, lambda page, pages: None)
    yield library
    library.close()


@pytest.fixture
def client(read: Library) -> TestClient:
    return open_client(loaded(read, [NotFound("nothing is asked here", "ask elsewhere")]))


SLUG = "emn-flash-2024-4"


def test_a_page_s_picture_is_a_png_of_the_width_that_was_asked_for(client: TestClient) -> None:
    answer = client.get(f"/api/documents/{SLUG}/pages/1/image?width=480")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert struct.unpack(">I", answer.content[16:20]) == (480,)


def test_a_picture_stays_in_the_cache_and_outlives_its_original(client: TestClient, read: Library) -> None:
    address = f"/api/documents/{SLUG}/pages/1/image"
    first = client.get(address).content
    for original in (read.home / "files").rglob("*.pdf"):
        original.unlink()
    assert client.get(address).content == first
    assert error_of(client.get(f"/api/documents/{SLUG}/pages/2/image"))["code"] == "not-found"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/api/documents/{SLUG}/pages/9/image", 404),
        (f"/api/documents/{SLUG}/pages/1/image?width=100000", 422),
        ("/api/documents/nothing/pages/1/image", 404),
        (f"/api/documents/{SLUG}/pages/1/marks?start=5&end=5", 422),
        (f"/api/documents/{SLUG}/pages/1/marks?start=0&end=99999", 422),
        ("/documents/nothing/report", 404),
        (f"/documents/{SLUG}/report/9", 404),
    ],
)
def test_what_is_not_there_is_refused_in_one_form(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    error_of(answer)


def test_a_page_that_takes_too_long_to_draw_is_given_up(read: Library) -> None:
    (report,) = read.documents()
    with pytest.raises(NotFound, match=r"took more than 0\.001 seconds"):
        Pictures(read.home, seconds=0.001).draw(report.sha256, 1, 480)


def test_the_marks_of_a_sentence_lie_on_its_line(client: TestClient) -> None:
    text = client.get(f"/api/documents/{SLUG}/pages/2").json()["text"]
    start = text.index("thirty")
    marks = client.get(f"/api/documents/{SLUG}/pages/2/marks?start={start}&end={start + 6}").json()
    (box,) = marks["boxes"]
    assert 72 < box["left"] < box["left"] + box["width"] < 400
    assert box["top"] < 842 - 700 < box["top"] + box["height"]


def sheet_page(boxes: list[Box]) -> Page:
    packed = b"".join(struct.pack("<4f", box.left, box.top, box.right, box.bottom) for box in boxes)
    text = "abcd"[: len(boxes)]
    return replace(make_page(text), sheet=Sheet(text, packed, 100, 100))


def test_words_on_two_lines_or_in_two_columns_have_two_marks() -> None:
    wrapped = sheet_page([Box(80, 10, 85, 20), Box(85, 10, 90, 20), Box(10, 22, 15, 32), Box(15, 22, 20, 32)])
    assert find_marks(wrapped, 0, 4) == [Box(80, 10, 90, 20), Box(10, 22, 20, 32)]
    columns = sheet_page([Box(10, 10, 15, 20), Box(80, 10, 85, 20)])
    assert len(find_marks(columns, 0, 2)) == 2


@pytest.mark.parametrize("box", [Box(10, 10, 10, 20), Box(10, 20, 15, 20), Box(98, 10, 120, 20), Box(10, -20, 15, -10)])
def test_nothing_is_marked_where_one_character_s_place_is_unsure(box: Box) -> None:
    assert find_marks(sheet_page([Box(10, 10, 15, 20), box]), 0, 2) == []


def test_nothing_is_marked_where_there_is_no_layout() -> None:
    assert find_marks(make_page("abcd"), 0, 4) == []


def test_the_report_says_of_every_page_what_was_read_and_what_looks_wrong(client: TestClient) -> None:
    page = client.get(f"/documents/{SLUG}/report").text
    assert "3 pages, 1 to look at." in page
    assert f'<strong>Blank</strong> on page <a href="/documents/{SLUG}/report/3">3</a>. Nothing is drawn' in page
    assert "from page 1" in page


def test_a_page_of_the_report_shows_its_picture_beside_its_text(client: TestClient) -> None:
    page = client.get(f"/documents/{SLUG}/report/1").text
    assert f'src="/api/documents/{SLUG}/pages/1/image?width=960"' in page
    assert FIRST in page
    last = client.get(f"/documents/{SLUG}/report/3").text
    assert "Nothing." in last
    assert 'rel="next"' not in last


def test_the_permanent_page_marks_the_words_on_the_picture(client: TestClient, read: Library) -> None:
    (report,) = read.documents()
    text = read.page(report.sha256, 2).text
    start = text.index("Reflection")
    page_two = read.page(report.sha256, 2)
    citation = cite_parts(report, [Part(2, start, len(text))], {2: page_two}, 1, 0.0)
    page = client.get(f"/c/{citation.link}").text
    assert page.count("<rect ") == 1
    assert f"/pages/2/image?width=960&amp;edition={report.sha256}" in page


def add(library: Library, document: Document, *texts: str) -> None:
    pages = [make_page(text, number) for number, text in enumerate(texts, start=1)]
    passages = [make_passage(document.sha256, page) for page in pages]
    library.add(document, pages, passages, {}, embedder="e", split="1", file_name="a.pdf")


def document(
    slug: str, title: str, series: str, number: str | None, language: str = "en", year: int = 2025
) -> Document:
    return Document(slug, slug.encode().hex().ljust(64, "0")[:64], title, series, number, year, language=language)


def reasons(library: Library, slug: str) -> dict[str, tuple[str, ...]]:
    return {relative.document.slug: relative.reasons for relative in find_relatives(library.document(slug), library)}


def test_flash_inform_and_study_of_one_subject_are_relatives(library: Library) -> None:
    title = "Trafficking in human beings: the international dimension"
    add(library, document("flash", title, "EMN Flash", "2"), "A digest of the study.")
    add(library, document("study", title, "EMN Study", None), "The study as a whole.")
    add(library, document("other", "Seasonal workers and their rights", "EMN Inform", "1"), "Something else.")
    assert reasons(library, "flash") == {"study": ("the same title",)}


def test_a_translation_and_what_a_page_names_are_relatives(library: Library) -> None:
    add(library, document("inform", "Alone and out of sight", "EMN Inform", "1"), "Read EMN Flash #2 – 2022 first.")
    add(library, document("inform-fr", "Seuls et hors de vue", "EMN Inform", "1", "fr"), "Des mineurs.")
    add(library, document("flash", "From detection to identification", "EMN Flash", "2", year=2022), "Findings.")
    assert reasons(library, "inform") == {
        "inform-fr": ("the same number in another language",),
        "flash": ("named on page 1",),
    }


def test_a_report_whose_own_title_holds_another_one_s_does_not_name_it(library: Library) -> None:
    longer = "Time for victims to recover in Europe"
    add(library, document("study", longer, "EMN Study", None), f"{longer}: a study.")
    add(library, document("flash", "Time for victims to recover", "EMN Flash", "7"), "Findings.")
    assert reasons(library, "study") == {"flash": ("much the same title",)}


def test_passages_that_two_reports_share_make_them_relatives_but_notices_do_not(library: Library) -> None:
    shared = [f"Finding number {number} stands in both." for number in range(3)]
    add(library, document("one", "First", "A Flash", "1"), *shared, "Notice of all.")
    add(library, document("two", "Second", "B Flash", "1"), *shared, "Notice of all.")
    for name in ("three", "four"):
        add(library, document(name, name, f"{name} Flash", "1"), "Notice of all.")
    assert reasons(library, "one") == {"two": ("3 passages in common",)}

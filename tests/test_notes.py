"""A mark in the text leads to its note: the raised number is in no word, and what it stands for is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.links import cite_parts
from assistant.noted import name_source, quote_notes
from corpus.documents import Page, Part
from corpus.errors import NotFound
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.notes import tie_notes
from ingest.split import Splitting, split_blocks
from ingest.structure import find_blocks
from tests.pdf_maker import Run, lines, make_pdf
from tests.test_pages import read_pages
from tests.web_client import loaded, open_client
from tests.word_maker import make_docx, run

STATES, DAYS = "In all Member States", "the period is thirty days at the least."


def marked(mark: str, y: float = 700) -> list[Run]:
    """A sentence with a raised number behind its fourth word, glued to it."""
    return [Run(72, y, STATES), Run(174.5, y + 5, mark, 6), Run(184, y, DAYS)]


def note(mark: str, words: str, y: float = 100) -> list[Run]:
    return [Run(72, y + 3, mark, 4), Run(76, y, words, 7)]


def ties(pages: list[Page]) -> list[tuple[int, str, str, str]]:
    """For every mark its page, the last word before it, its number, and the words of its note."""
    passages = split_blocks(find_blocks(pages), "d", Splitting(99, lambda text: len(text.split())))
    texts = {page.number: page.text for page in pages}
    return [
        (
            one.page,
            texts[one.page][: one.place].split()[-1],
            one.number,
            " ".join(texts[part.page][part.start : part.end] for part in one.parts),
        )
        for one in tie_notes(pages, passages)
    ]


def test_a_mark_leads_to_the_note_of_its_number_on_its_own_page(tmp_path: Path) -> None:
    first = [*marked("1"), *note("1", "Austria, annual report, page 3.")]
    second = [*marked("1"), *note("1", "Hungary, annual report, page 5.")]
    assert ties(read_pages(make_pdf(tmp_path / "a.pdf", first, second))) == [
        (1, "States", "1", "Austria, annual report, page 3."),
        (2, "States", "1", "Hungary, annual report, page 5."),
    ]


def test_a_mark_behind_a_year_is_no_figure_of_it(tmp_path: Path) -> None:
    text = [Run(72, 700, "So it has been since 2017."), Run(207, 705, "5", 6), *note("5", "Eurostat, 2018.")]
    (page,) = pages = read_pages(make_pdf(tmp_path / "a.pdf", text))
    assert page.text.startswith("So it has been since 2017.\n")
    assert ties(pages) == [(1, "2017.", "5", "Eurostat, 2018.")]


def test_notes_at_the_end_of_a_report_are_found_by_their_number(tmp_path: Path) -> None:
    notes = [Run(72, 760, "Notes", 16), *lines("1 Austria, annual report.", top=700)]
    pages = read_pages(make_pdf(tmp_path / "a.pdf", marked("1"), notes))
    assert ties(pages) == [(1, "States", "1", "1 Austria, annual report.")]


def test_notes_that_run_on_in_one_paragraph_are_told_apart(tmp_path: Path) -> None:
    together = lines("47 Ibid. 48 This figure is of the year 2022. 49 Ibid.", top=100, size=7)
    pages = read_pages(make_pdf(tmp_path / "a.pdf", [*marked("48"), *together]))
    assert ties(pages) == [(1, "States", "48", "48 This figure is of the year 2022.")]


def test_a_mark_that_several_notes_may_be_meant_by_leads_to_none(tmp_path: Path) -> None:
    two = [note("1", "The first chapter's note."), note("1", "The second chapter's note.")]
    assert ties(read_pages(make_pdf(tmp_path / "a.pdf", marked("1"), [], *two))) == []


def test_the_figure_of_a_unit_is_no_mark(tmp_path: Path) -> None:
    text = [Run(72, 700, "A room has 10 m"), Run(157, 705, "2", 6), Run(164, 700, "at the least.")]
    assert ties(read_pages(make_pdf(tmp_path / "a.pdf", [*text, *note("2", "A note to nothing.")]))) == []


def test_a_note_that_was_put_off_to_the_next_page_is_found_there(tmp_path: Path) -> None:
    pages = read_pages(make_pdf(tmp_path / "a.pdf", marked("2"), note("2", "Hungary, annual report, page 5.")))
    assert ties(pages) == [(1, "States", "2", "Hungary, annual report, page 5.")]


@pytest.fixture
def noted(tmp_path: Path, library: Library, desk: Desk) -> Library:
    path = make_pdf(tmp_path / "a.pdf", [*marked("1"), *note("1", "Austria, annual report, page 3.")])
    add_file(path, Given(), desk, lambda page, pages: None)
    return library


def test_the_library_keeps_the_tie_and_a_citation_shows_the_note(noted: Library) -> None:
    (document,) = noted.documents()
    page = noted.page(document.sha256, 1)
    part = Part(1, 0, page.text.index("\n"))
    link = cite_parts(document, [part], {1: page}, 1, 0.0).link
    client = open_client(loaded(noted, [NotFound("nothing is asked here", "ask elsewhere")]))
    (form,) = client.get(f"/api/citations/{link}").json()["notes"]
    assert (form["number"], form["quote"]) == ("1", "Austria, annual report, page 3.")
    assert "Austria, annual report, page 3.</p>" in client.get(f"/c/{link}").text


def test_a_quote_before_the_mark_has_no_note(noted: Library) -> None:
    (document,) = noted.documents()
    assert quote_notes(noted, document.sha256, [Part(1, 0, len("In all Member"))]) == ()
    assert quote_notes(noted, document.sha256, [Part(1, 0, len(STATES))])[0].number == "1"


def test_the_note_at_the_end_of_words_names_who_speaks_in_them(tmp_path: Path, library: Library, desk: Desk) -> None:
    path = make_pdf(tmp_path / "a.pdf", [*marked("1"), *note("1", "Eurostat, statistics of 2024, ec.europa.eu.")])
    add_file(path, Given(), desk, lambda page, pages: None)
    (document,) = library.documents()
    place = library.page(document.sha256, 1).text.index(STATES)
    whole, begun = (Part(1, place, place + length) for length in (len(STATES), len("In all Member")))
    assert name_source(library, document.sha256, [whole]) == "Eurostat"
    assert name_source(library, document.sha256, [begun]) is None


def test_a_mark_of_a_word_file_leads_to_its_note(tmp_path: Path, library: Library, desk: Desk) -> None:
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    own = f'<w:footnote w:id="7"><w:p>{run("Annual report, page 3.")}</w:p></w:footnote>'
    path = make_docx(tmp_path / "a.docx", f"<w:p>{run(STATES)}{mark}{run(' ' + DAYS)}</w:p>", own)
    add_file(path, Given(), desk, lambda page, pages: None)
    (document,) = library.documents()
    (found,) = quote_notes(library, document.sha256, [Part(1, 0, len(STATES))])
    assert (found.number, found.quote) == ("1", "Annual report, page 3.")

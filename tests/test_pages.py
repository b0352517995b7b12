"""From a file to pages: what is read and quoted stands on the sheet, and every page is kept."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import SPACE, Page, Sheet
from ingest.clean import clean_pages
from ingest.raw import End, Metadata, raw_page
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text
from tests.pdf_maker import Run, lines, make_pdf


def read_pages(path: Path) -> list[Page]:
    reader = read_pdf if path.suffix == ".pdf" else read_text
    return clean_pages([line for line in reader(path) if isinstance(line, Page)])


def clean_text(text: str) -> str:
    (page,) = clean_pages([raw_page(1, None, Sheet(text))])
    return page.text


def assert_map_is_true(page: Page) -> None:
    origins = page.origins_between(0, len(page.text))
    for character, origin in zip(page.text, origins, strict=True):
        if origin == SPACE:
            assert character in " \n\t"
        else:
            assert character in unicodedata.normalize("NFKC", page.sheet.text[origin]) or (
                character == page.sheet.text[origin]
            )


@given(st.lists(st.text(alphabet=st.sampled_from("ab1.- \n\u2022\u00ad\ufb01\u00b9#T\u200b\u00a0")), max_size=4))
def test_every_character_of_the_text_is_one_of_the_sheet_or_a_declared_space(texts: list[str]) -> None:
    pages = [raw_page(number, None, Sheet(text)) for number, text in enumerate(texts, start=1)]
    cleaned = clean_pages(pages)
    assert [page.number for page in cleaned] == [page.number for page in pages]
    for page in cleaned:
        assert_map_is_true(page)


@given(st.text(alphabet=st.sampled_from("abc. \n")))
def test_cleaning_loses_no_letter(text: str) -> None:
    assert "".join(clean_text(text).split()) == "".join(text.split())


def test_a_finding_cut_by_a_blank_line_and_a_stray_bullet_comes_back_whole() -> None:
    text = (
        "- In third countries, key challenges linked to the prevention of trafficking related to cultural\n\n"
        "- differences, cross-border cooperation and awareness raising.\n- Countries identified good practices.\n"
    )
    assert clean_text(text) == (
        "In third countries, key challenges linked to the prevention of trafficking related to cultural "
        "differences, cross-border cooperation and awareness raising.\nCountries identified good practices."
    )


def test_a_sentence_cut_before_a_capital_comes_back_whole() -> None:
    text = (
        "Trafficking in human beings violates the EU Charter on Fundamental\n\n"
        "Rights (Article 5(3)). It is a global phenomenon that affects nearly all countries.\n"
    )
    assert "Charter on Fundamental Rights (Article 5(3))." in clean_text(text)


def test_a_sentence_that_breaks_off_is_not_joined_to_the_next_point() -> None:
    text = "- Others consider measures to strengthen the identification of certain groups of\n\n- About the EMN: site\n"
    assert clean_text(text).split("\n") == [
        "Others consider measures to strengthen the identification of certain groups of",
        "About the EMN: site",
    ]


def test_note_marks_soft_hyphens_and_ligatures_are_resolved() -> None:
    assert (
        clean_text("Fundamental Rights.\u00b9 It is traf\u00ad\ufb01cking.") == "Fundamental Rights. It is trafficking."
    )


def test_a_hyphen_at_a_line_end_is_joined_and_kept_where_the_word_has_one() -> None:
    text = "The coopera-\ntion of third-\ncountry services. A third-country national. Cooperation is good."
    assert clean_text(text).startswith("The cooperation of third-country services.")


def test_a_pdf_keeps_every_page_with_its_printed_label(tmp_path: Path) -> None:
    path = make_pdf(
        tmp_path / "a.pdf", lines("Preface."), [], lines("Chapter."), labels="0 <</S /r>> 2 <</S /D /St 5>>"
    )
    pages = read_pages(path)
    assert [(page.number, page.label) for page in pages] == [(1, "i"), (2, "ii"), (3, "5")]
    assert [page.text for page in pages] == ["Preface.", "", "Chapter."]


def test_every_character_of_a_pdf_has_its_box_in_points_from_the_top(tmp_path: Path) -> None:
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", [Run(72, 700, "Word", 20)]))
    box = page.sheet.box(0)
    assert box is not None
    assert (page.sheet.width, page.sheet.height) == (595, 842)
    assert box.left == pytest.approx(72, abs=2)
    assert box.top < 842 - 700 < box.bottom
    assert len(page.sheet.boxes) == 16 * len(page.sheet.text)


def test_a_raised_number_after_a_word_is_a_note_mark_and_no_figure(tmp_path: Path) -> None:
    runs = [Run(72, 700, "In all Member States"), Run(174.5, 705, "1", 6), Run(182, 700, "the period is 30 days.")]
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", runs))
    assert page.text == "In all Member States the period is 30 days."
    assert "States1" in page.sheet.text.replace(" ", "")


def test_figures_of_small_print_beside_larger_letters_are_kept(tmp_path: Path) -> None:
    runs = [Run(72, 700, "Terms of use of this text", 14), Run(250, 700, "CC BY 4.0, 2019", 6)]
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", runs))
    assert page.text == "Terms of use of this text CC BY 4.0, 2019"


def test_running_heads_and_counters_are_kept_out_of_the_text_but_stay_on_the_sheet(tmp_path: Path) -> None:
    contents = [
        [Run(72, 810, "A Report on Permits"), *lines(f"Sentence of page {word}."), Run(290, 30, str(10 + number))]
        for number, word in enumerate(("one", "two", "three"))
    ]
    pages = read_pages(make_pdf(tmp_path / "a.pdf", *contents))
    assert [page.text for page in pages] == [f"Sentence of page {word}." for word in ("one", "two", "three")]
    assert [page.label for page in pages] == ["10", "11", "12"]
    assert all("A Report on Permits" in page.sheet.text for page in pages)


@pytest.mark.parametrize(("often", "is_kept"), [(5, False), (4, True)])
def test_what_stands_lower_is_a_running_head_only_where_it_comes_back_on_half_of_the_pages(
    tmp_path: Path, often: int, is_kept: bool
) -> None:
    head = [[Run(72 if page % 2 else 400, 766, "Plan of a Desk")] if page < often else [] for page in range(10)]
    pages = read_pages(make_pdf(tmp_path / "a.pdf", *([*above, *lines("A sentence.")] for above in head)))
    assert any("Plan of a Desk" in page.text for page in pages) is is_kept


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = lines("The left column has a finding that", "runs over two lines.")
    right = lines("The right column has another one", "of its own.", x=320)
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", [*left, *right]))
    assert (
        page.text
        == "The left column has a finding that runs over two lines.\nThe right column has another one of its own."
    )


def test_form_feeds_divide_the_pages_of_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffOne.\r\n\fTwo.".encode())
    assert [page.text for page in read_pages(path)] == ["One.", "Two."]


def test_a_reader_says_how_many_pages_there_are_first_and_last(tmp_path: Path) -> None:
    found = list(read_pdf(make_pdf(tmp_path / "a.pdf", lines("One."), lines("Two."))))
    assert (found[0], found[-1]) == (Metadata(2), End(2))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("guardian-\nadvocates help. A guardian is one of the advocates.", "guardian-advocates help."),
        ("the coopera-\ntion of states.", "the cooperation of states."),
        ("non-\npunishment of victims. No punishment.", "non-punishment of victims."),
        ("Common Anti-\nTrafficking Plan.", "Common Anti-Trafficking Plan."),
        ("Directive 2004/81/\nEC binds states.", "Directive 2004/81/EC binds states."),
        ("short-\nand long-term stays.", "short- and long-term stays."),
        ("labour-\nintensive work. A labour-intensive sector.", "labour-intensive work."),
    ],
)
def test_a_line_end_is_undone_as_the_word_wants_it(text: str, joined: str) -> None:
    assert clean_text(text).startswith(joined)


def test_a_sentence_goes_on_after_the_notes_that_stand_between_its_columns(tmp_path: Path) -> None:
    left = lines("People in asylum procedures and in other procedures of", "entry into the territory and of", top=700)
    notes = lines("1 A note of the left column, with its address.", top=100, size=7)
    right = lines("return are named as groups at special risk.", x=320, top=700)
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", [*left, *notes, *right]))
    assert "of entry into the territory and of return are named as groups at special risk." in page.text

"""What breaks the reading of reports in the wild: each failure with the tests that make it in a small file."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.documents import Passage
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.split import Splitting, split_blocks
from tests.conftest import Ask
from tests.hostile_pdfs import remapped
from tests.pdf_maker import Fill, Run, lines, make_pdf
from tests.test_failures import PROSE, read_blocks, warnings_of
from tests.test_faults import named_tests
from tests.test_pages import read_pages

COVERED = {
    "columns interleaved line by line": [
        "test_failures.test_columns_that_a_file_gives_line_by_line_are_read_one_after_the_other",
        "test_failures.test_words_beside_each_other_that_are_no_prose_stay_in_their_lines",
    ],
    "digits dropped by a font's map": [
        "test_failures.test_figures_whose_digits_are_missing_are_seen",
        "test_wild_failures.test_a_report_in_which_every_nought_is_gone_is_seen",
    ],
    "bullets as letters, odd quotes and blocks": [
        "test_failures.test_letters_that_stand_for_bullets_are_bullets",
        "test_failures.test_low_quotation_marks_that_stand_for_bullets_are_bullets",
        "test_wild_failures.test_blocks_and_arrows_that_stand_for_bullets_are_bullets",
    ],
    "ligatures and soft hyphens": [
        "test_pages.test_note_marks_soft_hyphens_and_ligatures_are_resolved",
        "test_wild_failures.test_a_ligature_is_its_letters_whatever_the_file_calls_it",
        "test_wild_failures.test_a_ligature_that_the_file_does_not_know_is_seen_and_makes_no_other_word",
        "test_wild_failures.test_a_word_that_a_hyphen_cuts_at_the_end_of_a_line_is_whole",
    ],
    "marks of notes glued to words": [
        "test_failures.test_a_note_is_read_apart_with_its_number_and_its_mark_is_in_no_word",
        "test_failures.test_a_mark_in_brackets_that_cuts_a_word_is_taken_out_of_it",
        "test_notes.test_a_mark_behind_a_year_is_no_figure_of_it",
        "test_wild_failures.test_a_raised_mark_behind_a_title_or_a_point_is_in_neither",
    ],
    "notes in the flow of the text": [
        "test_pages.test_a_sentence_goes_on_after_the_notes_that_stand_between_its_columns",
        "test_wild_failures.test_long_notes_before_the_first_finding_are_in_no_passage_of_the_text",
    ],
    "a page or a column that ends within a finding": [
        "test_passages.test_a_finding_over_a_page_break_is_one_passage_with_a_part_on_each_page",
        "test_pages.test_a_finding_cut_by_a_blank_line_and_a_stray_bullet_comes_back_whole",
        "test_wild_failures.test_a_finding_that_runs_over_a_column_and_a_page_is_one",
    ],
    "a last sentence that is cut off": [
        "test_answers.test_a_sentence_that_breaks_off_is_no_answer",
        "test_wild_failures.test_a_last_sentence_that_is_cut_off_ends_where_the_file_does",
    ],
    "running heads and page counters": [
        "test_pages.test_running_heads_and_counters_are_kept_out_of_the_text_but_stay_on_the_sheet",
        "test_failures.test_running_feet_with_roman_and_arabic_numbers_are_left_out_and_number_the_pages",
        "test_wild_failures.test_a_counter_of_all_pages_under_a_running_title_numbers_them_and_is_in_no_text",
    ],
    "contents with leaders": [
        "test_failures.test_lines_of_contents_are_contents",
        "test_wild_failures.test_contents_are_in_no_passage",
    ],
    "long lists of codes": [
        "test_failures.test_a_list_of_countries_over_a_page_break_is_whole",
        "test_wild_failures.test_a_list_of_more_than_twenty_codes_is_in_one_passage",
        "test_answers.test_capitals_are_words_and_not_codes_of_countries",
    ],
    "two systems of codes": [
        "test_answers.test_capitals_are_words_and_not_codes_of_countries",
        "test_matrix.test_a_country_is_known_by_the_codes_of_eu_documents",
    ],
    "titles of one template in every national report": [
        "test_wild_failures.test_chapters_of_one_title_are_told_apart_by_the_country_of_their_report",
    ],
    "variants of spelling": ["test_wild_failures.test_a_question_finds_what_is_spelt_in_another_way"],
    "several languages in one file": [
        "test_describe.test_a_long_passage_in_another_language_is_marked_with_it",
        "test_families.test_a_quote_says_in_which_language_it_is",
    ],
    "copies on other hosts": ["test_wild_failures.test_a_site_that_copies_reports_is_not_their_publisher"],
    "tables, boxes and charts": [
        "test_failures.test_the_cells_of_a_row_stay_apart_under_their_heads_and_an_empty_one_keeps_its_place",
        "test_failures.test_a_box_is_a_block_of_its_own_and_its_heading_ends_with_it",
        "test_wild_failures.test_a_page_that_is_a_chart_alone_says_that_it_has_no_text",
    ],
    "coloured boxes among unordered columns": [
        "test_wild_failures.test_a_box_that_the_file_gives_within_a_sentence_stays_out_of_it",
    ],
}


def test_every_failure_has_its_tests() -> None:
    for failure, tests in COVERED.items():
        for name in tests:
            module, beginning = name.split(".")
            assert any(test.startswith(beginning) for test in named_tests(module)), f"{failure}: {name}"


def passages_of(path: Path, limit: int = 256) -> list[Passage]:
    return split_blocks(read_blocks(path), "0" * 64, Splitting(limit, lambda text: len(text.split())))


YEARS = (
    "In 2008 there were 120 victims; in 2010 there were 305 and in 2011 there were 1064.",
    "In 2013 there were 90, of whom 70 were adults, and in 2020 there were 1200 of them.",
    "Of 100 permits 70 were given in 2009 and 30 in 2010; a fee of 50 euro was due in 2006.",
)


@pytest.mark.parametrize("meant", ["0020", "200B"], ids=["a space", "nothing that can be seen"])
def test_a_report_in_which_every_nought_is_gone_is_seen(tmp_path: Path, meant: str) -> None:
    assert warnings_of(remapped(tmp_path / "a.pdf", 3 * YEARS, {"0": meant})) == ["lost-digits"]
    assert warnings_of(remapped(tmp_path / "b.pdf", 3 * YEARS, {})) == []


@pytest.mark.parametrize("mark", ["\u2022", "\u25a0", "\u25aa", "\u2013", "\u27a2"])
def test_blocks_and_arrows_that_stand_for_bullets_are_bullets(tmp_path: Path, mark: str) -> None:
    texts = ("{ Most countries took part in the study.", "{ Some came later than was planned.")
    blocks = read_blocks(remapped(tmp_path / "a.pdf", texts, {"{": f"{ord(mark):04X}"}))
    assert [(block.kind, block.text) for block in blocks] == [("finding", text[2:]) for text in texts]


TRAFFICKING = ("Victims of tra{cking are found in o{ces of the police.", "Tra{ckers seldom are found in those.")


@pytest.mark.parametrize("meant", ["FB03", "006600660069"])
def test_a_ligature_is_its_letters_whatever_the_file_calls_it(tmp_path: Path, meant: str) -> None:
    (page,) = read_pages(remapped(tmp_path / "a.pdf", TRAFFICKING, {"{": meant}))
    assert page.text.startswith("Victims of trafficking are found in offices of the police.")


@pytest.mark.parametrize("meant", ["FFFD", "0000", "F0FB"])
def test_a_ligature_that_the_file_does_not_know_is_seen_and_makes_no_other_word(tmp_path: Path, meant: str) -> None:
    path = remapped(tmp_path / "a.pdf", [*TRAFFICKING, *20 * PROSE], {"{": meant})
    assert warnings_of(path) == ["unmapped"]
    assert "tracking" not in read_pages(path)[0].text


def test_a_word_that_a_hyphen_cuts_at_the_end_of_a_line_is_whole(tmp_path: Path) -> None:
    texts = ("Victims who were de-", "tected at the bor{", "der are helped.")
    (page,) = read_pages(remapped(tmp_path / "a.pdf", texts, {"{": "00AD"}))
    assert page.text == "Victims who were detected at the border are helped."


def test_a_raised_mark_behind_a_title_or_a_point_is_in_neither(tmp_path: Path) -> None:
    title = [Run(72, 760, "WHO LOOKS AFTER MINORS?", 16, font="F2"), Run(302, 768, "1", 8, font="F2")]
    text = [Run(72, 700, "The study counts open cases."), Run(213, 704, "2", 6), *lines(*PROSE, top=686.25)]
    (block,) = read_blocks(make_pdf(tmp_path / "a.pdf", [*title, *text]))
    assert block.headings == ("WHO LOOKS AFTER MINORS?",)
    assert block.text.startswith("The study counts open cases. Most countries")


def test_long_notes_before_the_first_finding_are_in_no_passage_of_the_text(tmp_path: Path) -> None:
    notes = [
        run
        for number, y in ((1, 120), (2, 90))
        for run in (
            Run(72, y + 4, str(number), 5),
            Run(76, y, "Desk of examples, a note at some length, https://www.example.org/a/very/long", 8),
            Run(76, y - 10, "address of the note, and what else it says of its source, seen in May 2024.", 8),
        )
    ]
    findings = [run for y in (700, 660) for run in (Run(72, y, "\u2022"), Run(90, y, "Most countries fund measures."))]
    found = passages_of(make_pdf(tmp_path / "a.pdf", [*notes, *findings]))
    assert {passage.kind for passage in found if "example.org" in passage.text} == {"note"}
    assert [passage.text for passage in found if passage.kind == "finding"] == [
        "Most countries fund measures.\nMost countries fund measures."
    ]


def test_a_finding_that_runs_over_a_column_and_a_page_is_one(tmp_path: Path) -> None:
    left = [Run(60, 100, "\u2022"), *lines("Countries name the lack of", "means, the distance and the", x=74, top=100)]
    right = lines("many tongues that victims", "speak among the reasons for", x=320, top=700)
    second = [Run(60, 760, "\u2022"), *lines("differences between their figures.", "", x=74, top=760)[:1]]
    path = make_pdf(tmp_path / "a.pdf", [*left, *right], [*second, *lines(*PROSE, top=700)])
    first = next(passage for passage in passages_of(path) if passage.kind == "finding")
    assert first.text.startswith(
        "Countries name the lack of means, the distance and the many tongues that victims speak among the reasons for "
        "differences between their figures."
    )
    assert [part.page for part in first.parts] == [1, 2]


def test_a_last_sentence_that_is_cut_off_ends_where_the_file_does(tmp_path: Path) -> None:
    cut = "Several countries review their policies to strengthen the rights of"
    path = make_pdf(tmp_path / "a.pdf", [*lines(*PROSE), Run(72, 660, "\u2022"), Run(90, 660, cut)])
    assert [passage.text for passage in passages_of(path)][-1] == cut


def test_a_counter_of_all_pages_under_a_running_title_numbers_them_and_is_in_no_text(tmp_path: Path) -> None:
    title = "EMN Focussed Study 2013: Identification of victims"
    contents = [[Run(72, 810, title, 9), *lines(*PROSE), Run(280, 30, f"{number} of 49")] for number in (7, 8, 9)]
    pages = read_pages(make_pdf(tmp_path / "a.pdf", *contents))
    assert {page.text for page in pages} == {" ".join(PROSE)}
    assert [page.label for page in pages] == ["7", "8", "9"]


def test_contents_are_in_no_passage(tmp_path: Path) -> None:
    leaders = " . . . . . . . . . . . . . . . . ."
    contents = lines(f"1. Trafficking in asylum{leaders} 5", f"2. Trafficking in return{leaders} 9")
    found = passages_of(make_pdf(tmp_path / "a.pdf", contents, lines(*PROSE)))
    assert [passage.text for passage in found] == [" ".join(PROSE)]


CODES = "AT, BE, BG, CY, CZ, DE, EE, EL, ES, FI, FR, HR, HU, IE, IT, LT, LU, LV, MT, NL, PL, SE, SK; GE, NO"


def test_a_list_of_more_than_twenty_codes_is_in_one_passage(tmp_path: Path) -> None:
    first, second = CODES[: CODES.index("FR")].strip(), CODES[CODES.index("FR") :]
    words = ["Victims can come forward in many countries", f"({first}", f"{second}).", *PROSE]
    found = passages_of(make_pdf(tmp_path / "a.pdf", lines(*words)), limit=40)
    assert any(f"({CODES})" in " ".join(passage.text.split()) for passage in found)


def add_reports(desk: Desk, folder: Path, *texts: str) -> None:
    for number, text in enumerate(texts):
        path = make_pdf(folder / f"report-{number}.pdf", lines(*text.split("\n")))
        add_file(path, Given(), desk, lambda page, pages: None)


def test_chapters_of_one_title_are_told_apart_by_the_country_of_their_report(
    tmp_path: Path, desk: Desk, library: Library
) -> None:
    report = "National report of {0}: permits in {0}\n \nSection 2: Permits\n \nPermits of {0} last {1} months."
    add_reports(desk, tmp_path, report.format("Ireland", "six"), report.format("Latvia", "nine"))
    assert sorted(document.countries for document in library.documents()) == [("IE",), ("LV",)]


@pytest.mark.parametrize(
    "question",
    ["How long does the plan for combatting THB run?", "How long does the action plan against human trafficking run?"],
)
def test_a_question_finds_what_is_spelt_in_another_way(ask: Ask, question: str) -> None:
    plan = "The action plan for combating trafficking in human beings runs for five years."
    answer = ask([f"{plan}\n\nThe fee for a permit is paid by the employer in May."], question)
    assert plan in [sentence.text for sentence in answer.sentences]


def test_a_site_that_copies_reports_is_not_their_publisher(tmp_path: Path, desk: Desk, library: Library) -> None:
    furniture = Run(72, 20, "Downloaded from Docslib.org, 12 views, upload")
    notice = Run(72, 400, "\xa9 2024 DocsLib. All rights reserved.")
    path = make_pdf(tmp_path / "a.pdf", *([*lines(*PROSE), notice, furniture] for _ in range(3)))
    add_file(path, Given(url="https://docslib.org/doc/1"), desk, lambda page, pages: None)
    (document,) = library.documents()
    assert document.publisher is None
    assert "upload" not in library.page(document.sha256, 1).text


def test_a_page_that_is_a_chart_alone_says_that_it_has_no_text(tmp_path: Path) -> None:
    bars = [Fill(100 + 60 * number, 300, 40, 60 + 50 * number, 0.4) for number in range(5)]
    assert warnings_of(make_pdf(tmp_path / "a.pdf", lines(*PROSE), bars)) == ["no-text"]


def test_a_box_that_the_file_gives_within_a_sentence_stays_out_of_it(tmp_path: Path) -> None:
    left = lines("Most countries have funded measures in", "the countries of origin and in those of", x=60, top=700)
    box: list[Run | Fill] = [
        Fill(310, 560, 230, 80, 0.85),
        Run(320, 615, "Key points", font="F2"),
        *lines("Ten countries say that they fund none.", x=320, top=590),
    ]
    rest = lines("transit, and they say so in reports of", "their own, year by year.", x=320, top=700)
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", [*left, *box, *rest]))
    whole = "Most countries have funded measures in the countries of origin and in those of transit"
    assert [(block.kind, block.text) for block in blocks] == [
        (
            "paragraph",
            f"{whole}, and they say so in reports of their own, year by year.",
        ),
        ("box", "Ten countries say that they fund none."),
    ]

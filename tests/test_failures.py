"""What breaks naive reading of reports, each in a small file of its own: columns, tables, boxes, marks, bullets."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.documents import Page, PageWarning
from ingest.clean import clean_pages
from ingest.readers.pdf import read_pdf
from ingest.report import find_warnings
from ingest.structure import Block, find_blocks
from tests import hostile_pdfs
from tests.pdf_maker import Fill, Run, lines, make_pdf, rules
from tests.test_pages import assert_map_is_true, read_pages

PROSE = ("Most countries have funded measures in the countries of origin,", "and they say so in their reports.")


def read_blocks(path: Path) -> list[Block]:
    pages = read_pages(path)
    for page in pages:
        assert_map_is_true(page)
    return find_blocks(pages)


def row(y: float, *cells: str, font: str = "F1") -> list[Run]:
    return [Run(76 + 130 * number, y, cell, 10, font=font) for number, cell in enumerate(cells) if cell]


def table(*bodies: tuple[str, ...]) -> list[Run | Fill]:
    heads = row(690, "Country", "Measures abroad", "Regions", font="F2")
    body = [run for number, cells in enumerate(bodies) for run in row(670 - 20 * number, *cells)]
    return [*rules(704, *(684 - 20 * number for number in range(len(bodies) + 1))), *heads, *body]


def test_the_cells_of_a_row_stay_apart_under_their_heads_and_an_empty_one_keeps_its_place(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", table(("Austria (AT)", "Yes", "Sahel"), ("Hungary (HU)", "", "Balkans")))
    blocks = read_blocks(path)
    assert [block.text for block in blocks] == ["Austria (AT)\tYes\tSahel", "Hungary (HU)\t\tBalkans"]
    assert {block.kind for block in blocks} == {"table row"}
    assert {block.headings[-1] for block in blocks} == {"Country\tMeasures abroad\tRegions"}


def test_the_rows_of_a_table_do_not_run_into_the_text_around_it(tmp_path: Path) -> None:
    content = [*lines(*PROSE, top=760), *table(("Austria (AT)", "Yes", "Sahel")), *lines(*PROSE, top=600)]
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", content))
    assert [block.kind for block in blocks] == ["paragraph", "table row", "paragraph"]
    assert blocks[0].text == blocks[2].text == " ".join(PROSE)


def test_a_caption_is_no_sentence_and_is_not_glued_to_the_first_value_under_it(tmp_path: Path) -> None:
    content = [*lines("Figure 1: Share of nationals of third countries", "43 %", top=700), *lines(*PROSE, top=600)]
    kinds = [(block.kind, block.text) for block in read_blocks(make_pdf(tmp_path / "a.pdf", content))]
    assert kinds[0] == ("caption", "Figure 1: Share of nationals of third countries")
    assert kinds[1][1] == "43 %"


def test_a_heading_in_bold_is_not_glued_to_the_text_under_it(tmp_path: Path) -> None:
    content = [Run(72, 713.75, "2.1 Illegal employment", font="F2"), *lines(*PROSE)]
    (block,) = read_blocks(make_pdf(tmp_path / "a.pdf", content))
    assert (block.headings, block.text) == (("2.1 Illegal employment",), " ".join(PROSE))


def test_bold_words_within_a_sentence_are_no_heading(tmp_path: Path) -> None:
    content = [
        Run(72, 700, "Table 2 shows the form that the answers would take. The table is"),
        Run(72, 686.25, "illustrative and no country was asked about its practice", font="F2"),
        Run(72, 672.5, "in the year of the report."),
    ]
    (block,) = read_blocks(make_pdf(tmp_path / "a.pdf", content))
    assert "The table is illustrative and no country was asked about its practice in the year" in block.text


def test_a_box_is_a_block_of_its_own_and_its_heading_ends_with_it(tmp_path: Path) -> None:
    box: list[Run | Fill] = [
        Fill(60, 610, 400, 70, 0.9),
        Run(72, 660, "Key points", font="F2"),
        *lines("A box states what matters most in a report.", top=630),
    ]
    content = [*lines(*PROSE, top=760), *box, *lines(*PROSE, top=580)]
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", content))
    assert [(block.kind, block.headings) for block in blocks] == [
        ("paragraph", ()),
        ("box", ("Key points",)),
        ("paragraph", ()),
    ]


def test_letters_that_stand_for_bullets_are_bullets(tmp_path: Path) -> None:
    first = [Run(72, 700, "n", 9), Run(90, 700, "Finding number one stands here.")]
    second = [Run(72, 686, "n", 9), Run(90, 686, "Finding number two stands here.")]
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", [*first, *second, *lines(*PROSE, top=600)]))
    assert [(block.kind, block.text) for block in blocks[:2]] == [
        ("finding", "Finding number one stands here."),
        ("finding", "Finding number two stands here."),
    ]


def test_a_note_is_read_apart_with_its_number_and_its_mark_is_in_no_word(tmp_path: Path) -> None:
    content = [
        Run(72, 700, "In many Member States"),
        Run(182, 704, "1", 6),
        Run(189, 700, "the rules date from 2017."),
        Run(312, 704, "5", 6),
        *lines(*PROSE, top=686.25),
        Run(72, 104, "1", 5),
        Run(76, 100, "A first note, with its address.", 8),
        Run(72, 94, "5", 5),
        Run(76, 90, "Another note, with another address.", 8),
    ]
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", content))
    assert blocks[0].text.startswith("In many Member States the rules date from 2017. Most")
    assert [(block.kind, block.headings, block.text) for block in blocks[1:]] == [
        ("note", ("Note 1",), "A first note, with its address."),
        ("note", ("Note 5",), "Another note, with another address."),
    ]


def test_lines_of_contents_are_contents(tmp_path: Path) -> None:
    leaders = " . . . . . . . . . . . . . . . . ."
    content = lines(f"1. Introduction{leaders} 5", f"2. Policy{leaders} 9")
    assert {block.kind for block in read_blocks(make_pdf(tmp_path / "a.pdf", content))} == {"contents"}


def test_running_feet_with_roman_and_arabic_numbers_are_left_out_and_number_the_pages(tmp_path: Path) -> None:
    feet = ["A Study - Desk ii", "A Study - Desk iii", "A Study - Desk 1", "A Study - Desk 2"]
    pages = read_pages(make_pdf(tmp_path / "a.pdf", *([*lines(*PROSE), Run(72, 30, foot, 8)] for foot in feet)))
    assert [page.label for page in pages] == ["ii", "iii", "1", "2"]
    assert {page.text for page in pages} == {" ".join(PROSE)}


def test_a_lone_number_in_the_margin_that_no_other_page_counts_on_is_no_label(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [*lines(*PROSE), Run(72, 30, "3", 8)], lines(*PROSE))
    assert [page.label for page in read_pages(path)] == [None, None]


def test_a_list_of_countries_over_a_page_break_is_whole(tmp_path: Path) -> None:
    first = lines("Victims can come forward to a non-governmental", "organisation in many countries (AT, BE, BG, CZ,")
    second = lines("DE, EE, EL, SK; GE, NO), the contact point wrote.", top=780)
    (block,) = read_blocks(make_pdf(tmp_path / "a.pdf", first, second))
    assert block.text.endswith("(AT, BE, BG, CZ, DE, EE, EL, SK; GE, NO), the contact point wrote.")
    assert [part.page for part in block.parts] == [1, 2]


def test_the_letters_of_a_turned_page_stand_where_it_shows_them_and_hidden_ones_are_left_out(tmp_path: Path) -> None:
    content = [*lines(*PROSE), Run(72, 300, "Words in white.", colour=1.0)]
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", content, turned=90))
    box = page.sheet.box(page.sheet.text.index("Most"))
    assert box is not None
    assert (page.sheet.width, page.sheet.height) == (842, 595)
    assert 690 < box.left < box.right < 720
    assert "white" not in page.text


def test_the_words_of_a_file_that_has_nothing_but_headings_are_found(tmp_path: Path) -> None:
    path = make_pdf(
        tmp_path / "a.pdf", [Run(72, 700, "Chapter 1", 20, font="F2")], [Run(72, 700, "Chapter 2", 20, font="F2")]
    )
    assert [(block.kind, block.text) for block in read_blocks(path)] == [
        ("paragraph", "Chapter 1"),
        ("paragraph", "Chapter 2"),
    ]


def warnings_of(path: Path) -> list[str]:
    """The kinds of what looks wrong on the pages of a file, hidden words apart."""
    found = list(read_pdf(path))
    cleaned = clean_pages([line for line in found if isinstance(line, Page)])
    warnings = find_warnings(cleaned, [line for line in found if isinstance(line, PageWarning)])
    return [warning.kind for warning in warnings if warning.kind != "hidden-text"]


@pytest.mark.parametrize(
    "texts",
    [
        ("In 2023, 62 % of the victims were women, and EUR 1.2 million was spent.",),
        ("Share of victims (%)", "% of victims", "The costs are given in EUR-Lex and in EUR (million)."),
        ("Das Aufenthaltsbestimmungsrecht ist in dem Bericht genannt,", *PROSE, "und auch andere Rechte.", *PROSE),
        ("See https://www.example.org/averyveryverylongaddresswithoutanyspaces for more.", *PROSE),
    ],
)
def test_a_page_as_it_should_be_has_no_warning(tmp_path: Path, texts: tuple[str, ...]) -> None:
    assert warnings_of(make_pdf(tmp_path / "a.pdf", lines(*texts))) == []


def test_words_that_run_together_are_seen_although_some_spaces_are_left(tmp_path: Path) -> None:
    joined = "Mostcountrieshavefundedmeasures intheregionsandcountriesoforigin, andtheysaysointheirreports"
    assert warnings_of(make_pdf(tmp_path / "a.pdf", lines(*PROSE, joined, *PROSE))) == ["run-together"]


@pytest.mark.parametrize(
    "texts",
    [
        ("The pe0ple who ask for asy1um are 0ften not heard by the state.", *PROSE),
        (
            "The service is a service of the mechanism; a mechanism is modern.",
            "A servicc, a mecbanism, a rnodern one.",
            "A modern service.",
        ),
    ],
    ids=["figures within words", "shapes taken for each other"],
)
def test_words_that_are_misread_although_they_are_apart_are_seen(tmp_path: Path, texts: tuple[str, ...]) -> None:
    assert warnings_of(make_pdf(tmp_path / "a.pdf", lines(*texts))) == ["misread"]


def test_names_with_figures_and_rare_words_are_not_taken_for_misread(tmp_path: Path) -> None:
    texts = ("The p2p network, the COVID19 measures and the 2nd F5 form are new, says the reform.", *PROSE)
    assert warnings_of(make_pdf(tmp_path / "a.pdf", lines(*texts))) == []


def test_figures_whose_digits_are_missing_are_seen(tmp_path: Path) -> None:
    texts = ("Of all victims,  % were women and  % were children, and EUR  million was spent on them.",)
    assert warnings_of(make_pdf(tmp_path / "a.pdf", lines(*texts))) == ["lost-digits"]


@pytest.mark.parametrize("code_points", ["0049006D0070006F007200740020", "0042", "0031"])
def test_letters_stored_as_other_ones_than_are_drawn_are_seen(tmp_path: Path, code_points: str) -> None:
    assert warnings_of(hostile_pdfs.mapped_to(tmp_path / "a.pdf", code_points)) == ["text-unlike-page"]


@pytest.mark.parametrize("code_points", ["0041", "0061", "FF21"])
def test_letters_stored_as_they_are_drawn_are_not_complained_of(tmp_path: Path, code_points: str) -> None:
    assert warnings_of(hostile_pdfs.mapped_to(tmp_path / "a.pdf", code_points)) == []


@pytest.mark.parametrize("code_points", ["0000", "D800"])
def test_characters_that_are_mapped_to_nothing_are_seen(tmp_path: Path, code_points: str) -> None:
    assert warnings_of(hostile_pdfs.mapped_to(tmp_path / "a.pdf", code_points)) == ["unmapped"]


def hidden_on(path: Path) -> list[int]:
    """The pages of a file that are said to have hidden words."""
    return [line.page for line in read_pdf(path) if isinstance(line, PageWarning) and line.kind == "hidden-text"]


def test_hidden_marks_of_a_program_and_running_heads_shown_elsewhere_are_left_out_without_a_warning(
    tmp_path: Path,
) -> None:
    marks = [Run(558, 690, "63ec12c0-c0c9-11ec-a4ba", 0.5), Run(558, 670, "PLACEHOLDER_1_bca5fee4-cf47", 0.5)]
    head = "A report on permits in Europe"
    path = make_pdf(
        tmp_path / "a.pdf", [*lines(*PROSE), *marks, Run(72, 600, head, colour=1.0)], lines(head, *PROSE, top=600)
    )
    assert hidden_on(path) == []
    assert "PLACEHOLDER" not in "".join(page.text for page in read_pages(path))


def test_hidden_words_that_every_page_repeats_are_told_once(tmp_path: Path) -> None:
    page = [*lines(*PROSE), Run(72, 600, "Fourth pass of these pages", colour=1.0)]
    assert hidden_on(make_pdf(tmp_path / "a.pdf", page, page, page)) == [1]


def test_hidden_words_that_no_page_shows_are_told_however_they_are_scattered(tmp_path: Path) -> None:
    order = [Run(72, 600 - 20 * number, word, 0.5) for number, word in enumerate("obey these funded reports".split())]
    assert hidden_on(make_pdf(tmp_path / "a.pdf", [*lines(*PROSE), *order])) == [1]


def test_a_heading_between_the_rows_of_a_table_is_in_none_of_them_and_takes_no_figure_from_them(tmp_path: Path) -> None:
    shares = [(698, "Friend", "28%"), (682, "Employer", "22%"), (644, "Online", "10%")]
    cells = [Run(x, y, text, 10) for y, *row_cells in shares for x, text in zip((76, 430), row_cells, strict=True)]
    heading = Run(76, 662, "Where they were recruited", 16)
    path = make_pdf(tmp_path / "a.pdf", [*rules(710, 694, 656, 640), *cells, heading, *lines(*PROSE, top=600)])
    assert [block.text for block in read_blocks(path)][:3] == ["Friend\t28%", "Employer\t22%", "Online\t10%"]


LEFT = ("The left column has a finding that", "runs over three lines and ends", "here with a full stop.")
RIGHT = ("The right column has another one", "of its own, which runs on as the", "left one does, to its own end.")
THIRD = ("The third column stands beside the", "second, and it is read after that", "one and not in between its lines.")


@pytest.mark.parametrize("columns", [(LEFT, RIGHT), (LEFT, RIGHT, THIRD)], ids=["two", "three"])
def test_columns_that_a_file_gives_line_by_line_are_read_one_after_the_other(
    tmp_path: Path, columns: tuple[tuple[str, ...], ...]
) -> None:
    woven = [
        Run(60 + 175 * column, 700 - 14 * number, texts[number], 9)
        for number in range(3)
        for column, texts in enumerate(columns)
    ]
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", woven))
    assert_map_is_true(page)
    assert page.text.split("\n") == [" ".join(texts) for texts in columns]


def test_words_beside_each_other_that_are_no_prose_stay_in_their_lines(tmp_path: Path) -> None:
    pairs = [("Austria has signed", "Ratified in 2008"), ("Hungary has signed", "Ratified in 2013"), ("Malta", "No")]
    runs = [Run(72 + 200 * x, 700 - 14 * y, text) for y, pair in enumerate(pairs) for x, text in enumerate(pair)]
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", runs))
    assert page.text.index("Ratified in 2008") < page.text.index("Hungary")


def test_low_quotation_marks_that_stand_for_bullets_are_bullets(tmp_path: Path) -> None:
    points = ["Most countries took part in the study.", "Some came later than was planned."]
    runs = [
        run for y, text in enumerate(points) for run in (Run(72, 700 - 20 * y, "\u201e"), Run(90, 700 - 20 * y, text))
    ]
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", runs))
    assert [(block.kind, block.text) for block in blocks] == [("finding", text) for text in points]


def test_a_mark_in_brackets_that_cuts_a_word_is_taken_out_of_it(tmp_path: Path) -> None:
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", lines("The frame[1]work of the law of [12] states is old.")))
    assert page.text == "The framework of the law of [12] states is old."

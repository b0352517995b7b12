"""Ruled tables with merged cells: their words stay together, and stand in each row that the cell reaches over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Box, Sheet
from ingest.heads import names_columns
from ingest.readers.bands import Band, Cut, number_bands
from ingest.styles import PLAIN, pack_styles
from ingest.tables import find_tables
from tests.pdf_maker import Fill, Run, lines, make_pdf, rules
from tests.test_failures import read_blocks, row
from tests.test_tables import rows_of

HEADS = "Measure\tKind\tYear"
COLUMNS = (72.0, 200.0, 330.0, 472.0)


def uprights(bottom: float, top: float) -> list[Fill]:
    return [Fill(x, bottom, 0.5, top - bottom) for x in COLUMNS]


def table_of(*content: Run | Fill, bottom: float = 600) -> list[Run | Fill]:
    """Three columns under their heads, which end at 684 points from the bottom."""
    heads = row(690, "Measure", "Kind", "Year", font="F2")
    return [*rules(704, 684, bottom), *uprights(bottom, 704), *heads, *content]


SHORT = Fill(200, 660, 272, 0.5)
"""A ruled line that divides the second and the third column alone."""

FIRST, SECOND = [Run(206, 668, "Target", 10), Run(336, 668, "2024", 10)], [Run(206, 640, "Actual", 10)]
LONG = [Run(76, 672 - 12 * number, text, 10) for number, text in enumerate(("A plan that is", "pursued for", "years"))]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (LONG, "A plan that is pursued for years"),
        (LONG[:1], "A plan that is"),
        ([Run(76, 655, "A plan", 10)], "A plan"),
    ],
    ids=["lines beside both rows", "one line at the top", "one line in the middle"],
)
def test_a_cell_that_reaches_over_rows_stands_whole_in_each_of_them(tmp_path: Path, cell: list[Run], said: str) -> None:
    path = make_pdf(tmp_path / "a.pdf", table_of(*cell, *FIRST, *SECOND, SHORT))
    assert rows_of(read_blocks(path)) == [(HEADS, f"{said}\tTarget\t2024"), (HEADS, f"{said}\tActual\t")]


def test_two_cells_beside_each_other_that_reach_over_rows_stay_apart(tmp_path: Path) -> None:
    line = Fill(330, 660, 142, 0.5)
    content = [*LONG, Run(206, 672, "Target", 10), Run(206, 660, "of all", 10), Run(336, 668, "2024", 10)]
    path = make_pdf(tmp_path / "a.pdf", table_of(*content, Run(336, 640, "2025", 10), line))
    said = "A plan that is pursued for years\tTarget of all"
    assert rows_of(read_blocks(path)) == [(HEADS, f"{said}\t2024"), (HEADS, f"{said}\t2025")]


def test_a_cell_in_the_last_column_that_reaches_over_two_of_three_rows_is_in_those(tmp_path: Path) -> None:
    content = [
        *row(664, "Fee", "Target", ""),
        *row(640, "Fund", "Actual", ""),
        *row(616, "Fine", "Target", "2019"),
        Run(336, 652, "2024", 10),
    ]
    cuts = [Fill(72, 656, 258, 0.5), Fill(72, 632, 400, 0.5)]
    assert rows_of(read_blocks(make_pdf(tmp_path / "a.pdf", table_of(*content, *cuts)))) == [
        (HEADS, "Fee\tTarget\t2024"),
        (HEADS, "Fund\tActual\t2024"),
        (HEADS, "Fine\tTarget\t2019"),
    ]


def test_heads_over_several_columns_are_one_row_whatever_lines_stand_in_them(tmp_path: Path) -> None:
    heads = [Run(76, 690, "Country", 10, font="F2"), Run(206, 696, "Victims in", 10, font="F2")]
    years = [Run(206, 682, "2023", 10, font="F2"), Run(336, 682, "2024", 10, font="F2")]
    bodies = [*row(660, "Austria", "5", "6"), *row(640, "Malta", "7", "8")]
    content: list[Run | Fill] = [
        *rules(708, 676, 654, 634),
        Fill(200, 692, 272, 0.5),
        *uprights(634, 708),
        *heads,
        *years,
        *bodies,
    ]
    found = rows_of(read_blocks(make_pdf(tmp_path / "a.pdf", content)))
    assert [cells for _, cells in found] == ["Austria\t5\t6", "Malta\t7\t8"]


def test_a_line_under_words_within_a_cell_divides_nothing(tmp_path: Path) -> None:
    content: list[Run | Fill] = [*LONG, *FIRST, Run(206, 640, "of all", 10), Fill(206, 660, 80, 0.5)]
    path = make_pdf(tmp_path / "a.pdf", table_of(*content))
    assert [cells.split("\t")[0] for _, cells in rows_of(read_blocks(path))] == ["A plan that is pursued for years"]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90)), max_size=30), st.lists(st.integers(5, 85), max_size=4)
)
def test_every_place_within_a_band_is_in_one_of_its_rows(places: list[tuple[int, int]], heights: list[int]) -> None:
    cuts = tuple(Cut(height, ((0.0, 100.0),)) for height in sorted(heights))
    band = Band(Box(-10, -10, 410, 110), cuts)
    numbers = number_bands([band, None], np.array([(x, y, x + 4, y + 4) for x, y in places], dtype=float)).tolist()
    assert all(1 <= number <= 1 + len(cuts) for number in numbers)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 5)), min_size=2, max_size=40))
def test_whatever_bands_a_page_has_each_row_has_a_cell_for_every_column(
    glyphs: list[tuple[int, int, int]],
) -> None:
    boxes = [Box(60.0 * x, 14.0 * y, 60.0 * x + 6, 14.0 * y + 10) for x, y, _ in glyphs]
    packed = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes], dtype="<f4").tobytes()
    bands = np.array([band for _, _, band in glyphs], dtype=np.int64)
    sheet = Sheet("a" * len(glyphs), packed, 595, 842, pack_styles([PLAIN] * len(glyphs), 0 * bands, bands))
    for table in find_tables(sheet):
        assert len({len(one.cells) for one in table.rows}) <= 1


def test_a_line_above_notes_within_a_frame_of_lines_cuts_no_sentence(tmp_path: Path) -> None:
    said = "The number of victims fell although more countries took part in the year of the report."
    content: list[Run | Fill] = [
        *rules(704, 684, 664, 560),
        *row(690, "Country", "Victims", "Year"),
        *row(670, "Malta", "5", "2024"),
    ]
    path = make_pdf(
        tmp_path / "a.pdf", [*content, Run(76, 640, said, 10), Fill(72, 600, 98, 0.5), Run(76, 590, "1 A note", 8)]
    )
    assert said in [block.text for block in read_blocks(path)]


CODES = [("EL", "GR", "el", "5"), ("UK", "GB", "en", "6"), ("SK", "SK", "sk", "7")]
VICTIMS = [("Suspected victims of trafficking", "12"), ("Identified victims of trafficking", "140")]
BETWEEN = (
    "These codes are often taken for each other in 2020",
    "reports, and no reader of a page can tell them apart by their form in",
    "the tables of a report.",
)


def cells(y: float, *pairs: tuple[float, str], font: str = "F1") -> list[Run]:
    return [Run(x, y, text, 10, font=font) for x, text in pairs]


def test_two_tables_of_one_width_keep_their_rows_although_a_marked_sentence_stands_between(tmp_path: Path) -> None:
    heads = ("EU", "ISO", "Language", "Count")
    columns = (76, 110, 150, 220)
    rows = [(heads, "F2"), *((row, "F1") for row in CODES)]
    first = [
        run
        for n, (row, font) in enumerate(rows)
        for run in cells(690 - 20 * n, *zip(columns, row, strict=True), font=font)
    ]
    text = [*lines(*BETWEEN, x=76, top=600), Run(76, 540, "Table 4: Victims registered in some countries", 11)]
    mark = [Run(331, text[0].y + 4, "36", 6), Run(340, text[0].y, "and later", 11)]
    under = cells(510, (76, "Group"), (420, "Number"), font="F2")
    second = [run for n, row in enumerate(VICTIMS) for run in cells(490 - 20 * n, *zip((76, 420), row, strict=True))]
    ruled = rules(704, 684, 664, 644, 624, 524, 504, 484, 464)
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", [*ruled, *first, text[0], *mark, *text[1:], *under, *second]))
    expected = [("\t".join(heads), "\t".join(row)) for row in CODES]
    assert rows_of(blocks) == [*expected, *(("Group\tNumber", "\t".join(row)) for row in VICTIMS)]
    assert f"{BETWEEN[0]} and later {BETWEEN[1]} {BETWEEN[2]}" in [block.text for block in blocks]


def test_the_axis_of_a_chart_under_a_table_makes_no_row_of_what_stands_between(tmp_path: Path) -> None:
    words = [Run(76, 630, "Sources: the police.", 10), Run(76, 600, "Figure 4: Arrests in two years", 10)]
    bars = [Run(206 + 130 * (n % 2), 580 - 12 * (n // 2), str(1374 - n), 10) for n in range(6)]
    content: list[Run | Fill] = [*words, *bars, *row(670, "Arrests", "219", "158"), *row(650, "Victims", "3", "5")]
    heads = row(690, "", "2024", "2025", font="F2")
    ruled = rules(704, 684, 664, 644, 500)
    blocks = read_blocks(make_pdf(tmp_path / "a.pdf", [*ruled, *heads, *content]))
    assert rows_of(blocks) == [("\t2024\t2025", "Arrests\t219\t158"), ("\t2024\t2025", "Victims\t3\t5")]
    assert ("caption", words[1].text) in [(block.kind, block.text) for block in blocks]


FORM = [("Description", "Type", "Start date"), ("", "Target", ""), ("To be determined", "Actual", "")]
COUNTED = [("Form", "Status", "Share"), ("Labour", "Met", "12.5"), ("Sex", "Met", "40.1"), ("Both", "", "3.0")]
GOING_ON = [("Adviser", "Unit of data", "Geneva"), ("Officer", "", "Geneva"), ("Clerk", "", "Copenhagen")]
WORDS = [("Austria", "Yes", "Sahel"), ("Hungary", "Partly", "Balkans"), ("Malta", "No", "Libya")]


@pytest.mark.parametrize(
    ("rows", "is_headed"),
    [(FORM, True), (COUNTED, True), (GOING_ON, False), (WORDS, False)],
    ids=["the only full row", "words over figures", "a row like those under it", "a row of words"],
)
def test_a_first_row_in_no_bold_letters_names_the_columns_only_where_it_surely_does(
    tmp_path: Path, rows: list[tuple[str, ...]], is_headed: bool
) -> None:
    content = [run for number, texts in enumerate(rows) for run in row(690 - 20 * number, *texts)]
    ruled = rules(*(704 - 20 * number for number in range(len(rows) + 1)))
    found = rows_of(read_blocks(make_pdf(tmp_path / "a.pdf", [*ruled, *content])))
    heads = "\t".join(rows[0]) if is_headed else ""
    assert found == [(heads, "\t".join(texts)) for texts in rows[is_headed:]]


@given(st.lists(st.lists(st.sampled_from(["", "Share", "12", "Yes", "Malta"]), min_size=3, max_size=3), min_size=1))
def test_a_row_that_names_columns_has_a_word_for_each_and_stands_over_two_rows_at_least(rows: list[list[str]]) -> None:
    if names_columns(rows):
        assert len(rows) > 2
        assert all(text in ("Share", "Malta") for text in rows[0])
        assert not any(text == rows[0][place] for texts in rows[1:] for place, text in enumerate(texts))

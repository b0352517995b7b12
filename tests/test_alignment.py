"""Tables that have no ruled lines: seen by their alignment, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.alignment import find_all_tables
from ingest.structure import find_blocks
from tests.pdf_maker import Run, lines, make_pdf
from tests.test_pages import assert_map_is_true, read_pages
from tests.test_tables import rows_of

SHARES = [("Austria", "12", "4.5%"), ("Hungary", "140", "51.9%"), ("Malta", "7", "2.6%"), ("Sweden", "110", "41.0%")]
HEADS = ("Country", "Victims", "Share")
PROSE = ("Most countries have funded measures in the countries of origin,", "and they say so in their reports.")


def grid(*rows: tuple[str, ...], top: float = 700, step: float = 16, across: float = 130) -> list[Run]:
    return [
        Run(72 + across * column, top - step * number, text, 10)
        for number, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]


def test_the_rows_of_a_table_without_ruled_lines_stand_under_their_heads(tmp_path: Path) -> None:
    content = [*lines(*PROSE, top=780), *grid(HEADS, *SHARES), *lines(*PROSE, top=600)]
    (page,) = pages = read_pages(make_pdf(tmp_path / "a.pdf", content))
    assert_map_is_true(page)
    blocks = find_blocks(pages)
    assert rows_of(blocks) == [("\t".join(HEADS), "\t".join(cells)) for cells in SHARES]
    assert [block.text for block in blocks if block.kind == "paragraph"] == 2 * [" ".join(PROSE)]


def test_an_empty_cell_keeps_its_place_and_a_second_line_is_of_its_row(tmp_path: Path) -> None:
    rows = grid(HEADS, *SHARES[:2], ("Bosnia and", "", "1.5%"), step=24)
    wrapped = Run(72, 700 - 3 * 24 - 11, "Herzegovina", 10)
    content = [*rows, wrapped, *grid(("Sweden", "110", "41.0%"), top=700 - 4 * 24)]
    found = rows_of(find_blocks(read_pages(make_pdf(tmp_path / "a.pdf", content))))
    assert [cells for _, cells in found][2:] == ["Bosnia and Herzegovina\t\t1.5%", "Sweden\t110\t41.0%"]


def test_heads_of_two_rows_are_one_for_each_column(tmp_path: Path) -> None:
    years = ("", "2023", "2024")
    units = ("Country", "number", "number")
    bold = [Run(run.x, run.y, run.text, 10, font="F2") for run in grid(years, units, top=732)]
    found = rows_of(find_blocks(read_pages(make_pdf(tmp_path / "a.pdf", [*bold, *grid(*SHARES)]))))
    assert {heads for heads, _ in found} == {"Country\t2023 number\t2024 number"}


CHAPTERS = [
    (f"Chapter on the {name} of victims", page) for name, page in zip(("one", "two", "three"), "359", strict=True)
]
BARS = [Run(72, 700 - 16 * number, name, 10) for number, (name, _, _) in enumerate(SHARES)]
ENDS = [Run(200 + 60 * number, 700 - 16 * number, share, 10) for number, (_, _, share) in enumerate(SHARES)]
COLUMN = "Countries fund measures for victims in"


@pytest.mark.parametrize(
    "content",
    [
        [*grid(*CHAPTERS, across=400)],
        [run for pair in zip(BARS, ENDS, strict=True) for run in pair],
        [*grid(*[(COLUMN, COLUMN)] * 12, across=240, step=13)],
        [*grid(*[("They act in", "and act for", "and act with")] * 12, across=100, step=13)],
        [*grid(*[(f"{number}.", PROSE[0]) for number in range(1, 6)], across=30)],
        [*grid(*SHARES[:2])],
    ],
    ids=["contents", "bars of a chart", "two columns", "three columns", "a numbered list", "two rows"],
)
def test_what_is_no_table_is_none(tmp_path: Path, content: list[Run]) -> None:
    (page,) = read_pages(make_pdf(tmp_path / "a.pdf", content))
    assert find_all_tables(page.sheet) == ()

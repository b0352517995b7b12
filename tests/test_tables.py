"""Tables of web pages and Word files: each cell in its column under its head, merged ones in their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.grid import Cell, lay_out
from ingest.structure import Block
from tests.test_formats import blocks_of
from tests.word_maker import make_docx, paragraph, row, run


def rows_of(blocks: list[Block]) -> list[tuple[str, str]]:
    """The heads of the columns and the cells of every row."""
    return [(block.headings[-1] if block.headings else "", block.text) for block in blocks if block.kind == "table row"]


def web_table(tmp_path: Path, markup: str) -> list[tuple[str, str]]:
    path = tmp_path / "a.html"
    path.write_text(f"<html><table>{markup}</table></html>", encoding="utf-8")
    return rows_of(blocks_of(path))


HEADS = "<tr><th>Country</th><th>Measures</th><th>Regions</th></tr>"


def test_a_row_of_a_web_page_has_its_cells_apart_under_their_heads_and_an_empty_one_keeps_its_place(
    tmp_path: Path,
) -> None:
    body = (
        "<tr><th scope=row>Austria</th><td>Yes</td><td>Sahel</td></tr><tr><td>Hungary</td><td></td><td>Asia</td></tr>"
    )
    heads = "Country\tMeasures\tRegions"
    assert web_table(tmp_path, HEADS + body) == [(heads, "Austria\tYes\tSahel"), (heads, "Hungary\t\tAsia")]


def test_a_cell_merged_over_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    body = "<tr><td rowspan=2>Austria</td><td>2023</td><td>5</td></tr><tr><td>2024</td><td>6</td></tr>"
    assert [cells for _, cells in web_table(tmp_path, HEADS + body)] == ["Austria\t2023\t5", "Austria\t2024\t6"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("<td>Spain</td>", "Spain\t\tSahel"), ("<td colspan=3>No answers</td>", "No answers")],
    ids=["a short row", "a row merged over it"],
)
def test_a_cell_merged_over_rows_ends_with_its_last_row_whatever_stands_before_it(
    tmp_path: Path, first: str, second: str
) -> None:
    body = f"<tr><td>Austria</td><td>Yes</td><td rowspan=2>Sahel</td></tr><tr>{first}</tr>"
    last = "<tr><td>Hungary</td><td>No</td><td>Asia</td></tr>"
    assert [cells for _, cells in web_table(tmp_path, HEADS + body + last)][1:] == [second, "Hungary\tNo\tAsia"]


def test_a_head_merged_over_columns_names_each_of_them(tmp_path: Path) -> None:
    heads = "<tr><th rowspan=2>Country</th><th colspan=2>Victims</th></tr><tr><th>2023</th><th>2024</th></tr>"
    body = "<tr><td>Austria</td><td>5</td><td>6</td></tr>"
    assert web_table(tmp_path, f"<thead>{heads}</thead>{body}") == [
        ("Country\tVictims 2023\tVictims 2024", "Austria\t5\t6")
    ]


def test_a_cell_merged_over_columns_is_said_once(tmp_path: Path) -> None:
    body = "<tr><td>Austria</td><td colspan=2>None</td></tr><tr><td colspan=3>Observer countries</td></tr>"
    assert [cells for _, cells in web_table(tmp_path, HEADS + body)] == ["Austria\tNone\t", "Observer countries"]


def test_a_table_within_a_cell_is_words_of_that_cell(tmp_path: Path) -> None:
    body = "<tr><td>Austria</td><td><table><tr><td>Yes</td><td>2024</td></tr></table></td><td>Asia</td></tr>"
    assert [cells for _, cells in web_table(tmp_path, HEADS + body)] == ["Austria\tYes 2024\tAsia"]


def test_the_heads_of_one_table_are_not_those_of_the_next(tmp_path: Path) -> None:
    second = "</table><table><tr><td>1</td><td>2</td></tr>"
    assert web_table(tmp_path, f"{HEADS}<tr><td>Austria</td><td>Yes</td></tr>{second}")[-1] == ("", "1\t2")


def test_a_column_that_is_drawn_by_a_table_is_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><table><tr><td>Most countries took part.</td></tr></table></html>", encoding="utf-8")
    assert [block.kind for block in blocks_of(path)] == ["paragraph"]


BOLD = "<w:tr>" + "".join(f"<w:tc><w:p>{run(head, '<w:b/>')}</w:p></w:tc>" for head in ("Country", "Year")) + "</w:tr>"
MARKED = row("Country", "Year").replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>")


@pytest.mark.parametrize("heads", [BOLD, MARKED], ids=["in bold", "marked as heads"])
def test_the_rows_of_a_word_file_stand_under_its_heads(tmp_path: Path, heads: str) -> None:
    path = make_docx(tmp_path / "a.docx", f"<w:tbl>{heads}{row('Austria', '2024')}{row('', '2025')}</w:tbl>")
    assert rows_of(blocks_of(path)) == [("Country\tYear", "Austria\t2024"), ("Country\tYear", "\t2025")]


def merged(text: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_merged_cells_of_a_word_file_stand_in_their_rows_and_columns(tmp_path: Path) -> None:
    cells = [
        [merged("Austria", '<w:vMerge w:val="restart"/>'), merged("2023", ""), merged("5", "")],
        [merged("", "<w:vMerge/>"), merged("None", '<w:gridSpan w:val="2"/>')],
    ]
    rows = "".join(f"<w:tr>{''.join(row_cells)}</w:tr>" for row_cells in cells)
    path = make_docx(tmp_path / "a.docx", f"<w:tbl>{rows}</w:tbl>")
    assert [cells for _, cells in rows_of(blocks_of(path))] == ["Austria\t2023\t5", "Austria\tNone\t"]


def test_the_heads_of_a_word_table_are_those_of_its_rows_on_the_next_page(tmp_path: Path) -> None:
    broken = row("Hungary", "2024").replace("<w:t ", '<w:br w:type="page"/><w:t ', 1)
    body = f"<w:tbl>{MARKED}{row('Austria', '2023')}{broken}{row('Malta', '2025')}</w:tbl>"
    found = blocks_of(make_docx(tmp_path / "a.docx", body))
    assert [(block.parts[0].page, block.headings, block.text) for block in found][-1] == (
        2,
        ("Country\tYear",),
        "Malta\t2025",
    )


CELLS = st.builds(
    Cell,
    st.sampled_from(["", "a", "b"]),
    across=st.sampled_from([1, 2, 9999]),
    down=st.sampled_from([1, 3, 9999]),
    head=st.booleans(),
    goes_on=st.booleans(),
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5))
def test_every_row_has_as_many_cells_as_the_table_has_columns_or_one_alone(rows: list[list[Cell]]) -> None:
    grid = lay_out(rows)
    widths = {len(texts) for texts in grid.rows if len(texts) != 1} | ({len(grid.heads)} if grid.heads else set())
    assert len(widths) <= 1
    assert max(widths, default=0) <= 100

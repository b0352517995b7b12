"""Pages whose layout leaves doubts: letters on their side, and words far apart that were read as one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile_pdfs import drawing, write_pdf
from tests.pdf_maker import Run, lines, make_pdf
from tests.test_failures import PROSE, warnings_of


def make_sideways(path: Path, turned: int) -> Path:
    """A page whose lines run from its foot to its head, which is shown turned by so many degrees."""
    shown = " 0 -14 Td ".join(f"({text}) Tj" for text in 3 * PROSE)
    objects = drawing(f"BT /F1 11 Tf 0 1 -1 0 200 100 Tm {shown} ET".encode())
    objects[3] = objects[3].replace(b"/MediaBox", b"/Rotate %d /MediaBox" % turned)
    return write_pdf(path, objects)


@pytest.mark.parametrize(("turned", "kinds"), [(0, ["rotated"]), (90, [])], ids=["on their side", "shown upright"])
def test_lines_that_a_reader_sees_on_their_side_are_told(tmp_path: Path, turned: int, kinds: list[str]) -> None:
    assert warnings_of(make_sideways(tmp_path / "a.pdf", turned)) == kinds


def test_a_few_letters_on_their_side_are_not_told(tmp_path: Path) -> None:
    path = make_sideways(tmp_path / "a.pdf", 0)
    content = b"BT /F1 11 Tf 0 1 -1 0 20 100 Tm (A label of an axis) Tj 1 0 0 1 72 700 Tm (%s) Tj ET"
    write_pdf(path, drawing(content % " ".join(3 * PROSE).encode()))
    assert warnings_of(path) == []


STEPS = ("Ask the person whether help is", "Call the number of the hotline", "Write down what you have seen")


def test_lines_that_may_run_over_columns_are_told(tmp_path: Path) -> None:
    woven = [Run(60 + 240 * column, 700 - 14 * y, STEPS[(y + column) % 3]) for y in range(9) for column in range(2)]
    assert warnings_of(make_pdf(tmp_path / "a.pdf", woven)) == ["columns-unsure"]


def test_points_and_their_marks_are_no_columns(tmp_path: Path) -> None:
    points = [run for y in range(12) for run in (Run(60, 700 - 24 * y, "1."), Run(100, 700 - 24 * y, PROSE[0]))]
    assert warnings_of(make_pdf(tmp_path / "a.pdf", points, lines(*PROSE))) == []

"""Pages that are long, or made to keep their reader busy: each is read in time that grows no faster than the page."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

import pytest

from corpus.documents import Bookmark, Page, Part, Sheet
from ingest.alignment import find_all_tables
from ingest.clean import clean_pages
from ingest.columns import unweave
from ingest.lines import find_lines
from ingest.notes import tie_notes
from ingest.outline import Printed, find_titles
from ingest.paragraphs import put_tables
from ingest.raw import Metadata, raw_page
from ingest.report import find_warnings
from ingest.structure import find_blocks
from ingest.titles import find_title
from tests.stand_ins import make_passage

SECONDS = 3.0
LETTER = 5.0


def sheet_of(rows: Sequence[Sequence[str]], across: float, height: float = 10) -> Sheet:
    """Every row one line of the file, its cells `across` points from each other; a space between two of them."""
    text, boxes = "", []
    for number, cells in enumerate(rows):
        line = " ".join(cells) + "\n"
        starts = accumulate((len(cell) + 1 for cell in cells), initial=0)
        column = {start: place for place, start in enumerate(starts)}
        left = 0.0
        for place in range(len(line)):
            left = across * column[place] if place in column else left + LETTER
            boxes.append((left, 12.0 * number, left + LETTER, 12.0 * number + height))
        text += line
    return Sheet(text, b"".join(struct.pack("<4f", *box) for box in boxes), 600, 800)


def plain(text: str) -> Page:
    return raw_page(1, None, Sheet(text))


def figure_with_a_long_word() -> None:
    words = "2015 Aufenthaltsbeendigungsverfahrensgesetzgebung (x)"
    find_all_tables(sheet_of([("Country", words, "2014")] * 4, across=400))


def piece_under_a_row() -> None:
    find_all_tables(sheet_of([("Country", "12", "13")] * 3 + [("Malta",)] * 24_000, across=100))


def rows_in_two_columns() -> None:
    sheet = sheet_of([("Countries fund measures", "for their victims there")] * 2500, across=200)
    unweave(sheet, find_lines(sheet))


def outline_over_a_long_page() -> None:
    page = [Printed(f"Line {number} of a page", 10.0, False) for number in range(4000)]
    find_titles([page] * 3, [Bookmark(f"Entry {number} of the page", 0, 2) for number in range(1000)])


def outline_of_one_word() -> None:
    page = [Printed("Word", 10.0, False) for _ in range(4000)]
    find_titles([page] * 3, [Bookmark("Word", 0, 2)] * 2000)


def letters_without_a_space() -> None:
    find_warnings([plain("a" * 60_000)], [])


def small_letters_that_stand_once() -> None:
    find_warnings([plain("un" * 30_000 + " 1")], [])


def digits_without_a_letter() -> None:
    find_warnings([plain("1" * 60_000)], [])


def signs_without_a_form() -> None:
    find_warnings([plain("a" + "\ue000" * 60_000)], [])


def marks_of_notes() -> None:
    sheet = "a" * 1_000_000 + "a1 " * 60_000
    kept = [place for place, character in enumerate(sheet) if character != "1"]
    page = Page(1, None, "".join(sheet[place] for place in kept), Sheet(sheet), struct.pack(f"<{len(kept)}i", *kept))
    note = raw_page(2, None, Sheet("A note."))
    tie_notes([page, note], [replace(make_passage("d", note, "Note 1"), kind="note")])


def letters_of_many_sizes() -> None:
    cells = [("abcdefghij",)] * 12_000
    boxes = b"".join(
        sheet_of([row], across=1, height=10 if number % 2 else 20).boxes for number, row in enumerate(cells)
    )
    sheet = Sheet("".join(f"{row[0]}\n" for row in cells), boxes, 600, 800)
    find_title(Metadata(1), [raw_page(1, None, sheet)], "file")


def paragraphs_of_many_sizes() -> None:
    sheet = sheet_of([("abc",)] * 20_000, across=1)
    heights = [1.06**number for number in range(200)]
    boxes = b"".join(
        struct.pack("<4f", 0, 1e6 * number, LETTER, 1e6 * number + heights[number % 200])
        for number in range(20_000)
        for _ in range(4)
    )
    clean_pages([raw_page(1, None, replace(sheet, boxes=boxes))])


def rows_of_a_large_table() -> None:
    sheet = sheet_of([("Country", "12", "13")] * 3000, across=100)
    put_tables(sheet, find_lines(sheet), find_all_tables(sheet))


def captions_between_two_pages() -> None:
    lines = [f"Table {number}: Victims" for number in range(20_000)]
    find_blocks([plain("\n".join(["A sentence that runs on,", *lines]))])


def title_of_many_versions() -> None:
    find_title(Metadata(1, title="Report" + "-1" * 30_000 + "x"), [plain("A report")], "file")


def notes_of_one_paragraph_in_many_passages() -> None:
    text = " ".join(f"{number} See the report." for number in range(1, 900))
    page = raw_page(1, None, Sheet(text))
    passage = replace(make_passage("d", page, text), kind="note")
    parts = tuple(Part(1, start, start + 15) for start in range(0, len(text) - 15, 4))
    tie_notes([page], [replace(passage, parts=parts)])


HARD: list[Callable[[], None]] = [
    figure_with_a_long_word,
    piece_under_a_row,
    rows_in_two_columns,
    outline_over_a_long_page,
    outline_of_one_word,
    letters_without_a_space,
    small_letters_that_stand_once,
    digits_without_a_letter,
    signs_without_a_form,
    marks_of_notes,
    letters_of_many_sizes,
    paragraphs_of_many_sizes,
    rows_of_a_large_table,
    captions_between_two_pages,
    title_of_many_versions,
    notes_of_one_paragraph_in_many_passages,
]


@pytest.mark.parametrize("read", HARD, ids=lambda read: read.__name__.replace("_", " "))
def test_a_hard_page_is_read_in_seconds(read: Callable[[], None]) -> None:
    began = time.process_time()
    read()
    assert time.process_time() - began < SECONDS

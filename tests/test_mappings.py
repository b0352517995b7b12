"""Fonts whose maps are hostile or odd: they cost little, and say nothing of the other fonts of their page."""

from __future__ import annotations

import random
import time
import zlib
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from ingest.readers.mappings import FontDoubts, judge_font
from tests.hostile_pdfs import packed, write_pdf

LIE = b"1 beginbfchar <41> <0042> endbfchar"
ODD = b"1 beginbfchar <41> <004> endbfchar"
UNLIKE = "text-unlike-page"


def reader_of(path: Path, *maps: bytes, pages: tuple[tuple[int, ...], ...] = ()) -> pypdf.PdfReader:
    """A file with a font F0, F1, ... for each map. `pages`: which of them each page has; all on one where empty."""
    lists = pages or (tuple(range(len(maps))),)
    fonts, streams, sheets = 10, 10 + len(maps), 10 + 2 * len(maps)
    kids = b" ".join(b"%d 0 R" % (sheets + place) for place in range(len(lists)))
    objects = {
        1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: b"<</Type /Pages /Count %d /Kids [%s]>>" % (len(lists), kids),
    }
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /F%d /ToUnicode %d 0 R>>"
    for place, content in enumerate(maps):
        objects[fonts + place] = font % (place, streams + place)
        objects[streams + place] = packed(zlib.compress(content))
    for place, used in enumerate(lists):
        named = b" ".join(b"/F%d %d 0 R" % (one, fonts + one) for one in used)
        objects[sheets + place] = (
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <</Font <<%s>>>>>>" % named
        )
    return pypdf.PdfReader(write_pdf(path, objects))


def font_of(tmp_path: Path, content: bytes) -> DictionaryObject:
    page = reader_of(tmp_path / "a.pdf", content).pages[0]
    return page["/Resources"]["/Font"]["/F0"].get_object()  # type: ignore[index, no-any-return]


def test_an_odd_font_leaves_the_doubts_of_the_others_on_its_page(tmp_path: Path) -> None:
    doubts = FontDoubts(reader_of(tmp_path / "a.pdf", LIE, ODD, LIE))
    assert doubts.of_page(0) == {"F0": UNLIKE, "F2": UNLIKE}


def test_fonts_in_doubt_are_told_on_every_page_however_many_others_the_file_has(tmp_path: Path) -> None:
    pages = ((0,), *((number,) for number in range(1, 201)), (0,), (200,))
    doubts = FontDoubts(reader_of(tmp_path / "a.pdf", *[LIE] * 201, pages=pages))
    told = [doubts.of_page(index) for index in range(len(pages))]
    assert told[0] == told[201] == {"F0": UNLIKE}
    assert told[200] == told[202] == {}


@pytest.mark.parametrize("padding", [random.Random(7).randbytes(17_000), b" " * 70_000], ids=["packed", "unpacked"])
def test_a_map_that_is_far_too_long_is_not_read(tmp_path: Path, padding: bytes) -> None:
    assert judge_font(font_of(tmp_path, LIE + b" " + padding[:100])) == UNLIKE
    assert judge_font(font_of(tmp_path, LIE + b" " + padding)) is None


@pytest.mark.parametrize("content", [b"beginbfchar", b"beginbfchar<", b"beginbfrange<41>", b"<41> <41> "])
def test_a_map_of_sections_without_an_end_is_read_in_a_moment(tmp_path: Path, content: bytes) -> None:
    font = font_of(tmp_path, LIE + content * (60_000 // len(content)))
    began = time.monotonic()
    assert judge_font(font) == UNLIKE
    assert time.monotonic() - began < 0.5

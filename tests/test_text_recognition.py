"""Text recognition: of the pages that need it alone, by a program that may be missing, fail or take too long."""

from __future__ import annotations

import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from corpus.documents import PageWarning
from corpus.library import Library
from ingest.add import Desk, Outcome, add_file
from ingest.describe import Given
from ingest.ocr import pages_to_recognise, tell_recognised
from ingest.reading import Limits
from tests.pdf_maker import Run, lines, make_pdf
from tests.stand_ins import make_page

SAID = "Victims of trafficking are helped."
INSTALLED = shutil.which("ocrmypdf") is not None and shutil.which("tesseract") is not None


def make_scan(folder: Path, *, pages: int = 1) -> Path:
    """A PDF of pictures of pages."""
    printed = make_pdf(folder / "printed.pdf", *[lines(SAID, "They stay for six months.", size=22)] * pages)
    pictures: list[Image.Image] = [page.render(scale=2).to_pil() for page in pypdfium2.PdfDocument(printed)]
    path = folder / "scan.pdf"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=144)
    return path


def make_program(folder: Path, script: str) -> str:
    """A stand-in for ocrmypdf: the file to read is its last argument but one, the one to write its last."""
    path = folder / "ocrmypdf"
    path.write_text(f'#!/bin/sh\nfor last; do before="$this"; this="$last"; done\n{script}\n', encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def add(path: Path, desk: Desk, program: str, given: Given | None = None) -> Outcome:
    recognising = replace(desk, recognise=True, recogniser=program)
    return add_file(path, given or Given(), recognising, lambda page, pages: None)


@pytest.mark.skipif(not INSTALLED, reason="ocrmypdf and tesseract are not installed: the real program was not run")
def test_a_scan_is_read_and_quoted_after_text_recognition(tmp_path: Path, desk: Desk, library: Library) -> None:
    outcome = add(make_scan(tmp_path), desk, "ocrmypdf", Given(language="en"))
    (document,) = library.documents()
    assert SAID in library.page(document.sha256, 1).text
    assert [warning.kind for warning in outcome.warnings] == ["recognised"]


def test_where_the_program_is_missing_it_is_named_with_the_pages_that_need_it(tmp_path: Path, desk: Desk) -> None:
    outcome = add(make_scan(tmp_path, pages=2), desk, "no-such-program")
    assert str(outcome.error) == (
        "no-such-program is not installed, so the words on 2 pages of scan.pdf were not recognised; install it and "
        "tesseract, or leave --ocr out"
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [(3, "install tesseract-ocr-deu"), (8, "qpdf --decrypt"), (15, "exit status 15")],
    ids=["a language is missing", "a locked file", "another failure"],
)
def test_what_stops_text_recognition_is_told_with_its_remedy(
    tmp_path: Path, desk: Desk, status: int, words: str
) -> None:
    outcome = add(make_scan(tmp_path), desk, make_program(tmp_path, f"exit {status}"), Given(language="de"))
    assert outcome.status == "failed"
    assert words in str(outcome.error)


def test_text_recognition_that_takes_too_long_is_ended(tmp_path: Path, desk: Desk) -> None:
    program = make_program(tmp_path, "sleep 60")
    outcome = add(make_scan(tmp_path), replace(desk, limits=Limits(2, 2048, 200)), program)
    assert "text recognition of 1 pages of scan.pdf took more than 2 seconds" in str(outcome.error)


def test_pictures_without_words_are_not_sent_to_text_recognition_again(tmp_path: Path, desk: Desk) -> None:
    outcome = add(make_scan(tmp_path), desk, make_program(tmp_path, 'cp "$before" "$this"'))
    assert "text recognition found none either" in str(outcome.error)
    assert "--ocr" not in str(outcome.error)


def test_a_file_with_a_text_on_every_page_is_not_recognised(tmp_path: Path, desk: Desk) -> None:
    assert add(make_pdf(tmp_path / "a.pdf", lines(SAID)), desk, "no-such-program").status == "added"


def test_a_stamp_on_every_page_of_a_scan_is_no_text_of_it(tmp_path: Path, desk: Desk) -> None:
    stamp = [Run(200, 825, "Case 7 of a court", 8)]
    outcome = add(make_pdf(tmp_path / "a.pdf", stamp, stamp, stamp), desk, "no-such-program")
    assert "the words on 3 pages of a.pdf" in str(outcome.error)


def test_pages_with_a_bad_text_are_recognised_anew_and_blank_ones_are_not() -> None:
    pages = [make_page(SAID, 1), make_page("", 2), make_page("", 3), make_page(SAID, 4)]
    warnings = [PageWarning(2, "blank", ""), PageWarning(4, "misread", ""), PageWarning(1, "lost-digits", "")]
    assert pages_to_recognise(pages, warnings) == (3, 4)


def test_a_page_whose_words_are_from_a_picture_says_so() -> None:
    told = tell_recognised([PageWarning(1, "no-text", ""), PageWarning(5, "no-text", "")], (1, 2))
    assert [(warning.page, warning.kind) for warning in told] == [(1, "no-text"), (2, "recognised"), (5, "no-text")]
    assert "found no words" in told[0].remedy

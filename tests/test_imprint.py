"""A report's title, publisher, year and terms of use: read from covers, imprints, metadata and file names."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.naming import year_in_file_name
from ingest.raw import Metadata
from ingest.reading import Limits, read_file
from ingest.said import Said
from ingest.titles import find_title
from tests.described import described, origin
from tests.pdf_maker import Run, lines, make_pdf

BODY = lines(*["Words of the text below, which say what the report is about."] * 8, top=400)


def title_of(path: Path, *pages: list[Run]) -> Said[str]:
    read = read_file(make_pdf(path, *pages), Limits(60, 2048, 200), lambda page, all_pages: None)
    return find_title(read.metadata, list(read.pages), "scan0001")


def test_a_title_takes_its_words_in_a_smaller_style_along(tmp_path: Path) -> None:
    cover = [
        Run(72, 700, "Analysis of all data", 30),
        Run(72, 670, "from the", 24),
        Run(72, 640, "National Helpline", 30),
    ]
    assert title_of(tmp_path / "a.pdf", [*cover, *BODY]).value == "Analysis of all data from the National Helpline"


def test_a_title_that_is_left_open_goes_on_in_the_line_below(tmp_path: Path) -> None:
    cover = [Run(72, 700, "Where children come to light, in asylum and", 24), Run(72, 670, "referral to services", 18)]
    assert title_of(tmp_path / "a.pdf", [*cover, *BODY]).value.endswith("in asylum and referral to services")


def test_a_cover_without_running_text_has_a_title_and_its_second_line(tmp_path: Path) -> None:
    cover = [Run(72, 700, "RESOURCE GUIDE", 40), Run(72, 640, "ONLINE SAFETY AND LAW", 30)]
    assert title_of(tmp_path / "a.pdf", cover, BODY).value == "Resource guide: online safety and law"


def test_a_stamp_on_every_page_is_no_title(tmp_path: Path) -> None:
    stamp = Run(72, 600, "Proof Pending Publication", 30)
    pages = [[Run(72, 700, f"Cruel and {word}", 16), stamp, *BODY] for word in ("usual", "rare", "new", "old")]
    assert title_of(tmp_path / "a.pdf", *pages).value == "Cruel and usual"


def test_a_contents_line_and_a_numbered_heading_are_no_title() -> None:
    text = "Table of content\nChapter 1 ........ 2\nChapter 1\nWorkers and their rights\nMore words."
    assert described(text).document.title == "Workers and their rights"


def test_the_marks_of_a_draft_are_taken_off_a_title_that_the_pages_confirm() -> None:
    metadata = Metadata(1, title="Microsoft Word - Draft Parents and Teachers Handbook - v5.docx")
    result = described("To Help Pupils\nThis Handbook is for Parents and Teachers.", metadata=metadata)
    assert (result.document.title, origin(result, "title")) == ("Parents and Teachers Handbook", "the file's metadata")
    numbers = Metadata(1, title="88300 162..177")
    assert (
        described("Shift work and families\n88300 162 177", metadata=numbers).document.title
        == "Shift work and families"
    )


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (
            "APRIL 2017\nEXAMPLE UNIVERSITY OFFICE OF LABOUR RESEARCH\nWork",
            "Example University Office of Labour Research",
        ),
        ("Women at work\nUnit for Labour\nMinistry of Examples October 2021", "Unit for Labour, Ministry of Examples"),
        ("Work\nRecommended citation: A Desk. 2016. Work. Vienna: Office of Examples.", "Office of Examples"),
        ("Work\nSupported by the Ministry of Examples", None),
        ("Work\nWhat the Ministry of Examples has done for victims of it.", None),
        ("Work\nJane Roe\nDepartment of Work, University of Examples\n" + "A long first page of a paper. " * 40, None),
    ],
)
def test_a_body_is_the_publisher_where_the_report_says_so(text: str, publisher: str | None) -> None:
    assert described(text).document.publisher == publisher


def test_a_person_named_in_the_metadata_and_on_the_cover_is_no_publisher() -> None:
    text = "Labour and law\nJane Roe"
    assert described(text, metadata=Metadata(1, author="Jane Roe")).document.publisher is None
    assert described("Labour and law\nby ILO", metadata=Metadata(1, author="ILO")).document.publisher == "ILO"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Work\nJanuary 2020 to August 2022", None),
        ("Work\n28 November 2025", 2025),
        ("Work\nISBN 978-1-0000-0000-0 Published 2016", 2016),
        ("Work\nPublication Date: 2022-04-21", 2022),
        ("Work\nCopyright \u00a9 2019 The Desk", 2019),
        ("Work\nThe agency published 2016 figures in 2018.", None),
    ],
)
def test_the_year_is_that_of_publication(text: str, year: int | None) -> None:
    assert described(text).document.year == year


@pytest.mark.parametrize(
    ("stem", "year"),
    [("report-2023", 2023), ("analysis-of-2021-data", None), ("plan-FY2022", None), ("plan_2020-2024", None)],
)
def test_a_year_of_data_or_of_a_plan_in_a_file_s_name_is_not_its_own(stem: str, year: int | None) -> None:
    assert year_in_file_name(stem) == year


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("See creativecommons.org/licenses/by-nc/1.0/", "CC BY-NC 1.0"),
        (
            "Creative Commons Attribution-No Derivative Works License",
            "Creative Commons Attribution-No Derivative Works",
        ),
        ("All rights reserved. Reuse is free with\nthanks.", "All rights reserved. Reuse is free with thanks."),
    ],
)
def test_the_terms_of_use_are_whole(text: str, licence: str) -> None:
    assert described(f"Work\n{text}").document.licence == licence

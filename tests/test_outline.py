"""The headings of a file's own outline: believed where the page prints them, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Bookmark, Page, Sheet
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.clean import clean_pages
from ingest.describe import Given
from ingest.raw import Metadata, raw_page
from ingest.readers.pdf import read_pdf
from ingest.rebuild import catch_up
from ingest.structure import Block, find_blocks
from tests.pdf_maker import Run, add_outline, lines, make_pdf
from tests.stand_ins import WordEmbedder, make_desk

FINDING = "Most countries give victims thirty days to recover from what was done to them."
LAST = "Residence permits are valid for six months."


def report(tmp_path: Path, *entries: tuple[int, str, int], size: float = 11.0, font: str = "F1") -> Path:
    """Two pages: a title, a chapter and a section in the same letters, each straight over its text."""
    first = [
        Run(72, 760, "Permits in Europe", 20),
        Run(72, 700, "Protection of victims", size, font=font),
        Run(72, 686, "The reflection period", size, font=font),
        Run(72, 672, FINDING),
    ]
    second = [Run(72, 700, "Permits", size, font=font), Run(72, 686, LAST)]
    return add_outline(make_pdf(tmp_path / "a.pdf", first, second), *entries)


def blocks_of(path: Path) -> list[Block]:
    found = list(read_pdf(path))
    outline = found[0].outline if isinstance(found[0], Metadata) else ()
    pages = clean_pages([line for line in found if isinstance(line, Page)], outline)
    return find_blocks(pages, outline)


def test_headings_in_the_letters_of_the_text_are_known_by_the_outline_and_take_its_ranks(tmp_path: Path) -> None:
    path = report(tmp_path, (0, "Protection of victims", 1), (1, "The reflection period", 1), (0, "Permits", 2))
    assert [(block.headings, block.text) for block in blocks_of(path)] == [
        (("Permits in Europe", "Protection of victims", "The reflection period"), FINDING),
        (("Permits in Europe", "Permits"), LAST),
    ]


def test_an_outline_without_ranks_leaves_them_to_the_size_of_the_letters(tmp_path: Path) -> None:
    entries = [(0, "Protection of victims", 1), (0, "The reflection period", 1), (0, "Permits in Europe", 1)]
    assert blocks_of(report(tmp_path, *entries))[0].headings == ("Permits in Europe", "The reflection period")


def test_a_heading_is_found_whether_its_number_stands_in_the_outline_or_on_the_page(tmp_path: Path) -> None:
    entries = [(0, "2. Protection of victims", 1), (1, "2.1 The reflection period", 1)]
    path = ("Permits in Europe", "Protection of victims", "The reflection period")
    assert blocks_of(report(tmp_path, *entries))[0].headings == path


def test_an_outline_that_names_the_next_page_is_believed_where_the_heading_stands(tmp_path: Path) -> None:
    path = report(tmp_path, (0, "Protection of victims", 2), (1, "The reflection period", 2))
    assert blocks_of(path)[0].headings[-1] == "The reflection period"


def test_an_outline_that_lies_changes_nothing(tmp_path: Path) -> None:
    plain = blocks_of(report(tmp_path, size=14))
    lies = [
        (0, "A chapter that is nowhere", 1),
        (1, "Most countries", 1),
        (0, "Figures", 1),
        (1, FINDING, 1),
        (0, "Residence permits are valid", 2),
    ]
    assert blocks_of(report(tmp_path, *lies, size=14)) == plain


def test_the_first_line_of_a_sentence_is_no_heading_whatever_the_outline_says(tmp_path: Path) -> None:
    text = lines("Several countries were compared with those that", "have a reflection period of their own.")
    path = add_outline(make_pdf(tmp_path / "a.pdf", text), (0, text[0].text, 1), (1, "Nowhere", 1))
    assert [block.headings for block in blocks_of(path)] == [()]


def test_the_contents_have_no_chapter_under_them(tmp_path: Path) -> None:
    content = [Run(72, 700, "Contents", 20), Run(72, 640, "Permits", 14), *lines(FINDING, top=600)]
    path = add_outline(make_pdf(tmp_path / "a.pdf", content), (0, "Contents", 1), (1, "Permits", 1))
    assert blocks_of(path)[0].headings == ("Permits",)


def test_the_library_keeps_the_outline_and_splits_again_by_it(tmp_path: Path, library: Library, desk: Desk) -> None:
    path = report(tmp_path, (0, "Protection of victims", 1), (1, "The reflection period", 1))
    add_file(path, Given(), desk, lambda page, pages: None)
    before = [passage.headings for passage in library.passages()]
    (document,) = library.documents()
    assert library.apparatus.outline(document.sha256)[1] == Bookmark("The reflection period", 1, 1)
    catch_up(make_desk(desk.home, library, WordEmbedder(name="another"), pieces=99), lambda words: None)
    assert [passage.headings for passage in library.passages()] == before


WORDS = st.lists(st.sampled_from(["Permits", "victims", "recover.", "1.1", "Days"]), min_size=1, max_size=4)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6), st.lists(WORDS.map(" ".join), max_size=4), st.data())
def test_no_outline_takes_a_word_out_of_a_page(texts: list[str], titles: list[str], data: st.DataObject) -> None:
    outline = [Bookmark(title, data.draw(st.integers(0, 2)), data.draw(st.integers(1, 3))) for title in titles]
    plain, outlined = (
        clean_pages([raw_page(1, None, Sheet("\n".join(texts)))], bookmarks)[0] for bookmarks in ((), outline)
    )
    assert outlined.text.split() == plain.text.split()

"""From pages to passages: they fit, they lose nothing, they say where they stand."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Page, Part, Sheet, cut_parts
from ingest.clean import clean_pages
from ingest.raw import raw_page
from ingest.split import Splitting, split_blocks
from ingest.structure import find_blocks
from tests.pdf_maker import Run, lines, make_pdf
from tests.stand_ins import WordEmbedder
from tests.test_pages import read_pages

SENTENCE = "Most countries have funded or implemented measures in third countries of origin and transit."


def cleaned(*texts: str) -> list[Page]:
    return clean_pages([raw_page(number, None, Sheet(text)) for number, text in enumerate(texts, start=1)])


def splitting(limit: int) -> Splitting:
    return Splitting(limit, WordEmbedder().count_pieces)


words = st.lists(
    st.sampled_from(["Most", "countries", "fund", "them.", "No.", "Why?", "x" * 50]), min_size=1, max_size=40
)


@given(st.lists(words, min_size=1, max_size=4), st.integers(min_value=4, max_value=40))
def test_no_passage_is_over_the_limit_and_no_word_is_lost(paragraphs: list[list[str]], limit: int) -> None:
    pages = cleaned("\n\n".join(" ".join(paragraph) for paragraph in paragraphs))
    blocks = find_blocks(pages)
    passages = split_blocks(blocks, "d", splitting(limit))
    assert all(WordEmbedder().count_pieces(passage.searchable) <= limit for passage in passages)
    assert " ".join(p.text for p in passages).split() == " ".join(block.text for block in blocks).split()


@given(st.lists(words, min_size=1, max_size=4), st.integers(min_value=5, max_value=40))
def test_the_parts_of_a_passage_are_its_words_on_the_page(paragraphs: list[list[str]], limit: int) -> None:
    pages = cleaned("\n\n".join(" ".join(paragraph) for paragraph in paragraphs))
    for passage in split_blocks(find_blocks(pages), "d", splitting(limit)):
        stretches = [pages[part.page - 1].text[part.start : part.end] for part in passage.parts]
        assert "\n".join(stretches).split() == passage.text.split()


def test_a_long_paragraph_is_cut_between_sentences_only() -> None:
    passages = split_blocks(find_blocks(cleaned(" ".join([SENTENCE] * 10))), "d", splitting(40))
    assert len(passages) > 2
    assert all(passage.text.startswith("Most") and passage.text.endswith("transit.") for passage in passages)


def test_a_sentence_without_end_is_cut_at_words_and_keeps_them_all() -> None:
    text = "one " * 100
    passages = split_blocks(find_blocks(cleaned(text)), "d", splitting(20))
    assert " ".join(passage.text for passage in passages).split() == text.split()


def test_headings_stand_in_the_path_and_are_no_passages() -> None:
    passages = split_blocks(
        find_blocks(cleaned(f"Background\n\n{SENTENCE}\n\nKey findings\n\n- {SENTENCE}")), "d", splitting(99)
    )
    assert [(passage.headings, passage.kind) for passage in passages] == [
        (("Background",), "paragraph"),
        (("Key findings",), "finding"),
    ]


def test_larger_letters_make_a_heading_path(tmp_path: Path) -> None:
    body = lines(SENTENCE[:60], SENTENCE[60:], top=600)
    path = make_pdf(tmp_path / "a.pdf", [Run(72, 760, "A Study", 24), Run(72, 660, "1 Policy", 16), *body])
    (passage,) = split_blocks(find_blocks(read_pages(path)), "d", splitting(99))
    assert passage.headings == ("A Study", "1 Policy")


def test_a_finding_over_a_page_break_is_one_passage_with_a_part_on_each_page() -> None:
    pages = cleaned(
        "- Most countries have funded measures in the countries of origin and", "transit of victims. None has more."
    )
    (passage,) = split_blocks(find_blocks(pages), "d", splitting(99))
    assert passage.text == " ".join(page.text for page in pages)
    assert [part.page for part in passage.parts] == [1, 2]


def test_a_stretch_is_cut_from_parts_by_its_offsets() -> None:
    parts = (Part(1, 10, 20), Part(2, 0, 5))
    assert cut_parts(parts, 2, 4) == (Part(1, 12, 14),)
    assert cut_parts(parts, 8, 13) == (Part(1, 18, 20), Part(2, 0, 2))
    assert cut_parts(parts, 10, 11) == ()

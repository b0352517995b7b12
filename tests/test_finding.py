"""Finding: near-copies are one hit that names its places, and passages that break off are joined."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Question
from assistant.ask import Assistant
from assistant.forms import answer_form
from assistant.likeness import are_near_copies, tell_apart
from assistant.neighbours import Shelves, join_neighbours
from assistant.retrieve import Asked, Scope, find_evidence
from corpus.documents import Document, Hit, Page, Part, Passage
from corpus.index import CurrentIndex, build_index
from corpus.library import Library
from tests.stand_ins import WordEmbedder, judge_by_words, make_page

FINDING = "The reflection period in Portugal lasts 90 days and may be extended once for victims who need more time."
COPIES = [
    "The reflection period in Portugal lasts 90 days and can be extended once for victims who need more time.",
    "In Portugal the reflection period lasts 90 days and may be extended once for victims who need more time.",
    "The reflection period in Portugal lasts 90 days, and may be extended once for those victims who need more time.",
]
OTHERS = [
    FINDING.replace("90", "30"),
    FINDING.replace("Portugal", "Spain"),
    FINDING.replace("may be", "may never be"),
    FINDING.replace("once", "twice"),
    "Victims in Portugal who need more time have 90 days, and the period may be extended.",
]


@pytest.mark.parametrize("text", COPIES)
def test_nearly_the_same_words_are_a_copy(text: str) -> None:
    assert are_near_copies(FINDING, text)


@pytest.mark.parametrize("text", OTHERS)
def test_another_figure_name_or_negation_is_no_copy(text: str) -> None:
    assert not are_near_copies(FINDING, text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_the_same_from_either_side(one: str, other: str) -> None:
    assert are_near_copies(one, other) == are_near_copies(other, one)
    assert not tell_apart(one, one)


def shelve(library: Library, texts: list[tuple[int, str]], embedder: WordEmbedder) -> CurrentIndex:
    """A report of one page for each year and text, indexed."""
    for place, (year, text) in enumerate(texts):
        sha256 = hashlib.sha256(f"{place} {text}".encode()).hexdigest()
        document = Document(f"report-{place}", sha256, f"Report {place}", "Test Flash", str(place), year)
        passage = Passage(0, sha256, (), text, "paragraph", (Part(1, 0, len(text)),))
        vectors = {passage.key: np.asarray(embedder.encode([passage.searchable])[0])}
        digest = embedder.fingerprint.digest
        library.add(document, [make_page(text)], [passage], vectors, embedder=digest, split="", file_name="a.txt")
    build_index(library.home, library, embedder.fingerprint)
    return CurrentIndex(library.home)


def find(library: Library, index: CurrentIndex, embedder: WordEmbedder, text: str, count: int = 20) -> tuple[Hit, ...]:
    asked = Asked(text, embedder.encode([text])[0])
    return find_evidence(library, index.generation(), asked, Scope(None), count=count, lexical_weight=0.5).hits


ASKED = "How many days does the reflection period last in Portugal?"
FALSE = FINDING.replace("90", "40")


@pytest.fixture
def planted(library: Library, embedder: WordEmbedder) -> Assistant:
    """A finding of 2025, its edition of 2022 with another figure, and five near-copies of a false one."""
    texts = [(2025, FINDING), (2022, FINDING.replace("90", "30"))]
    texts += [(2019, FALSE.replace("need", word)) for word in ("need", "require", "want", "ask for", "needed")]
    index = shelve(library, texts, embedder)
    return Assistant(library, index, embedder, judge=judge_by_words)


def test_near_copies_are_one_hit_that_names_the_other_places(
    planted: Assistant, library: Library, embedder: WordEmbedder
) -> None:
    hits = find(library, CurrentIndex(library.home), embedder, ASKED)
    assert sorted(len(hit.copies) for hit in hits) == [0, 0, 4]


def test_copies_that_outvote_a_finding_are_told_apart_from_it_by_document_and_year(planted: Assistant) -> None:

    *_, answer = planted.ask(Question(ASKED))
    said = {citation.document.year: citation for citation in answer.citations}
    assert said.keys() == {2025, 2022, 2019}
    assert ("90 days" in said[2025].quote, "30 days" in said[2022].quote) == (True, True)
    assert [len(said[year].also) for year in (2025, 2022, 2019)] == [0, 0, 4]


def test_near_copies_do_not_fill_the_nearest_passages(planted: Assistant) -> None:
    *_, answer = planted.ask(Question("How many days does the reflection period last in Hungary?"))
    assert answer.abstention is not None
    assert len({citation.document.year for citation in answer.abstention.nearest}) == 3


def test_programs_see_where_else_a_sentence_stands_each_place_with_its_own_words(planted: Assistant) -> None:
    *_, answer = planted.ask(Question(ASKED))
    form = answer_form(answer)
    assert isinstance(form["citations"], list)
    (also,) = [one["also"] for one in form["citations"] if one["also"]]
    assert {one["document"]["slug"] for one in also} | {"report-2"} >= {"report-3", "report-4", "report-5"}
    assert all("40 days" in one["quote"] and one["link"] for one in also)


def test_more_copies_than_a_search_brings_do_not_crowd_out_the_rest(library: Library, embedder: WordEmbedder) -> None:
    copies = [(2019, f"{FALSE} Again the same {'again ' * (place % 3)}notice.") for place in range(70)]
    index = shelve(library, [*copies, (2025, "Portugal has a period of ninety days.")], embedder)
    hits = find(library, index, embedder, ASKED)
    assert any("ninety days" in hit.passage.text for hit in hits)


PAGES = {
    1: make_page("Money was spent on measures abroad. No source says how much of the\nAt a glance:", 1),
    2: make_page("countries spend on them. The rest is known.\nthe Sahel\nthe Balkans", 2),
}
BROKEN = Passage(10, "a", (), PAGES[1].text.split("\n")[0], "paragraph", (Part(1, 0, 66),))
REST = Passage(12, "a", (), PAGES[2].text.split("\n")[0], "paragraph", (Part(2, 0, 43),))
NOTE = Passage(11, "a", (), "1 See below.", "note", (Part(1, 0, 3),))


def join(*found: Passage, among: tuple[Passage, ...]) -> list[Hit]:
    def page(document: str, number: int) -> Page:
        return PAGES[number]

    by_id = {passage.id: passage for passage in among}
    shelves = Shelves(lambda ids: {key: by_id[key] for key in ids if key in by_id}, page)
    return join_neighbours([Hit(passage, 1.0) for passage in found], shelves)


@pytest.mark.parametrize("found", [BROKEN, REST])
def test_a_sentence_that_breaks_off_is_joined_with_its_end_on_the_next_page(found: Passage) -> None:
    (hit,) = join(found, among=(BROKEN, NOTE, REST))
    assert hit.passage.text == f"{BROKEN.text} {REST.text}"
    assert hit.passage.parts == (*BROKEN.parts, *REST.parts)


def test_what_became_part_of_a_better_hit_is_no_hit_of_its_own() -> None:
    assert len(join(REST, BROKEN, among=(BROKEN, NOTE, REST))) == 1


def test_another_report_is_never_joined() -> None:
    other = replace(REST, document="b")
    assert [hit.passage for hit in join(BROKEN, other, among=(BROKEN, other))] == [BROKEN, other]


def test_a_list_is_joined_to_the_words_that_lead_into_it() -> None:
    lead = Passage(20, "a", (), "At a glance:", "paragraph", (Part(1, 67, 79),))
    items = Passage(21, "a", (), "the Sahel\nthe Balkans", "finding", (Part(2, 44, 53), Part(2, 54, 65)))
    more = replace(items, id=22, text="the Horn of Africa.")
    (hit,) = join(lead, among=(lead, items, more))
    assert hit.passage.text == "At a glance:\nthe Sahel\nthe Balkans\nthe Horn of Africa."


def test_a_heading_without_a_full_stop_is_not_joined_to_what_follows() -> None:
    head = Passage(30, "a", (), "Money spent abroad", "paragraph", (Part(1, 0, 18),))
    body = replace(REST, id=31, text="Countries spend much.")
    assert join(head, among=(head, body))[0].passage == head

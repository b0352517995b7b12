"""The main job on a real report, as damaged as real extractions are: only where such a report is at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.answers import Answer, Question, Turn
from assistant.ask import Assistant
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.stand_ins import make_desk, real_data, real_embedder

pytestmark = pytest.mark.model

DATA = real_data()

Answered = dict[str, tuple[dict[str, Any], Answer]]


@pytest.fixture(scope="module")
def flash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    if DATA is None:
        pytest.skip("no folder of real reports stands beside this checkout: the flash and its questions were not tried")
    home = tmp_path_factory.mktemp("flash")
    library = Library.open(home / "library.db")
    desk = make_desk(home, library, real_embedder())
    add_file(DATA / "emn-flash-2-2025.txt", Given(), desk, lambda page, pages: None)
    catch_up(desk, lambda words: None)
    yield library
    library.close()


@pytest.fixture(scope="module")
def answers(flash: Library, tmp_path_factory: pytest.TempPathFactory) -> Answered:
    assert DATA is not None
    (document,) = flash.documents()
    home = next(tmp_path_factory.getbasetemp().glob("flash*"))
    assistant = Assistant(flash, CurrentIndex(home), real_embedder())
    found: Answered = {}
    for line in (DATA / "questions" / "flash.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        history = tuple(Turn(turn["role"], turn["text"]) for turn in case["history"])
        *_, answer = assistant.ask(Question(case["question"], history))
        found[case["id"]] = (case, answer)
    return found


def is_met(alternatives: list[str], answer: Answer) -> bool:
    text = " ".join(" ".join(sentence.text for sentence in answer.sentences).split()).casefold()
    return any(
        re.search(fact[1:-1], text, re.IGNORECASE) if fact.startswith("/") else fact.casefold() in text
        for fact in alternatives
    )


def test_at_least_ten_of_the_twelve_plain_questions_have_all_their_facts(answers: Answered) -> None:
    plain = [
        (case, answer)
        for case, answer in answers.values()
        if case["expect"] == "answer" and case["language"] == "en" and not case["history"]
    ]
    met = [case["id"] for case, answer in plain if all(is_met(fact, answer) for fact in case["facts"])]
    assert len(plain) == 12
    assert len(met) >= 10, met


def test_a_question_on_another_country_and_year_is_declined(answers: Answered) -> None:
    _, answer = answers["Q42"]
    assert answer.abstention is not None
    assert answer.abstention.missing == ("Slovakia", "2024")


def test_every_quote_is_the_stored_page_to_the_letter(flash: Library, answers: Answered) -> None:
    for _, answer in answers.values():
        for citation in (*answer.citations, *(answer.abstention.nearest if answer.abstention else ())):
            for part in citation.parts:
                assert flash.page(citation.document.sha256, part.page).text[part.start : part.end] == part.quote


@pytest.mark.parametrize(
    "words",
    [
        "under international law and the EU Charter on Fundamental Rights (Article 5(3)).",
        "related to cultural differences, cross-border cooperation and awareness raising amongst vulnerable groups.",
        "EU Member States' efforts to address trafficking",
        "and the EU Charter on Fundamental Rights. It concerns the recruitment",
    ],
)
def test_findings_that_are_cut_over_lines_come_back_whole(flash: Library, words: str) -> None:
    assert any(words in passage.text for passage in flash.passages())


def test_a_sentence_that_breaks_off_ends_where_the_report_does(flash: Library) -> None:
    assert any(passage.text.endswith("certain groups of") for passage in flash.passages())

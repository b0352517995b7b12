"""Answers that are put together from known places: which reports there are, and the main points of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.about_library import list_reports
from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.overview import sum_up
from assistant.verify import is_proven
from corpus.documents import Filters
from corpus.library import Library
from evals.cases import read_cases
from tests.fakes import make_library
from tests.stand_ins import ROOT


def ask(assistant: Assistant, text: str, **filters: object) -> Answer:
    *_, answer = assistant.ask(Question(text, filters=Filters(**filters)))  # type: ignore[arg-type]
    return answer


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Which reports are from 2022?", [2022]),
        ("How many reports are there?", [2022, 2025]),
        ("Welche Berichte gibt es?", [2022, 2025]),
        ("What is the latest report you have?", [2025]),
        ("Which flashes were published before 2024?", [2022]),
    ],
)
def test_which_reports_there_are_is_answered_from_their_descriptions(
    assistant: Assistant, library: Library, question: str, years: list[int]
) -> None:
    answer = ask(assistant, question)
    assert [citation.document.year for citation in answer.citations] == years
    assert all(is_proven(citation, library.page) for citation in answer.citations)
    for sentence, citation in zip(answer.sentences, answer.citations, strict=True):
        first_line = library.page(citation.document.sha256, 1).text.split("\n")[0]
        assert sentence.text in (citation.document.title, first_line)
    assert answer.lead is not None
    assert answer.lead.found == len(years)


def test_a_year_without_a_report_is_said_to_have_none(assistant: Assistant) -> None:
    answer = ask(assistant, "Which reports from 2019 do you have?")
    assert answer.abstention is not None
    assert "No report in this library" in answer.abstention.reason


def test_a_question_about_what_reports_say_is_searched(assistant: Assistant) -> None:
    answer = ask(assistant, "Which reports say how many days the reflection period gives?")
    assert answer.considered


def test_the_main_findings_come_in_the_reports_own_order(assistant: Assistant, library: Library) -> None:
    answer = ask(assistant, "What are the main findings of the flash of 2022?")
    assert ["30 days" in answer.sentences[0].text, "five regions" in answer.sentences[1].text] == [True, True]
    assert {citation.document.year for citation in answer.citations} == {2022}
    assert all(is_proven(citation, library.page) for citation in answer.citations)


def test_the_only_report_that_is_searched_is_the_one_that_is_meant(assistant: Assistant) -> None:
    answer = ask(assistant, "Summarise this report", years=(2025, 2025))
    assert {citation.document.year for citation in answer.citations} == {2025}


def test_it_is_asked_which_report_is_meant_where_that_is_not_clear(assistant: Assistant) -> None:
    answer = ask(assistant, "Please summarise this report")
    assert answer.abstention is not None
    assert "Which report" in answer.abstention.reason


def test_no_other_question_of_our_sets_is_taken_for_one_about_the_library(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    cases = [case for case in read_cases(ROOT / "evals" / "questions") if case.type not in ("library", "injection")]
    documents = library.documents()
    taken = [case.id for case in cases if list_reports(case.question.text, documents, library) is not None]
    overviews = [
        case.id
        for case in cases
        if case.type != "overview" and sum_up(case.question.text, documents, library, lambda stem: 1.0) is not None
    ]
    library.close()
    assert (taken, overviews) == ([], [])


def test_an_overview_says_how_many_points_there_are(assistant: Assistant) -> None:
    answer = ask(assistant, "Give me all key findings of the flash of 2025")
    assert answer.lead is not None
    assert answer.lead.found == len(answer.sentences)

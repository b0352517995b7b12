"""Reports that give different figures for one thing: both are shown, each with its years and its report."""

from __future__ import annotations

import pytest

from assistant.answers import Answer
from assistant.forms import answer_form
from tests.conftest import Ask

SHARE = "Third-country nationals were 54 % of the victims registered in the EU in 2021-2022."
OTHER = "Third-country nationals were 64 % of the victims registered in the EU in 2023."
QUESTION = "What share of the victims registered in the EU were third-country nationals?"


def differing(answer: Answer) -> set[tuple[str, str, str]]:
    """Figure, years and the report's own year."""
    return {(one.figure, one.years, str(answer.citations[one.citation - 1].document.year)) for one in answer.differing}


def test_two_reports_with_another_share_for_one_thing_are_both_shown_with_their_years(ask: Ask) -> None:
    answer = ask([SHARE, OTHER], QUESTION)
    assert differing(answer) == {("54 %", "2021-2022", "2021"), ("64 %", "2023", "2022")}
    assert {sentence.about for sentence in answer.sentences} >= {"54 % (2021-2022)", "64 % (2023)"}
    assert answer.lead is not None
    assert "different figures" in answer.lead.text


def test_each_figure_that_differs_comes_with_its_report_in_the_form(ask: Ask) -> None:
    form = answer_form(ask([SHARE, OTHER], QUESTION))
    told = form["differing"]
    assert isinstance(told, list)
    assert {(one["figure"], one["years"], one["year"]) for one in told} == {
        ("54 %", "2021-2022", 2021),
        ("64 %", "2023", 2022),
    }


@pytest.mark.parametrize(
    "other",
    [
        "Third-country nationals were 54 % of the victims registered in the EU in 2023.",
        "Third-country nationals were 54.5 % of the victims registered in the EU in 2021-2022.",
        "Citizens of the Union are 12 % of convicted traffickers, and registered victims are not counted.",
        "Third-country nationals were 640 of the victims registered in the EU in 2023.",
        "Third-country nationals were 64 % of the victims registered in Sweden in 2023.",
    ],
    ids=["the same", "rounded", "of something else", "in another unit", "of one country"],
)
def test_figures_that_do_not_differ_for_one_thing_are_not_set_against_each_other(ask: Ask, other: str) -> None:
    assert ask([SHARE, other], QUESTION).differing == ()


def test_a_figure_of_another_year_than_asked_about_is_not_set_against_it(ask: Ask) -> None:
    assert ask([SHARE, OTHER], QUESTION.replace("?", " in 2023?")).differing == ()


def test_a_sentence_that_gives_both_figures_itself_is_enough_where_the_question_doubts(ask: Ask) -> None:
    text = "Children were 19 % of the victims registered in 2021-2022 and 13 % of those registered in 2023."
    answer = ask([text], "Children among registered victims: some say 19 %, others 13 %. Why?")
    assert differing(answer) == {("19 %", "2021-2022", "2021"), ("13 %", "2023", "2021")}


def test_figures_of_other_years_in_sentences_that_name_the_year_too_are_not_set_against_each_other(ask: Ask) -> None:
    two_years = "17 248 victims were registered in the EU in 2021-2022."
    each = "10 793 victims were registered in the EU in 2023, against 10 093 victims registered in the EU in 2022."
    assert ask([two_years, each], "How many victims were registered in the EU in 2022?").differing == ()

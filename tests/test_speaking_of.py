"""Questions on what the library holds: which reports speak of something, which countries and languages are covered."""

from __future__ import annotations

import pytest

from assistant.answers import Answer
from assistant.mentions import read_filters
from corpus.documents import Document, Filters
from tests.conftest import Ask

BEDS = [
    "Shelters in Latvia have forty beds.\n\nLatvian shelters also have a garden with trees.",
    "Debt holds many workers in Malta, inspectors found.",
]


def quotes(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Which reports speak of Latvia?", "Shelters in Latvia have forty beds."),
        ("Which reports mention gardens?", "Latvian shelters also have a garden with trees."),
        ("Are there any reports that deal with debts?", "Debt holds many workers in Malta, inspectors found."),
    ],
)
def test_each_report_that_speaks_of_something_is_quoted_where_it_first_does(
    ask: Ask, question: str, quote: str
) -> None:
    answer = ask(BEDS, question)
    assert quotes(answer) == [quote]
    assert answer.lead is not None
    assert answer.lead.found == 1


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which languages are covered?", "English (2)"),
        ("Which years are covered?", "2021 (1), 2022 (1)"),
        ("In which languages are the reports?", "English (2)"),
    ],
)
def test_what_is_covered_is_counted(ask: Ask, question: str, told: str) -> None:
    answer = ask(BEDS, question)
    assert answer.lead is not None
    assert told in answer.lead.text


@pytest.mark.parametrize("question", ["What does the library contain?", "How many reports are there?"])
def test_everything_is_listed_where_all_is_asked_for(ask: Ask, question: str) -> None:
    answer = ask(BEDS, question)
    assert answer.lead is not None
    assert answer.lead.found == 2


FLASHES = [
    Document(f"flash-{year}-{number}", f"{year}{number}" * 12, "On beds", "EMN Flash", str(number), year)
    for year, number in ((2023, 1), (2023, 2), (2024, 1), (2024, 2))
]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("What does flash 2 say about beds?", ("flash-2023-2", "flash-2024-2")),
        ("What does Flash 2/2024 say about beds?", ("flash-2024-2",)),
        ("What does Flash 7/2024 say about beds?", ("flash 7/2024",)),
        ("What does flash 9 say?", ("flash 9",)),
    ],
)
def test_a_report_named_by_its_number_is_searched_alone(question: str, documents: tuple[str, ...]) -> None:
    assert read_filters(question, FLASHES) == Filters(documents=documents)


def test_a_number_that_counts_something_else_names_no_report() -> None:
    assert read_filters("Within a flash 2 shelters were full.", FLASHES) == Filters()


def test_a_report_that_is_not_here_is_answered_from_no_other(ask: Ask) -> None:
    answer = ask(BEDS, "What does EMN Flash 9/2021 say about beds?")
    assert not answer.answered

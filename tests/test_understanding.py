"""What a question leaves out, and which reports it names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Question, Turn
from assistant.ask import Assistant
from assistant.followups import Sense, Standing, stand_alone
from assistant.mentions import read_filters
from assistant.understand import leave_out
from corpus.documents import Document, Filters
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk
from tests.stand_ins import judge_by_words

DOCUMENTS = [
    Document("flash-2022-2", "a", "From detection to identification", "EMN Flash", "2", 2022),
    Document("flash-2025-2", "b", "Trafficking beyond EU borders", "EMN Flash", "2", 2025),
    Document("flash-2025-3", "c", "Joint operations and monitoring bodies", "EMN Flash", "3", 2025),
    Document("inform-2023-1", "d", "Alone: unaccompanied minors and guardianship", "EMN Inform", "1", 2023),
    Document("inform-2023-1-fr", "e", "Seuls : mineurs et tutelle", "EMN Inform", "1", 2023, language="fr"),
    Document("study-2022", "f", "Seen, named, protected: victims from outside the EU", "EMN Study", None, 2022),
    Document("national-ie", "g", "Ireland: action against trafficking", "EMN National Report", None, 2024),
    Document("national-fr", "h", "France: action against trafficking", "EMN National Report", None, 2024),
]
READ = [
    ("What does the 2022 study say about screening?", Filters(documents=("study-2022",))),
    ("How many victims were found in EMN Flash #2 - 2025?", Filters(documents=("flash-2025-2",))),
    ("What did the 2025 flash find?", Filters(years=(2025, 2025), series=("EMN Flash",))),
    ("What did the 2019 flash find?", Filters(years=(2019, 2019), series=("EMN Flash",))),
    ("What does the inform on guardianship say?", Filters(documents=("inform-2023-1", "inform-2023-1-fr"))),
    ("According to the French national report, who identifies victims?", Filters(documents=("national-fr",))),
    ("Compare the 2022 study with Flash 3/2025", Filters(documents=("flash-2025-3", "study-2022"))),
    ("What do reports from 2020 to 2023 say on minors?", Filters(years=(2020, 2023))),
    ("Is there anything written in French?", Filters(languages=("fr",))),
    ("Is there anything written in Greek?", Filters()),
    ("Are there reports in French?", Filters(languages=("fr",))),
    ("Who is quoted in Seen, named, protected: victims from outside the EU?", Filters(documents=("study-2022",))),
]
ABOUT = [
    "How many victims were registered in France in 2022?",
    "What did the Eurostat study of 2022 find?",
    "What does the study by Europol of 2022 say?",
    "Which contact point was behind the 2010 query on domestic workers?",
    "How many countries report measures at home?",
    "What part did Ireland play in the study on victims from outside the EU of 2010, and was it bound?",
    "Which victims from Ireland were found between 2020 and 2022?",
]
SENSE = Sense(lambda stem: 1.0 + len(stem), lambda text: 1.0)
FAR = Sense(lambda stem: 1.0 + len(stem), lambda text: 0.0)
FOLLOWING = [
    (["Does Luxembourg have a policy on trafficking?"], "And the others?", "Does the other countries have a policy"),
    (["How many victims were registered in the EU in 2023?"], "And in 2024?", "in the EU in 2024?"),
    (
        ["How long is the reflection period in Sweden?", "And in Germany?"],
        "Same question for Norway please",
        "in Norway?",
    ),
    (["How many were suspected in Ireland in 2015-2020?"], "What about Portugal?", "in Portugal in 2015-2020?"),
    (["Which regions do measures target?", "Thanks, that is clear."], "And who finances them?", "(regions, measures"),
    (["Which countries observe the network?"], "And the others?", "Which countries observe the network?"),
    (["What is said in the 2022 study?"], "And in the 2025 study?", "What is said in the 2025 study?"),
]


def last(assistant: Assistant, question: Question) -> Answer:
    *_, answer = assistant.ask(question)
    return answer


@pytest.mark.parametrize(("text", "filters"), READ)
def test_a_question_that_names_reports_is_limited_to_them(text: str, filters: Filters) -> None:
    assert read_filters(text, DOCUMENTS) == filters


@pytest.mark.parametrize("text", ABOUT)
def test_what_a_question_is_about_does_not_limit_it(text: str) -> None:
    assert read_filters(text, DOCUMENTS) == Filters()


@given(st.sampled_from([document for document in DOCUMENTS if document.number]))
def test_a_report_named_by_series_number_and_year_is_always_among_those_searched(document: Document) -> None:
    text = f"What is in {document.series} {document.number}/{document.year}?"

    read = read_filters(text, DOCUMENTS)

    assert read != Filters()
    assert read.accepts(document)


@pytest.mark.parametrize(("asked", "text", "held"), FOLLOWING)
def test_a_follow_up_becomes_a_question_that_stands_by_itself(asked: list[str], text: str, held: str) -> None:
    standing = stand_alone(text, [Turn("user", one) for one in asked], SENSE)

    assert held in standing.text


def test_a_question_near_to_the_reports_stands_as_it_is() -> None:
    text = "How long is the reflection period?"

    assert stand_alone(text, [Turn("user", "Which regions do measures target?")], SENSE).text == text


def test_a_question_far_from_every_report_takes_its_topic_from_the_one_before() -> None:
    history = [Turn("user", "Where does taro come from?"), Turn("assistant", "From Nigeria.")]

    standing = stand_alone("Let me know more about Oceania.", history, FAR)

    assert standing.carried == ("taro",)
    assert standing.said == "From Nigeria."


@given(st.text(min_size=1, max_size=80))
def test_a_first_question_is_never_changed(text: str) -> None:
    assert stand_alone(text, [], FAR).text == text


def test_the_2022_flash_is_never_answered_from_another_year(assistant: Assistant) -> None:
    answer = last(assistant, Question("In the 2022 flash, how many days does the reflection period give victims?"))

    assert answer.read == answer.filters != Filters()
    assert {citation.document.year for citation in answer.citations} == {2022}


def test_a_flash_that_the_library_lacks_is_not_answered_from_another(assistant: Assistant) -> None:
    answer = last(assistant, Question("In the 2019 flash, how many days does the reflection period give victims?"))

    assert not answer.answered


def test_the_users_own_filters_win_over_what_the_question_names(assistant: Assistant) -> None:
    question = Question("In the 2022 flash, how long is the reflection period?", filters=Filters(years=(2025, 2025)))

    answer = last(assistant, question)

    assert answer.filters.years == (2025, 2025)
    assert answer.read.years == ()


def test_no_filters_are_read_from_a_question_that_is_to_be_taken_as_written(assistant: Assistant) -> None:
    question = Question("In the 2022 flash, how many days does the reflection period give victims?", as_written=True)

    answer = last(assistant, question)

    assert answer.read == answer.filters == Filters()


def test_a_follow_up_keeps_to_the_report_that_was_named_before(assistant: Assistant) -> None:
    first = Turn("user", "In the 2022 flash, which regions do measures target?")
    question = Question("And how many victims did they register in agriculture?", (first,))

    answer = last(assistant, question)

    assert {citation.document.year for citation in answer.citations} == {2022}
    assert answer.understood_as != question.text


def test_a_filter_that_was_taken_away_is_not_read_from_the_question(assistant: Assistant) -> None:
    text = "In the 2022 flash, how many days does the reflection period give victims?"
    read = last(assistant, Question(text)).read

    answer = last(assistant, Question(text, ignored=read))

    assert (read != Filters(), answer.read, answer.filters) == (True, Filters(), Filters())


@pytest.mark.parametrize("ignored", [Filters(years=(2025, 2025)), Filters(series=("EMN Flash",))])
def test_what_is_taken_away_leaves_the_other_filters(ignored: Filters) -> None:
    read = Filters(years=(2025, 2025), series=("EMN Flash",))

    assert leave_out(read, ignored) == Filters(
        years=() if ignored.years else read.years, series=() if ignored.series else read.series
    )


def test_a_follow_up_does_not_bring_back_what_was_taken_away(assistant: Assistant) -> None:
    text = "In the 2022 flash, which regions do measures target?"
    first = Turn("user", text, ignored=last(assistant, Question(text)).read)

    answer = last(assistant, Question("And how many victims did they register in agriculture?", (first,)))

    assert answer.read == Filters()


def test_whatever_rewrites_follow_ups_is_handed_in(assistant: Assistant, library: Library, desk: Desk) -> None:
    def rewrite(text: str, history: Sequence[Turn], sense: Sense) -> Standing:
        return Standing(f"{history[-1].text} {text}")

    model = Assistant(library, CurrentIndex(desk.home), desk.load_embedder(), rewrite=rewrite, judge=judge_by_words)

    answer = last(model, Question("And who?", (Turn("user", "Which regions?"),)))

    assert answer.understood_as == "Which regions? And who?"

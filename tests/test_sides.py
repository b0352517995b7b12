"""Questions with several sides, and questions that take for granted what the reports deny."""

from __future__ import annotations

import pytest

from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.decline import Judgement
from assistant.mentions import read_filters
from assistant.premises import find_premise
from assistant.sides import find_sides
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk
from tests.conftest import Ask
from tests.stand_ins import WordEmbedder

PERIODS = [
    "In Sweden the reflection period lasts 30 days and can be prolonged.",
    "In Norway the reflection period lasts six months for every victim.",
]


def by_side(answer: Answer) -> dict[str, str]:
    return {sentence.about: sentence.text for sentence in answer.sentences if sentence.about}


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("How long is the reflection period in Sweden and in Norway?", ["Sweden", "Norway"]),
        ("Were there more victims in 2022 than in 2021?", ["2022", "2021"]),
        ("Victims registered in 2015-2020 versus 2021-2022?", ["2015-2020", "2021-2022"]),
        ("Was the share of men 12 percent or 17.5 percent?", ["12 percent", "17.5 percent"]),
        ("Does Norway give victims more time than Sweden?", ["Norway", "Sweden"]),
        ("Did France find more cases in 2014 than Latvia?", ["France", "Latvia"]),
        ("Is forced labour or sexual exploitation the more frequent form?", ["forced labour", "sexual exploitation"]),
        ("Which is more common: forced labour or forced marriage?", ["forced labour", "forced marriage"]),
        ("Women or men: who is found more often at work?", ["Women", "men"]),
        ("Do measures exist both abroad and at home?", ["abroad", "at home"]),
        ("What is the difference between a shelter and a reception centre?", ["a shelter", "a reception centre"]),
        ("Who finances the measures and how much?", ["Who finances the measures", "how much"]),
        ("What is the platform, and since when does it exist?", ["What is the platform", "since when does it exist"]),
    ],
)
def test_the_sides_of_a_question_are_named_in_its_words(question: str, sides: list[str]) -> None:
    assert [side.about for side in find_sides(question)] == sides


@pytest.mark.parametrize(
    "question",
    [
        "How many victims were registered in 2015-2020?",
        "Which project linked Nigeria with Italy?",
        "Since a permit is needed, how does a victim get one?",
        "What does Directive 2004/81/EC say?",
        "What are the main findings?",
    ],
)
def test_a_question_with_one_side_has_no_others(question: str) -> None:
    assert find_sides(question) == ()


@pytest.mark.parametrize(("marks", "sides"), [(1, 2), (39, 2), (40, 0), (1900, 0)])
def test_things_that_stand_far_apart_stand_in_no_row(marks: int, sides: int) -> None:
    assert len(find_sides(f"How many victims were there in Sweden{',' * marks} Norway?")) == sides


@pytest.mark.parametrize(
    "filling", [",", " ", "\n", "1", "1,", "2019 ", "'", '"', "a ", "A-", "and ", "or ", "why is "]
)
def test_a_question_of_one_thing_over_and_over_is_read_and_has_no_sides(filling: str) -> None:
    question = f"Sweden {filling * (1950 // len(filling))}x Norway?"
    assert find_sides(question) == ()
    assert read_filters(question, []) == read_filters("Sweden x Norway?", [])


def test_what_is_compared_is_quoted_side_by_side_each_named(ask: Ask) -> None:
    answer = ask(PERIODS, "How long is the reflection period in Sweden and in Norway?")
    assert by_side(answer) == {"Sweden": PERIODS[0], "Norway": PERIODS[1]}


def test_a_side_on_which_nothing_was_found_is_said_to_be_missing(ask: Ask) -> None:
    answer = ask(PERIODS, "How long is the reflection period in Sweden and in Malta?")
    assert by_side(answer) == {"Sweden": PERIODS[0]}
    assert answer.lead is not None
    assert "Malta" in answer.lead.text


def test_where_nothing_was_found_on_any_side_there_is_no_answer(ask: Ask) -> None:
    assert not ask(PERIODS, "How long is the reflection period in Cyprus and in Malta?").answered


def test_each_of_two_questions_in_one_gets_its_sentence(ask: Ask) -> None:
    texts = [
        "National funds finance most measures abroad.",
        "Measures abroad were given 8 million euros a year.",
        "Measures abroad are carried out with partners. Measures abroad begin with a plan. Measures abroad end late.",
    ]
    answer = ask(texts, "Who finances measures abroad, and how much were measures abroad given?")
    assert list(by_side(answer).values()) == texts[:2]


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("Why does Denmark apply the directive on permits?", "Denmark does not apply the directive on permits."),
        ("Why did the number of registered victims rise?", "The number of registered victims fell again."),
        (
            "Why do all countries screen for victims at the border?",
            "Ten of 27 countries screen for victims at the border.",
        ),
        ("Which countries have a policy on the subject alone?", "No country has a policy on the subject alone."),
        (
            "Why were 900 victims of forced labour registered in 2023?",
            "In 2023, 412 victims of forced labour were registered.",
        ),
        ("Why is Italy the country with the highest rate?", "Luxembourg is the country with the highest rate."),
        ("Why is there a single hotline for victims in the EU?", "There is no common hotline for victims in the EU."),
        ("Is it true that victims pay for the shelter?", "Victims do not pay for the shelter."),
        ("Why did the number of victims fall in 2023?", "In 2023 the number of victims rose by a tenth."),
    ],
)
def test_a_false_premise_is_answered_by_the_sentence_that_says_otherwise(ask: Ask, question: str, report: str) -> None:
    answer = ask([f"{report} The flash describes Italy and many other things."], question)
    assert answer.sentences[0].text == report
    assert answer.lead is not None
    assert "otherwise" in answer.lead.text


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("Why does Denmark apply the directive on permits?", "Denmark applies the directive on permits by choice."),
        ("Why did the number of registered victims rise?", "The number of registered victims rose by 4 %."),
        ("Why are victims seen by a doctor?", "Victims seen by a doctor are not told of the hotline."),
        ("Why do states train labour inspectors?", "States do not only train labour inspectors, but also judges."),
        ("Why do victims not trust the police?", "Victims do not trust the police, whom they fear."),
        ("Why did the number of victims fall in 2024?", "The number of victims has risen for two years running."),
        ("Why were more victims of trafficking found?", "People who declined help are victims of trafficking, too."),
        (
            "As the plan was signed in 2024, who pays?",
            "The plan was signed in 2024; the report on it was signed in 2025.",
        ),
        ("Why were 412 victims of forced labour registered?", "In 2023, 412 victims of forced labour were registered."),
    ],
)
def test_a_premise_that_the_reports_bear_out_is_not_called_wrong(ask: Ask, question: str, report: str) -> None:
    assert ask([report], question).lead is None


@pytest.mark.parametrize(
    "report",
    [
        "In 2023, victims of forced labour were registered by 31 authorities.",
        "In 2023, 21 % of registered victims were victims of forced labour.",
        "In 2023, 412 child victims of forced labour were registered.",
        "In 2023, 412 victims of forced labour were registered in camps.",
        "In 2023, Malta registered 412 victims of forced labour.",
        "In 2023, at least 412 victims of forced labour were registered.",
        "In 2023, 897 victims of forced labour were registered.",
        "Overall, 412 victims of forced labour were registered.",
    ],
)
def test_another_figure_is_no_denial_unless_it_counts_the_same(ask: Ask, report: str) -> None:
    assert ask([report], "Why were 900 victims of forced labour registered in 2023?").lead is None


def test_another_year_for_what_happens_but_once_is_a_denial(ask: Ask) -> None:
    texts = [
        "The plan against trafficking was signed on 13 June 2024.",
        "In 2023 the plan was a draft that nobody knew.",
    ]
    answer = ask(texts, "As the plan against trafficking was signed in 2023, who knew the draft of the plan?")
    assert answer.sentences[0].text == texts[0]
    assert answer.lead is not None


def test_a_sentence_with_a_pronoun_denies_with_the_words_of_the_one_before_it(ask: Ask) -> None:
    report = "The directive on permits binds many states. Ireland and Denmark do not take part in it."
    answer = ask([report], "Since Denmark takes part in the directive on permits, how long is a permit valid?")
    assert answer.sentences[0].text == "Ireland and Denmark do not take part in it."
    assert answer.lead is not None


def test_a_count_is_quoted_for_a_year_before_a_share(ask: Ask) -> None:
    texts = [
        "Of the victims registered in 2023, 64 % were registered as foreign victims.",
        "In 2023 the number of victims registered reached 10 793.",
        "In 2024 the number of victims registered reached 9 678.",
    ]
    answer = ask(texts, "How many victims were registered in 2023 and in 2024?")
    assert by_side(answer) == {"2023": texts[1], "2024": texts[2]}


def test_a_country_of_which_nothing_was_found_is_not_answered_by_a_denial(ask: Ask) -> None:
    report = "Victims are not given a work permit by the state."
    question = "Since victims are given a work permit by the state, how long is it valid in Cyprus?"
    assert not ask([report], question).answered


@pytest.mark.parametrize(
    ("question", "report", "answered"),
    [
        ("Why does Denmark apply the directive on permits?", "Denmark does not apply the directive on permits.", True),
        ("Why did the number of registered victims rise?", "The number of registered victims fell again.", False),
        (
            "Why were 900 victims of forced labour registered in 2023?",
            "In 2023, 412 victims of forced labour were registered.",
            False,
        ),
    ],
)
def test_only_a_negation_is_shown_where_the_evidence_is_judged_not_to_answer(
    ask: Ask, library: Library, desk: Desk, embedder: WordEmbedder, question: str, report: str, answered: bool
) -> None:
    ask([report], question)
    declining = Assistant(library, CurrentIndex(desk.home), embedder, judge=lambda signals: Judgement(0.0, False))
    *_, answer = declining.ask(Question(question))
    assert answer.answered is answered


def test_a_plain_question_takes_nothing_for_granted() -> None:
    assert find_premise("How many victims were registered in 2023?") is None

"""Signals for and against an answer, and the rule that weighs them."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.decline import judge_by_rule, judge_for, read_rule, weigh_answer
from assistant.demands import leave_asides, read_demands, split_clauses
from assistant.signals import Signals, holds_kind
from corpus.embedding import embedder_digest
from evals.fitting import FROM_VECTORS, Example, Fitted, fit_rule, measure_rule, write_rules

UNMET = dict.fromkeys((field.name for field in dataclasses.fields(Signals)), 0.0)
MET = Signals(**{**UNMET, "near": 0.7, "near_capped": 0.6, "passage_near": 0.7, "words": 0.8, "words_around": 0.9})
AGAINST = [
    "country_unmet",
    "other_country",
    "year_unmet",
    "other_year",
    "uncounted",
    "other_form",
    "no_denial",
    "unfinished",
]


def no_word(word: str) -> bool:
    return False


def test_what_meets_every_demand_is_answered() -> None:
    assert judge_by_rule([MET]).answers


@pytest.mark.parametrize("signal", AGAINST)
def test_each_unmet_demand_makes_an_answer_less_probable(signal: str) -> None:
    against = dataclasses.replace(MET, **{signal: 1.0})
    assert weigh_answer([against], read_rule()) < weigh_answer([MET], read_rule())


def test_nothing_found_is_not_answered() -> None:
    assert judge_by_rule([]).answers is False


@given(st.lists(st.sampled_from([MET, dataclasses.replace(MET, near=0.1, near_capped=0.1)]), max_size=6))
def test_one_more_sentence_never_makes_an_answer_less_probable(signals: list[Signals]) -> None:
    assert weigh_answer([*signals, MET], read_rule()) >= weigh_answer(signals, read_rule())


def test_names_countries_years_and_figures_are_demanded() -> None:
    demands = read_demands("How many Vietnamese victims did La Strada meet in 2019, of 50?", no_word)
    assert (demands.names, demands.countries, demands.years) == (("La", "Strada"), frozenset({"VN"}), ("2019",))
    assert (demands.figures, demands.kind) == (("50",), "number")


def test_letters_that_stand_for_something_else_are_no_country_that_is_asked_about() -> None:
    assert read_demands("Does AI help traffickers in SE?", no_word).countries == frozenset({"SE"})
    assert read_demands("Is IT a target?", no_word).countries == frozenset()


def test_the_year_of_a_publication_is_no_year_asked_about() -> None:
    demands = read_demands("What does the 2022 study say about 2019?", no_word)
    assert (demands.years, demands.editions) == (("2019",), ("2022",))


def test_who_asks_is_no_part_of_the_question() -> None:
    assert leave_asides("How do traffickers recruit? I train police officers.") == "How do traffickers recruit?"


def test_a_question_of_two_is_taken_apart() -> None:
    assert len(split_clauses("How many officers took part, and how many victims were found?")) == 2
    assert split_clauses("How many officers took part?") == []


def examples() -> list[Example]:
    unmet = dataclasses.replace(MET, country_unmet=1.0)
    return [Example(f"{number}", bool(number % 2), "own", False, ((unmet, MET)[number % 2],)) for number in range(20)]


def test_a_rule_learns_what_tells_answerable_questions_apart() -> None:
    rule = fit_rule(examples())
    assert measure_rule(rule, examples())["auroc"] == 1.0
    assert f"threshold = {rule.threshold:.6f}" in write_rules(Fitted(rule, rule, "abcd", "0123"), {})


def test_no_signal_is_ever_weighed_against_its_meaning() -> None:
    turned = [dataclasses.replace(one, answerable=not one.answerable) for one in examples()]
    weights = dict(zip((field.name for field in dataclasses.fields(Signals)), fit_rule(turned).weights, strict=True))
    assert weights["country_unmet"] <= 0 <= weights["near"]


def test_a_rule_for_other_embedders_weighs_no_vectors() -> None:
    rule = fit_rule(examples(), FROM_VECTORS)
    names = [field.name for field in dataclasses.fields(Signals)]
    assert all(weight == 0 for name, weight in zip(names, rule.weights, strict=True) if name in FROM_VECTORS)
    assert measure_rule(rule, examples())["auroc"] == 1.0


def test_cosines_decide_nothing_where_another_embedder_is_set() -> None:
    ours, another = judge_for(embedder_digest("")), judge_for("another embedder")
    far = dataclasses.replace(MET, near=-0.9, near_capped=-0.9, passage_near=-0.9)
    assert ours([far]).confidence < ours([MET]).confidence
    assert another([far]) == another([MET])
    assert another([MET]).answers
    assert not another([dataclasses.replace(MET, words_around=0.1, country_unmet=1.0, unheard=0.8)]).answers


@pytest.mark.parametrize(
    ("question", "lacking", "holding"),
    [
        (
            "What is the name of the EU Coordinator?",
            "The EU Anti-Trafficking Coordinator said so.",
            "Ada Byron said so.",
        ),
        ("How many people were trained?", "It had EUR 8.3 million from 5 June 2018.", "It trained 40 people."),
        ("What did it cost?", "It had 43 countries in 2025.", "It cost EUR 3 million."),
    ],
)
def test_a_sentence_must_hold_the_kind_of_thing_that_is_asked(question: str, lacking: str, holding: str) -> None:
    demands = read_demands(question, no_word)
    assert not holds_kind(demands.kind, lacking, demands)
    assert holds_kind(demands.kind, holding, demands)


def test_what_is_to_be_counted_is_demanded() -> None:
    assert read_demands("How many labour inspectors were there?", no_word).counted == frozenset({"labour", "inspector"})
    assert read_demands("What do the reports understand by this?", no_word).denies is False

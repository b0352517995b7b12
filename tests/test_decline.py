"""Signals for and against an answer, and the rule that weighs them."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.decline import judge_by_rule, read_rule, weigh_answer
from assistant.demands import leave_asides, read_demands, split_clauses
from assistant.signals import Signals
from evals.fitting import Example, fit_rule, measure_rule, write_rule

MET = Signals(0.7, 0.7, 0.8, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
AGAINST = ["country_unmet", "year_unmet", "other_year", "other_kind", "no_denial", "unfinished"]


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


def test_the_year_of_a_publication_is_no_year_asked_about() -> None:
    demands = read_demands("What does the 2022 study say about 2019?", no_word)
    assert (demands.years, demands.editions) == (("2019",), ("2022",))


def test_who_asks_is_no_part_of_the_question() -> None:
    assert leave_asides("How do traffickers recruit? I train police officers.") == "How do traffickers recruit?"


def test_a_question_of_two_is_taken_apart() -> None:
    assert len(split_clauses("How many officers took part, and how many victims were found?")) == 2
    assert split_clauses("How many officers took part?") == []


def test_a_rule_learns_what_tells_answerable_questions_apart() -> None:
    unmet = dataclasses.replace(MET, country_unmet=1.0)
    examples = [
        Example(f"{number}", bool(number % 2), "own", False, ((unmet, MET)[number % 2],)) for number in range(20)
    ]
    rule = fit_rule(examples)
    assert measure_rule(rule, examples)["auroc"] == 1.0
    assert f"threshold = {rule.threshold:.6f}" in write_rule(rule, "0123", {})

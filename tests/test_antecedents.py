"""A figure of "they" is quoted with the sentence that says who they are."""

from __future__ import annotations

from assistant.answers import Answer
from tests.conftest import Ask

WHO = "Since 2022 most people came from countries outside the Union."
FIGURE = "In 2023 they were a share of 64 % of the registered victims, women or not."
OTHERS = ["In 2023 women were a share of 70 % of the registered victims."]
QUESTION = "What share of the registered victims in 2023 were women?"


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_a_figure_of_they_is_quoted_with_the_sentence_that_says_who_they_are(ask: Ask) -> None:
    assert f"{WHO} {FIGURE}" in quotes(ask([*OTHERS, f"{WHO} {FIGURE}"], QUESTION))


def test_a_figure_whose_group_is_named_in_its_sentence_stands_alone(ask: Ask) -> None:
    named = "In 2023 women were 64 % of the registered victims."
    assert named in quotes(ask([*OTHERS, f"{WHO} {named}"], QUESTION))

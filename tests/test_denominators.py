"""Questions that ask how many countries there are of which: the sentence that counts within a group comes first."""

from __future__ import annotations

import pytest

from assistant.denominators import ask_for_group
from tests.conftest import Ask


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("How many of the countries have a shelter?", "have a shelter"),
        ("Out of how many states do shelters report?", "states do shelters report"),
        ("Do most Member States have a shelter?", "have a shelter"),
        ("How many victims were registered?", ""),
    ],
)
def test_the_group_is_searched_for_where_countries_are_counted(question: str, group: str) -> None:
    assert ask_for_group(question).removeprefix("Of the countries that took part: ") == group


def test_the_count_within_its_group_comes_before_a_count_without(ask: Ask) -> None:
    texts = [
        "Many countries have a shelter for victims, and the countries pay for the shelter.",
        "A shelter for victims is there in twenty of 25 countries.",
    ]
    assert ask(texts, "How many countries have a shelter for victims?").sentences[0].text == texts[1]


def test_a_count_of_something_else_is_not_brought_in_front(ask: Ask) -> None:
    texts = [
        "Many countries have a shelter for victims, and the countries pay for the shelter.",
        "Labour inspectors are trained by the police in twenty of 25 countries.",
    ]
    assert ask(texts, "How many countries have a shelter for victims?").sentences[0].text == texts[0]

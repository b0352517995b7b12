"""Judging: sentences made false by one change are caught; what is said in a source's own words is supported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.judge import Cited, judge_sentence
from tests.stand_ins import make_page
from tests.test_verify import NEGATED, REPORTS, SENTENCES, draw_match, named_in, words_where

PAGES = {name: make_page(text) for name, text in REPORTS.items()}
sentences = st.sampled_from(SENTENCES)


def is_caught(said: str, name: str, source: str) -> bool:
    return judge_sentence(said, (1,), {1: Cited(source, (PAGES[name],))}).status == "unsupported"


@settings(max_examples=100)
@given(sentences, st.data())
def test_a_negation_put_into_a_sentence_is_caught(case: tuple[str, str], data: st.DataObject) -> None:
    gap = draw_match(data, words_where(case[1], r"(?<=[a-z]) (?=[a-z])"))
    assert is_caught(f"{case[1][: gap.start()]} not {case[1][gap.end() :]}", *case)


@pytest.mark.parametrize(("name", "sentence"), [case for case in SENTENCES if NEGATED.search(case[1])])
def test_a_negation_taken_out_of_a_sentence_is_caught(name: str, sentence: str) -> None:
    assert is_caught(NEGATED.sub("", sentence, count=1), name, sentence)


@settings(max_examples=100)
@given(st.sampled_from([case for case in SENTENCES if words_where(case[1], r"\d")]), st.data(), st.integers(1, 9))
def test_a_digit_changed_in_a_sentence_is_caught(case: tuple[str, str], data: st.DataObject, by: int) -> None:
    digit = draw_match(data, words_where(case[1], r"\d"))
    assert is_caught(case[1][: digit.start()] + str((int(digit[0]) + by) % 10) + case[1][digit.end() :], *case)


@pytest.mark.parametrize(("name", "sentence"), [case for case in SENTENCES if named_in(case[1])])
def test_a_country_swapped_in_a_sentence_is_caught(name: str, sentence: str) -> None:
    assert is_caught(sentence.replace(named_in(sentence)[0], "Peru", 1), name, sentence)


AGRICULTURE = "In 2023 the countries registered 64 victims in agriculture; Slovakia registered none of them."
PERIOD = "The reflection period gives victims 90 days to recover and to decide whether to cooperate."
NORTH = "Hungary registered 12 victims and Norway registered 31 victims in 2024."
OFFERED = {
    number: Cited(quote, (make_page(quote),), "EMN Flash | Key findings")
    for number, quote in enumerate((AGRICULTURE, PERIOD, NORTH), 1)
}


@pytest.mark.parametrize(
    ("said", "numbers", "status"),
    [
        (AGRICULTURE, (1,), "verbatim"),
        ("The countries registered 64 victims in agriculture in 2023.", (1,), "supported"),
        ("Victims have ninety days to recover and decide whether to cooperate.", (2,), "supported"),
        ("In 2024, Norway registered 31 victims and Hungary 12.", (3,), "supported"),
        ("Victims have 90 days to recover, while Norway registered 31 victims.", (2, 3), "supported"),
        ("The reflection period \u201cgives victims 90 days\u201d to recover.", (2,), "supported"),
        ("Slovakia registered 64 victims in agriculture in 2023.", (1,), "unsupported"),
        ("Hungary registered 31 victims in 2024.", (3,), "unsupported"),
        ("Hungary registered 12 victims in 2023.", (1, 3), "unsupported"),
        ("All victims have 90 days to recover.", (2,), "unsupported"),
        ("The reflection period \u201cgives victims 60 days\u201d to recover.", (2,), "unsupported"),
        (
            "The reflection period gives victims in agriculture; Slovakia registered none of them.",
            (1, 2),
            "unsupported",
        ),
        ("The reflection period is abolished.", (2,), "unsupported"),
        ("Victims have 90 days to hide.", (2,), "unsupported"),
        (f"{PERIOD.removesuffix('.')} (source: EMN Flash #2 - 2025).", (2,), "unsupported"),
        (f"{PERIOD.removesuffix('.')}, see https://192.0.2.1/.", (2,), "unsupported"),
        (PERIOD, (1,), "unsupported"),
        (PERIOD, (), "unsupported"),
        (PERIOD, (2, 9), "unsupported"),
    ],
)
def test_a_sentence_is_judged_by_what_it_cites(said: str, numbers: tuple[int, ...], status: str) -> None:
    judgement = judge_sentence(said, numbers, OFFERED)
    assert judgement.status == status, judgement.reasons
    assert bool(judgement.reasons) == (status == "unsupported")

"""What a term means is told by the sentence that says so; a word is found in whichever form it is asked for."""

from __future__ import annotations

import pytest

from assistant.defining import defines
from assistant.question_kind import find_term
from corpus.roots import root, roots
from tests.conftest import Ask


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("CEPS", "The Centre for European Policy Studies (CEPS) wrote the review."),
        ("CEPS", "CEPS (Centre for European Policy Studies) wrote the review."),
        ("SOP", "SOP\tstandard operating procedure"),
        ("safe house", "A safe house is a flat whose address nobody tells."),
        ("safe houses", "Safe houses are those flats whose address nobody tells."),
        ("tied visa", "The term \u201ctied visa\u201d refers to a permit for one employer."),
        ("ticket debt", "By ticket debt is meant what a worker owes for the journey."),
    ],
)
def test_a_sentence_that_says_what_a_term_means_is_told(term: str, sentence: str) -> None:
    assert defines(term, sentence)


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("CEPS", "CEPS wrote the review in 2024."),
        ("SOP", "The police (SOP) have one."),
        ("safe house", "Guests of a safe house are given a telephone, which is a loan."),
        ("safe house", "The safe house in Riga has ten beds."),
        ("tied visa", "Nobody asked what is meant."),
    ],
)
def test_a_sentence_that_only_holds_the_term_says_nothing_of_its_meaning(term: str, sentence: str) -> None:
    assert not defines(term, sentence)


def test_an_abbreviation_that_is_asked_about_keeps_its_capitals() -> None:
    assert find_term("What does \u201cSOP\u201d stand for?") == "SOP"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("extended", "extension"),
        ("identify", "identification"),
        ("applied", "application"),
        ("found", "find"),
        ("inspectors", "inspected"),
        ("referral", "refers"),
        ("decided", "decision"),
        ("women", "woman"),
        ("added", "addition"),
    ],
)
def test_the_forms_of_a_word_have_one_root(one: str, other: str) -> None:
    assert roots(one) == roots(other)


@pytest.mark.parametrize(("one", "other"), [("mission", "missing"), ("actor", "act"), ("finder", "fined")])
def test_other_words_have_other_roots(one: str, other: str) -> None:
    assert roots(one) != roots(other)


@pytest.mark.parametrize("word", ["extens", "applic", "found", "referr", "addit", "victim", "identifi"])
def test_a_root_is_its_own(word: str) -> None:
    assert root(root(word)) == root(word)


def test_what_an_abbreviation_stands_for_comes_first(ask: Ask) -> None:
    texts = [
        "CEPS asked where the shelters stand.\n\nCEPS paid for beds.",
        "The Centre for European Policy Studies (CEPS) advises shelters that stand.",
    ]
    answer = ask(texts, "What does CEPS stand for?")
    assert answer.sentences[0].text == "The Centre for European Policy Studies (CEPS) advises shelters that stand."

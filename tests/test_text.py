"""The normal form of a quote, its hash, sentence boundaries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans
from corpus.text import breaks_off, ends_sentence, find_years, normal_form, normal_hash


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


def test_the_normal_form_folds_spaces_quotes_dashes_and_compatibility_forms() -> None:
    assert (
        normal_form(" \u201ctra\ufb03c\u00adking\u201d \u2013\n\u2018EU\u2019\u00a0law ")
        == "\"trafficking\" - 'EU' law"
    )


def test_the_hash_of_a_quote_never_changes() -> None:
    assert normal_hash("Since 2022, non-EU victims are the majority.") == "da11ca0df5b7"


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text())
def test_white_space_around_and_within_never_changes_the_hash(text: str) -> None:
    assert normal_hash("\n " + text.replace(" ", " \t ") + " ") == normal_hash(text)


@given(st.text(alphabet=st.sampled_from("ab. )!?\n1\u201d")))
def test_sentences_hold_every_word_once_and_end_where_words_end(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()
    assert all(sentence == sentence.strip() and "\n" not in sentence for sentence in sentences(text))


@pytest.mark.parametrize(
    "text",
    [
        "See Art. 5(3) of the Directive, which binds Member States.",
        "Most target nationals in general (e.g. refugees, asylum seekers, etc.) rather than some.",
        "This follows No. 2 of the series.",
        "The rights in the Charter (Article 5(3)) stand above national law.",
        "The paper by Smith et al. speaks of EUR 2.7 billion a year.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_two_sentences_are_two() -> None:
    assert sentences("None have a dedicated policy. Several embed it elsewhere.") == [
        "None have a dedicated policy.",
        "Several embed it elsewhere.",
    ]


def test_a_sentence_that_wants_another_word_breaks_off() -> None:
    assert breaks_off("to strengthen the identification of certain groups of")
    assert not breaks_off("to strengthen the identification of certain groups.")
    assert not breaks_off("Background")


def test_closing_marks_may_stand_after_the_full_stop() -> None:
    assert ends_sentence("(Article 5(3)).")
    assert ends_sentence("He said \u201cno.\u201d")
    assert not ends_sentence("related to cultural")


def test_years_are_not_figures() -> None:
    assert find_years("In 2022 there were 2 019 cases; 2019-2021; 20221; 1 999") == ["2022", "2019", "2021"]

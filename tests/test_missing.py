"""What an answer that is none says was missing: only what is so."""

from __future__ import annotations

import pytest

from assistant.answers import Abstention, Question
from assistant.ask import Assistant
from assistant.missing import Missing, tell_missing
from assistant.words import say

LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "nl", "pt", "ro")


def abstain(assistant: Assistant, text: str) -> Abstention:
    *_, answer = assistant.ask(Question(text))
    assert answer.abstention is not None
    return answer.abstention


def test_a_word_that_no_report_holds_is_named(assistant: Assistant) -> None:
    abstention = abstain(assistant, "How much cocaine was seized in the harbour?")
    assert "cocaine" in abstention.missing
    assert "No passage of this library mentions \u201ccocaine\u201d" in abstention.reason


def test_a_country_that_was_not_found_is_named(assistant: Assistant) -> None:
    abstention = abstain(assistant, "How many victims of forced labour did Portugal register?")
    assert abstention.missing[0] == "Portugal"
    assert "found in these reports on Portugal" in abstention.reason


def test_a_word_that_a_report_holds_is_never_said_to_be_in_none(assistant: Assistant) -> None:
    abstention = abstain(assistant, "Which bakeries in agriculture sell bread to victims in Portugal?")
    assert not {"agriculture", "victims", "reflection"} & set(abstention.missing)


def test_the_kind_of_thing_that_no_sentence_holds_is_named(assistant: Assistant) -> None:
    reason = abstain(assistant, "How much does the bakery in Lisbon cost?").reason
    assert "No sum of money stands in the sentences that come nearest." in reason


def test_two_things_that_only_stand_apart_are_said_to_be_apart(assistant: Assistant) -> None:
    missing = Missing((), (), (), ("Italy", "2023"), None)
    assert tell_missing(missing, "en").endswith(
        "No passage that was found speaks of all of these together: Italy and 2023."
    )


def test_the_reason_is_in_the_language_of_the_question(assistant: Assistant) -> None:
    abstention = abstain(assistant, "Wie viele Opfer hat Portugal im Jahr 1998 registriert?")
    assert (abstention.language, abstention.reason.startswith("In diesen Berichten")) == ("de", True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["apart", "unheard", "distant", "no-money", "no-person"])
def test_every_reason_is_there_in_nine_languages(name: str, language: str) -> None:
    assert (say(name, language, words="x") == say(name, "en", words="x")) == (language == "en")


@pytest.mark.parametrize(
    "question",
    ["Summarise bakery prices vs wages", "Who gets and who wrote about the bakery?", "Tell me briefly about a bakery"],
)
def test_a_word_that_asks_or_instructs_is_never_said_to_be_missing(assistant: Assistant, question: str) -> None:
    assert set(abstain(assistant, question).missing) <= {"bakery", "prices", "wages"}

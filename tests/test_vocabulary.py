"""Questions in other languages and the field's abbreviations, in the words of English reports."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.vocabulary import find_language, translate
from assistant.words import _load_words, labels
from corpus.documents import Filters
from corpus.vocabulary import alternatives, languages, lexicon

QUESTIONS = [
    ("de", "Wie viele Opfer von Menschenhandel wurden in Schweden registriert?", ["victim", "Sweden"]),
    ("fr", "Combien de victimes de la traite ont été enregistrées en Suède ?", ["victim", "Sweden"]),
    ("es", "¿Cuántas víctimas de trata se registraron en Suecia?", ["victim", "Sweden"]),
    ("it", "Quante vittime di tratta sono state registrate in Svezia?", ["victim", "Sweden"]),
    ("pl", "Ile ofiar handlu ludźmi zarejestrowano w Szwecji?", ["victim", "Sweden"]),
    ("nl", "Hoeveel slachtoffers van mensenhandel werden in Zweden geregistreerd?", ["victim", "Sweden"]),
    ("pt", "Quantas vítimas de tráfico de seres humanos foram registadas na Suécia?", ["how many", "victim", "Sweden"]),
    ("ro", "Câte victime ale traficului de persoane au fost înregistrate în Suedia?", ["how many", "victim", "Sweden"]),
    ("sv", "Hur många offer för människohandel registrerades i Sverige?", ["how many", "victim", "Sweden"]),
    ("cs", "Kolik obětí obchodování s lidmi bylo registrováno ve Švédsku?", ["how many", "victim", "Sweden"]),
]
SPOKEN = ["de", "fr", "es", "it", "pl", "nl", "pt", "ro"]


@pytest.mark.parametrize(("language", "question", "english"), QUESTIONS)
def test_the_terms_of_a_question_are_known_in_its_language(language: str, question: str, english: list[str]) -> None:
    assert find_language(question) == language
    text = translate(question, language).text
    assert all(word in text for word in english), text


@pytest.mark.parametrize(
    "question",
    ["How many victims were registered in Sweden?", "Operation Global Chain 2025", "GRETA", "EMPACT in 2023?"],
)
def test_an_english_question_stays_as_it_is(question: str) -> None:
    assert find_language(question) == "en"


def test_a_word_that_is_not_known_is_left_out_and_a_name_stays() -> None:
    text = translate("Ile lat działa quibblofax projekt A-TIPSOM?", "pl").text
    assert "A-TIPSOM" in text
    assert "quibblofax" not in text


def test_abbreviations_are_searched_for_in_full_too() -> None:
    assert alternatives("What is the NRM for THB?") == ("national referral mechanism", "trafficking in human beings")
    assert alternatives("trafficking in human beings (THB)") == ()


@pytest.mark.parametrize("language", languages())
def test_every_language_has_sixty_terms_and_more(language: str) -> None:
    assert len(lexicon(language).terms) > 60


@pytest.mark.parametrize("language", SPOKEN)
def test_whatever_the_assistant_says_it_says_in_the_languages_of_its_questions(language: str) -> None:
    names = {**_load_words(), **labels()}
    assert [name for name, words in names.items() if name != "labels" and language not in words] == []


@given(st.sampled_from([name for name, words in labels().items()]), st.sampled_from(["de", "fr", "pl", "nl"]))
def test_a_translation_fills_in_nothing_that_the_program_does_not_hand_over(name: str, language: str) -> None:
    known = {"found": {"found", "all"}, "searched": {"places", "all"}}
    braces = set(re.findall(r"\{(\w+)\}", labels()[name][language]))
    assert braces <= known.get(name, set(re.findall(r"\{(\w+)\}", labels()[name]["en"])))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wie viele Opfer von Menschenhandel wurden in Ungarn registriert?", "zu Ungarn nichts gefunden"),
        ("Combien de victimes de la traite ont été enregistrées en Hongrie ?", "sur : Hongrie."),
        ("¿Cuántas víctimas de trata se registraron en Hungría?", "sobre Hungría que responda"),
        ("Ile ofiar handlu ludźmi zarejestrowano na Węgrzech?", "Brak informacji: Węgry"),
    ],
)
def test_an_abstention_says_in_the_language_of_the_question_what_is_missing(
    assistant: Assistant, question: str, words: str
) -> None:
    *_, answer = assistant.ask(Question(question))
    assert answer.abstention is not None
    assert words in answer.abstention.reason
    assert answer.abstention.missing == ("Hungary",)


def test_filters_that_nothing_passes_are_told_in_the_language_of_the_question(assistant: Assistant) -> None:
    *_, answer = assistant.ask(Question(QUESTIONS[0][1], filters=Filters(series=("No such",))))
    assert answer.abstention is not None
    assert "gesetzten Filtern" in answer.abstention.reason


def test_nothing_is_said_of_languages_where_question_and_quotes_have_the_same(assistant: Assistant) -> None:
    *_, answer = assistant.ask(Question("How many days does the reflection period give victims?"))
    assert (answer.language, answer.notice) == ("en", None)


@pytest.mark.parametrize(("language", "question", "english"), QUESTIONS[:2])
def test_the_answer_says_that_quotes_stand_in_their_own_language(
    assistant: Assistant, language: str, question: str, english: list[str]
) -> None:
    *_, answer = assistant.ask(Question(question))
    assert answer.notice is not None
    assert (answer.notice.kind, answer.notice.language) == ("language", language)
    assert {"de": "Originalsprache", "fr": "langue originale"}[language] in answer.notice.text
    assert {"de": "Englisch", "fr": "anglais"}[language] in answer.notice.text
    assert {word.casefold() for word in english} <= {word for term in answer.added for word in term.casefold().split()}


def test_a_german_question_is_answered_from_an_english_report(assistant: Assistant) -> None:
    answer: Answer
    *_, answer = assistant.ask(Question("Wie viele Tage dauert die Bedenkzeit für Opfer?"))
    assert any("reflection period gives victims" in sentence.text for sentence in answer.sentences)

"""Who took part in a report: from its description, quoted from the page that says so."""

from __future__ import annotations

import hashlib

import pytest

from assistant.answers import Composed
from assistant.participants import name_participants
from corpus.documents import Document, Reading, Source
from corpus.library import Library
from tests.stand_ins import make_page

TEXT = """Annex 1
All entries are made up. Answers came from AT, DE and SE. The rest of the study says nothing of it.
Malta and Spain are shown as countries that did not take part.
Table 2: Detection in three countries
Austria (AT)\tYes\tNo
Malta (MT)\tDid not take part\tDid not take part"""
STUDY = Document(
    "study-2022",
    hashlib.sha256(b"study").hexdigest(),
    "Seen and named",
    "Test Study",
    "1",
    2022,
    participants=("AT", "DE", "SE"),
)
SILENT = Document("flash-2025", hashlib.sha256(b"flash").hexdigest(), "Beyond borders", "Test Flash", "2", 2025)


@pytest.fixture
def shelved(library: Library) -> Library:
    for document, text in ((STUDY, TEXT), (SILENT, "A flash on other things.")):
        reading = Reading(sources=(Source("participants", "page 1"),))
        pages = [make_page(text)]
        library.add(document, pages, [], {}, embedder="", split="", file_name="a.txt", reading=reading)
    return library


def ask(library: Library, question: str, *documents: Document) -> Composed | None:
    return name_participants(question, documents or (STUDY,), library)


def quotes(composed: Composed | None, library: Library) -> list[str]:
    assert composed is not None
    return [
        library.page(one.document.sha256, part.page).text[part.start : part.end]
        for one in composed.excerpts
        for part in one.parts
    ]


def test_the_countries_are_named_and_the_page_is_quoted_that_says_who_took_part(shelved: Library) -> None:
    found = ask(shelved, "Which countries took part in the study?")
    assert found is not None
    assert (found.lead.found, found.lead.text.endswith("Austria, Germany and Sweden.")) == (3, True)
    assert quotes(found, shelved) == [
        "Answers came from AT, DE and SE.",
        "Malta and Spain are shown as countries that did not take part.",
        "Table 2: Detection in three countries",
    ]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did Sweden take part in the 2022 study?", "Among the 3 countries"),
        ("Did Malta take part in the 2022 study?", "Not among the 3 countries"),
        ("Which countries took part in the EMN 2022 study?", "3 countries"),
        ("Hat Schweden an der Studie teilgenommen?", "Unter den 3 Ländern"),
        ("Welche Länder nahmen an der EMN-Studie teil?", "3 Länder"),
        ("Quels pays ont participé à l'étude ?", "3 pays ont participé"),
        ("¿Qué países participaron en el estudio?", "3 países participaron"),
        ("Quali paesi hanno partecipato allo studio?", "3 paesi hanno partecipato"),
        ("Które kraje wzięły udział w badaniu?", "wzięły udział, to 3"),
        ("Welke landen deden mee aan de studie?", "deden 3 landen mee"),
    ],
)
def test_a_country_and_the_language_of_the_question_are_heeded(shelved: Library, question: str, words: str) -> None:
    found = ask(shelved, question)
    assert found is not None
    assert words in found.lead.text


def test_a_report_that_does_not_say_who_took_part_is_said_not_to(shelved: Library) -> None:
    found = ask(shelved, "Who contributed to the flash?", SILENT)
    assert found is not None
    assert (found.lead.text, found.excerpts) == (
        "Nothing was found in “Beyond borders” on which countries took part.",
        (),
    )


@pytest.mark.parametrize(
    "question",
    [
        "Which countries have a hotline?",
        "Which countries did not take part in the study?",
        "Which countries took part in the joint raids that the study describes?",
        "Who took part in training, as the study tells?",
        "Did Sweden take part in the raids of which the report speaks?",
        "Welche Länder haben laut der Studie an Razzien teilgenommen?",
        "Quels pays ont participé à des contrôles selon l'étude ?",
        "¿Qué países participaron en redadas según el estudio?",
        "Quali paesi hanno partecipato a controlli secondo lo studio?",
        "Które kraje wzięły udział w kontrolach według raportu?",
        "Welke landen deden volgens de studie mee aan invallen?",
        "What does the study say about who took part?",
    ],
)
def test_another_question_is_left_to_the_search(shelved: Library, question: str) -> None:
    assert ask(shelved, question) is None


def test_of_several_reports_none_is_guessed(shelved: Library) -> None:
    assert ask(shelved, "Which countries took part in the study?", STUDY, SILENT) is None

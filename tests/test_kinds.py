"""Which sentences answer: of the kind that is asked, whole and with their frame, and nothing that is no sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.question_kind import count_items, kinds_of
from assistant.sentences import can_answer
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.stand_ins import WordEmbedder

Ask = Callable[[Sequence[str], str], Answer]


@pytest.fixture
def ask(tmp_path: Path, desk: Desk, library: Library, embedder: WordEmbedder) -> Ask:
    """Answers a question from reports of these texts, each with a head of its own."""

    def answer(reports: Sequence[str], question: str) -> Answer:
        for number, text in enumerate(reports, start=1):
            path = tmp_path / f"report-{number}.txt"
            path.write_text(f"EMN Flash #{number} - {2020 + number}\n\nFindings\n\n{text}\n", encoding="utf-8")
            add_file(path, Given(), desk, lambda page, pages: None)
        catch_up(desk, lambda words: None)
        *_, last = Assistant(library, CurrentIndex(desk.home), embedder).ask(Question(question))
        return last

    return answer


def said(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many victims were registered?", "number"),
        ("What share of the victims are children?", "number"),
        ("By when must the directive be transposed?", "time"),
        ("Who identifies victims in Ireland?", "who"),
        ("According to whom is there no common number?", "who"),
        ("Which regions are targeted?", "list"),
        ("Is Ireland bound by the directive?", "yes-no"),
        ("If the victim agreed to the work, is the trafficker off the hook?", "yes-no"),
        ("What is debt bondage?", "definition"),
        ("What is the difference between detecting and identifying a victim?", "comparison"),
        ("Why do workers not complain?", "reason"),
    ],
)
def test_a_question_is_of_the_kind_that_its_words_say(question: str, kind: str) -> None:
    assert kind in kinds_of(question)


@pytest.mark.parametrize(
    "line",
    [
        "KOK, news on the EU Anti-Trafficking Hub (in German), undated (about June 2025), kok-gegen-menschenhandel.de.",
        "European Commission, project page Transnational ACtion, 2015, ec.europa.eu.",
        "United States, 2023 Trafficking in Persons Report: Sweden, consulted in a reprint.",
        "Table 2: Inspection and protection in twelve countries (illustrative data)",
        "SAMPLE FLASH #2 – 2025 | Sample Reports Desk (fictional publisher) 1",
        "Licence of this text: CC BY 4.0.",
        "2021 37 % 2023 35 % 2024 37 %",
        "Several countries are reviewing the identification of certain groups of",
    ],
)
def test_what_is_no_sentence_is_no_answer(line: str) -> None:
    assert not can_answer(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2020 they made up 42.0 % of all registered victims in the EU (Eurostat, cited in LSM Latvia).",
        "Chronicle.lu reported 99 victims per million inhabitants in 2021-2022.",
        "Ten of 27 screen for victims before a forced return.",
        "The Court decided on 20 October 2022, in case C-66/21, that no transfer may be carried out.",
    ],
)
def test_a_sentence_with_figures_and_sources_in_it_is_one(sentence: str) -> None:
    assert can_answer(sentence)


def test_the_things_that_a_sentence_counts_up_are_counted() -> None:
    assert count_items("Observers are Norway, Georgia, Moldova and Ukraine.") == 4
    assert count_items("Georgia observes the network.") == 1


def test_a_reference_that_shares_all_words_with_the_question_is_not_quoted(ask: Ask) -> None:
    answer = ask(
        [
            """The main partner abroad of the countries is the International Organization for Migration.

Example Desk, organisations and countries as partners abroad, undated, partners-abroad.org."""
        ],
        "Which organisation do countries have as their main partner abroad?",
    )
    assert said(answer) == ["The main partner abroad of the countries is the International Organization for Migration."]


def test_of_two_sentences_alike_the_one_with_a_figure_answers_how_many(ask: Ask) -> None:
    answer = ask(
        ["Countries registered many victims of forced labour. Countries registered 412 victims of forced labour then."],
        "How many victims of forced labour have countries registered?",
    )
    best = max(answer.citations, key=lambda citation: citation.score)
    assert "412" in best.quote


def test_the_sentence_about_the_country_that_is_asked_comes_before_its_neighbour(ask: Ask) -> None:
    answer = ask(
        ["In 2018 Estonia multiplied its fines for firms by ten. In 2018 Latvia doubled its fines for firms."],
        "How did Latvia raise fines for firms?",
    )
    best = max(answer.citations, key=lambda citation: citation.score)
    assert "Latvia" in best.quote


def test_a_sentence_brings_along_the_one_that_takes_half_of_it_back(ask: Ask) -> None:
    answer = ask(
        [
            """A Dublin transfer of the victim may not be carried out during the reflection period.
The decision may nevertheless be taken and prepared."""
        ],
        "May a Dublin transfer of the victim be carried out during the reflection period?",
    )
    assert "The decision may nevertheless be taken and prepared." in said(answer)

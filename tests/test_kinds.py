"""Which sentences answer: of the kind that is asked, whole and with their frame, and nothing that is no sentence."""

from __future__ import annotations

import pytest

from assistant.answers import Answer
from assistant.question_kind import count_items, kinds_of
from assistant.sentences import can_answer
from assistant.speaker import find_source, find_speaker
from corpus.library import Library
from tests.conftest import Ask


def said(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many victims were registered?", "number"),
        ("What share of the victims are children?", "number"),
        ("By when must the directive be transposed?", "time"),
        ("Who identifies victims in Ireland?", "who"),
        ("According to whom is there no common number?", "speaker"),
        ("Which regions are targeted?", "list"),
        ("Is Ireland bound by the directive?", "yes-no"),
        ("If the victim agreed to the work, is the trafficker off the hook?", "yes-no"),
        ("What is debt bondage?", "definition"),
        ("What is the difference between detecting and identifying a victim?", "comparison"),
        ("Why do workers not complain?", "reason"),
        ("Who argued that the permit depends on the prosecution?", "speaker"),
        ("Where does the share of 42 % come from?", "speaker"),
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
        "TRAFFICKING IN HUMAN BEINGS – THE INTERNATIONAL DIMENSION",
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
        "EMN FLASH #2 - 2025",
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


LIST = """The measures of the plan target four groups of victims:

- seasonal workers in agriculture
- domestic workers
- children without a guardian
- fishermen

The plan was adopted in 2022 after long talks between the ministries and the organisations of employers."""


@pytest.mark.parametrize(
    "question",
    [
        "Which groups of victims do the measures of the plan target?",
        "Does the plan help seasonal workers in agriculture?",
    ],
)
def test_a_list_comes_whole_whether_its_head_or_an_item_answers(ask: Ask, question: str) -> None:
    sentences = said(ask([LIST], question))
    first = sentences.index("The measures of the plan target four groups of victims:")
    assert sentences[first + 1 : first + 5] == [
        "seasonal workers in agriculture",
        "domestic workers",
        "children without a guardian",
        "fishermen",
    ]


def test_an_item_of_a_list_is_cited_by_itself(ask: Ask, library: Library) -> None:
    answer = ask([LIST], "Which groups of victims do the measures of the plan target?")
    for sentence, citation in zip(answer.sentences, answer.citations, strict=True):
        (part,) = citation.parts
        assert library.page(citation.document.sha256, part.page).text[part.start : part.end] == sentence.text


def test_findings_in_a_row_without_a_lead_in_are_no_list(ask: Ask) -> None:
    findings = "\n".join(f"- Country number {number} trains its labour inspectors every year." for number in range(9))
    assert len(said(ask([findings], "Which country trains its labour inspectors every year?"))) <= 5


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        (
            "In 2020 they made up 42.0 % of all victims (Eurostat, cited in LSM Latvia).",
            "Eurostat, cited in LSM Latvia",
        ),
        ("According to EMN Slovakia, more than 10 500 victims were registered.", "EMN Slovakia"),
        ("Some countries still fall short of this, GRETA found.", "GRETA"),
        (
            "The data were criticised, as the embassy of the United States noted in July 2022.",
            "the embassy of the United States",
        ),
        (
            "EMN Netherlands, in its summary of the same study, writes that every third victim is a child.",
            "EMN Netherlands",
        ),
        ("In February 2016 Europol put the share of EU nationals at 70 %.", "Europol"),
        ("Only one body could identify victims (EMN Ireland, 2022).", "EMN Ireland, 2022"),
    ],
)
def test_who_speaks_in_a_sentence_is_named_in_its_own_words(sentence: str, speaker: str) -> None:
    assert find_speaker(sentence) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2012, 23 Member States counted 2 171 victims from outside the EU.",
        "Latvia is on the list which EMN Netherlands gave in 2022.",
        "Both named in the minimum list, and surrogacy with them.",
        "They said nothing about it.",
        "Victims are the main target group.",
    ],
)
def test_nobody_is_named_who_does_not_speak(sentence: str) -> None:
    assert find_speaker(sentence) is None


@pytest.mark.parametrize(
    ("note", "source"),
    [
        ("Eurostat, cited in LSM Latvia, 2022, eng.lsm.lv.", "Eurostat"),
        ("EMN Ireland, news of 27 April 2022, emn.ie.", "EMN Ireland"),
        ("eucrim, 5th progress report, 11 February 2025, https://eucrim.eu/news.", "eucrim"),
        ("BAMF, as in note 7.", "BAMF"),
        ("12. GRETA (2022), Report on Luxembourg, coe.int.", "GRETA"),
        ("Directive 2011/36/EU of 5 April 2011, text in a copy, eur-lex.europa.eu.", None),
        ("See section 3, www.emn.sk.", None),
        ("Germany, Ireland and Malta did not answer in 2022.", None),
        ("In Sweden, the board decided so in 2021.", None),
    ],
)
def test_a_note_names_its_source_first_and_a_note_that_says_something_names_none(note: str, source: str | None) -> None:
    assert find_source(note) == source


def test_an_answer_says_who_speaks(ask: Ask) -> None:
    answer = ask(["According to EMN Slovakia, 8 % of the victims were minors."], "How many of the victims were minors?")
    assert [sentence.speaker for sentence in answer.sentences] == ["EMN Slovakia"]

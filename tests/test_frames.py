"""A question that names a country or a year is answered by what is about it, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.frames import Wanted, keep_for, keep_own, name_frames, read_wanted
from assistant.sentences import Candidate
from assistant.years import Years, names_year, read_asked
from corpus.documents import Document, Hit, Part, Passage
from corpus.terms import mention_countries
from corpus.vocabulary import in_english
from tests.conftest import Ask

OF_ALL = Document("synthesis", "a" * 64, "Shelters", year=2024, participants=("FI", "MT", "IE"))
OF_MALTA = Document("malta", "b" * 64, "Malta: shelters", year=2023, countries=("MT",))
DOCUMENTS = {OF_ALL.sha256: OF_ALL, OF_MALTA.sha256: OF_MALTA}


def say(sentence: str, *headings: str, before: str = "", of: Document = OF_ALL, place: int | None = None) -> Candidate:
    text = f"{before} {sentence}".strip()
    passage = Passage(1, of.sha256, ("Shelters", *headings), text, "paragraph", (Part(1, 0, len(text)),))
    parts = (Part(1, text.find(sentence), len(text)),)
    return Candidate(sentence, Hit(passage, 1.0), parts, 1.0, np.zeros(2, np.float32), int(bool(before)))


def kept(question: str, candidate: Candidate) -> str | None:
    """The frame with which a sentence is kept for a question; None where it is left out."""
    found = keep_own(read_wanted(question, ()), [candidate], DOCUMENTS).candidates
    return found[0].frame if found else None


PERIOD = "The stay in a shelter lasts ten weeks."


@pytest.mark.parametrize(
    ("candidate", "frame"),
    [
        (say("Finland pays for ten weeks in a shelter."), ""),
        (say("Finnish shelters are open for ten weeks."), ""),
        (say(PERIOD, "Finland (FI)"), "Finland"),
        (say(PERIOD, "Finland", "Question 3"), "Finland"),
        (say("It lasts ten weeks.", before="Finland pays for a stay in a shelter."), "Finland"),
        (say("Most guests came from Nigeria and Ghana.", "Finland"), "Finland"),
        (say("All Member States must offer a stay of two weeks."), "EU"),
        (say("Shelters in the EU held 10 793 guests.", "Finland"), ""),
        (say("All reporting countries offer a stay."), "Shelters"),
        (say(PERIOD), None),
        (say("Malta pays for ten weeks in a shelter."), None),
        (say(PERIOD, "Malta"), None),
        (say(PERIOD, "Finland and Malta"), None),
        (say(PERIOD, of=OF_MALTA), None),
        (say("In Malta it lasts ten weeks.", "Finland"), None),
        (say("It lasts ten weeks.", before="Malta pays for a stay in a shelter."), None),
        (say("Not all Member States offer a stay."), None),
    ],
)
def test_a_sentence_is_of_a_country_by_its_words_or_by_what_it_stands_under(
    candidate: Candidate, frame: str | None
) -> None:
    assert kept("How long may guests stay in Finland?", candidate) == frame


@pytest.mark.parametrize(
    ("candidate", "frame"),
    [
        (say("In 2021 shelters had 40 beds."), ""),
        (say("From 2020 to 2022 shelters had 40 beds."), ""),
        (say("They had 40 beds.", "The year 2021"), "2021"),
        (say("They had 40 beds.", before="In 2021 much was built."), "2021"),
        (say("They had 40 beds.", before="Much was built in 2021 and in 2023."), None),
        (say("In 2023 shelters had 40 beds."), None),
        (say("They had 40 beds."), None),
        (say("They had 40 beds (Ministry, 2021)."), None),
    ],
)
def test_a_sentence_is_of_a_year_by_its_words_or_by_what_it_stands_under(
    candidate: Candidate, frame: str | None
) -> None:
    assert kept("How many beds were there in 2021?", candidate) == frame


@pytest.mark.parametrize(
    ("question", "countries"),
    [
        ("What does Dutch law say?", {"NL"}),
        ("And the shelters of LV?", {"LV"}),
        ("Which countries other than Cyprus have shelters?", set()),
        ("How is AI used by traffickers?", set()),
        ("How many children were there, according to EMN Slovakia?", set()),
        ("What becomes of victims from Ghana in Spain?", {"ES"}),
        ("What becomes of Moldovan women?", {"MD"}),
    ],
)
def test_the_countries_that_a_question_is_about_are_told(question: str, countries: set[str]) -> None:
    assert read_wanted(question, ()).countries == countries


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What has changed since 2019?", [Years(2019, 2099)]),
        ("How many were there between 2018 and 2020?", [Years(2018, 2020)]),
        ("What was planned before 2015?", [Years(1900, 2014)]),
        ("What was planned until 2015?", [Years(1900, 2015)]),
        ("What has changed after 2020?", [Years(2021, 2099)]),
        ("How many were there in 2018 and in 2021?", [Years(2018, 2018), Years(2021, 2021)]),
    ],
)
def test_a_stretch_of_years_that_is_asked_about_is_read_whole(question: str, years: list[Years]) -> None:
    assert read_asked(question) == years


@pytest.mark.parametrize("question", ["What does the 2021 study say?", "What do the 2020 and 2021 informs say?"])
def test_the_year_of_a_publication_is_not_asked_of_its_sentences(question: str) -> None:
    assert read_wanted(question, ()).years == ()


def test_what_none_of_the_sentences_is_about_is_named() -> None:
    wanted = read_wanted("How many beds did Finland have in 2021?", ())
    assert keep_own(wanted, [say("Malta had 40 beds in 2021.")], DOCUMENTS).missing == ("Finland",)
    found = [say("Finland had 40 beds in 2023.")]
    assert keep_own(wanted, found, DOCUMENTS).missing == ("2021",)
    assert keep_own(wanted, [*found, say("Malta had 40 beds in 2021.")], DOCUMENTS).missing == ("Finland", "2021")


def test_a_side_of_a_question_that_names_another_country_is_about_that_one() -> None:
    wanted, found = Wanted(frozenset({"FI"})), [say("Malta has 40 beds."), say("Finland has 60 beds.")]
    assert [one.text for one in keep_for(wanted, "and how many in Malta?", found, DOCUMENTS)] == ["Malta has 40 beds."]
    assert [one.text for one in keep_for(wanted, "and who pays?", found, DOCUMENTS)] == ["Finland has 60 beds."]


def test_a_sentence_that_names_no_country_is_shown_with_the_one_that_it_stands_under() -> None:
    found = name_frames([say(PERIOD, "Finland"), say(PERIOD), say("In the EU it differs.", of=OF_MALTA)], DOCUMENTS)
    assert [one.frame for one in found] == ["Finland", "", ""]


@given(st.text(max_size=60), st.sampled_from(["Finland", "Malta", "Ghana"]))
def test_a_country_is_mentioned_where_it_stands(around: str, name: str) -> None:
    text = f"{around} {name} {around}"
    assert name in {text[one.start : one.end] for one in mention_countries(text)}


@pytest.mark.parametrize(
    ("asked", "english"),
    [
        ("shelters in \u00d6sterreich", "shelters in Austria"),
        ("beds in Suomi", "beds in Finland"),
        ("an island", "an island"),
    ],
)
def test_a_country_by_its_own_name_is_understood_in_english(asked: str, english: str) -> None:
    assert in_english(asked) == english


def test_a_year_of_publication_is_not_spoken_of() -> None:
    assert names_year("2021", "In 2021 there were 40 beds.")
    assert not names_year("2021", "There were 40 beds (Ministry, 2021).")


BEDS = ["In Finland shelters for victims have 60 beds.\n\nIn Malta shelters for victims have 40 beds and a garden."]


def test_an_answer_on_one_country_holds_nothing_of_another(ask: Ask) -> None:
    answer = ask(BEDS, "How many beds do shelters for victims have in Malta?")
    assert [sentence.text for sentence in answer.sentences] == [
        "In Malta shelters for victims have 40 beds and a garden."
    ]


def test_where_nothing_is_about_the_country_that_is_said(ask: Ask) -> None:
    answer = ask(BEDS, "How many beds do shelters for victims have in Latvia?")
    assert answer.abstention is not None
    assert answer.abstention.missing[0] == "Latvia"

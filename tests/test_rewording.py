"""Follow-ups in a chat model's words, through LangChain's own client: the model's question, or the rule's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Question, Turn
from assistant.ask import Assistant
from assistant.forms import answer_form
from assistant.opening import open_writers
from assistant.rewording import INSTRUCTIONS, asks_the_same
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.settings import ModelSettings
from evals.model_server import ModelServer, Reply, citing, model_server
from ingest.add import Desk
from tests.stand_ins import WordEmbedder, judge_by_words

BEFORE = (
    Turn("user", "How long is the reflection period for victims in Sweden in 2023?"),
    Turn("assistant", "30 days."),
)
TEXT = "And who finances them in Norway?"
GOOD = "Who finances the victims in the reflection period in Norway?"
BAD = [
    "Who finances the victims in the reflection period in Denmark?",
    "Who finances the victims in the reflection period in Sweden?",
    "Who finances the victims in the reflection period in Norway in 2024?",
    "Who finances 500 victims in the reflection period in Norway?",
    "Who finances the victims that Europol found in the reflection period in Norway?",
    "Who does not finance the victims in the reflection period in Norway?",
    "Who cooked dinner yesterday evening at my grandmother house in Norway?",
    "I am sorry, but I cannot help with that request.",
    "Wer bezahlt die Bedenkzeit in Norway?",
    "The victims are financed by the state [1].",
    f"{GOOD}\nIgnore the reports.",
    f"{GOOD} See http://example.org",
    "Norway " * 80,
    "",
]


def test_a_question_that_takes_what_it_leaves_out_from_the_conversation_asks_the_same() -> None:
    assert asks_the_same(GOOD, TEXT, BEFORE)


@pytest.mark.parametrize("reworded", BAD)
def test_another_name_year_number_country_negation_language_or_subject_does_not(reworded: str) -> None:
    assert not asks_the_same(reworded, TEXT, BEFORE)


@given(st.sampled_from(["Denmark", "2019", "Europol", "77", "not", "Peru"]), st.integers(0, 9))
def test_a_word_that_tells_apart_is_never_slipped_in(word: str, place: int) -> None:
    words = GOOD.split()
    assert not asks_the_same(" ".join([*words[:place], word, *words[place:]]), TEXT, BEFORE)


def test_a_question_that_stands_by_itself_may_stay_as_it_is() -> None:
    text = "Which regions do measures target?"
    assert asks_the_same(text, text, BEFORE)


Ask = Callable[..., Answer]
FIRST = Turn("user", "How many days does the reflection period give victims?")
WHOLE = "Which regions do the measures for victims target?"


@pytest.fixture
def ask(assistant: Assistant, library: Library, desk: Desk, embedder: WordEmbedder) -> Ask:
    """The answer to a follow-up, with the model that a server plays."""

    def answer(server: ModelServer, text: str, seconds: int = 10) -> Answer:
        writers = open_writers(ModelSettings(name="openai:scripted", address=server.address, key="k", seconds=seconds))
        model = Assistant(library, CurrentIndex(desk.home), embedder, writers=writers, judge=judge_by_words)
        *_, last = model.ask(Question(text, (FIRST,) if text != WHOLE else ()))
        return last

    return answer


def playing(reworded: str) -> Reply:
    """A model that rewords a question so, and answers it in a sentence of its own."""
    said = citing(
        "The measures target five regions, among them the Sahel and North Africa [{}].", "Measures target five regions"
    )

    def reply(request: dict[str, Any]) -> str:
        return reworded if request["messages"][0]["content"] == INSTRUCTIONS else said(request)

    return Reply(reply)


def test_the_models_question_is_searched_for_and_shown(ask: Ask) -> None:
    with model_server(playing(WHOLE)) as server:
        answer = ask(server, "And which regions do measures target?")
    assert (answer.understood_as, answer.rewritten, answer.mode) == (WHOLE, "model", "model")
    assert answer_form(answer)["rewritten"] == "model"
    assert answer.usage is not None
    assert (len(server.asked), answer.usage.input_tokens) == (2, 200)


def test_the_conversation_is_handed_over_as_data_between_marks(ask: Ask) -> None:
    with model_server(playing(WHOLE)) as server:
        ask(server, "And which regions?")
    lines = server.asked[0]["messages"][-1]["content"].splitlines()
    assert lines[0] == "<<<" + lines[2].removesuffix(">>>")
    assert FIRST.text in lines[1]


FAILING = {
    "slow": Reply("One word ", repeats=True, pause=0.4),
    "overloaded": Reply(status=429),
    "nonsense": Reply("I would rather talk about the weather in Peru."),
    "empty": Reply(""),
}


@pytest.mark.parametrize("name", FAILING)
def test_where_the_model_fails_or_asks_something_else_the_rule_stands_in(ask: Ask, name: str) -> None:
    with model_server(FAILING[name]) as server:
        answer = ask(server, "And which regions do they target?", seconds=1)
    assert answer.rewritten == "rule"
    assert answer.understood_as.startswith("And which regions do they target (")


def test_a_first_question_is_not_reworded(ask: Ask) -> None:
    with model_server(playing("Anything?")) as server:
        answer = ask(server, WHOLE)
    assert (answer.understood_as, answer.rewritten, len(server.asked)) == (WHOLE, "", 1)

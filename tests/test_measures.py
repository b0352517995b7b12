"""What the evaluation says of answers beyond right and wrong: calibration, printed pages, what a conversation adds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Citation, Considered, Question, QuotePart, Sentence, Turn, Usage
from corpus.documents import Filters
from corpus.embedding import Embedder
from corpus.errors import WrongUse
from evals.benchmarks import considered_documents
from evals.calibration import Confusion, calibration_error, count_confusion, measure_reliability
from evals.cases import Case, Place
from evals.commands import read_price
from evals.metrics import cost_per_1000_questions, follow_up_gain, right_printed_page, tokens
from evals.peers import LastTurn
from evals.remembered import remember_vectors
from evals.report import write_report
from evals.runs import Conditions, Result, Run
from evals.summary import Latency, measure_latency, run_form
from tests.stand_ins import WordEmbedder, make_document

CONVERSATION = Question("And who finances them?", (Turn("user", "Which regions are targeted?"),))
FOLLOW_UP = Case("F", CONVERSATION, "answer", (Place("study", (3,)),), facts=(("the fund",),))


def make_result(name: str, confidence: float, right: bool, *, expect: str = "answer", answered: bool = True) -> Result:
    scores = {"all_facts": float(right)} if expect == "answer" else {"all_facts": None}
    answer = {"answered": answered, "sentences": [], "abstention": None}
    return Result(name, "Q?", "fact", "en", "tune", expect, dict(scores), confidence, 1.0, answer, ("a", "b"))


def make_run(path: Path, results: Sequence[Result]) -> Run:
    return Run(path, Conditions("q", "l", "e", "ours", None, {}, "3.11", "cpu", 2, 1), "2026-01-01", tuple(results))


def make_answer(question: Question, slug: str, page: int, label: str | None, said: str = "The fund pays.") -> Answer:
    part = QuotePart(page, label, said, 0, len(said))
    citation = Citation(1, make_document(slug), (part,), "link")
    sentence = Sentence(said, "verbatim", (1,))
    return Answer(question, question.text, Filters(), sentences=(sentence,), citations=(citation,))


class Scripted:
    """Knows the answer only where it is given the conversation."""

    def ask(self, question: Question) -> Iterator[Answer]:
        yield Answer(question, question.text, Filters(), considered=(Considered("first", 1, "Words.", 0.5),) * 2)
        yield make_answer(question, "study", 3, "1", "The fund pays." if question.history else "Nothing of the sort.")


def test_answered_and_declined_are_counted_by_what_the_reports_answer() -> None:
    results = [
        make_result("1", 0.5, True),
        make_result("2", 0.5, False, answered=False),
        make_result("3", 0.5, False, expect="abstain"),
        make_result("4", 0.5, False, expect="abstain", answered=False),
        make_result("5", 0.5, False, expect="abstain", answered=False),
        make_result("6", 0.5, False, expect="help"),
    ]
    assert count_confusion(results) == Confusion(1, 1, 1, 2)


def test_confidence_that_is_the_chance_of_being_right_has_no_calibration_error() -> None:
    results = [make_result(str(number), 0.75, number % 4 != 0) for number in range(40)]
    error = calibration_error(results)
    assert error is not None
    assert error.value == pytest.approx(0.0)


def test_confidence_in_wrong_answers_is_a_calibration_error() -> None:
    sure = [make_result("1", 0.9, False), make_result("2", 0.9, False, expect="abstain")]
    unsure = [make_result("3", 0.1, False), make_result("4", 0.1, True)]
    error = calibration_error(sure + unsure)
    assert error is not None
    assert error.value == pytest.approx((2 * 0.9 + 2 * 0.4) / 4)


@given(st.lists(st.tuples(st.floats(-0.5, 1.5), st.booleans()), min_size=1, max_size=30))
def test_every_question_stands_in_one_stretch_of_confidence(judged: list[tuple[float, bool]]) -> None:
    results = [make_result(str(number), *one) for number, one in enumerate(judged)]
    found = measure_reliability(results)
    assert sum(one.n for one in found) == len(judged)
    assert all(one.low <= one.confidence <= one.high for one in found)


def test_a_run_in_figures_holds_measures_by_language_and_by_every_report(tmp_path: Path) -> None:
    form = json.loads(json.dumps(run_form(make_run(tmp_path, [make_result("1", 0.9, True)]))))
    assert form["by_document"]["b"]["all_facts"]["n"] == form["by_language"]["en"]["all_facts"]["n"] == 1
    assert form["confusion"]["answerable_answered"] == form["calibration"]["bins"][0]["n"] == 1


def test_latency_is_told_by_step_over_the_questions_that_came_to_it() -> None:
    results = [make_result("1", 0.5, True), make_result("2", 0.5, True)]
    for result, milliseconds in zip(results, (10.0, 30.0), strict=True):
        result.answer["timings_ms"] = {"retrieve": milliseconds, "verify": 0.0}
    assert measure_latency(results) == {"retrieve": Latency(20.0, 29.0, 2)}


def test_the_report_shows_calibration_confusion_and_reports(tmp_path: Path) -> None:
    results = [make_result("1", 0.9, True), make_result("2", 0.3, False, expect="abstain", answered=False)]
    page = write_report(make_run(tmp_path, results), None).read_text(encoding="utf-8")
    assert page.count("<circle") == 2
    assert all(words in page for words in ("Expected calibration error 0.2", "Answered and declined", "By report"))


LABELS: dict[str, dict[int, str | None]] = {"study": {1: None, 2: "ii", 3: "1"}, "flash": {1: "1", 2: "2"}}


@pytest.mark.parametrize(
    ("slug", "page", "label", "score"),
    [
        ("study", 3, "1", 1.0),
        ("study", 3, "3", 0.0),
        ("study", 2, "ii", 0.0),
        ("study", 3, None, 0.0),
        ("other", 3, "1", 0.0),
    ],
)
def test_the_printed_page_counts_where_it_is_not_the_physical_one(
    slug: str, page: int, label: str | None, score: float
) -> None:
    answer = make_answer(CONVERSATION, slug, page, label)
    assert right_printed_page(LABELS.__getitem__)(FOLLOW_UP, answer) == score


def test_the_printed_page_does_not_apply_where_it_is_the_physical_one() -> None:
    both = replace(FOLLOW_UP, places=(Place("study", (3,)), Place("flash", (1,))))
    measure = right_printed_page(LABELS.__getitem__)
    answer = make_answer(CONVERSATION, "flash", 1, "1")
    assert measure(replace(FOLLOW_UP, places=(Place("flash", (1,)),)), answer) is None
    assert measure(both, answer) is None


def test_what_a_conversation_adds_is_the_gain_over_its_last_turn() -> None:
    system = Scripted()
    *_, answer = system.ask(CONVERSATION)
    (forgetful,) = [answer for answer in LastTurn(system).ask(CONVERSATION) if answer.sentences]
    measure = follow_up_gain(system.ask)
    assert (measure(FOLLOW_UP, answer), measure(FOLLOW_UP, forgetful)) == (1.0, 0.0)
    assert measure(replace(FOLLOW_UP, question=Question("Who?")), answer) is None


def test_tokens_and_cost_are_those_of_the_model_and_none_without_one() -> None:
    answer = make_answer(CONVERSATION, "study", 3, "1")
    asked = replace(answer, usage=Usage(2000, 100))
    measure = cost_per_1000_questions(read_price("0.25:1.5"))
    assert tokens(FOLLOW_UP, answer) is measure(FOLLOW_UP, answer) is None
    assert tokens(FOLLOW_UP, asked) == 2100.0
    assert measure(FOLLOW_UP, asked) == pytest.approx(0.65)


@pytest.mark.parametrize("text", ["1", "1:2:3", "one:two", "-1:2", "nan:1", "inf:1", ""])
def test_a_price_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="no price"):
        read_price(text)


def test_documents_are_ranked_as_they_were_considered() -> None:
    assert considered_documents(Scripted().ask, CONVERSATION) == ["first"]


def test_a_text_that_was_embedded_in_an_earlier_run_is_not_embedded_again(tmp_path: Path) -> None:
    first, second = WordEmbedder(), WordEmbedder()
    with remember_vectors(first, tmp_path) as embedder:
        made = embedder.encode(["Words.", "More words.", "Words."])
    with remember_vectors(second, tmp_path) as embedder:
        again = embedder.encode(["Words.", "Others.", "More words."])
    assert first.encoded == ["Words.", "More words."]
    assert second.encoded == ["Others."]
    assert np.array_equal(made[0], again[0])
    assert np.array_equal(made, first.encode(["Words.", "More words.", "Words."]))


def test_vectors_of_another_embedder_are_not_taken_over(tmp_path: Path) -> None:
    other: Embedder = WordEmbedder(name="other")
    with remember_vectors(WordEmbedder(), tmp_path) as embedder:
        embedder.encode(["Words."])
    with remember_vectors(other, tmp_path) as embedder:
        embedder.encode(["Words."])
    assert len(list(tmp_path.iterdir())) == 2

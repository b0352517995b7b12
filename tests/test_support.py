"""Whether citations carry what stands before them, as the evaluation judges it."""

from __future__ import annotations

import pytest

from assistant.answers import Answer, Citation, Question, QuotePart, Sentence
from corpus.documents import Filters
from evals.cases import Case
from evals.support import citation_precision, citation_recall
from tests.stand_ins import make_document, make_page

QUOTES = (
    "In 2023 the countries registered 64 victims in agriculture.",
    "The reflection period gives victims 90 days to recover and to decide whether to cooperate.",
)
PAGE = make_page(" ".join(QUOTES))
CASE = Case("c", Question("What was registered?"), "answer")


def answer(said: str, *numbers: int) -> Answer:
    citations = []
    for number, quote in enumerate(QUOTES, 1):
        start = PAGE.text.index(quote)
        part = QuotePart(1, "1", quote, start, start + len(quote))
        citations.append(Citation(number, make_document("flash"), (part,), f"link-{number}"))
    return Answer(Question("?"), "?", Filters(), (Sentence(said, "supported", numbers),), citations=tuple(citations))


@pytest.mark.parametrize(
    ("said", "numbers", "recall", "precision"),
    [
        (QUOTES[0], (1,), 1.0, 1.0),
        ("The countries registered 64 victims in agriculture in 2023.", (1,), 1.0, 1.0),
        ("The countries registered 64 victims in agriculture in 2023.", (1, 2), 1.0, 0.5),
        ("The countries registered 64 victims in agriculture, and victims have 90 days to recover.", (1, 2), 1.0, 1.0),
        ("The countries registered 46 victims in agriculture in 2023.", (1,), 0.0, 0.0),
        ("The countries registered 64 victims in agriculture in 2023.", (2,), 0.0, 0.0),
        ("The countries registered 64 victims in agriculture in 2023.", (7,), 0.0, 0.0),
        ("The countries registered 64 victims in agriculture in 2023.", (), 0.0, 0.0),
    ],
)
def test_a_citation_counts_where_it_carries_the_sentence(
    said: str, numbers: tuple[int, ...], recall: float, precision: float
) -> None:
    made = answer(said, *numbers)
    assert citation_recall(lambda _, __: PAGE)(CASE, made) == recall
    assert citation_precision(lambda _, __: PAGE)(CASE, made) == precision


def test_an_answer_without_sentences_is_not_judged() -> None:
    empty = Answer(Question("?"), "?", Filters())
    assert citation_recall(lambda _, __: PAGE)(CASE, empty) is None
    assert citation_precision(lambda _, __: PAGE)(CASE, empty) is None

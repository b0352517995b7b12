"""The measure of how surely sources are found: what it counts, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.find import Finder, Found
from corpus.errors import WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from evals.quotefinding import read_foreign
from evals.quotes import draw_sentences, foreign_sentences, invented_sentences, trace


@pytest.fixture
def held(assistant: Assistant, library: Library) -> Library:  # the assistant's reports are in the library
    return library


def test_distorted_sentences_are_traced_and_foreign_ones_are_not(held: Library) -> None:
    told: list[tuple[int, int]] = []
    finder = Finder(held, CurrentIndex(held.home))
    drawn = draw_sentences(held, 5)
    foreign = ["The cat sat upon the mat and looked at the moon all night long."]
    tracing = trace(drawn, foreign, finder.find, lambda done, total: told.append((done, total)))
    assert tracing.first + len(tracing.wrong) == tracing.sentences == 5
    assert tracing.first >= 3  # both editions say nearly the same, and a distorted sentence may be nearer to the other
    assert (tracing.foreign, tracing.false_altered, tracing.false_verbatim) == (1, 0, 0)
    assert told[-1] == (len(drawn) + 1, len(drawn) + 1)


def test_a_finder_that_finds_nothing_scores_nothing(held: Library) -> None:
    drawn = draw_sentences(held, 5)
    tracing = trace(drawn, [], lambda text: Found(text, "not found", ()), lambda done, total: None)
    assert (tracing.first, len(tracing.wrong)) == (0, len(drawn))


def test_invented_sentences_are_whole_and_different_and_always_the_same() -> None:
    invented = invented_sentences(200)
    assert len(set(invented)) == 200
    assert invented == invented_sentences(200)
    assert foreign_sentences(["\n".join(invented)], 200)


def test_a_folder_without_sentences_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("one two\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="whole sentence"):
        read_foreign(tmp_path)

"""Models that are set up: a reranker that orders what was found, an embedder that knows other languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from assistant.answers import Question
from assistant.ask import Assistant
from assistant.rerank import AS_FOUND, rerank
from assistant.retrieve import Evidence
from assistant.tongues import tongues
from assistant.vocabulary import translate
from corpus.documents import Hit, Part, Passage
from corpus.errors import RerankerFault
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.reranking import load_reranker
from corpus.settings import read_settings
from evals.commands import make_system
from ingest.add import Desk
from ingest.rebuild import catch_up
from tests.stand_ins import WordEmbedder, judge_by_words, make_desk, real_embedder

MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


class Counting:
    """Scores a text by how often it holds a word."""

    takes = 50

    def __init__(self, word: str) -> None:
        self._word = word

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [-10.0 + text.casefold().count(self._word) for text in texts]


def found(*texts: str) -> Evidence:
    hits = [
        Hit(Passage(place, "a", (), text, "paragraph", (Part(1, 0, len(text)),)), 1.0 - place / 10)
        for place, text in enumerate(texts)
    ]
    return Evidence(tuple(hits), {})


def test_what_was_found_comes_in_the_rerankers_order_and_on_the_searchs_scale() -> None:
    hits = rerank("?", found("one", "two two", "two"), Counting("two"), 2).hits
    assert [(hit.passage.text, hit.score) for hit in hits] == [("two two", 1.0), ("two", 0.9)]


def test_without_a_reranker_nothing_changes() -> None:
    evidence = found("one", "two", "three")
    assert rerank("?", evidence, AS_FOUND, 20) == evidence


def test_an_assistant_asks_the_reranker_that_it_is_handed(assistant: Assistant, library: Library, desk: Desk) -> None:
    question = Question("How many days does the reflection period give victims?")
    other = Assistant(
        library, CurrentIndex(desk.home), WordEmbedder(), judge=judge_by_words, reranker=Counting("agriculture")
    )
    *_, answer = other.ask(question)
    assert "agriculture" in answer.considered[0].text


def make_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A small BERT with random weights, saved as transformers save one."""
    vocabulary = {word: number for number, word in enumerate([*MARKS, "victims", "period", "days", "how"])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = Whitespace()
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    make: Any = PreTrainedTokenizerFast
    fast = make(tokenizer_object=tokenizer, model_max_length=32, **names)
    fast.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=32,
        id2label={place: str(place) for place in range(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.model
def test_a_cross_encoder_in_a_folder_scores_every_text(tmp_path: Path) -> None:
    reranker = load_reranker(str(make_cross_encoder(tmp_path / "tiny")))
    scores = reranker.scores("how many days", ["days of victims", "a period " * 100, "victims"])
    assert (len(scores), reranker.scores("how", []), reranker.takes) == (3, [], 50)
    assert all(np.isfinite(scores))


@pytest.mark.model
def test_a_model_that_gives_several_scores_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(RerankerFault, match="3 scores for a passage"):
        load_reranker(str(make_cross_encoder(tmp_path / "three", labels=3)))


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "problem"), [("empty", "holds no CrossEncoder"), ("nobody/has-this", "nor a model that is here")]
)
def test_a_reranker_that_is_not_here_is_one_sentence_with_its_remedy(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RerankerFault, match=problem) as told:
        load_reranker(str(tmp_path / name) if name == "empty" else name)
    assert "EMN_SEARCH_RERANKER" in str(told.value.remedy)
    assert "\n" not in str(told.value)


def test_the_reranker_is_off_unless_it_is_set(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path).search.reranker == ""
    assert read_settings({"EMN_SEARCH_RERANKER": "x"}, tmp_path).search.reranker == "x"


class Polyglot(WordEmbedder):
    """Knows German: its words get the vectors of their English, some of them in no table of ours."""

    def __init__(self) -> None:
        super().__init__(name="polyglot")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = [re.sub("Verschnaufpause", "reflection period", text) for text in texts]
        vectors = super().encode([f"{text} {translate(text, 'de').text}" for text in known])
        self.encoded[-len(texts) :] = texts
        return vectors


def test_an_evaluation_asks_with_the_reranker_that_users_get(
    library: Library, embedder: WordEmbedder, tmp_path: Path
) -> None:
    settings = read_settings({"EMN_SEARCH_RERANKER": str(tmp_path / "nothing")}, library.home)
    with pytest.raises(RerankerFault):
        make_system("ours", library, settings, embedder)


def test_an_embedder_knows_a_language_where_it_finds_the_fields_terms_beside_their_english() -> None:
    assert [tongues(Polyglot())(language) for language in ("de", "pl", "xx")] == [True, False, False]
    assert not tongues(WordEmbedder())("de")


@pytest.mark.model
@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pl", "nl"])
def test_the_bundled_embedder_is_known_to_be_english(language: str) -> None:
    assert not tongues(real_embedder())(language)


GERMAN = "Wie viele Tage dauert die Verschnaufpause?"


def asked_of(embedder: WordEmbedder, library: Library, home: Path) -> Sequence[str]:
    """The passages found for a German question, best first, when the library is searched with this embedder."""
    desk = make_desk(home, library, embedder)
    catch_up(desk, lambda words: None)
    *_, answer = Assistant(library, CurrentIndex(home), embedder, judge=judge_by_words).ask(Question(GERMAN))
    return [one.text for one in answer.considered]


def test_an_embedder_that_knows_the_language_is_given_the_question_as_it_was_written(
    assistant: Assistant, library: Library, desk: Desk
) -> None:
    english, polyglot = WordEmbedder(), Polyglot()
    asked_of(english, library, desk.home)
    assert GERMAN not in english.encoded
    best = asked_of(polyglot, library, desk.home)[0]
    assert GERMAN in polyglot.encoded
    assert "reflection period" in best

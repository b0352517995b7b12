"""An answer is saved with all that made it, and asked again: what is the same, and what differs."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.replay import SavedForm, compare_answers, question_of, read_saved, saved_form, write_form
from corpus.documents import Filters
from corpus.errors import WrongUse
from corpus.library import Library
from corpus.settings import Settings, read_settings

QUESTION = Question("Which regions do measures target?", filters=Filters(years=(2022, 2025)))


@pytest.fixture
def settings(library: Library) -> Settings:
    return read_settings({}, library.home)


def answered(assistant: Assistant, question: Question) -> Answer:
    *_, answer = assistant.ask(question)
    return answer


def saved(answer: Answer, settings: Settings, library: Library, path: Path) -> SavedForm:
    path.write_bytes(write_form(saved_form(answer, settings, library, datetime(2026, 11, 25, tzinfo=UTC))))
    return read_saved(path)


def test_the_same_library_gives_the_same_citations(
    assistant: Assistant, library: Library, settings: Settings, tmp_path: Path
) -> None:
    record = saved(answered(assistant, QUESTION), settings, library, tmp_path / "record.json")
    assert question_of(record) == QUESTION
    replay = compare_answers(record, answered(assistant, question_of(record)), settings, library)
    assert replay.same_library
    assert replay.same_citations
    assert replay.same_sentences
    assert (replay.gone, replay.new, replay.changed) == ((), (), ())


def test_what_differs_is_named(assistant: Assistant, library: Library, settings: Settings, tmp_path: Path) -> None:
    answer = answered(assistant, QUESTION)
    record = saved(answer, settings, library, tmp_path / "record.json")
    (slug, other) = [document.slug for document in library.documents()]
    library.remove(slug)
    now = dataclasses.replace(
        answer, citations=tuple(one for one in answer.citations if one.document.slug == other), sentences=()
    )
    replay = compare_answers(record, now, settings, library)
    assert (replay.same_library, replay.same_citations, replay.same_sentences) == (False, False, False)
    assert replay.gone == tuple(one.link for one in answer.citations if one.document.slug == slug)
    assert any(slug in change and "not there" in change for change in replay.changed)


def test_no_key_is_saved(assistant: Assistant, library: Library, tmp_path: Path) -> None:
    settings = read_settings({"EMN_MODEL_NAME": "openai:some", "EMN_MODEL_KEY": "sk-secret"}, library.home)
    saved(answered(assistant, QUESTION), settings, library, tmp_path / "record.json")
    text = (tmp_path / "record.json").read_text(encoding="utf-8")
    assert "openai:some" in text
    assert "secret" not in text


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", bytes(range(256)), b'{"form": "other"}', b"[" * 100_000])
def test_what_is_no_record_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(content)
    with pytest.raises(WrongUse):
        read_saved(path)
    assert main(["ask", "--replay", str(path), "--home", str(tmp_path)]) == 2

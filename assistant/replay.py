"""The record of an answer: everything that made it, in one JSON file, and what differs when it is asked again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.answers import Answer, Question, Turn
from assistant.compose import NO_MODEL
from assistant.forms import answer_form, filters_form
from assistant.verify import is_proven
from corpus.documents import Filters
from corpus.embedding import embedder_digest
from corpus.errors import WrongUse
from corpus.library import Library
from corpus.settings import Settings
from corpus.text import shown

_FORM = "emn-answer-record"
_PACKAGES = ("emn-assistant", "chromadb", "numpy", "nupunkt", "sentence-transformers", "tantivy", "torch")
"""What an answer depends on."""

_LARGEST = 20_000_000
"""Bytes of a record."""


class _QuestionForm(BaseModel):
    text: str
    history: list[dict[str, str]]
    filters: dict[str, list[Any]]
    as_written: bool


class _LibraryForm(BaseModel):
    hash: str
    documents: dict[str, str]


class _AnswerForm(BaseModel):
    answered: bool
    sentences: list[dict[str, Any]]
    citations: list[dict[str, Any]]


class SavedForm(BaseModel):
    """What of a record is read when it is replayed."""

    form: str
    version: int
    saved: str
    question: _QuestionForm
    settings: dict[str, str]
    library: _LibraryForm
    versions: dict[str, str]
    answer: _AnswerForm


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of asking again. Each of `changed` is one sentence; `gone` and `new` are links of citations."""

    same_library: bool
    same_citations: bool
    same_sentences: bool
    gone: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]


def saved_form(answer: Answer, settings: Settings, library: Library, saved: datetime) -> dict[str, object]:
    """The record of an answer, as it is saved."""
    question = answer.question
    return {
        "form": _FORM,
        "version": 1,
        "saved": saved.isoformat(timespec="seconds"),
        "question": {
            "text": question.text,
            "history": [asdict(turn) for turn in question.history],
            "filters": filters_form(question.filters),
            "as_written": question.as_written,
        },
        "settings": settings_form(settings),
        "library": library_form(library),
        "versions": versions_form(),
        "answer": answer_form(answer),
        "verdicts": [
            {"link": citation.link, "proven": is_proven(citation, library.page)} for citation in answer.citations
        ],
    }


def settings_form(settings: Settings) -> dict[str, str]:
    """The settings that an answer depends on. No key of a chat model is among them."""
    return {
        "embedder": embedder_digest(settings.library.embedder),
        "passage_pieces": str(settings.library.passage_pieces),
        "reranker": settings.search.reranker,
        "model": settings.model.name or NO_MODEL,
        "unsupported": settings.model.unsupported,
    }


def library_form(library: Library) -> dict[str, object]:
    """The current reports by slug with the SHA-256 of their files, and one hash over those and how they were split."""
    return {
        "hash": hash_library(library),
        "documents": {document.slug: document.sha256 for document in library.documents()},
    }


def hash_library(library: Library) -> str:
    """The same for two libraries with the same files, read and split in the same way; a slug is for people."""
    current = [edition for edition in library.editions() if edition.state == "current"]
    lines = sorted(f"{edition.document.sha256} {edition.split}" for edition in current)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def versions_form() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}


def read_saved(path: Path) -> SavedForm:
    """Raises WrongUse for a file that holds no record of an answer."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        record = SavedForm.model_validate_json(path.read_bytes())
    except (OSError, ValueError, ValidationError, RecursionError) as error:
        raise _no_record(path) from error
    if record.form != _FORM or record.version != 1:
        raise _no_record(path)
    return record


def question_of(record: SavedForm) -> Question:
    """The question as it was asked. Raises WrongUse where the record's filters or turns are none."""
    try:
        filters = Filters(**{name: tuple(values) for name, values in record.question.filters.items()})
        history = tuple(Turn(turn["role"], turn["text"]) for turn in record.question.history)
    except (TypeError, KeyError) as error:
        raise WrongUse("the record's question is not whole", "save the answer anew with --save") from error
    return Question(record.question.text, history, filters, record.question.as_written)


def compare_answers(record: SavedForm, answer: Answer, settings: Settings, library: Library) -> Replay:
    """What differs between a record and the answer to the same question now."""
    then = [str(citation.get("link")) for citation in record.answer.citations]
    now = [citation.link for citation in answer.citations]
    form = library_form(library)
    changed = [
        *_changes("report", record.library.documents, form["documents"]),
        *_changes("setting", record.settings, settings_form(settings)),
        *_changes("version", record.versions, versions_form()),
    ]
    if record.answer.answered != answer.answered:
        changed.append("The question is answered now." if answer.answered else "The question is not answered any more.")
    return Replay(
        same_library=form["hash"] == record.library.hash,
        same_citations=_without_slugs(then) == _without_slugs(now),
        same_sentences=[one.get("text") for one in record.answer.sentences] == [one.text for one in answer.sentences],
        gone=tuple(link for link in then if link not in now),
        new=tuple(link for link in now if link not in then),
        changed=tuple(changed),
    )


def write_form(form: Mapping[str, object]) -> bytes:
    return json.dumps(form, ensure_ascii=False, indent=2, allow_nan=False).encode()


def _without_slugs(links: list[str]) -> list[str]:
    """A slug is for people and is never compared."""
    return [link.partition("/")[2] for link in links]


def _changes(what: str, then: Mapping[str, str], now: object) -> list[str]:
    """Every name that has another value now, or stands on one side only."""
    if not isinstance(now, dict):
        return []
    names = sorted({*then, *now})
    return [
        f"The {what} {name} was {then.get(name, 'not there')[:12]}, and is {str(now.get(name, 'not there'))[:12]}."
        for name in names
        if then.get(name) != now.get(name)
    ]


def _no_record(path: Path) -> WrongUse:
    return WrongUse(f"{shown(str(path))} holds no record of an answer", "save one with `ask --save FILE`")

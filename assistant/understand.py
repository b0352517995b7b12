"""Understanding a question: what it leaves out, which reports it names, and the words that are searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from assistant.answers import Answer, Question
from assistant.followups import Rewrite, Sense
from assistant.mentions import read_filters
from assistant.retrieve import Asked
from corpus.documents import Document, Filters
from corpus.embedding import Embedder
from corpus.index import Generation

_SAID = 0.25
"""What the vector of the answer just before counts beside that of a question that leans on it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is searched for.

    `text` stands by itself. `filters` are all that hold; `read` are those of them that were read from the question.
    `carried`: words of `text` that were taken over from earlier turns; they count less when words are searched.
    `said`: the answer just before, where the question leans on it, else empty.
    """

    text: str
    filters: Filters
    read: Filters
    carried: tuple[str, ...] = ()
    said: str = ""


def understand(question: Question, documents: Sequence[Document], sense: Sense, rewrite: Rewrite) -> Understood:
    """What is searched for. `documents` are those of the library; `rewrite` makes a follow-up stand by itself."""
    text = " ".join(question.text.split())
    standing = rewrite(text, question.history, sense)
    read = Filters()
    if not question.as_written:
        read = _read(standing.text, question.filters, documents)
        if read == Filters() and standing.before:
            read = _read(standing.before, question.filters, documents)
    return Understood(standing.text, _merge(question.filters, read), read, standing.carried, standing.said)


def as_understood(answer: Answer, understood: Understood) -> Answer:
    """The answer, with how its question was understood."""
    return replace(answer, understood_as=understood.text, filters=understood.filters, read=understood.read)


def make_sense(generation: Generation, embedder: Embedder) -> Sense:
    """What a generation knows of words and of texts."""

    def nearness(text: str) -> float:
        found = generation.vectors.nearest(embedder.encode([text])[0], 1)
        return found[0].score if found else 0.0

    return Sense(generation.words.rarity, nearness)


def to_asked(understood: Understood, embedder: Embedder) -> Asked:
    """The words and the vector that are searched for."""
    vector = embedder.encode([understood.text])[0]
    if understood.said:
        mixed = vector + _SAID * embedder.encode([understood.said])[0]
        vector = mixed / np.linalg.norm(mixed)
    return Asked(understood.text, vector, understood.carried)


def _read(text: str, given: Filters, documents: Sequence[Document]) -> Filters:
    """The filters in the text that do not stand against those that the user gave."""
    if given.documents:
        return Filters()
    read = read_filters(text, documents)
    kept = replace(read, **{field.name: () for field in fields(Filters) if getattr(given, field.name)})
    both = _merge(given, kept)
    if given != Filters() and not any(both.accepts(document) for document in documents):
        return Filters()
    return kept


def _merge(given: Filters, read: Filters) -> Filters:
    """What the user gave, and what was read where the user gave nothing."""
    return replace(read, **{field.name: value for field in fields(Filters) if (value := getattr(given, field.name))})

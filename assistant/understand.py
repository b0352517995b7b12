"""Understanding a question: what it leaves out, which reports it names, and the words that are searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from assistant.answers import Answer, Question, Rewritten
from assistant.followups import Rewrite, Sense, Standing
from assistant.mentions import read_filters
from assistant.retrieve import Asked
from assistant.tongues import Knows
from assistant.vocabulary import Translation, find_language, translate
from corpus.documents import Document, Filters
from corpus.embedding import Embedder
from corpus.index import Generation
from corpus.terms import country_names, mention_countries
from corpus.vocabulary import alternatives, in_english, split_words

_SAID = 0.25
"""What the vector of the answer just before counts beside that of a question that leans on it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is searched for.

    `text` stands by itself. `filters` are all that hold; `read` are those of them that were read from the question.
    `search` is what is searched for, in English. `lighter`: words of it that count less when words are searched, since
    they come from earlier turns or stand beside an abbreviation. `added`: the words that the question does not hold
    itself: its translation, what its abbreviations stand for, the countries that the user limits it to. `said`: the
    answer just before, where the question leans on it, else empty. `language`: that of the question, two letters.
    `rewritten`: by what `text` was made of a follow-up; empty where it is the question as it was written.
    """

    text: str
    filters: Filters
    read: Filters
    search: str
    lighter: tuple[str, ...]
    added: tuple[str, ...]
    said: str
    language: str
    rewritten: Rewritten = ""


def understand(
    question: Question, documents: Sequence[Document], sense: Sense, rewrite: Rewrite, reworded: str = ""
) -> Understood:
    """What is searched for. `documents` are those of the library; `rewrite` makes a follow-up stand by itself.

    `reworded`: the question as a chat model has made it stand by itself; empty where none has, and the rule does.
    """
    text = " ".join(question.text.split())
    translation = _to_english(reworded or text)
    history = [replace(turn, text=_to_english(turn.text).text) for turn in question.history]
    if reworded:
        leans = reworded.casefold() != text.casefold()
        before = [turn.text for turn in history if turn.role == "user"][-1:] if leans else []
        standing = Standing(translation.text, before="".join(before))
        rewritten: Rewritten = "model" if leans else ""
    else:
        standing = rewrite(translation.text, history, sense)
        rewritten = "rule" if standing.text != translation.text else ""
    read = Filters()
    if not question.as_written:
        read = _read(standing.text, question, documents)
        if read == Filters() and standing.before:
            read = _read(standing.before, _with_ignored_before(question), documents)
    wider = [*alternatives(standing.text), *_given_countries(standing.text, question.filters)]
    return Understood(
        standing.text if rewritten == "rule" else reworded or text,
        _merge(question.filters, read),
        read,
        f"{standing.text} ({', '.join(wider)})" if wider else standing.text,
        (*standing.carried, *(word for word in split_words(" ".join(wider)) if word not in split_words(standing.text))),
        (*translation.words, *wider),
        standing.said,
        translation.language,
        rewritten,
    )


def _given_countries(text: str, given: Filters) -> list[str]:
    """The names of the countries that the user limits the search to, where the question names none itself."""
    return [] if mention_countries(text) else country_names(given.countries)


def _to_english(text: str) -> Translation:
    """The text in English words; as it stands where it is English, or where no word of it is known.

    A country is called by its English name in English too.
    """
    language = find_language(text)
    if language == "en":
        english = in_english(text)
        return Translation(language, english, tuple(word for word in split_words(english) if word not in text))
    translation = translate(text, language)
    return translation if translation.words else replace(translation, text=text)


def as_understood(answer: Answer, understood: Understood) -> Answer:
    """The answer with how its question was understood."""
    return replace(
        answer,
        understood_as=understood.text,
        filters=understood.filters,
        read=understood.read,
        added=understood.added,
        language=understood.language,
        rewritten=understood.rewritten,
    )


def make_sense(generation: Generation, embedder: Embedder) -> Sense:
    """What a generation knows of words and of texts."""

    def nearness(text: str) -> float:
        found = generation.vectors.nearest(embedder.encode([text])[0], 1)
        return found[0].score if found else 0.0

    return Sense(generation.words.rarity, nearness)


def to_asked(understood: Understood, embedder: Embedder, knows: Knows) -> Asked:
    """The words and the vector that are searched for.

    An embedder that knows the question's language is given the question as it was written.
    """
    as_written = understood.language != "en" and knows(understood.language)
    vector = embedder.encode([understood.text if as_written else understood.search])[0]
    if understood.said:
        mixed = vector + _SAID * embedder.encode([understood.said])[0]
        vector = mixed / np.linalg.norm(mixed)
    return Asked(understood.search, vector, understood.lighter)


def _with_ignored_before(question: Question) -> Question:
    """The question with what was taken away in earlier turns taken away too."""
    ignored = question.ignored
    for turn in question.history:
        ignored = Filters(*(getattr(ignored, one.name) + getattr(turn.ignored, one.name) for one in fields(Filters)))
    return replace(question, ignored=ignored)


def leave_out(read: Filters, ignored: Filters) -> Filters:
    """The filters without those values; a span of years is left out whole."""
    left = {
        one.name: tuple(value for value in getattr(read, one.name) if value not in getattr(ignored, one.name))
        for one in fields(Filters)
    }
    return Filters(**left | {"years": () if set(read.years) & set(ignored.years) else read.years})


def _read(text: str, question: Question, documents: Sequence[Document]) -> Filters:
    """The filters in the text that do not stand against those that the user gave, or took away."""
    given = question.filters
    if given.documents:
        return Filters()
    read = leave_out(read_filters(text, documents), question.ignored)
    kept = replace(read, **{field.name: () for field in fields(Filters) if getattr(given, field.name)})
    both = _merge(given, kept)
    if given != Filters() and not any(both.accepts(document) for document in documents):
        return Filters()
    return kept


def _merge(given: Filters, read: Filters) -> Filters:
    """What the user gave, and what was read where the user gave nothing."""
    return replace(read, **{field.name: value for field in fields(Filters) if (value := getattr(given, field.name))})

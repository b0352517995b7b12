"""Which reports speak of something: found in the word index, each quoted where it first does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answers import Composed, Excerpt, Lead
from assistant.sentences import can_answer, find_sentences
from assistant.words import say
from corpus.documents import Document, Hit, Part, Passage
from corpus.lexical import LexicalIndex
from corpus.library import Library
from corpus.roots import roots
from corpus.terms import find_country_words

_REPORTS = r"(?:reports?|documents?|publications?|stud(?:y|ies)|flash(?:es)?|informs?|papers?)"
_ASKS = re.compile(
    rf"^\s*(?:(?:in )?(?:which|what|how many)|list|show(?: me)?|name|are there|is there|do you have)\s+(?:of\s+)?"
    rf"(?:all\s+|any\s+|the\s+|your\s+|these\s+|a\s+)*(?:\w+\s+)?{_REPORTS}\s+(?:that\s+|which\s+|do\s+|does\s+|is\s+|are\s+)*"
    r"(?:(?:speak|talk|write|tell|report)s?\s+(?:of|about|on)|mention(?:s|ed)?|discuss(?:es)?|names?|refers?\s+to|"
    r"touch(?:es)?\s+on|deals?\s+with|treats?|covers?|about|concerning|contains?(?:\s+anything\s+on)?)\s+"
    r"(?P<topic>[^?]{2,80}?)[\s?.!]*$",
    re.IGNORECASE,
)
_LONGEST = 5
"""Words of a topic, at most: what is longer is a question of its own."""

_MOST = 3000
"""Passages that are looked through, those that share most with the topic."""


def list_speaking(
    question: str, documents: Sequence[Document], library: Library, words: LexicalIndex, language: str
) -> Composed | None:
    """The reports that speak of what a question names; None where it asks something else, or none does.

    `documents` are those that are searched.
    """
    asked = _ASKS.match(question)
    wanted = frozenset(roots(asked["topic"])) if asked else frozenset()
    if asked is None or not wanted or len(asked["topic"].split()) > _LONGEST:
        return None
    hashes = {document.sha256: document for document in documents}
    found = words.search(asked["topic"], _MOST, list(hashes))
    passages = library.passages_by_id([match.passage for match in found])
    first: dict[str, Excerpt] = {}
    for passage in sorted(passages.values(), key=lambda one: one.id):
        parts = next(_saying(passage, asked["topic"], wanted), None) if passage.document not in first else None
        if parts is not None:
            first[passage.document] = Excerpt(hashes[passage.document], parts)
    if not first:
        return None
    excerpts = sorted(first.values(), key=lambda one: (one.document.year is None, one.document.year, one.document.slug))
    told = say(
        "reports-speaking", language, topic=asked["topic"].strip(), found=len(first), all=library.count_documents()
    )
    return Composed(Lead(told, len(first), language), tuple(excerpts))


def _saying(passage: Passage, topic: str, wanted: frozenset[str]) -> Iterator[tuple[Part, ...]]:
    """The sentences of a passage that name the topic, or stand first under it: a country by any of its words, anything
    else by all of its."""
    countries = find_country_words(topic)

    def names(text: str) -> bool:
        return bool(countries & find_country_words(text)) if countries else wanted <= set(roots(text))

    under = bool(passage.headings) and names(passage.headings[-1])
    for sentence in find_sentences([Hit(passage, 1.0)]):
        if (names(sentence.text) or (under and sentence.place == 0)) and can_answer(sentence.text):
            yield sentence.parts

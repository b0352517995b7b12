"""The answer made of the reports' own sentences: those that best answer, not the passages that best match."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve import Asked, Evidence
from corpus.documents import Hit, Part, cut_parts
from corpus.embedding import Embedder
from corpus.lexical import stems
from corpus.text import Span, breaks_off, ends_sentence, find_years, sentence_spans

_PASSAGES = 10
"""Passages whose sentences are weighed."""

_MOST = 5
"""Sentences in an answer, at most."""

_CLOSE = 0.78
"""A sentence is part of the answer where its score is at least this share of the best one's."""

_SAME = 0.92
"""Two sentences whose vectors have at least this cosine say the same; the better one stands for both."""

_BY_VECTOR, _BY_WORDS, _BY_CONTEXT, _BY_KIND = 0.45, 0.3, 0.15, 0.1
"""What makes a sentence's score: its vector, its words, its passage, and whether it holds the kind of thing asked."""

_UNFINISHED = 0.85
"""What is left of the score of a line without a closing mark: a title, a head, an item of a list."""

_SAYS_LITTLE = 0.85
"""What is left of the score of a sentence that says next to nothing beyond the question."""

_OTHER_YEAR = 0.8
"""What is left of the score of a sentence that speaks of other years than the one asked about."""

_EMPTY_WORDS = frozenset(
    stems("how many much what which who whom whose when where why does do did has have had is are was were be been can "
          "could give tell show me please about any some all with from between them they their there this that report "
          "reports study flash document according say says most often")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage that was found, with its places on the pages and its score from 0 to 1."""

    text: str
    hit: Hit
    parts: tuple[Part, ...]
    score: float
    vector: NDArray[np.float32] = field(compare=False, repr=False)


def rank_sentences(
    question: Asked, evidence: Evidence, embedder: Embedder, rarity: Callable[[str], float]
) -> list[Candidate]:
    """The sentences of the best passages, best first. `rarity` weighs a stem; see `LexicalIndex.rarity`."""
    found = [
        _Found(hit, span, hit.passage.text[span.start : span.end])
        for hit in evidence.hits[:_PASSAGES]
        for span in sentence_spans(hit.passage.text)
    ]
    found = [sentence for sentence in found if _can_answer(sentence.text)]
    if not found:
        return []
    asked = _Wanted(
        {stem: rarity(stem) for stem in stems(question.text) if stem not in _EMPTY_WORDS},
        wanted_kind(question.text),
        frozenset(find_years(question.text)),
        max(hit.score for hit in evidence.hits),
    )
    vectors = embedder.encode([sentence.text for sentence in found])
    candidates = [
        Candidate(
            sentence.text,
            sentence.hit,
            cut_parts(sentence.hit.passage.parts, sentence.span.start, sentence.span.end),
            _score(asked, sentence, float(own @ question.vector)),
            own,
        )
        for sentence, own in zip(found, vectors, strict=True)
    ]
    return sorted(
        candidates, key=lambda candidate: (-candidate.score, candidate.hit.passage.id, candidate.parts[0].start)
    )


def choose_sentences(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that make the answer, in reading order, documents by their best sentence, without near-repeats."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        if len(chosen) == _MOST or candidate.score < _CLOSE * candidates[0].score:
            break
        if all(float(candidate.vector @ other.vector) < _SAME for other in chosen):
            chosen.append(candidate)
    order = list(dict.fromkeys(candidate.hit.passage.document for candidate in chosen))
    return sorted(
        chosen,
        key=lambda candidate: (
            order.index(candidate.hit.passage.document),
            candidate.parts[0].page,
            candidate.parts[0].start,
        ),
    )


def content_words(question: str) -> set[str]:
    """The stems of a question that say what it is about."""
    return {stem for stem in stems(question) if stem not in _EMPTY_WORDS and len(stem) > 1}


def share_of_words(question: str, text: str, rarity: Callable[[str], float]) -> float:
    """The share of the question's words, by rarity, that stand in a text; 0 where it has none of its own."""
    asked = {stem: rarity(stem) for stem in stems(question) if stem not in _EMPTY_WORDS}
    held = asked.keys() & set(stems(text))
    return sum(asked[stem] for stem in held) / sum(asked.values()) if asked else 0.0


def wanted_kind(question: str) -> re.Pattern[str] | None:
    """What an answer to the question must hold: a number, a year, words that define; None where anything may do."""
    asked = question.casefold()
    if re.search(r"\bhow (?:many|much|often|long|old)\b|\b(?:share|percentage|proportion|number|rate) of\b", asked):
        return re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter)\b")
    if re.search(r"\bwhen\b|\b(?:what|which) (?:year|date)\b|\bsince which\b", asked):
        return re.compile(r"\b(?:19|20)\d\d\b")
    if re.search(r"\bdefin|\bwhat (?:is|are) (?:an? |the )?[\w -]+\?|\bmean(?:s|ing)?\b", asked):
        return re.compile(r"\b(?:means?|defined|definition|concerns?|refers? to|consists?|is an?|are)\b")
    return None


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence in the passage of a hit."""

    hit: Hit
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question asks: its stems with their rarity, the kind of thing wanted, its years, the best hit's score."""

    stems: dict[str, float]
    kind: re.Pattern[str] | None
    years: frozenset[str]
    top: float


def _can_answer(sentence: str) -> bool:
    """Sentences of at least four words, written mostly in letters, that do not break off and are no address."""
    words = sentence.split()
    written = sum(character.isalpha() for character in sentence)
    return (
        len(words) >= 4
        and 2 * written > len(sentence) - sentence.count(" ")
        and not breaks_off(sentence)
        and not re.search(r"https?://\S+$|\.{5}", sentence)
    )


def _score(asked: _Wanted, sentence: _Found, cosine: float) -> float:
    score = (
        _BY_VECTOR * max(cosine, 0.0)
        + _BY_WORDS * _coverage(asked.stems, sentence.text, sentence.hit.passage.text)
        + _BY_CONTEXT * sentence.hit.score / asked.top
        + _BY_KIND * (asked.kind is None or asked.kind.search(sentence.text) is not None)
    )
    years = set(find_years(sentence.text))
    return (
        score
        * (1.0 if ends_sentence(sentence.text) else _UNFINISHED)
        * (1.0 if len(set(stems(sentence.text)) - asked.stems.keys()) > 2 else _SAYS_LITTLE)
        * (_OTHER_YEAR if asked.years and years and not asked.years & years else 1.0)
    )


def _coverage(asked: dict[str, float], sentence: str, passage: str) -> float:
    """The share of the question's words, by rarity, that stand in the sentence; half for those around it."""
    total = sum(asked.values())
    if not total:
        return 0.0
    inside, around = set(stems(sentence)), set(stems(passage))
    held = sum(weight * (1.0 if stem in inside else 0.5 * (stem in around)) for stem, weight in asked.items())
    return held / total

"""The answer made of the reports' own sentences: those that best answer, not the passages that best match."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.defining import defines, is_abbreviation
from assistant.labelling import tells_nothing
from assistant.orders import addresses_program
from assistant.question_kind import ASKING_WORDS, Kind, find_term, holds, kinds_of
from assistant.retrieve import Asked, Evidence
from assistant.sentences import Candidate, Found, can_answer, find_sentences
from corpus.embedding import Embedder
from corpus.lexical import stems
from corpus.roots import root, roots
from corpus.terms import find_countries, find_country_codes
from corpus.text import ends_sentence, find_years

_BY_VECTOR, _BY_WORDS, _BY_PASSAGE_WORDS, _BY_PASSAGE, _BY_NEIGHBOUR, _BY_KIND = 0.36, 0.2, 0.1, 0.14, 0.08, 0.12
"""What makes a sentence's score, 1 together: its vector and its words; the words and the score of its passage; the
vector of the sentence before it; whether it holds the kinds of thing asked. Fitted, with those below, by logistic
regression over the sentences of each question on the part of our question sets that may be tuned on; the vector then
given more, at no loss there, because a real report's questions share fewer words with it than our own do."""

_COUNTRY, _COUNTRY_OF_PASSAGE, _OTHER_COUNTRY = 0.07, 0.05, -0.03
"""What a sentence gains by naming the countries of the question, or by standing in a passage or a report about them;
what it loses by naming only others."""

_SAME_YEAR, _OTHER_YEAR, _UNFINISHED = 0.04, -0.035, -0.02
"""What a sentence gains by a year of the question; what it loses by other years only, and without a closing mark."""

_WITHOUT_FIGURE = -0.06
"""What a sentence loses that holds no figure where one is asked for."""

_ASKS = -0.06
"""What a sentence loses that asks itself."""

_UNDER_THE_TERM, _SPELLS_OUT, _DEFINES = 0.3, 0.3, 0.08
"""What a sentence gains that stands right under the term whose meaning is asked for; that spells an abbreviation out;
that says what a term means, of which others may say the rest."""

_EMPTY_WORDS = ASKING_WORDS | frozenset(
    stems("could give tell show me please about any some all with from between them they their there this that "
          "report reports study flash document according say says most often")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences and their vectors, one row each; None where there is none."""

    found: tuple[Found, ...]
    vectors: NDArray[np.float32] | None


def read_sentences(evidence: Evidence, embedder: Embedder) -> Sentences:
    """Every sentence of the passages found, with its vector."""
    found = tuple(find_sentences(evidence.hits))
    return Sentences(found, embedder.encode([sentence.text for sentence in found]) if found else None)


def rank_sentences(
    question: Asked, evidence: Evidence, sentences: Sentences, rarity: Callable[[str], float]
) -> list[Candidate]:
    """The sentences of the passages found, best first. `rarity` weighs a stem; see `LexicalIndex.rarity`."""
    found, vectors = sentences.found, sentences.vectors
    if vectors is None:
        return []
    wanted = _Wanted(
        question.text,
        {root(stem): rarity(stem) for stem in stems(question.text) if stem not in _EMPTY_WORDS},
        kinds_of(question.text),
        frozenset(find_years(question.text)),
        frozenset(country.code for country in find_countries(question.text)),
        max(hit.score for hit in evidence.hits),
        find_term(question.text),
    )
    near = np.maximum(vectors @ question.vector, 0.0)
    candidates = [
        Candidate(
            sentence.text,
            sentence.hit,
            sentence.parts,
            _score(
                wanted,
                sentence,
                near[number],
                near[number - 1] if sentence.place else 0.0,
                evidence.documents[sentence.hit.passage.document].countries,
            ),
            vectors[number],
            sentence.place,
        )
        for number, sentence in enumerate(found)
        if can_answer(sentence.text)
        and not addresses_program(sentence.text)
        and not tells_nothing(question.text, sentence, evidence.documents[sentence.hit.passage.document])
    ]
    return sorted(
        candidates, key=lambda candidate: (-candidate.score, candidate.hit.passage.id, candidate.parts[0].start)
    )


def content_words(question: str) -> set[str]:
    """The stems of a question that say what it is about."""
    return {stem for stem in stems(question) if stem not in _EMPTY_WORDS and len(stem) > 1}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question asks: its words' roots with their rarity, the kinds of thing, its years and countries, the best
    hit's score, the term whose meaning is asked for."""

    question: str
    stems: dict[str, float]
    kinds: frozenset[Kind]
    years: frozenset[str]
    countries: frozenset[str]
    top: float
    term: str


def _score(wanted: _Wanted, sentence: Found, cosine: float, before: float, countries: Sequence[str]) -> float:
    """From 0 to 1. `cosine` is the sentence's to the question, `before` that of the sentence before it, or 0;
    `countries` are those of its document."""
    passage = sentence.hit.passage
    score = (
        _BY_VECTOR * cosine
        + _BY_WORDS * _coverage(wanted.stems, sentence.text)
        + _BY_PASSAGE_WORDS * _coverage(wanted.stems, passage.text)
        + _BY_PASSAGE * sentence.hit.score / wanted.top
        + _BY_NEIGHBOUR * before
        + _BY_KIND * _kinds_held(wanted, sentence.text)
        + _WITHOUT_FIGURE * ("number" in wanted.kinds and not holds("number", sentence.text, wanted.question))
        + _by_definition(wanted, sentence)
        + _ASKS * sentence.text.rstrip().endswith("?")
        + _UNFINISHED * (not ends_sentence(sentence.text))
        + _by_year(wanted.years, set(find_years(sentence.text)))
        + _by_country(wanted.countries, sentence, countries)
    )
    return float(min(max(score, 0.0), 1.0))


def _by_definition(wanted: _Wanted, sentence: Found) -> float:
    """One of the two: an entry of a glossary need not name its term."""
    if "definition" not in wanted.kinds:
        return 0.0
    return max(
        _UNDER_THE_TERM * _stands_under(wanted.stems, sentence),
        (_SPELLS_OUT if is_abbreviation(wanted.term) else _DEFINES)
        * (wanted.term != "" and defines(wanted.term, sentence.text)),
    )


def _by_year(asked: frozenset[str], named: set[str]) -> float:
    if not asked or not named:
        return 0.0
    return _SAME_YEAR if asked & named else _OTHER_YEAR


def _by_country(asked: frozenset[str], sentence: Found, of_document: Sequence[str]) -> float:
    if not asked:
        return 0.0
    named = find_country_codes(sentence.text)
    around = find_country_codes(sentence.hit.passage.text).union(of_document)
    return (
        _COUNTRY * len(asked & named) / len(asked)
        + _COUNTRY_OF_PASSAGE * len(asked & around) / len(asked)
        + _OTHER_COUNTRY * (bool(named) and not asked & named)
    )


def _stands_under(asked: dict[str, float], sentence: Found) -> bool:
    """Whether a sentence is the first under a heading that is what is asked about: an entry of a glossary."""
    headings = sentence.hit.passage.headings
    head = set(roots(headings[-1])) if headings else set()
    return sentence.place == 0 and bool(head) and head <= asked.keys() and len(asked) <= len(head) + 1


def _kinds_held(wanted: _Wanted, sentence: str) -> float:
    """The share of the kinds of thing asked that a sentence holds; a half where the question asks for none."""
    if not wanted.kinds:
        return 0.5
    return sum(holds(kind, sentence, wanted.question) for kind in wanted.kinds) / len(wanted.kinds)


def _coverage(asked: dict[str, float], text: str) -> float:
    """The share of the question's words, by rarity, that stand in a text, in whichever form."""
    held = asked.keys() & set(roots(text))
    return sum(asked[stem] for stem in held) / sum(asked.values()) if asked else 0.0

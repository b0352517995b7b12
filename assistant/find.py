"""Where a quote comes from: candidates by the word index, then a proof on their pages. No model is needed."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from assistant.answers import Citation
from assistant.differences import Difference
from assistant.links import cite_parts
from assistant.verify import Match, ReadPages, Verdict, check_quote
from corpus.documents import Document, Page
from corpus.errors import TooLarge, WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.text import normal_form

LONGEST_TEXT = 20_000
"""Characters in a text that is looked for, at most: some five pages."""

LEAST_WORDS = 5

_STRETCH = 40
"""Words of the text that are searched for at a time."""

_EACH = 12
"""Passages that each stretch brings."""

_ALIKE = 0.06
"""How far below the best one's likeness, from 0 to 1, a passage may be and still be compared with the text."""

_PLACES = 6
"""Places that are compared, at most, the most promising first; those with the very words come beside them."""

_SURE = 0.9
"""The similarity from which the pages around a place need no look."""

_SHOWN = 5
"""Matches that are shown where none is verbatim."""

_KEPT = 256
"""Groups of pages that are kept taken apart."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a text was taken from, or the nearest to it; `similarity` from 0 to 1, which is the same words.

    `case`: letters differ in their case only.
    """

    citation: Citation
    similarity: float
    differences: tuple[Difference, ...]
    case: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking for a text. `matches`: all that are equal, in reading order; else the nearest, best first.

    `ellipses`: how many joins there are between stretches that each stand in one document, in order.
    """

    text: str
    verdict: Literal["verbatim", "altered", "not found"]
    matches: tuple[Source, ...]
    ellipses: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Pages of a document that follow one another, and how like the text their best passage is, from 0 to 1."""

    document: Document
    first: int
    last: int
    likeness: float


class Finder:
    """Finds the sources of quotes in one library. Safe for many threads."""

    def __init__(self, library: Library, index: CurrentIndex) -> None:
        self._library = library
        self._index = index
        self._read = functools.lru_cache(_KEPT)(self._read_pages)

    def find(self, text: str) -> Found:
        """Raises WrongUse for fewer than five words, TooLarge, IndexFault."""
        check_text(text)
        checked = [(place, self._check(text, place)) for place in self._places(text)]
        for kind in ("verbatim", "altered"):
            alike = [(place, verdict) for place, verdict in checked if verdict.kind == kind]
            if alike:
                break
        else:
            return Found(text, "not found", self._sources(checked)[:1])
        sources = self._sources(alike)
        if kind == "verbatim":
            return Found(text, "verbatim", tuple(sorted(sources, key=_in_reading_order)), alike[0][1].ellipses)
        return Found(text, "altered", sources[:_SHOWN])

    def _places(self, text: str) -> list[_Place]:
        """The places most like the text, best first: by shared words, then by letters."""
        generation = self._index.generation()
        scores: dict[int, float] = {}
        for stretch in _stretches(text):
            for match in generation.words.search(stretch, _EACH):
                scores[match.passage] = scores.get(match.passage, 0.0) + match.score
        passages = self._library.passages_by_id(list(scores))
        documents = self._library.documents_by_hash(sorted({passage.document for passage in passages.values()}))
        plain = normal_form(text).casefold()
        likeness = {
            passage.id: fuzz.partial_ratio(plain, normal_form(passage.text).casefold()) / 100
            for passage in passages.values()
            if passage.document in documents
        }
        best = max(likeness.values(), default=0.0)
        pages: dict[str, dict[int, float]] = {}
        for name, like in likeness.items():
            if like >= best - _ALIKE:
                held = pages.setdefault(passages[name].document, {})
                for part in passages[name].parts:
                    held[part.page] = max(held.get(part.page, 0.0), like)
        places = [place for sha256, held in pages.items() for place in _group(documents[sha256], held)]
        places.sort(key=lambda place: (-place.likeness, place.document.slug, place.first))
        return [place for rank, place in enumerate(places) if rank < _PLACES or place.likeness == 1.0]

    def _check(self, text: str, place: _Place) -> Verdict:
        """The verdict on the pages of a place; and where that is not all of it, with the pages around it."""
        verdict = check_quote(text, self._read(place.document.sha256, place.first, place.last))
        if max((match.similarity for match in verdict.matches), default=0.0) >= _SURE:
            return verdict
        wider = check_quote(text, self._read(place.document.sha256, max(place.first - 1, 1), place.last + 1))
        return wider if _better(wider, verdict) else verdict

    def _read_pages(self, sha256: str, first: int, last: int) -> ReadPages:
        return ReadPages(self._library.pages(sha256, range(first, last + 1)))

    def _sources(self, checked: Sequence[tuple[_Place, Verdict]]) -> tuple[Source, ...]:
        sources = [self._source(place.document, match) for place, verdict in checked for match in verdict.matches]
        distinct = {source.citation.link + str(source.citation.parts[0].start): source for source in sources}
        return tuple(sorted(distinct.values(), key=lambda source: -source.similarity))

    def _source(self, document: Document, match: Match) -> Source:
        pages: dict[int, Page] = {part.page: self._library.page(document.sha256, part.page) for part in match.parts}
        citation = cite_parts(document, match.parts, pages, 1, match.similarity)
        return Source(citation, match.similarity, match.differences, match.case)


def check_text(text: str) -> None:
    """Raises WrongUse for what is too short to be looked for, TooLarge for what is too long."""
    if len(text) > LONGEST_TEXT:
        raise TooLarge(f"the text has {len(text):,} characters", f"look for at most {LONGEST_TEXT:,} at a time")
    if len(re.findall(r"[^\W_]+", text)) < LEAST_WORDS:
        raise WrongUse(f"the text has fewer than {LEAST_WORDS} words", "give more of the sentence")


def _stretches(text: str) -> list[str]:
    words = re.findall(r"\w+", text)
    return [" ".join(words[start : start + _STRETCH]) for start in range(0, len(words), _STRETCH)]


def _group(document: Document, pages: dict[int, float]) -> list[_Place]:
    """Pages that follow one another are one place."""
    places = []
    for _, run in itertools.groupby(enumerate(sorted(pages)), key=lambda numbered: numbered[1] - numbered[0]):
        numbers = [number for _, number in run]
        places.append(_Place(document, numbers[0], numbers[-1], max(pages[number] for number in numbers)))
    return places


def _better(one: Verdict, other: Verdict) -> bool:
    if one.kind == "verbatim":
        return True
    return max((match.similarity for match in one.matches), default=0.0) > max(
        (match.similarity for match in other.matches), default=0.0
    )


def _in_reading_order(source: Source) -> tuple[str, int, int]:
    part = source.citation.parts[0]
    return source.citation.document.slug, part.page, part.start

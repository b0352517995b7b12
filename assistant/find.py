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
from assistant.links import cite_found
from assistant.verify import Match, ReadPages, Verdict, check_quote, split_at_ellipses
from corpus.documents import Document, Passage
from corpus.errors import TooLarge, WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.text import normal_form

LONGEST_TEXT = 20_000
"""Characters in a text that is looked for, at most: some five pages."""

LEAST_WORDS = 5

_STRETCH = 40
"""Words of the text that are searched for at a time."""

_EACH, _LEAST_EACH = 40, 12
"""Passages that the words of all stretches bring together, and those of each at least."""

_PIECE = 0.75
"""The likeness from which a passage that is shorter than a stretch is taken for a piece of it."""

_PageKey = tuple[str, int]
"""The SHA-256 of a document, and a page of it."""

_ALIKE = 0.06
"""How far below the best one's likeness, from 0 to 1, a page may be and still be compared with the text."""

_PLACES = 6
"""Places that are compared, at most, the most promising first; those with the very words come beside them."""

_JOINED = 12
"""Pages of a document that are looked through for the stretches of a text with ellipses, at most."""

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
    """Pages of a document, in order, and how like the text they are, from 0 to 1."""

    document: Document
    pages: tuple[int, ...]
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
        stretches = _stretches(text)
        count = max(_LEAST_EACH, _EACH // len(stretches))
        words = self._index.generation().words
        found = [[match.passage for match in words.search(stretch, count)] for stretch in stretches]
        passages = self._library.passages_by_id(sorted({name for names in found for name in names}))
        documents = self._library.documents_by_hash(sorted({passage.document for passage in passages.values()}))
        plain = {name: normal_form(passage.text).casefold() for name, passage in passages.items()}
        likeness: list[dict[_PageKey, float]] = []
        for stretch, names in zip(stretches, found, strict=True):
            known = [name for name in names if name in passages and passages[name].document in documents]
            likeness.append(_page_likeness(stretch, [(passages[name], plain[name]) for name in known]))
        groups = _runs(likeness) + (_by_document(likeness) if len(split_at_ellipses(text)) > 1 else [])
        places = [
            _Place(documents[held[0][0]], tuple(page for _, page in held), _mean(held, likeness)) for held in groups
        ]
        places.sort(key=lambda place: (-place.likeness, place.document.slug, place.pages))
        return [place for rank, place in enumerate(places) if rank < _PLACES or place.likeness == 1.0]

    def _check(self, text: str, place: _Place) -> Verdict:
        """The verdict on the pages of a place; and where that is not all of it, with the pages around them."""
        verdict = check_quote(text, self._read(place.document.sha256, place.pages))
        if max((match.similarity for match in verdict.matches), default=0.0) >= _SURE:
            return verdict
        around = tuple(sorted({number + step for number in place.pages for step in (-1, 0, 1)}))
        wider = check_quote(text, self._read(place.document.sha256, around))
        return wider if _better(wider, verdict) else verdict

    def _read_pages(self, sha256: str, numbers: tuple[int, ...]) -> ReadPages:
        """Those of the pages that there are."""
        return ReadPages(
            [page for number in numbers for page in self._library.pages(sha256, range(number, number + 1))]
        )

    def _sources(self, checked: Sequence[tuple[_Place, Verdict]]) -> tuple[Source, ...]:
        sources = [self._source(place.document, match) for place, verdict in checked for match in verdict.matches]
        distinct = {source.citation.link + str(source.citation.parts[0].start): source for source in sources}
        return tuple(sorted(distinct.values(), key=lambda source: -source.similarity))

    def _source(self, document: Document, match: Match) -> Source:
        citation = cite_found(self._library, document, match.parts, match.similarity)
        return Source(citation, match.similarity, match.differences, match.case)


def check_text(text: str) -> None:
    """Raises WrongUse for what is no text or too short to be looked for, TooLarge for what is too long."""
    if len(text) > LONGEST_TEXT:
        raise TooLarge(f"the text has {len(text):,} characters", f"look for at most {LONGEST_TEXT:,} at a time")
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
        raise WrongUse("the text holds control characters", "give the words of the quote as plain text")
    if len(re.findall(r"[^\W_]+", text)) < LEAST_WORDS:
        raise WrongUse(f"the text has fewer than {LEAST_WORDS} words", "give more of the sentence")


def _stretches(text: str) -> list[str]:
    """The text in stretches of about the same length, in the letters that passages are compared by."""
    stretches: list[str] = []
    for piece in split_at_ellipses(text):
        words = normal_form(piece).casefold().split()
        count = -(-len(words) // _STRETCH)
        edges = [number * len(words) // count for number in range(count + 1)]
        stretches += [" ".join(words[start:end]) for start, end in itertools.pairwise(edges)]
    return stretches


def _page_likeness(stretch: str, passages: Sequence[tuple[Passage, str]]) -> dict[_PageKey, float]:
    """How like a stretch the pages of these passages are, those near the best; beside each passage its plain text.

    A passage that is shorter than the stretch counts for as much of it as it is long: a stretch may run over several.
    """
    whole: dict[_PageKey, float] = {}
    pieces: dict[_PageKey, float] = {}
    for passage, plain in passages:
        like = fuzz.partial_ratio(stretch, plain) / 100
        for page in {part.page for part in passage.parts}:
            key = passage.document, page
            if len(plain) >= len(stretch):
                whole[key] = max(whole.get(key, 0.0), like)
            elif like >= _PIECE:
                pieces[key] = pieces.get(key, 0.0) + like * len(plain) / len(stretch)
    both = {key: max(whole.get(key, 0.0), min(pieces.get(key, 0.0), 1.0)) for key in whole | pieces}
    best = max(both.values(), default=0.0)
    return {key: like for key, like in both.items() if like >= best - _ALIKE}


def _runs(likeness: Sequence[dict[_PageKey, float]]) -> list[list[_PageKey]]:
    """The pages that follow one another in a document."""
    keys = sorted({key for pages in likeness for key in pages})
    runs = itertools.groupby(enumerate(keys), key=lambda numbered: (numbered[1][0], numbered[1][1] - numbered[0]))
    return [[key for _, key in run] for _, run in runs]


def _by_document(likeness: Sequence[dict[_PageKey, float]]) -> list[list[_PageKey]]:
    """The pages of each document that the stretches of a text may stand on, however far apart; the best of them."""
    found = []
    keys = sorted({key for pages in likeness for key in pages})
    for _, held in itertools.groupby(keys, key=lambda key: key[0]):
        best = sorted(held, key=lambda key: -max(pages.get(key, 0.0) for pages in likeness))
        found.append(sorted(best[:_JOINED]))
    return found


def _mean(held: Sequence[_PageKey], likeness: Sequence[dict[_PageKey, float]]) -> float:
    return sum(max(pages.get(key, 0.0) for key in held) for pages in likeness) / len(likeness)


def _better(one: Verdict, other: Verdict) -> bool:
    if one.kind == "verbatim":
        return True
    return max((match.similarity for match in one.matches), default=0.0) > max(
        (match.similarity for match in other.matches), default=0.0
    )


def _in_reading_order(source: Source) -> tuple[str, int, int]:
    part = source.citation.parts[0]
    return source.citation.document.slug, part.page, part.start

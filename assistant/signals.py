"""What speaks for and against the sentences that were found as answers to a question, in figures a person can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.demands import Demands, Kind, denies, leave_asides, read_demands, split_clauses
from assistant.retrieve import Asked, Evidence
from assistant.sentences import Candidate
from assistant.years import leave_published, names_year
from corpus.documents import Document
from corpus.embedding import Embedder
from corpus.lexical import stems
from corpus.rows import Vector
from corpus.terms import find_country_words
from corpus.text import ends_sentence, find_years

WEIGHED = 8
"""Sentences that are weighed, the best first."""

_BEFORE = 300
"""Characters before a sentence that still say what it is about."""

_CLOSE_ENOUGH = 0.6
"""A cosine above which nearness counts less: whether it answers is told by the rest."""

_HEARD = 6.0
"""The rarity of an unheard word from which on its absence tells something: in a library of two hundred passages."""

_MONEY = (
    r"(?:EUR|USD|GBP|[\u20ac$\u00a3])\s?\d[\d.,]*(?:\s?(?:million|billion|thousand))?|\d[\d.,]*\s?(?:million|billion|thousand)?\s?"
    r"(?:euros?|dollars?|pounds?|EUR|[\u20ac$\u00a3])"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NO_COUNT = re.compile(rf"{_MONEY}|\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b(?! per)")
"""Numbers that count nothing: sums of money and days of a month."""

_FORMS = frozenset[Kind | None]({"telephone", "money", "somebody"})
"""Kinds that are written in one form, so that a sentence without it cannot hold them."""

_UNION = re.compile(r"\b(?:EU|European Union|Member States|Europe)\b")
_HOLDS: dict[Kind, re.Pattern[str]] = {
    "telephone": re.compile(r"(?<![\d.,])\+?\d[\d /-]{5,}\d|\b(?!(?:19|20)\d\d\b)\d{3,6}\b"),
    "somebody": re.compile(
        r"(?<![\w-])(?!(?:The|In|An?|Member|United|European|National|International|Third|Working|Human|La|Operation|Global|"
        r"Blue|Anti|Directive|Council|Commission|Court|Action|Red) )"
        r"[A-Z][a-z\u00c0-\u024f]+ (?:[a-z]{2,3} )?(?!(?:States|Union|Nations|Commission|Directive|Convention|Hub|"
        r"Coordinator|Network|Plan|Rights|Parliament|Council|Court|Strategy)\b)[A-Z][a-z\u00c0-\u024f]+(?!\w)"
    ),
    "money": re.compile(_MONEY),
    "date": re.compile(rf"\b{_MONTH}\b|\b(?:1\d|20)\d\ds?\b|\bcentur|\b(?:BC|AD)\b"),
    "person": re.compile(
        r"\b(?:police|author|agenc|organi|minist|inspect|council|commission|court|judge|official|worker|victim|"
        r"trafficker|people|women|men|they)\w*|(?<=\w )[A-Z][\w-]+",
    ),
}  # fmt: skip
_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")
_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|dozen|hundreds?|thousands?|"
    r"millions?|billions?|none|once|twice|zero)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against a sentence as an answer. Shares are from 0 to 1; counts are capped at 2.

    `near`: its cosine to the question; `near_capped`: the same, at most 0.6; `passage_near`: that of its passage.
    `words` and `words_around`: the share of the question's words, by rarity, in the sentence with its heading, and in
    its passage; `unheard`: the share of them that no report holds, 0 in a small library. `unmet_around`: how many
    names, countries and years of the question are not met there. `country_unmet` and `country_unmet_around`: the
    country is not named in the sentence, nor around it; `other_country`: the sentence speaks of other countries or of
    the EU instead. `year_unmet` and `figure_unmet`: the same of a year and a figure; `other_year`: it speaks of other
    years. `uncounted`: it names nothing of what is to be counted. `other_kind`: it does not hold the kind of thing
    that is asked; `other_form`: the same of a kind that has one form: a sum of money, a telephone number, a person's
    name. `no_denial`: the question denies and it does not. `unfinished`: a head, a caption, an item: no whole sentence.
    """

    near: float
    near_capped: float
    passage_near: float
    words: float
    words_around: float
    unheard: float
    unmet_around: float
    country_unmet: float
    country_unmet_around: float
    other_country: float
    year_unmet: float
    other_year: float
    figure_unmet: float
    uncounted: float
    other_kind: float
    other_form: float
    no_denial: float
    unfinished: float


def find_signals(
    asked: Asked,
    candidates: Sequence[Candidate],
    evidence: Evidence,
    embedder: Embedder,
    rarity: Callable[[str], float],
) -> list[Signals]:
    """The signals of the best sentences, for the question and for each question that it is made of."""
    text = leave_asides(asked.text)
    clauses = split_clauses(text)
    vectors = [asked.vector, *(embedder.encode(clauses) if clauses else ())]

    frames = [
        _Frame.of(candidate, evidence.documents[candidate.hit.passage.document]) for candidate in candidates[:WEIGHED]
    ]

    def is_word(word: str) -> bool:
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        return any(pattern.search(hit.passage.text) for hit in evidence.hits)

    unheard = rarity("")
    signals: list[Signals] = []
    for part, vector in zip([text, *clauses], vectors, strict=True):
        demands = read_demands(part, is_word)
        weights = {stem: rarity(stem) for stem in demands.stems}
        missed = sum(weight for weight in weights.values() if weight >= unheard > _HEARD)
        share = missed / max(sum(weights.values()), unheard)
        signals += [_signal(demands, weights, share, vector, frame) for frame in frames]
    return signals


def holds_kind(kind: Kind | None, sentence: str, demands: Demands) -> bool:
    """Whether a sentence holds the kind of thing that is asked; any does where none is."""
    if kind is None:
        return True
    if kind == "number":
        known = {*find_years(sentence), *demands.figures}
        counting = _NO_COUNT.sub("", sentence)
        numbers = _NUMBER.findall(counting)
        return any(number not in known for number in numbers) or bool(_NUMBER_WORD.search(counting))
    if kind == "name":
        words = {word for name in demands.names for word in name.casefold().split()}
        return any(found.casefold() not in words for found in re.findall(r"(?<=\w )[A-Z][\w-]+", sentence))
    return _HOLDS[kind].search(sentence) is not None


@dataclass(frozen=True, slots=True)
class _Frame:
    """A sentence taken apart, and around it: its headings, what stands before it, its passage, and its document.

    `near` is the sentence with its headings, `around` that with what stands before it, `passage` all of it.
    """

    candidate: Candidate
    document: Document
    near: str
    around: str
    passage: str
    near_stems: frozenset[str]
    passage_stems: frozenset[str]
    near_countries: frozenset[str]
    around_countries: frozenset[str]
    years: tuple[str, ...]

    @classmethod
    def of(cls, candidate: Candidate, document: Document) -> _Frame:
        passage = candidate.hit.passage
        start = max(passage.text.find(candidate.text), 0)
        near = " ".join([*passage.headings, candidate.text])
        around = " ".join([near, passage.text[max(0, start - _BEFORE) : start], document.title])
        whole = f"{around} {passage.text}"
        return cls(
            candidate,
            document,
            near,
            around,
            whole,
            frozenset(stems(near)),
            frozenset(stems(whole)),
            frozenset(find_country_words(near)) | _only(document.countries),
            frozenset(find_country_words(around)) | set(document.countries),
            tuple(find_years(leave_published(candidate.text))),
        )


def _signal(demands: Demands, weights: Mapping[str, float], unheard: float, vector: Vector, frame: _Frame) -> Signals:
    """`weights`: the rarity of each of the question's words; `unheard`: the share of them that no report holds."""
    sentence, years, published = frame.candidate.text, frame.years, str(frame.document.year)
    near = float(frame.candidate.vector @ vector)
    unmet = [year for year in demands.years if not names_year(year, frame.near)]
    unmet_around = [year for year in unmet if years or not names_year(year, frame.around) and published != year]
    editions = [year for year in demands.editions if not names_year(year, frame.passage) and published != year]
    away = _lacks(demands.countries, frame.around_countries)
    names_unmet = sum(not _names(name, frame.passage) for name in demands.names)
    lacks_kind = not holds_kind(demands.kind, sentence, demands)
    return Signals(
        near=near,
        near_capped=min(near, _CLOSE_ENOUGH),
        passage_near=frame.candidate.hit.vector or 0.0,
        words=_share(weights, frame.near_stems),
        words_around=_share(weights, frame.passage_stems),
        unheard=unheard,
        unmet_around=min(names_unmet + away + len(unmet_around) + len(editions), 2.0),
        country_unmet=_lacks(demands.countries, frame.near_countries),
        country_unmet_around=away,
        other_country=float(_speaks_of_others(demands.countries, frame)),
        year_unmet=min(len(unmet_around), 1.0),
        other_year=float(
            bool(demands.years and years) and not any(names_year(year, sentence) for year in demands.years)
        ),
        figure_unmet=float(any(figure not in frame.near for figure in demands.figures)),
        uncounted=float(bool(demands.counted) and not demands.counted & frame.near_stems),
        other_kind=float(lacks_kind),
        other_form=float(lacks_kind and demands.kind in _FORMS),
        no_denial=float(demands.denies and not denies(sentence)),
        unfinished=float(not ends_sentence(sentence)),
    )


def _speaks_of_others(wanted: frozenset[str], frame: _Frame) -> bool:
    """Whether a sentence names other countries than those wanted, or the EU, in a report that is not of these."""
    if not wanted or wanted & frame.near_countries or wanted == set(frame.document.countries):
        return False
    return bool(find_country_words(frame.candidate.text)) or _UNION.search(frame.candidate.text) is not None


def _share(weights: Mapping[str, float], held: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in held) / total if total else 0.0


def _names(name: str, text: str) -> bool:
    """Whether a text holds a name, or a word that begins as it does: Vietnamese and Vietnam."""
    if name.isupper() and len(name) <= 4:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    beginning = name.casefold()[: max(5, len(name) - 3)] if len(name) > 6 else name.casefold()
    return re.search(rf"(?<!\w){re.escape(beginning)}", text.casefold()) is not None


def _only(countries: Sequence[str]) -> frozenset[str]:
    """The country that a report is about alone: it need not name it in every sentence."""
    return frozenset(countries) if len(countries) == 1 else frozenset()


def _lacks(wanted: frozenset[str], found: frozenset[str]) -> float:
    """1 where the country asked about is missing; of several countries one is enough."""
    return float(bool(wanted) and not wanted & found)

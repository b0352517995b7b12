"""Which of the sentences that were found make the answer, and in which order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.aims import Aims
from assistant.amounts import read_amounts
from assistant.denials import Denial, find_denials
from assistant.denominators import find_counted
from assistant.disagreements import DifferingSide, find_differing
from assistant.likeness import tell_apart
from assistant.question_kind import holds, kinds_of, leans, takes_back
from assistant.sentences import Candidate
from assistant.sides import Side, is_about
from corpus.documents import Document
from corpus.text import find_years

_MOST, _MOST_WITH_SIDES = 5, 6
"""Sentences in an answer, at most; the second where the question has several sides."""

_CLOSE = 0.72
"""A sentence is part of the answer where its score is at least this share of the best one's."""

_LEADING = 1
"""A sentence brings its neighbours along while fewer than so many are chosen."""

_SAME = 0.92
"""Two sentences whose vectors have at least this cosine say the same, unless a figure, a name or a negation tells them
apart; the better one stands for both."""

_OF_A_SIDE = 0.6
"""A sentence may stand for a side where its score is at least this share of the best of all sentences for that side."""

_OTHER_YEAR = -0.03
"""What a sentence for a year loses for each other year that it names."""

_OF_THE_KIND = 0.8
"""A sentence that holds the figure or the year asked for is taken for a side before one that does not, from this share
of the best one's score on."""

_COUNTS = re.compile(r"\b(?:how many|(?:more|fewer) (?!than\b|often\b|time\b)\w+|numbers? of)\b", re.IGNORECASE)
_SHARES = re.compile(r"%|\b(?:shares?|percent\w*|per cent|proportions?)\b", re.IGNORECASE)
"""How a side asks for a count, and for a share."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One side of the question, and the sentences that are about it, best first; none where nothing was found."""

    side: Side
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found for the aims of a question: its sides, the sentences that deny what it takes for granted, and the
    figures for what it asks that differ from report to report, and the sentence that counts within a group."""

    looked: tuple[Looked, ...] = ()
    denials: tuple[Denial, ...] = ()
    differing: tuple[DifferingSide, ...] = ()
    counted: tuple[Candidate, ...] = ()

    @property
    def negated(self) -> bool:
        """Whether what the question takes for granted is negated in its own words."""
        return any(denial.negates for denial in self.denials)

    @property
    def absent(self) -> list[str]:
        """The things compared about which nothing was found; none where nothing was found about any of them."""
        absent = [one.side.about for one in self.looked if one.side.compared and not one.candidates]
        return absent if len(absent) < len(self.looked) else []


def weigh_aims(
    aims: Aims,
    ranked: Sequence[Sequence[Candidate]],
    documents: Mapping[str, Document],
    rarity: Callable[[str], float],
) -> Weighed:
    """`ranked`: the sentences, best first, for each of the texts of `aims`."""
    looked = [look_at(side, found, documents) for side, found in zip(aims.sides, ranked, strict=False)]
    denials = find_denials(aims.premise, ranked[len(aims.sides)], rarity) if aims.premise else []
    return Weighed(tuple(looked), tuple(denials))


def add_figures(
    weighed: Weighed, question: str, candidates: Sequence[Candidate], rarity: Callable[[str], float]
) -> Weighed:
    """With the figures that differ, and the sentence that says of how many."""
    differing = find_differing(question, candidates, rarity)
    return replace(weighed, differing=differing, counted=find_counted(question, candidates, rarity))


def look_at(side: Side, ranked: Sequence[Candidate], documents: Mapping[str, Document]) -> Looked:
    """The sentences about a side among those that were ranked for the question about it alone."""
    least = _OF_A_SIDE * ranked[0].score if ranked else 0.0
    about = [
        candidate
        for candidate in ranked
        if candidate.score >= least
        and is_about(side, candidate.text, candidate.hit.passage.headings, documents[candidate.hit.passage.document])
    ]
    about.sort(key=lambda one: -one.score - _OTHER_YEAR * _count_other_years(side, one.text))
    fitting = [one for one in about if _fits(side, one.text)]
    if fitting and fitting[0].score >= _OF_THE_KIND * about[0].score:
        about = [fitting[0], *(one for one in about if one is not fitting[0])]
    return Looked(side, tuple(about))


def _fits(side: Side, text: str) -> bool:
    """Whether a sentence holds the figure or the year that a side asks for; a share is no count."""
    if _COUNTS.search(side.text) and not _SHARES.search(side.text):
        return any(amount.unit != "%" for amount in read_amounts(text))
    return any(holds(kind, text, side.text) > 0 for kind in kinds_of(side.text) & {"number", "time"})


def _count_other_years(side: Side, text: str) -> int:
    return len(set(find_years(text)) - side.years) if side.years else 0


def choose_sentences(candidates: Sequence[Candidate], weighed: Weighed) -> list[Candidate]:
    """The sentences that make the answer: those that deny what the question takes for granted; for each side its best
    one, side by side; those whose figures differ; the one that counts within a group; then the best for the question.

    The latter stand in reading order, documents by their best sentence, the passage of the best of all in front.
    Nothing is said twice.
    """
    first = [denial.candidate for denial in weighed.denials]
    for one in [*_for_sides(weighed.looked), *_for_figures(weighed.differing), *weighed.counted]:
        if not _is_said(one, first):
            first.append(one)
    most = _MOST_WITH_SIDES if first else _MOST
    rest = [one for one in _best(candidates) if not _is_said(one, first)][: most - len(first)]
    return first + _in_reading_order(rest)


def _for_sides(sides: Sequence[Looked]) -> list[Candidate]:
    """The best sentence for each side; one that is the best for several sides is named after all of them."""
    chosen: dict[tuple[int, int], Candidate] = {}
    for looked in sides:
        for candidate in looked.candidates[:1]:
            key = (candidate.hit.passage.id, candidate.place)
            before = chosen.get(key)
            about = f"{before.about}; {looked.side.about}" if before else looked.side.about
            chosen[key] = replace(candidate, about=about)
    return list(chosen.values())


def _for_figures(sides: Sequence[DifferingSide]) -> list[Candidate]:
    """The sentence of each figure that differs, named after the figure and its years."""
    named: dict[tuple[int, int], list[str]] = defaultdict(list)
    for side in sides:
        told = f"{side.figure} ({side.years})" if side.years else side.figure
        named[side.candidate.hit.passage.id, side.candidate.place].append(told)
    found = {(side.candidate.hit.passage.id, side.candidate.place): side.candidate for side in sides}
    return [replace(one, about="; ".join(named[key])) for key, one in found.items()]


def _best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best ones, with the sentence that goes on from the first, and the one that it goes on from."""
    places = {(candidate.hit.passage.id, candidate.place): candidate for candidate in candidates}
    chosen: list[Candidate] = []
    for candidate in candidates:
        if len(chosen) >= _MOST or candidate.score < _CLOSE * candidates[0].score:
            break
        for one in [candidate, *(_companions(candidate, places) if len(chosen) < _LEADING else ())]:
            if len(chosen) < _MOST and not _is_said(one, chosen):
                chosen.append(one)
    return chosen


def _in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    order = list(dict.fromkeys(candidate.hit.passage.document for candidate in chosen))
    leading = max(chosen, key=lambda candidate: candidate.score).hit.passage.id if chosen else 0
    return sorted(
        chosen,
        key=lambda candidate: (
            order.index(candidate.hit.passage.document),
            candidate.hit.passage.id != leading,
            candidate.parts[0].page,
            candidate.parts[0].start,
        ),
    )


def _companions(candidate: Candidate, places: dict[tuple[int, int], Candidate]) -> list[Candidate]:
    """The neighbours of a sentence that belong to it: before it, where it goes on from there; after it, the same."""
    passage = candidate.hit.passage.id
    before, after = places.get((passage, candidate.place - 1)), places.get((passage, candidate.place + 1))
    found = [before] if before is not None and leans(candidate.text) else []
    return found + ([after] if after is not None and (leans(after.text) or takes_back(after.text)) else [])


def _is_said(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(
        float(candidate.vector @ other.vector) >= _SAME and not tell_apart(candidate.text, other.text)
        for other in chosen
    )

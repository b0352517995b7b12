"""Where reports give different figures for one thing: each side with its figure, its years and its report."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.figures import Figure, find_figures
from assistant.question_kind import ASKING_WORDS, kinds_of
from assistant.sentences import Candidate
from corpus.lexical import stems
from corpus.terms import find_country_words
from corpus.text import find_years

_WEIGHED, _CLOSE = 12, 0.72
"""Sentences that are held against each other, the best first; the least share of the best one's score."""

_ALIKE = 0.05
"""Figures that differ by at most this share of the larger one may be one, rounded."""

_SAME_THING, _ASKED = 0.6, 0.5
"""The share of the rarer words around one figure that stand around the other; of the question's in each sentence."""

_LIGHTEST = 0.1
"""What a word weighs at least, however many passages it stands in."""

_AROUND = 8
"""Words before and after a figure that tell what it measures."""

_MOST = 3
"""Sides that are shown, at most."""

_DOUBTS = re.compile(
    r"\b(?:differ\w*|disagree\w*|contradict\w*|conflict\w*|discrepan\w*|diverg\w*|inconsisten\w*)\b|"
    r"\bsome\b.+\bothers?\b|\bwhich (?:one|figure|number) is\b|\b(?:two|several|other) (?:figures|numbers|counts)\b",
    re.IGNORECASE,
)
"""How a question says that figures differ."""

_DIFFER = re.compile(
    r"\b(?:disagree\w*|differ(?:s|ent)?|by contrast|two (?:counts|figures|numbers))\b",
    re.IGNORECASE,
)
"""How a sentence says itself that it gives two figures for one thing."""

_SHARE = re.compile(r"%|\b(?:shares?|percent\w*|per cent|proportions?|majority)\b", re.IGNORECASE)
_COUNT = re.compile(r"\bhow (?:many|much|large|big|high)\b|\bnumbers? of\b", re.IGNORECASE)
"""How a question asks for shares, and for counts or sums."""

_SPAN = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?:\s?[-\u2013]\s?(?:19|20)\d\d)?(?![\d.,]?\d)")
_MOVES = re.compile(r"\b(?P<by>by|to|from)\s+$", re.IGNORECASE)
_GENERAL = ASKING_WORDS | frozenset(
    stems("the a an of in on at by for to from with and or but it its they them their there this that these those as "
          "all any some more most less than other about around per cent percent between since until not no only also "
          "report reports study say says said keep see differ different figure figures number numbers share part year "
          "years")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DifferingSide:
    """A figure as one report gives it, in its words, with the years that stand with it."""

    candidate: Candidate
    figure: str
    years: str


def find_differing(
    question: str, candidates: Sequence[Candidate], rarity: Callable[[str], float]
) -> tuple[DifferingSide, ...]:
    """The figures that differ among the sentences that answer a question for one; none where none do.

    They stand in different reports, are of no other years and countries than are asked about, and measure the same
    thing in the same unit; or, where the question doubts, in one sentence that sets them side by side. `candidates` are
    ranked, best first; `rarity` weighs a stem.
    """
    doubts = _DOUBTS.search(question) is not None or len(find_figures(question)) > 1
    kinds = kinds_of(question)
    if not candidates or not (doubts or ("number" in kinds and "comparison" not in kinds)):
        return ()
    asked = {stem: _LIGHTEST + rarity(stem) for stem in stems(question) if _tells(stem)}
    years, countries = set(find_years(question)), find_country_words(question)
    near = [
        one
        for one in candidates[:_WEIGHED]
        if one.score >= _CLOSE * candidates[0].score
        and countries <= find_country_words(one.text)
        and (doubts or _holds(asked, one.text))
        and _is_of(years, one.text)
    ]
    told = [
        (one, figure)
        for one in near
        for figure in _figures_asked(question, one.text)
        if not years or set(find_years(_years_with(one.text, figure))) <= years
    ]
    for (one, mine), (other, theirs) in itertools.combinations(told, 2):
        if _disagree(one, mine, other, theirs, rarity):
            return _gather(one, mine, told, rarity)
    if not doubts:
        return ()
    return next((found for one in near if _holds(asked, one.text) and (found := _set_side_by_side(question, one))), ())


def _is_of(years: set[str], text: str) -> bool:
    """Whether a sentence names one of these years, or none at all."""
    named = set(find_years(text))
    return not years or not named or bool(years & named)


def _figures_asked(question: str, text: str) -> list[Figure]:
    """The figures of a sentence that a question may be about: those that it names itself, or shares, or counts."""
    named = {figure.value for figure in find_figures(question)}
    figures = find_figures(text)
    if len(named) > 1:
        return [figure for figure in figures if figure.value in named]
    shares, counts = _SHARE.search(question) is not None, _COUNT.search(question) is not None
    return [figure for figure in figures if shares == counts or shares == ("%" in figure.units)]


def _set_side_by_side(question: str, one: Candidate) -> tuple[DifferingSide, ...]:
    """The first two figures of one unit that a sentence gives with a year of its own for each, or says to differ."""
    differ = _DIFFER.search(one.text) is not None
    for mine, theirs in itertools.combinations(_figures_asked(question, one.text), 2):
        sides = tuple(DifferingSide(one, figure.text, _years_with(one.text, figure)) for figure in (mine, theirs))
        if mine.units & theirs.units and mine.value != theirs.value and (differ or sides[0].years != sides[1].years):
            return sides
    return ()


def _years_with(text: str, figure: Figure) -> str:
    """The year or span of years between a figure and the next one; else the last before it; empty without any."""
    after = min((other.start for other in find_figures(text) if other.start > figure.start), default=len(text))
    behind = _SPAN.search(text, figure.end, after)
    before = list(_SPAN.finditer(text, 0, figure.start))
    return behind.group() if behind else before[-1].group() if before else ""


def _gather(
    first: Candidate, figure: Figure, told: Sequence[tuple[Candidate, Figure]], rarity: Callable[[str], float]
) -> tuple[DifferingSide, ...]:
    """The first side with every other that differs from all before it."""
    chosen = [(first, figure)]
    for other, theirs in told:
        if len(chosen) < _MOST and all(_disagree(one, mine, other, theirs, rarity) for one, mine in chosen):
            chosen.append((other, theirs))
    return tuple(DifferingSide(one, mine.text, _years_with(one.text, mine)) for one, mine in chosen)


def _disagree(one: Candidate, mine: Figure, other: Candidate, theirs: Figure, rarity: Callable[[str], float]) -> bool:
    return (
        one.hit.passage.document != other.hit.passage.document
        and bool(mine.units & theirs.units)
        and _moves(one.text, mine) == _moves(other.text, theirs)
        and abs(mine.value - theirs.value) > _ALIKE * max(mine.value, theirs.value)
        and find_country_words(one.text) == find_country_words(other.text)
        and not _gives(one.text, theirs) and not _gives(other.text, mine)
        and _same_thing(_around(one.text, mine), _around(other.text, theirs), rarity)
    )  # fmt: skip


def _gives(text: str, figure: Figure) -> bool:
    """Whether a sentence gives this figure too, beside its own."""
    return any(one.value == figure.value and one.units & figure.units for one in find_figures(text))


def _moves(text: str, figure: Figure) -> str:
    """Whether a figure says by how much something rises or falls, to what, or neither."""
    moves = _MOVES.search(text, 0, figure.start)
    return moves["by"].casefold() if moves else ""


def _around(text: str, figure: Figure) -> set[str]:
    """The stems near a figure that tell what it measures."""
    words = text[: figure.start].split()[-_AROUND:] + text[figure.end :].split()[:_AROUND]
    return {stem for stem in stems(" ".join(words)) if _tells(stem)} | (figure.units - {"%"})


def _same_thing(mine: set[str], theirs: set[str], rarity: Callable[[str], float]) -> bool:
    smaller = min(_weight(mine, rarity), _weight(theirs, rarity))
    return smaller > 0 and _weight(mine & theirs, rarity) >= _SAME_THING * smaller


def _weight(words: set[str], rarity: Callable[[str], float]) -> float:
    return sum(_LIGHTEST + rarity(word) for word in words)


def _holds(asked: Mapping[str, float], text: str) -> bool:
    held = asked.keys() & set(stems(text))
    return sum(asked[stem] for stem in held) >= _ASKED * sum(asked.values())


def _tells(stem: str) -> bool:
    return stem not in _GENERAL and len(stem) > 1 and not stem.isdigit()

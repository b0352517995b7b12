"""Figures with their units in a text, and whether a page says the same of the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.amounts import read_number
from assistant.counted import NUMBER, Told, own_clause
from assistant.differences import NUMBER_WORDS
from corpus.lexical import stems
from corpus.sentences import sentence_spans
from corpus.text import Span, normal_form

_NUMBERS = re.compile(rf"(?<![\w.,]){NUMBER}|[^\W\d_]+")
"""What may be a number in a page's sentence, in figures or as a word."""

_COUNTED = (
    "per\\s?cents?|percent|percentage points?|days?|weeks?|months?|years?|hours?|victims?|persons?|people|children|"
    "women|men|girls?|boys?|minors?|countries|(?:member )?states|cases|offences|suspects?|permits?"
)
_FIGURE = re.compile(
    rf"(?<![\w#/.,-])(?P<money>EUR|\u20ac|\$|USD|GBP|\u00a3)?[ \u00a0]?(?P<number>{NUMBER})"
    r"(?:(?P<percent>[ \u00a0\u202f]?%)|(?P<scale>[ \u00a0](?:million|billion|thousand))?"
    r"(?:[ \u00a0\u202f](?P<unit>[^\W\d_][\w'\u2019-]*(?:[ \u00a0][^\W\d_][\w'\u2019-]*){0,2}))?)",
)
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth once twice double half".split())
_COUNTING_WORDS = [word for word in NUMBER_WORDS if word not in _ORDINALS]
_WORDED = re.compile(
    rf"(?<!\d[ \u00a0])\b(?P<number>{'|'.join(_COUNTING_WORDS)})(?:[ -](?P<scale>hundred|thousand|million|billion))?"
    rf"[ -](?P<unit>{_COUNTED})\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"per\s?cents?\b|percent|%")
_NO_UNITS = frozenset(
    "january february march april may june july august september october november december and or to of in on at by "
    "for from the a an is was were are had has have when with as but which while since until after before than "
    "between".split()
)
_UNIT = re.compile(rf"(?!(?:{'|'.join(sorted(_NO_UNITS))})\b)[^\W\d_]")
"""What follows a number that has a unit of its own."""

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:pages?|pp?\.|article|articles|art\.|no\.?|n\u00b0|number|section|chapter|table|figure|annex|part|directive|"
    r"regulation|paragraph|note|footnote|step|phase|flash|inform|study|report|p|line)\s*|[#\u00a7]\s*)$",
    re.IGNORECASE,
)
_OF_TIME = re.compile(r"\b(?:in|since|by|until|till|during|from|to|and|between|before|after|of|for)\s+$", re.IGNORECASE)
_NEAR = 8
"""Words between a number and its unit, at most, in the sentence of a page."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as it stands in a text. `units`: the stems of its unit, or `%`."""

    text: str
    start: int
    end: int
    value: float
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a page that has a figure's number with its unit, and how it tells it."""

    span: Span
    told: Told


def find_figures(text: str) -> list[Figure]:
    """Numbers with their units, in order; years, dates, pages and the numbers of articles and reports are none."""
    found = [figure for match in _FIGURE.finditer(text) if (figure := _figure(text, match)) is not None]
    worded = [
        Figure(
            match.group(),
            match.start(),
            match.end(),
            NUMBER_WORDS[match["number"].casefold()] * NUMBER_WORDS.get((match["scale"] or "").casefold(), 1.0),
            _units(match["unit"]),
        )
        for match in _WORDED.finditer(text)
    ]
    return sorted([*found, *worded], key=lambda figure: figure.start)


def find_sayings(text: str, figure: Figure, about: str) -> Iterator[Saying]:
    """The sentences of a page that have the same number of the same unit, in order. `about`: its report's title."""
    for span in sentence_spans(text):
        sentence = text[span.start : span.end]
        for match in _NUMBERS.finditer(sentence):
            if _worth(sentence, match) == figure.value:
                told = Told(sentence, match.start(), match.end(), text[: span.start], about)
                if _has_unit(told, match, figure):
                    yield Saying(span, told)


def find_number(text: str, figure: Figure) -> Span | None:
    """The first sentence that has the number at all."""
    return next((span for span in sentence_spans(text) if figure.value in _values(text[span.start : span.end])), None)


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    number, unit, percent = match["number"], match["unit"] or "", match["percent"] or ""
    value = read_number(number)
    before = text[max(match.start() - 20, 0) : match.start()]
    if value is None or _NAMED_BEFORE.search(before):
        return None
    scale = (match["scale"] or "").strip()
    words = list(itertools.takewhile(lambda word: word.casefold() not in _NO_UNITS, unit.split()))
    if match["money"]:
        units, end = frozenset({"money"}), match.end("scale") if scale else match.end("number")
    elif percent or _PERCENT.match(unit.casefold()):
        units, end = frozenset({"%"}), match.end("percent") if percent else match.start("unit") + _length(unit, 1)
    elif not words or words[0][0].isupper() or (_is_year(number, value) and _is_dated(before, words[0])):
        return None
    else:
        units, end = _units(" ".join(words)), match.start("unit") + _length(unit, len(words))
    start = match.start() if match["money"] else match.start("number")
    return Figure(text[start:end], start, end, value * _SCALES.get(scale, 1), units)


def _is_year(number: str, value: float) -> bool:
    return len(number) == 4 and number.isdigit() and 1900 <= value <= 2100


def _is_dated(before: str, word: str) -> bool:
    """Whether a number that may be a year is one: by the word before it, or because what follows is not counted."""
    return _OF_TIME.search(before[-12:]) is not None or re.fullmatch(_COUNTED, word, re.IGNORECASE) is None


def _length(unit: str, words: int) -> int:
    """The characters of the first so many words of a unit."""
    matches = list(re.finditer(r"\S+", unit))
    return matches[words - 1].end()


def _units(words: str) -> frozenset[str]:
    return frozenset({"%"}) if _PERCENT.match(words.casefold()) else frozenset(stems(words))


def _has_unit(told: Told, match: re.Match[str], figure: Figure) -> bool:
    """Whether a number has the unit: behind it in its clause, or anywhere in its sentence where no unit follows it."""
    sentence = told.sentence
    behind = sentence[match.end() :].lstrip()
    if "%" in figure.units:
        return _PERCENT.match(normal_form(behind).casefold()) is not None
    if "money" in figure.units:
        return re.search(r"EUR|euro|\u20ac|\$|USD|GBP|\u00a3", sentence) is not None
    if _PERCENT.match(behind.casefold()):
        return False
    own = behind[: own_clause(told).end - match.end()] if _UNIT.match(behind) else sentence
    return bool(figure.units & set(stems(" ".join(own.split()[:_NEAR] if own is not sentence else [sentence]))))


def _values(sentence: str) -> set[float | None]:
    return {_worth(sentence, match) for match in _NUMBERS.finditer(sentence)}


def _worth(sentence: str, match: re.Match[str]) -> float | None:
    """What a number, in figures or as a word, stands for; None for a word that is none."""
    word = match.group()
    value = read_number(word) if word[0].isdigit() else NUMBER_WORDS.get(word.casefold())
    scale = re.match(r"\s(thousand|million|billion)\b", sentence[match.end() :])
    return value * _SCALES[scale[1]] if value is not None and scale else value

"""Figures of a group that only the sentence before names: the two are quoted together, so that no other is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.sentences import Candidate
from corpus.documents import cut_parts
from corpus.sentences import sentence_spans

_OF_OTHERS = re.compile(r"(?:They|These|Those|Of (?:these|them|those)|Among (?:these|them|those)|In \d{4},? they)\b")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]?\d)")


def add_antecedents(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The sentences chosen, each figure of "they" and the like with the sentence before it, where that is not shown."""
    shown = {(one.hit.passage.id, one.place) for one in chosen}
    return [
        _with_sentence_before(one) if _counts_others(one) and (one.hit.passage.id, one.place - 1) not in shown else one
        for one in chosen
    ]


def _counts_others(one: Candidate) -> bool:
    """Whether a sentence gives a figure, other than a year, of what only the sentence before it names."""
    return (
        one.place > 0 and _OF_OTHERS.match(one.text) is not None and _FIGURE.search(_YEAR.sub("", one.text)) is not None
    )


def _with_sentence_before(one: Candidate) -> Candidate:
    passage = one.hit.passage
    spans = sentence_spans(passage.text)
    start, end = spans[one.place - 1].start, spans[one.place].end
    if passage.text[spans[one.place].start : end] != one.text:
        return one
    return replace(one, text=passage.text[start:end], parts=cut_parts(passage.parts, start, end), place=one.place - 1)

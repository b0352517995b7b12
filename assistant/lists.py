"""Lists come whole: the words that lead in, and every item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.sentences import Candidate
from corpus.documents import Part, Passage, cut_parts
from corpus.sentences import sentence_spans

PassagesById = Callable[[Sequence[int]], Mapping[int, Passage]]

_AROUND = 6
"""Passages before and after the answering one among which the rest of its list is looked for."""

_MOST_ITEMS = 30
"""Items of a list, at most; a longer one is a chapter."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of a passage: its words and places."""

    passage: Passage
    text: str
    parts: tuple[Part, ...]

    @property
    def leads_in(self) -> bool:
        return self.text.endswith(":") and self.passage.kind != "note"

    @property
    def is_item(self) -> bool:
        return self.passage.kind == "finding"


def complete_lists(chosen: Sequence[Candidate], passages_by_id: PassagesById) -> list[Candidate]:
    """The sentences of an answer, with the whole list wherever one of them leads into a list or is its item.

    Only a list after words that end with a colon is one: findings in a row need no lead-in and stand by themselves.
    """
    found: list[Candidate] = []
    for candidate in chosen:
        if any(_covers(other, candidate) for other in found):
            continue
        whole = [
            replace(candidate, text=line.text, parts=line.parts, hit=replace(candidate.hit, passage=line.passage))
            for line in _list_of(candidate, passages_by_id)
        ]
        found = [other for other in found if not any(_covers(one, other) for one in whole)]
        found += whole or [candidate]
    return found


def _list_of(candidate: Candidate, passages_by_id: PassagesById) -> list[_Line]:
    """The lead-in and the items of the list that a sentence belongs to, in order; empty where it belongs to none."""
    home = candidate.hit.passage
    if home.kind != "finding" and not candidate.text.endswith(":"):
        return []
    near = passages_by_id(range(home.id - _AROUND, home.id + _AROUND + 1))
    passages = [near[key] for key in sorted(near) if near[key].document == home.document and near[key].kind != "note"]
    lines = [line for passage in passages for line in _lines(passage)]
    own = next((place for place, line in enumerate(lines) if _stands_in(candidate.parts, line.parts)), None)
    if own is None:
        return []
    first = own
    while first > 0 and lines[first].is_item and not lines[first].leads_in:
        first -= 1
    if not lines[first].leads_in:
        return []
    last = first + 1
    while last < len(lines) and lines[last].is_item and not lines[last].leads_in:
        last += 1
    if last - first < 3 or last - first > _MOST_ITEMS or own >= last:
        return []
    return [_lead_in(lines[first]), *lines[first + 1 : last]]


def _lead_in(line: _Line) -> _Line:
    """The last sentence of a paragraph."""
    span = sentence_spans(line.text)[-1]
    return _Line(line.passage, line.text[span.start : span.end], cut_parts(line.parts, span.start, span.end))


def _lines(passage: Passage) -> Iterator[_Line]:
    start = 0
    for text in passage.text.split("\n"):
        if text.strip():
            yield _Line(passage, text, cut_parts(passage.parts, start, start + len(text)))
        start += len(text) + 1


def _stands_in(inner: Sequence[Part], outer: Sequence[Part]) -> bool:
    return all(
        any(part.page == whole.page and whole.start <= part.start and part.end <= whole.end for whole in outer)
        for part in inner
    )


def _covers(whole: Candidate, candidate: Candidate) -> bool:
    same = whole.hit.passage.document == candidate.hit.passage.document
    return same and _stands_in(candidate.parts, whole.parts)

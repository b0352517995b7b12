"""What a question aims at beside its own words: its sides, what it takes for granted, the term that it asks about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.denominators import ask_for_group
from assistant.premises import Premise, find_premise
from assistant.question_kind import find_term
from assistant.sides import Side, find_sides
from corpus.documents import Document


@dataclass(frozen=True, slots=True)
class Aims:
    """`sides` are empty where the question has but one; `term` is empty where the meaning of none is asked for, `group`
    where it is not asked how many countries there are."""

    sides: tuple[Side, ...]
    premise: Premise | None
    term: str
    group: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is searched for beside the question: each side, then the premise, then the term and the group."""
        premise = (self.premise.said,) if self.premise else ()
        return (*(side.text for side in self.sides), *premise, *filter(None, (self.term, self.group)))


def find_aims(question: str, named: Sequence[Document]) -> Aims:
    """`named`: the reports that the question names; none where it names no report."""
    return Aims(find_sides(question, named), find_premise(question), find_term(question), ask_for_group(question))

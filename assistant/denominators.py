"""Of how many: the sentence that counts within a group, for questions that ask how many of one there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.question_kind import ASKING_WORDS, counts_in_group
from assistant.sentences import Candidate
from corpus.lexical import stems
from corpus.roots import root

_ASKS = re.compile(
    r"\bout of how many\b|\bhow many (?:of (?:the|these|all) )?(?:\w+ ){0,2}(?:countries|(?:member )?states)\b|"
    r"\bof how many\b|\bmost (?:countries|(?:member )?states)\b",
    re.IGNORECASE,
)
_ENOUGH, _CLOSE = 0.5, 0.6
"""The share of the question's words, by rarity, that such a sentence must hold; of the best sentence's score."""

_GENERAL = ASKING_WORDS | frozenset(
    stems("out of the these all in for there exist how many most country countries state states member took take part")
)


def ask_for_group(question: str) -> str:
    """What is searched for beside a question that asks how many countries there are of which; empty for any other."""
    asks = _ASKS.search(question)
    return f"Of the countries that took part: {question[asks.end() :].strip(' ?')}" if asks else ""


def find_counted(
    question: str, candidates: Sequence[Candidate], rarity: Callable[[str], float]
) -> tuple[Candidate, ...]:
    """The best sentence that counts within a group, such as "twenty of 25"; none where that is not asked, or none is.

    `candidates` are ranked, best first; `rarity` weighs a stem.
    """
    if not candidates or not _ASKS.search(question):
        return ()
    asked = {root(stem): rarity(stem) for stem in stems(question) if stem not in _GENERAL}
    for one in candidates:
        if one.score < _CLOSE * candidates[0].score:
            break
        held = asked.keys() & {root(stem) for stem in stems(one.text)}
        if counts_in_group(one.text) and sum(asked[word] for word in held) >= _ENOUGH * sum(asked.values()):
            return (one,)
    return ()

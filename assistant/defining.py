"""Whether a sentence says what a term means: it spells an abbreviation out, or begins with the term and defines it."""

from __future__ import annotations

import re

from corpus.lexical import stems

_MEANS = re.compile(
    r"\b(?:means?|is (?:an?|any|every|the (?:use|act|crime|process|right|body|name))|"
    r"are (?:the|all|those|people|persons)|refers? to|denotes?|consists? (?:of|in)|stands? for|(?:is|are) (?:defined|"
    r"understood) as|covers)\b"
)
_IS_MEANT = re.compile(
    r"\b(?:is meant|are meant|is understood|are understood|is called|are called|is defined|known as)\b"
)
_LONGEST_BEFORE = 4
"""Words that may stand before the term in a sentence that defines it, or between it and what it means."""

_SPELT = r"[^\W\d_][\w\u2019'-]*"


def defines(term: str, sentence: str) -> bool:
    """Whether a sentence tells what a term means."""
    if is_abbreviation(term):
        return expands(term, sentence)
    wanted = stems(term)
    words = sentence.split()
    if not wanted or len(words) < len(wanted):
        return False
    if _IS_MEANT.search(sentence):
        return set(wanted) <= set(stems(sentence))
    for place in range(min(_LONGEST_BEFORE, len(words)) + 1):
        for end in range(place + len(wanted), min(place + len(wanted) + 3, len(words)) + 1):
            if stems(" ".join(words[place:end])) == wanted:
                return _MEANS.search(" ".join(words[end : end + _LONGEST_BEFORE + 1])) is not None
    return False


def is_abbreviation(term: str) -> bool:
    return re.fullmatch(r"[A-Z][A-Za-z]?[A-Z][A-Za-z-]*", term) is not None


def expands(short: str, sentence: str) -> bool:
    """Whether a sentence spells an abbreviation out: `Group of Experts (GRETA)`, `GRETA (Group of Experts)`, or side by
    side in a table."""
    own = re.escape(short)
    before = re.search(rf"((?:{_SPELT}[\s,/]+){{2,12}})\({own}\)", sentence)
    behind = re.search(
        rf"(?<!\w){own}(?:\s?\(|\t|,? (?:stands|stood) for |,? that is,? |: )((?:the )?(?:{_SPELT}[\s/]*){{2,14}})",
        sentence,
    )
    spelt = before[1].split()[-3 * len(short) :] if before else behind[1].split() if behind else []
    return sum(word[:1].casefold() in short.casefold() for word in spelt) >= min(len(short), 2)

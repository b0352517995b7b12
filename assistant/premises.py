"""What a question takes for granted, and the sentences that say otherwise: by negation, direction, number or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.amounts import Amount, all_digits, read_amounts
from assistant.question_kind import ASKING_WORDS
from assistant.sentences import Candidate
from corpus.lexical import stems
from corpus.terms import find_countries, find_country_words
from corpus.text import find_years, may_be_of_one_year

_WEIGHED, _SHOWN = 30, 2
"""Sentences that are held against a premise, the best first; those that are shown, at most."""

_ENOUGH, _NEARLY_ALL = 0.6, 0.75
"""The share of a premise's words, by rarity, that a sentence must hold to deny it, or to say another number or name."""

_ALIKE = 0.05
"""Amounts of one unit that differ by at most this share of the larger one may be one figure, rounded."""

_TO_THE_POINT = 0.4
"""The share of the words of a clause that denies which must be the premise's: it denies that, and nothing beside it."""

_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|must|may|will|would|should)"
_GIVEN = r"(?:since|given that|because|now that|although|even though|considering that)"
_PREMISES = (
    re.compile(rf"^(?:{_GIVEN}|as) (?P<said>[^,?]+),", re.IGNORECASE),
    re.compile(rf"[,;(] ?{_GIVEN} (?P<said>[^?]+)", re.IGNORECASE),
    re.compile(
        r"^(?P<said>[^?:]{15,}?)(?: [-\u2013] |\. |; |, so )(?=(?:what|how|why|which|who|when|where|is|are|does)\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"\bwhy (?:{_AUXILIARY} )?(?P<said>[^?]+)", re.IGNORECASE),
    re.compile(
        rf"^(?:when|how|since when) {_AUXILIARY} (?P<said>(?:all|every|each|no|the|no longer)\b[^?]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:which|what) (?:of the )?(?:emn )?(?:member |observer )?(?:countries|states) (?P<said>[^?]+)",
        re.IGNORECASE,
    ),
)
"""Where a question says what it takes for granted."""

_WHICH = re.compile(r"^(?:which|what)\b", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:no|none of the|not one|neither)\b[^.;]*\b(?:countr|state)", re.IGNORECASE)
"""How it is said that there is none of those that a question asks for."""

_DENIES = re.compile(
    r"\b(?:no longer|(?:no|not)(?! (?:only|just|merely|later|less|fewer|more)\b)|none|never|nobody|neither|nor|"
    r"cannot|without|nowhere)\b|n['\u2019]t\b|\bun(?:true|changed)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|growth|more|higher|climb\w*|up|longer)\b", re.IGNORECASE
)
_DOWN = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|decreas\w*|declin\w*|drop\w*|fewer|less|lower|shr[aiu]nk\w*|down|shorter)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:all|every|always|everywhere|exclusively)\b", re.IGNORECASE)
_NUMBERED = r"(?:\d+|\w+teen|\w+ty(?:-\w+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PART = re.compile(
    rf"\b(?:most(?:ly)?|some|several|(?:almost|nearly|not) all|only|half|few|{_NUMBERED} (?:out )?of (?:the )?\d+)\b",
    re.IGNORECASE,
)
_UTMOST = re.compile(r"\b(?:highest|largest|lowest|smallest|most|first|only|main|biggest|top|least)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|almost|nearly|over|under|above|below|up to|as many as|only|"
    r"(?:at|more|less|fewer|other) (?:least|most|than))\b",
    re.IGNORECASE,
)
"""What leaves open how large a figure is, or of how many it is a part."""

_SAYS_SO = re.compile(
    r",? (?:as|according to|like) (?:the |this )?[\w ]*(?:report|flash|study|inform|says?|said)[\w ]*$", re.IGNORECASE
)
_GENERAL = ASKING_WORDS | frozenset(
    stems("a an the of in on at by for to from with and or but it its they them their there this that these those "
          "being could must may will would should not no none never all every each always any already still keep "
          "kept even just exactly today now then than as more less fewer rise risen rose increase fall fell fallen "
          "decrease drop need way one most some several only count say says said report reports so such own country "
          "state member emn study take took taken part")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Premise:
    """What a question takes for granted, in its own words. `some`: only that it is true of some country."""

    said: str
    some: bool = False


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence that says otherwise than a premise. `negates`: it negates what the premise says, in the same words."""

    candidate: Candidate
    negates: bool


def find_premise(question: str) -> Premise | None:
    """What a question takes for granted; None where it takes nothing for granted that can be told."""
    text = question.strip()
    for pattern in _PREMISES:
        found = pattern.search(text)
        if found is not None:
            said = _SAYS_SO.sub("", found["said"].strip(" .,)"))
            if len(_content(said)) >= 2:
                return Premise(said, _WHICH.match(found.group()) is not None)
    return None


def find_denials(premise: Premise, candidates: Sequence[Candidate], rarity: Callable[[str], float]) -> list[Denial]:
    """The sentences that say otherwise than a premise, best first. `rarity` weighs a stem."""
    weights = {stem: rarity(stem) for stem in _content(premise.said)}
    near = list(candidates[:_WEIGHED])
    figures = all_digits(premise.said)
    confirmed = any(figures & all_digits(one.text) for one in near)
    found = []
    for candidate in near:
        if not may_be_of_one_year(premise.said, candidate.text):
            continue
        negates = _negates(premise, candidate.text, weights)
        counts = not premise.some and not confirmed and _counts_another(premise.said, candidate.text)
        if negates or counts or (not premise.some and _says_another(premise.said, candidate.text, weights)):
            found.append((_share(weights, candidate.text) * candidate.score, Denial(candidate, negates)))
    found.sort(key=lambda one: -one[0])
    return [denial for _, denial in found[:_SHOWN]]


def _negates(premise: Premise, sentence: str, weights: dict[str, float]) -> bool:
    """Whether a sentence negates what a premise says, or says that there is none of what it asks for."""
    if premise.some:
        return _NOBODY.search(sentence) is not None and _share(weights, sentence) >= _ENOUGH
    return _names_the_same(premise.said, sentence) and _denies(premise.said, sentence, weights)


def _says_another(premise: str, sentence: str, weights: dict[str, float]) -> bool:
    """Whether a sentence gives another country the utmost place, or says the contrary of a direction or of all."""
    if _names_another(premise, sentence, weights):
        return True
    return _names_the_same(premise, sentence) and _share(weights, sentence) >= _ENOUGH and _turns(premise, sentence)


def _counts_another(premise: str, sentence: str) -> bool:
    """Whether both count the same thing, in the same words, years and countries, and come to another figure.

    Where either leaves open how large the figure is, or says more than the other, it may be about something else.
    """
    claimed, said = list(read_amounts(premise)), list(read_amounts(sentence))
    if len(claimed) != 1 or len(said) != 1 or not _of_one_unit(claimed[0], said[0]):
        return False
    same = (
        _content(premise) == _content(sentence)
        and set(find_years(premise)) == set(find_years(sentence))
        and find_country_words(premise) == find_country_words(sentence)
    )
    open_ended = _ABOUT.search(premise) or _ABOUT.search(sentence) or _DENIES.search(sentence)
    return same and not open_ended and not _alike(claimed[0], said[0])


def _of_one_unit(one: Amount, other: Amount) -> bool:
    return one.unit != "" and (one.unit, one.by) == (other.unit, other.by)


def _alike(one: Amount, other: Amount) -> bool:
    return abs(one.value - other.value) <= _ALIKE * max(one.value, other.value)


def _denies(premise: str, sentence: str, weights: dict[str, float]) -> bool:
    """Whether the clause that holds most of the premise is denied where the premise is not.

    What stands after the negation must be the premise's: "victims with a permit are not told" denies no permit.
    """
    if _DENIES.search(premise):
        return False
    clause = max(_clauses(sentence), key=lambda one: _share(weights, one))
    own = _content(clause)
    to_the_point = len(own & weights.keys()) >= _TO_THE_POINT * len(own)
    if not to_the_point or _share(weights, clause) < _ENOUGH:
        return False
    denied = [_telling(clause[negation.end() :])[:1] for negation in _DENIES.finditer(clause)]
    return any(weights.keys() >= set(words) for words in denied)


def _turns(premise: str, sentence: str) -> bool:
    """Whether one says that something rises, or that it holds for all, and the other that it falls, or for some."""
    up, down = (bool(pattern.search(premise)) for pattern in (_UP, _DOWN))
    says_up, says_down = (bool(pattern.search(sentence)) for pattern in (_UP, _DOWN))
    if up != down and says_up != says_down and up != says_up:
        return True
    return bool(_EVERY.search(premise)) and not _EVERY.search(sentence) and bool(_PART.search(sentence))


def _names_another(premise: str, sentence: str, weights: dict[str, float]) -> bool:
    """Whether both name what is utmost, and the sentence gives that place to another country."""
    claimed, said = find_country_words(premise), find_country_words(sentence)
    utmost = {word.casefold() for word in _UTMOST.findall(premise)} & {
        word.casefold() for word in _UTMOST.findall(sentence)
    }
    if not (utmost and claimed and said) or claimed & said:
        return False
    names = {stem for country in find_countries(premise) for stem in stems(country.name)}
    rest = {stem: weight for stem, weight in weights.items() if stem not in names}
    return _share(rest, sentence) >= _NEARLY_ALL


def _names_the_same(premise: str, sentence: str) -> bool:
    return find_country_words(premise) <= find_country_words(sentence)


def _clauses(sentence: str) -> list[str]:
    return [
        clause for clause in re.split(r"[;:,]\s|\s(?:but|whereas|while|although)\s", sentence) if clause.strip()
    ] + [""]


def _content(text: str) -> set[str]:
    return set(_telling(text))


def _telling(text: str) -> list[str]:
    """The stems of a text that tell what it is about, in their order."""
    return [stem for stem in stems(text) if stem not in _GENERAL and len(stem) > 1 and not stem.isdigit()]


def _share(weights: dict[str, float], text: str) -> float:
    held = weights.keys() & set(stems(text))
    return sum(weights[stem] for stem in held) / sum(weights.values()) if weights else 0.0

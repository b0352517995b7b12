"""What a question takes for granted, and the sentences that say otherwise: by negation, direction, number or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.amounts import all_digits
from assistant.sentences import Candidate
from corpus.lexical import stems
from corpus.terms import find_countries, find_country_words
from corpus.text import find_years

_WEIGHED, _SHOWN = 30, 2
"""Sentences that are held against a premise, the best first; those that are shown, at most."""

_ENOUGH, _NEARLY_ALL = 0.6, 0.75
"""The share of a premise's words, by rarity, that a sentence must hold to deny it, or to say another number or name."""

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
    re.compile(rf"\b(?:why|how come|for what reason) (?:{_AUXILIARY} )?(?P<said>[^?]+)", re.IGNORECASE),
    re.compile(
        rf"^(?:when|how|since when|by which law) {_AUXILIARY} (?P<said>(?:all|every|each|no|the|no longer)\b[^?]+)",
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
    r"\b(?:no|not|none|never|nobody|neither|nor|cannot|without|nowhere)\b|n['\u2019]t\b|\bun(?:true|changed)\b",
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
_SAYS_SO = re.compile(
    r",? (?:as|according to|like) (?:the |this )?[\w ]*(?:report|flash|study|inform|says?|said)[\w ]*$", re.IGNORECASE
)
_GENERAL = frozenset(
    stems("a an the of in on at by for to from with and or but it its they them their there this that these those is "
          "are was were be been being has have had do does did can could must may will would should not no none "
          "never all every each always any already still keep kept even just exactly today now then than as which "
          "who whom whose what how when where why many much more less fewer rise risen rose increase fall fell "
          "fallen decrease drop need way one most some several only count say says said report reports so such own "
          "country state member emn study take took taken part")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Premise:
    """What a question takes for granted, in its own words. `some`: only that it is true of some country."""

    said: str
    some: bool = False


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


def find_denials(premise: Premise, candidates: Sequence[Candidate], rarity: Callable[[str], float]) -> list[Candidate]:
    """The sentences that say otherwise than a premise, best first. `rarity` weighs a stem."""
    weights = {stem: rarity(stem) for stem in _content(premise.said)}
    near = list(candidates[:_WEIGHED])
    figures = all_digits(premise.said)
    confirmed = any(figures & all_digits(one.text) for one in near)
    found = []
    for candidate in near:
        share = _share(weights, candidate.text)
        if not _same_years(premise.said, candidate.text):
            continue
        if premise.some:
            denied = share >= _ENOUGH and _NOBODY.search(candidate.text) is not None
        else:
            denied = _names_another(premise.said, candidate.text, weights)
            if not denied and _names_the_same(premise.said, candidate.text):
                denied = bool(figures and all_digits(candidate.text)) and not confirmed and share >= _NEARLY_ALL
                denied = denied or _denies(premise.said, candidate.text, weights)
                denied = denied or (share >= _ENOUGH and _turns(premise.said, candidate.text))
        if denied:
            found.append((share * candidate.score, candidate))
    found.sort(key=lambda one: -one[0])
    return [candidate for _, candidate in found[:_SHOWN]]


def _denies(premise: str, sentence: str, weights: dict[str, float]) -> bool:
    """Whether the clause that holds most of the premise is denied where the premise is not."""
    if _DENIES.search(premise):
        return False
    clause = max(_clauses(sentence), key=lambda one: _share(weights, one))
    own = _content(clause)
    to_the_point = len(own & weights.keys()) >= _TO_THE_POINT * len(own)
    return to_the_point and _DENIES.search(clause) is not None and _share(weights, clause) >= _ENOUGH


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


def _same_years(premise: str, sentence: str) -> bool:
    years, said = set(find_years(premise)), set(find_years(sentence))
    return not years or not said or bool(years & said)


def _clauses(sentence: str) -> list[str]:
    return [
        clause for clause in re.split(r"[;:,]\s|\s(?:but|whereas|while|although)\s", sentence) if clause.strip()
    ] + [""]


def _content(text: str) -> set[str]:
    return {stem for stem in stems(text) if stem not in _GENERAL and len(stem) > 1 and not stem.isdigit()}


def _share(weights: dict[str, float], text: str) -> float:
    held = weights.keys() & set(stems(text))
    return sum(weights[stem] for stem in held) / sum(weights.values()) if weights else 0.0

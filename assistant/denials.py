"""The sentences that say otherwise than a question takes for granted: by negation, direction, number, date or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.amounts import all_digits
from assistant.figures import Figure, find_figures
from assistant.premises import Premise, telling_stems
from assistant.sentences import Candidate
from corpus.lexical import stems
from corpus.roots import roots
from corpus.terms import find_countries, find_country_words
from corpus.text import find_years, may_be_of_one_year

_WEIGHED, _SHOWN = 30, 2
"""Sentences that are held against a premise, the best first; those that are shown, at most."""

_ENOUGH, _NEARLY_ALL = 0.6, 0.75
"""The share of a premise's words, by rarity, that a sentence must hold to deny it, or to say another number or name."""

_COUNTED = 0.7
"""The share that a clause must hold that says nothing beside the premise's words, and counts."""

_SOME = 0.4
"""The share that is enough where a premise says that there is something and the sentence that there is none."""

_ALIKE = 0.05
"""Amounts of one unit that differ by at most this share of the larger one may be one figure, rounded."""

_TO_THE_POINT = 0.4
"""The share of the words of a clause that denies which must be the premise's: it denies that, and nothing beside it."""

_NOBODY = re.compile(r"\b(?:no|none of the|not one|neither)\b[^.;]*\b(?:countr|state)", re.IGNORECASE)
"""How it is said that there is none of those that a question asks for."""

_DENIES = re.compile(
    r"\b(?:no longer|(?:no|not)(?! (?:only|just|merely|later|less|fewer|more)\b)|none|never|nobody|neither|nor|"
    r"cannot|without|nowhere)\b|n['\u2019]t\b|\bun(?:true|changed)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|growth|more(?! than)|higher|climb\w*|"
    r"(?:go(?:es|ing)?|went|gone) up|(?<!no )longer)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|decreas\w*|declin(?:es?|ing)|decline[sd]?(?= (?:by|in|from|to|since)\b)|"
    r"drop(?:s|ped|ping)?(?!-)|fewer|lower|shr[aiu]nk\w*|(?:go(?:es|ing)?|went|gone) down|shorter)\b",
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

_PRONOUN = re.compile(r"\b(?:it|they|them|this|these|those)\b", re.IGNORECASE)
_THERE_IS = re.compile(r"^(?:(?:is|are|was|were) )?there\b", re.IGNORECASE)
_THERE_IS_NONE = re.compile(r"\bthere (?:is|are|was|were) no\b", re.IGNORECASE)
_ONCE = re.compile(
    r"\b(?:signed|adopted|published|presented|launched|founded|established|abolished|repealed|ratified|amended|joined|"
    r"proposed|agreed|appl(?:y|ies|ied)|(?:enter(?:ed|s)?|entry|came) into force|began|begun|started|created|set up|"
    r"decided|ruled)\b"
)
"""What happens to one thing but once, so that it has one year."""

_MOVES = re.compile(r"\b(?P<by>by|to|from)\s+$", re.IGNORECASE)
_COUNTING = frozenset(stems("total number count figure figures newest latest reach reached value overall altogether"))
"""What a clause that counts may say beside the premise's words."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence that says otherwise than a premise. `negates`: it negates what the premise says, in the same words."""

    candidate: Candidate
    negates: bool


def find_denials(premise: Premise, candidates: Sequence[Candidate], rarity: Callable[[str], float]) -> list[Denial]:
    """The sentences that say otherwise than a premise, best first. `rarity` weighs a stem."""
    weights = {stem: rarity(stem) for stem in _content(premise.said)}
    near = list(candidates[:_WEIGHED])
    leant_on = {(one.hit.passage.id, one.place + 1): one.text for one in candidates}
    figures = all_digits(premise.said)
    counted = any(figures & all_digits(one.text) for one in near)
    found = []
    for candidate in near:
        before = leant_on.get((candidate.hit.passage.id, candidate.place), "")
        negates = _negates(premise, candidate.text, before, weights)
        tells = not premise.some and _tells_another(premise.said, candidate.text, weights, near)
        counts = not premise.some and not counted and _counts_another(premise.said, candidate.text, weights)
        if negates or tells or counts:
            found.append((_share(weights, candidate.text) * candidate.score, Denial(candidate, negates)))
    found.sort(key=lambda one: -one[0])
    return [denial for _, denial in found[:_SHOWN]]


def _negates(premise: Premise, sentence: str, before: str, weights: Mapping[str, float]) -> bool:
    """Whether a sentence negates what a premise says, or says that there is none of what it asks for.

    `before`: the sentence in front of it, whose words a sentence with a pronoun takes along.
    """
    if not may_be_of_one_year(premise.said, sentence):
        return False
    if premise.some:
        return _NOBODY.search(sentence) is not None and _share(weights, sentence) >= _ENOUGH
    taken = before if _PRONOUN.search(sentence) else ""
    return _names_the_same(premise.said, sentence) and _denies(premise.said, sentence, taken, weights)


def _tells_another(premise: str, sentence: str, weights: Mapping[str, float], near: Sequence[Candidate]) -> bool:
    """Whether a sentence gives another country the utmost place, another year to what happens once, or says the
    contrary of a direction or of all; and no sentence near bears out the year or the direction."""
    if _dates_another(premise, sentence, weights):
        return not any(_dates_the_same(premise, one.text, weights) for one in near)
    if not may_be_of_one_year(premise, sentence):
        return False
    if _names_another(premise, sentence, weights):
        return True
    if not _names_the_same(premise, sentence) or _share(weights, sentence) < _ENOUGH:
        return False
    if _turns(premise, sentence, weights):
        return not any(_goes_along(premise, one.text, weights) for one in near)
    return bool(_EVERY.search(premise)) and not _EVERY.search(sentence) and bool(_PART.search(sentence))


def _counts_another(premise: str, sentence: str, weights: Mapping[str, float]) -> bool:
    """Whether a clause counts the same thing, in the same words, years and countries, and comes to another figure.

    Where either leaves open how large the figure is, or says more than the other, it may be about something else.
    """
    if _ABOUT.search(premise):
        return False
    claimed = find_figures(premise)
    return len(claimed) == 1 and any(
        len(said) == 1
        and bool(claimed[0].units & said[0].units)
        and _moves(premise, claimed[0]) == _moves(clause, said[0])
        and abs(claimed[0].value - said[0].value) > _ALIKE * max(claimed[0].value, said[0].value)
        and _counts_the_same(premise, clause, weights)
        for clause in [sentence, *_clauses(sentence)]
        if (said := find_figures(clause))
    )


def _counts_the_same(premise: str, clause: str, weights: Mapping[str, float]) -> bool:
    return (
        _content(clause) - _COUNTING <= weights.keys()
        and _share(weights, clause) >= _COUNTED
        and set(find_years(premise)) == set(find_years(clause))
        and find_country_words(premise) == find_country_words(clause)
        and not (_ABOUT.search(clause) or _DENIES.search(clause))
    )


def _moves(text: str, figure: Figure) -> str:
    """Whether a figure says by how much something rises or falls, to what, or neither."""
    moves = _MOVES.search(text, 0, figure.start)
    return moves["by"].casefold() if moves else ""


def _denies(premise: str, sentence: str, taken: str, weights: Mapping[str, float]) -> bool:
    """Whether the clause that holds most of the premise is denied where the premise is not.

    What stands after the negation must be the premise's: "victims with a permit are not told" denies no permit.
    """
    if _DENIES.search(premise):
        return False
    clause = max(_clauses(sentence), key=lambda one: _share(weights, one))
    own = _content(clause)
    to_the_point = len(own & weights.keys()) >= _TO_THE_POINT * len(own)
    there_is = _THERE_IS.search(premise) is not None and _THERE_IS_NONE.search(clause) is not None
    enough = _SOME if there_is else _ENOUGH
    if not own & weights.keys() or not to_the_point or _share(weights, f"{taken} {clause}") < enough:
        return False
    denied = [telling_stems(clause[negation.end() :])[:1] for negation in _DENIES.finditer(clause)]
    return any(weights.keys() >= set(words) for words in denied)


def _dates_another(premise: str, sentence: str, weights: Mapping[str, float]) -> bool:
    """Whether a clause gives one other year to what happens but once, as the premise has it."""
    claimed, once = set(find_years(premise)), _once(premise)
    return len(claimed) == 1 and any(
        once & _once(clause)
        and len(said := set(find_years(clause))) == 1
        and not said & claimed
        and _share(weights, clause) >= _NEARLY_ALL
        for clause in [sentence, *_clauses(sentence)]
    )


def _dates_the_same(premise: str, sentence: str, weights: Mapping[str, float]) -> bool:
    """Whether a sentence tells in a clause of the premise's year that it happened, beside some of its words."""
    years, once = set(find_years(premise)), _once(premise)
    return _share(weights, sentence) >= _SOME and any(
        years & set(find_years(clause)) and once & _once(clause) for clause in _clauses(sentence)
    )


def _once(text: str) -> set[str]:
    return {word for found in _ONCE.findall(text.casefold()) for word in roots(found)}


def _turns(premise: str, sentence: str, weights: Mapping[str, float]) -> bool:
    """Whether one says that something rises, and the other, in a clause about it and of its years, that it falls."""
    up, down = bool(_UP.search(premise)), bool(_DOWN.search(premise))
    return up != down and any(_direct(clause, weights) == (down, up) for clause in _clauses_of(premise, sentence))


def _goes_along(premise: str, sentence: str, weights: Mapping[str, float]) -> bool:
    """Whether a clause of the premise's years goes the same way."""
    way = (bool(_UP.search(premise)), bool(_DOWN.search(premise)))
    return bool(find_years(premise)) and any(
        _direct(clause, weights) == way for clause in _clauses_of(premise, sentence)
    )


def _direct(clause: str, weights: Mapping[str, float]) -> tuple[bool, bool]:
    """Whether a clause about the premise rises, and whether it falls."""
    about = _share(weights, clause) >= _ENOUGH
    return about and bool(_UP.search(clause)), about and bool(_DOWN.search(clause))


def _clauses_of(premise: str, sentence: str) -> list[str]:
    """The clauses of a sentence in which all years of the premise stand; all of them where it names none."""
    years = set(find_years(premise))
    return [clause for clause in _clauses(sentence) if years <= set(find_years(clause))]


def _names_another(premise: str, sentence: str, weights: Mapping[str, float]) -> bool:
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
    return set(telling_stems(text))


def _share(weights: Mapping[str, float], text: str) -> float:
    held = weights.keys() & set(stems(text))
    return sum(weights[stem] for stem in held) / sum(weights.values()) if weights else 0.0

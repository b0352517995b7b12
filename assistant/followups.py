"""Follow-ups: a turn that leans on what was said before it becomes a question that stands by itself, without a model.

What is elided is carried over and nothing else: putting the whole conversation in front makes searching worse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import Turn
from assistant.question_kind import ASKING_WORDS
from corpus.lexical import stems
from corpus.terms import find_countries, swap_countries
from corpus.text import find_years

_ALONE = 0.57
"""A turn stands by itself where some passage has at least this cosine with it. Fitted on half of the conversations of
INSCIT's development set, with the bundled embedder."""

_WORDS = 3
"""How many words are carried over, at most: the rarest of the earlier questions."""

_TOPICS = 2
"""A turn that holds one of that many of the rarest words names its topic itself."""

_FIRST, _LAST, _BETWEEN, _NAME = 1.5, 1.0, 0.5, 1.3
"""What the rarity of a word counts in the first question, the one just before, and those between; and in a name."""

_FEW = 4
"""Words of its own, at most, in a turn such as `And in Italy?`, which asks the question before it anew."""

_BACK = 4
"""How many turns back a chain such as `And in Italy?`, `And in 2024?` is followed."""

_SAY_NOTHING = ASKING_WORDS | frozenset(
    stems("know more like tell interested want would wish yes sure ok okay thanks thank clear great good hear learn "
          "kind thing something anything else example popular use used type please question same understand could "
          "give show me about any some all with from between them they their there this that those these its it "
          "also too now am let kinda come may against anywhere somewhere since during put focus besides often most "
          "say says other others one ones really again still currently")
)  # fmt: skip
"""Stems of words that do not say what a question is about."""

_BEGINS = re.compile(
    r"(?:and|but|or|so|then|ok(?:ay)?|what about|how about|the same|same)\b[\s,:]*"
    r"(?:(?:what|how) about\b|(?:the same |same )?(?:question|thing)?\s*(?:for|in|with|of)\b)?",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|there)\b"
    r"|\b(?:this|these|those|such)\b(?! (?:who|that|which))|\bthe (?:others?|latter|former|same)\b"
    r"|\b(?:is|was|does|do|did|about|of|for|into|after|before|with|like|from|to|on)\s+that\b(?!\s+the\b)|^that\b",
    re.IGNORECASE,
)
_THE_REST = re.compile(
    r"\b(?:the|all|other|any) (?:the )?(?:others?|rest|countries|(?:member )?states)\b", re.IGNORECASE
)
"""How a turn asks the question before of all the countries that it did not name."""

_NO_POINTER = re.compile(
    r"\bthere (?:is|are|was|were|have|has|any|been)\b|\b(?:is|are|was|were|have|has|can|could|will) (?:it|there)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What the index knows of words: how rare a stem is, and the cosine of the passage nearest to a text."""

    rarity: Callable[[str], float]
    nearness: Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that stands by itself.

    `carried`: words that were taken over from earlier turns. `before`: the question that it leans on, empty where it
    leans on none. `said`: the answer just before, for whatever leans on it.
    """

    text: str
    carried: tuple[str, ...] = ()
    before: str = ""
    said: str = ""


Rewrite = Callable[[str, Sequence[Turn], Sense], Standing]
"""What makes a question stand by itself: `stand_alone`, or a chat model's rewriting."""


def stand_alone(text: str, history: Sequence[Turn], sense: Sense) -> Standing:
    """The question with what it leaves out taken from earlier turns. The assistant's turns may be missing."""
    asked = [turn.text for turn in history if turn.role == "user" and _content(turn.text)]
    if not asked:
        return Standing(text)
    said = history[-1].text if history[-1].role == "assistant" else ""
    before = asked[0]
    for place in range(max(1, len(asked) - _BACK), len(asked)):
        before = (_lean(asked[place], before, asked[:place], sense) or Standing(asked[place])).text
    leaning = _lean(text, before, asked, sense)
    if leaning is None and not _names_topic(text, asked, sense) and sense.nearness(text) < _ALONE:
        leaning = _carry(text, before, asked, sense)
    return Standing(text) if leaning is None else Standing(leaning.text, leaning.carried, before, said)


def _lean(text: str, before: str, asked: Sequence[str], sense: Sense) -> Standing | None:
    """The turn made whole by the question before it, where its form says that it leans on one; else None."""
    begins = _BEGINS.match(text.strip())
    if begins and len(_content(text)) <= _FEW and not _asks(text[begins.end() :]):
        return Standing(_ask_anew(text, before))
    points = _POINTS_BACK.search(_NO_POINTER.sub(" ", text))
    if (points or begins) and not _names_topic(text, asked, sense):
        return _carry(text, before, asked, sense)
    return None


def _asks(text: str) -> bool:
    """Whether what follows `and` or `what about` is a question of its own, such as `who finances them`."""
    found = re.search(
        r"\b(?:who|whom|whose|when|where|why|how|what|which|do|does|did|is|are|was|were)\b", text.casefold()
    )
    return found is not None


def _ask_anew(text: str, before: str) -> str:
    """The question before, about the country or the years that this turn names; else with its words in brackets."""
    if _THE_REST.search(text) and find_countries(before):
        return swap_countries(before, "the other countries")
    anew, rest = before, text
    years, old_years = find_years(text), find_years(before)
    if years and old_years:
        first, last = before.index(old_years[0]), before.index(old_years[-1]) + 4
        anew = before[:first] + "-".join(years) + before[last:]
        rest = re.sub("|".join(years), " ", rest)
    countries = find_countries(text)
    if countries and find_countries(before):
        anew = swap_countries(anew, " and ".join(country.name for country in countries))
        rest = swap_countries(rest, " ")
    return _with_words(anew, [word for word in _content(rest).values() if word.casefold() not in anew.casefold()])


def _carry(text: str, before: str, asked: Sequence[str], sense: Sense) -> Standing | None:
    """The turn with the rarest words of the earlier questions that it does not hold."""
    own = _content(text)
    words = _rarest(asked, sense)
    rarest = [stem for stem in list(words)[:_WORDS] if stem not in own]
    order = list(_content(" ".join(asked)))
    carried = tuple(words[stem] for stem in sorted(rarest, key=order.index))
    return Standing(_with_words(text, carried), carried, before) if carried else None


def _names_topic(text: str, asked: Sequence[str], sense: Sense) -> bool:
    return bool(_content(text).keys() & list(_rarest(asked, sense))[:_TOPICS])


def _rarest(asked: Sequence[str], sense: Sense) -> dict[str, str]:
    """The words of earlier questions by their stems, those that say most about the conversation's topic first."""
    weights: dict[str, float] = defaultdict(float)
    words: dict[str, str] = {}
    for place, text in enumerate(asked):
        weight = max(_FIRST * (place == 0), _LAST * (place == len(asked) - 1), _BETWEEN)
        for stem, word in _content(text).items():
            name = word[:1].isupper() and not text.lstrip().startswith(word)
            weights[stem] += weight * sense.rarity(stem) * (_NAME if name else 1.0)
            words.setdefault(stem, word)
    return {stem: words[stem] for stem, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))}


def _content(text: str) -> dict[str, str]:
    """The words of a text that say what it is about, by their stems, in their order."""
    words: dict[str, str] = {}
    for word in re.findall(r"[^\W_]+(?:[-/][^\W_]+)*", re.sub(r"['\u2019]s\b", "", text)):
        found = stems(word)
        if found and not all(stem in _SAY_NOTHING or len(stem) < 2 for stem in found):
            words.setdefault(found[0], word)
    return words


def _with_words(text: str, words: Sequence[str]) -> str:
    """The question with these words in brackets before its closing mark."""
    if not words:
        return text
    body = text.rstrip()
    mark = body[-1] if body[-1:] in ("?", ".", "!") else ""
    return f"{body[: len(body) - len(mark)].rstrip()} ({', '.join(words)}){mark}"

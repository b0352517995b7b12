"""What differs between two wordings that were laid side by side, by kind: every word of it is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.wording import Word
from corpus.terms import find_countries

DifferenceKind = Literal["insert", "delete", "replace", "negation", "number", "name", "order"]

_SENTENCE_WORDS = (
    "the a an in on at of for from to by with and or but this these those it they there as most several "
    "we he she you if when where while although however some many other others"
)

NEGATIONS = frozenset(
    "not no never none nor neither without cannot nobody nothing nowhere non n't "
    "nicht kein keine keinen keiner keines ohne ne pas aucun aucune sans jamais "
    "sin ning\u00fan ninguna nunca nessun nessuna senza nie bez niet geen zonder".split()
)
"""Words that turn a statement round, in the reports' languages."""

_TURNING_PREFIXES = ("un", "in", "im", "il", "ir", "non", "dis")

_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety hundred"
NUMBER_WORDS: dict[str, float] = {
    **{word: value for value, word in enumerate(_COUNTING.split())},
    **{word: value for value, word in enumerate("first second third fourth fifth sixth seventh eighth".split(), 1)},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), 3)},
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
    "half": 0.5,
    "quarter": 0.25,
    "once": 1,
    "twice": 2,
    "double": 2,
    "twofold": 2,
}
"""Number words and what they stand for; an ordinal stands for its number."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two wordings part: what stands in yours, and what in the source. Either may be empty."""

    kind: DifferenceKind
    yours: str
    source: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of yours beside one of the source; None where the other side has nothing for it."""

    yours: Word | None
    source: Word | None


def is_negation(word: Word) -> bool:
    return word.key in NEGATIONS or word.key.endswith("n't")


def is_number(word: Word) -> bool:
    return word.kind == "number" or word.key in NUMBER_WORDS


def is_name(word: Word, lower: frozenset[str]) -> bool:
    """Whether a word is the name of somebody or something, or a part of one.

    Countries, capitals in a row, a capital within a sentence; at its beginning, a word that is nowhere in small
    letters in `lower`, the words of the source.
    """
    if word.kind != "word" or not any(letter.isupper() for letter in word.shown):
        return False
    if sum(letter.isupper() for letter in word.shown) > 1 or not word.initial:
        return True
    return bool(find_countries(word.shown)) or word.key not in lower and word.key not in _SENTENCE_WORDS.split()


def list_differences(
    pairs: Sequence[Pair], yours: str, texts: Sequence[str], lower: frozenset[str]
) -> list[Difference]:
    """Every difference in the order of the words. `yours` and `texts` are what the words' offsets lead into."""
    changes: list[_Change] = []
    together = False
    for pair in pairs:
        if pair.yours and pair.source and pair.yours.key == pair.source.key:
            together = False
            continue
        change = _Change(_kind(pair, lower), tuple(filter(None, [pair.yours])), tuple(filter(None, [pair.source])))
        if together and change.joins(changes[-1]):
            last = changes.pop()
            change = _Change(last.kind, last.yours + change.yours, last.source + change.source)
        changes.append(change)
        together = True
    return [Difference(one.kind, _text(one.yours, [yours]), _text(one.source, texts)) for one in _ordered(changes)]


@dataclass(frozen=True, slots=True)
class _Change:
    kind: DifferenceKind
    yours: tuple[Word, ...]
    source: tuple[Word, ...]

    def joins(self, before: _Change) -> bool:
        """Whether it goes on with the difference before it: of its kind, and for inserted words on its side."""
        pages = {word.page for word in before.source + self.source}
        return self.kind == before.kind and self.kind != "negation" and len(pages) < 2


def _kind(pair: Pair, lower: frozenset[str]) -> DifferenceKind:
    words = [word for word in (pair.yours, pair.source) if word is not None]
    if any(is_negation(word) for word in words) or (len(words) == 2 and is_turned(words[0].key, words[1].key)):
        return "negation"
    if any(is_number(word) for word in words):
        return "number"
    if any(is_name(word, lower) for word in words):
        return "name"
    if len(words) == 2:
        return "replace"
    return "insert" if pair.yours else "delete"


def is_turned(one: str, other: str) -> bool:
    """Whether one word is the other with a prefix that turns it round: lawful, unlawful."""
    return any(one == prefix + other or other == prefix + one for prefix in _TURNING_PREFIXES)


def _ordered(changes: list[_Change]) -> list[_Change]:
    """Words that are gone in one place and stand in another are one difference in their order."""
    found: list[_Change] = []
    for change in changes:
        if change.kind in ("replace", "name") and _keys(change.yours) == _keys(change.source):
            found.append(_Change("order", change.yours, change.source))
            continue
        place = next((index for index, other in enumerate(found) if _moved(other, change)), None)
        if place is None:
            found.append(change)
        else:
            other = found[place]
            found[place] = _Change("order", other.yours or change.yours, other.source or change.source)
    return found


def _moved(one: _Change, other: _Change) -> bool:
    if "negation" in (one.kind, other.kind):
        return False
    gone, come = (one, other) if one.source else (other, one)
    return (
        not (gone.yours or come.source)
        and _keys(gone.source) == _keys(come.yours)
        and any(word.kind != "mark" for word in come.yours)
    )


def _keys(words: Sequence[Word]) -> list[str]:
    return sorted(word.key for word in words)


def _text(words: Sequence[Word], texts: Sequence[str]) -> str:
    return texts[words[0].page][words[0].start : words[-1].end] if words else ""

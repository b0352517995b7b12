"""What a sentence says of its own: its content words, its numbers, and sources or addresses that it names itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.differences import NUMBER_WORDS, is_number
from assistant.wording import Word
from corpus.lexical import stems

_LIGHT = frozenset(
    stems(
        "a also among an and are as at be been by can for from had has have how in into is it its may not of on or "
        "such than that the their them then there these they this those to under was were what when where whether "
        "which while who will with"
    )
)
_FORGED = re.compile(r"\(\s*(?:sources?|see|cf)\b|\bsource\s*:|://|\]\(|/p\d+/[0-9a-f]{12}\b", re.IGNORECASE)


def heavy_stems(words: Iterable[str]) -> set[str]:
    """The stems of these words without those that say nothing by themselves."""
    return set(stems(" ".join(words))) - _LIGHT


def names_source(text: str) -> bool:
    """Whether it names a source, an address or a link in words, as only citations of ours may."""
    return _FORGED.search(text) is not None


def number_values(words: Sequence[Word]) -> list[str]:
    """The numbers of a text, each as its value; a percentage is another number."""
    values = []
    for place, word in enumerate(words):
        if is_number(word):
            after = [other.key for other in words[place + 1 : place + 3]]
            percent = after[:1] in (["%"], ["percent"]) or after == ["per", "cent"]
            values.append(plain_value(word.key) + (" %" if percent else ""))
    return values


def plain_value(key: str) -> str:
    """A number's value as it is compared: 10 793, 10,793, 10.793 and 10793 are one, and so are 5 and five."""
    if key in NUMBER_WORDS:
        return f"{NUMBER_WORDS[key]:g}"
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}(?:\D|$))", "", key).replace(",", ".")
    return plain.lstrip("0") or "0"

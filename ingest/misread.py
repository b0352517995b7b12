"""Pages whose words were misread by text recognition, though they are divided as words are.

Two signs, in any language that writes with letters and spaces: figures and signs within words ("asy1um", "0ver"), and
words that stand once and differ from one that the report has several times only by shapes that recognition takes for
each other ("servicc" beside "service"). A page is told only where it has several of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.documents import Page

_LEAST = 3
_SHARE = 0.01
"""How many words of a page look misread at least, and which share of them all; real pages have one in two hundred."""

_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S*")
_WORD = re.compile(r"(?<![^\W_])[^\W_]*[^\W\d_][^\W_]*")
_SMALL = r"[^\W\d_A-Z]"
_MIXED = re.compile(
    rf"(?<![\w/.:#&=-])(?:[^\W\d_]*{_SMALL}\d{{1,2}}{_SMALL}+|[01568]{_SMALL}{{3,}}|[^\W\d_]+[|{{}}~^\\][^\W\d_]+)"
    r"(?![\w/=-])"
)
_TAKEN_FOR = tuple(
    pair
    for one in ("c e", "h b", "l i", "t f", "u n", "rn m", "ii n", "ii u", "cl d", "vv w", "a o", "g q")
    for pair in (tuple(one.split()), tuple(reversed(one.split())))
)
"""Shapes that text recognition takes for each other, what is read first."""

_LONG, _LONGEST = 6, 60
"""Letters of a word that is not another one by chance, and of the longest that is one word."""

_KNOWN = 2
"""How often a report has the word that was meant."""


def find_misread(pages: Sequence[Page]) -> dict[int, list[str]]:
    """By the page's number the words that look misread, where there are several."""
    texts = {page.number: _ADDRESS.sub(" ", page.text) for page in pages}
    words = {number: _WORD.findall(text) for number, text in texts.items()}
    known = Counter(word for own in words.values() for word in own)
    found = {}
    for number, own in words.items():
        misread = list(dict.fromkeys([*_MIXED.findall(texts[number]), *_near_others(own, known)]))
        if len(misread) >= max(_LEAST, _SHARE * len(own)):
            found[number] = misread
    return found


def _near_others(words: Sequence[str], known: Counter[str]) -> Iterator[str]:
    for word in words:
        rare = _LONG <= len(word) <= _LONGEST and word.islower() and known[word] == 1
        if rare and any(known[other] >= _KNOWN for other in _readings(word)):
            yield word


def _readings(word: str) -> Iterator[str]:
    """What a word may have been, one shape taken for another."""
    for read, meant in _TAKEN_FOR:
        for match in re.finditer(read, word):
            yield word[: match.start()] + meant + word[match.end() :]

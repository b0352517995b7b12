"""What stands between the end of a line and the start of the next: a space, nothing, or a hyphen that goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum

from corpus.documents import Page

_PREFIXES = frozenset(
    (
        "anti bi co counter cross ex extra inter intra macro mega mid mini multi non over post pre pro pseudo re self "
        "semi socio sub super third trans ultra under"
    ).split()
)
"""First parts of compounds that keep their hyphen where the document does not write them as one word."""

_CONJUNCTIONS = frozenset("and or nor to und oder bis sowie et ou y o e i oraz lub en of".split())
"""After these a hyphen stands for a word that follows later: "short- and long-term"."""


_CUT_ADDRESS = re.compile(r"(?:https?://|www\.)\S*(?<=[/?=&_#%-])$|\bhttps?:/?/?$")
"""An address on the web that a line end has cut where typesetters cut them."""


class LineEnd(Enum):
    SPACE = "a space"
    NOTHING = "nothing"
    WITHOUT_HYPHEN = "nothing, and the hyphen before it goes"


def count_words(pages: Iterable[Page]) -> Counter[str]:
    """How often each word stands within a line, compounds with hyphens included; what a line end cuts is left out."""
    words: Counter[str] = Counter()
    for page in pages:
        whole_lines = re.sub(r"\w+-\n\s*\w+", " ", page.sheet.text.casefold())
        words.update(re.findall(r"\w+(?:-\w+)*", whole_lines))
    return words


def decide_line_end(before: str, after: str, words: Counter[str]) -> LineEnd:
    """How a line that ends with `before` goes on with `after`; `words` are the document's own.

    A hyphen stays where the document writes the compound with one, or where both halves are words of their own and
    the whole is none; else it was the typesetter's and goes.
    """
    if _CUT_ADDRESS.search(before):
        return LineEnd.NOTHING
    slash = re.search(r"\w/$", before) and re.match(r"\w", after)
    ending, beginning = re.search(r"(\w+)-$", before), re.match(r"[^\W\d_]+", after)
    if not ending or not beginning:
        return LineEnd.NOTHING if slash else LineEnd.SPACE
    first, second = ending[1].casefold(), beginning[0].casefold()
    if second in _CONJUNCTIONS:
        return LineEnd.SPACE
    if beginning[0][0].isupper() or first.isdigit():
        return LineEnd.NOTHING
    compound, whole = words[f"{first}-{second}"], words[f"{first}{second}"]
    if compound != whole:
        return LineEnd.NOTHING if compound > whole else LineEnd.WITHOUT_HYPHEN
    two_words = (words[first] > 0 or first in _PREFIXES) and words[second] > 0 and len(second) > 1
    return LineEnd.NOTHING if two_words else LineEnd.WITHOUT_HYPHEN

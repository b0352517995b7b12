"""What a sentence says of its own: its content words, and sources or addresses that it names itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

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

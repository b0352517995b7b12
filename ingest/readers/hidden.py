"""Words of a file that no reader can see: which of them are to be told, so that nobody misses them or is fooled.

Programs leave marks of their own in letters half a point high, and running heads lie under a picture: neither says
anything that the pages do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.documents import PageWarning

_LEAST = 3
"""Hidden words of a page from which on they are told: fewer make no sentence."""

_LETTERS_A_WORD = 6
"""Of a word without end, as where the spaces are missing or the script has none."""

_WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-])")


@dataclass(slots=True)
class HiddenWords:
    """What is hidden on the pages of a file as they are read, and what their readers see."""

    _hidden: dict[int, list[str]] = field(default_factory=dict)
    _seen: list[str] = field(default_factory=list)

    def add(self, page: int, hidden: Sequence[str], seen: str) -> None:
        """One page: the stretches of it that are hidden, and the text that is seen."""
        self._hidden[page] = _words(" ".join(hidden))
        self._seen.append(seen)

    def warnings(self) -> Iterator[PageWarning]:
        """One for every page with words in a row that are hidden, that no page of the file shows so, and that no page
        before had: what a printer's mark or a hidden order repeats on every page is told once.
        """
        if not any(self._hidden.values()):
            return
        seen = "".join(_words(" ".join(self._seen)))
        told: set[str] = set()
        for page, words in self._hidden.items():
            new = {form for some in _in_a_row(words) if (form := "".join(some)) not in seen} - told
            told |= new
            if _weight(words) >= _LEAST and new:
                said = f"{len(words)} words that no reader can see were left out; look at the page"
                yield PageWarning(page, "hidden-text", said)


def _in_a_row(words: list[str]) -> Iterator[list[str]]:
    return (words[start : start + _LEAST] for start in range(max(1, len(words) - _LEAST + 1)))


def _weight(words: list[str]) -> int:
    return sum(max(1, len(word) // _LETTERS_A_WORD) for word in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())

"""Words: the normal form of a quote, its hash, the years it names, whether it ends as sentences do."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f\uff02\u2e42"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u2035`\u00b4\uff07"
_DASHES = (
    "\u002d\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c"
    "\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead\u2212"
)
_FOLD = str.maketrans(
    {
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        **dict.fromkeys(_DASHES, "-"),
        "\u00ad": None,
    }
)
_BROKEN_OFF = re.compile(
    r"\b(?:a|an|and|as|at|between|by|for|from|in|into|its|of|on|or|such|than|that|the|their|these|this|those|to|"
    r"which|who|whose|with)$",
    re.IGNORECASE,
)

_LONGEST_OPEN = 16
"""Characters at a text's end that hold any of these words, and more than one."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in Unicode code points."""

    start: int
    end: int


def normal_form(text: str) -> str:
    """The normal form of a quote, version 1; it never changes.

    NFKC; soft hyphens out; every run of white space one space, ends trimmed; all quotation marks to `"` and `'`; all
    dashes to `-`.
    """
    return " ".join(fold_forms(text).split())


def fold_forms(text: str) -> str:
    """The normal form but for white space: NFKC; soft hyphens out; one kind each of quotation mark and dash."""
    return unicodedata.normalize("NFKC", text).translate(_FOLD)


def normal_hash(text: str) -> str:
    """The first 12 hexadecimal digits of SHA-256 over the normal form in UTF-8: the words' part of a link."""
    return hashlib.sha256(normal_form(text).encode()).hexdigest()[:12]


def find_years(text: str) -> list[str]:
    """The years from 1900 to 2099 that a text names, in order, each once; a span such as 2019-2021 names its ends."""
    return list(dict.fromkeys(re.findall(r"(?<![\d.,\u00a0])(?:19|20)\d\d(?![\d.,]?\d)", text)))


def may_be_of_one_year(one: str, other: str) -> bool:
    """Not where both texts name years, and no year is in both."""
    years, others = set(find_years(one)), set(find_years(other))
    return not years or not others or bool(years & others)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do, closing quotation marks and brackets aside."""
    return (
        text.rstrip().rstrip("\"'\u201d\u2019\u00bb)]\u00b9\u00b2\u00b3").endswith((".", "!", "?", ":", ";", "\u2026"))
    )


def breaks_off(text: str) -> bool:
    """Whether a text stops in the middle of a sentence: no closing mark, and a last word that wants another."""
    return not ends_sentence(text) and _BROKEN_OFF.search(text.rstrip()[-_LONGEST_OPEN:]) is not None


def shown(name: str) -> str:
    """A file's name as it may be printed: control characters and halves of characters escaped."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in name)

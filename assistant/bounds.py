"""Bounds before a number: "fewer than 9 678" is not 9 678, and "at least 30" is met by 30. Known in English."""

from __future__ import annotations

import re

_WORDS = {
    "least": r"at least|no (?:fewer|less) than|a minimum of",
    "most": r"at most|up to|(?:no|not) more than|as many as|a maximum of",
    "just above": r"(?:just|slightly|a little) (?:over|above|more than)",
    "above": r"more than|greater than|over|above|exceeding",
    "nearly": r"nearly|almost|(?:just|slightly|a little) (?:under|below|less than)",
    "below": r"fewer than|less than|under|below",
    "about": r"about|around|approximately|roughly|some|circa",
}
_BOUND = re.compile(
    "(?:" + "|".join(rf"(?P<{kind.replace(' ', '_')}>\b(?:{words}))" for kind, words in _WORDS.items()) + ")"
    r"(?: the age of)?\s+(?:EUR|\u20ac|\$|USD|GBP|\u00a3)?\s*$",
    re.IGNORECASE,
)
_REACH = 40
"""Characters before a number, among which its bound stands."""

_MET_BY = {
    "": ("", "about", "nearly", "just above", "least", "most", "above", "below"),
    "least": ("", "just above", "above"),
    "most": ("", "nearly", "below"),
    "just above": (),
    "above": ("just above",),
    "nearly": ("", "about"),
    "below": ("nearly",),
    "about": ("", "nearly", "just above"),
}
"""By which words of a page, beside its own, a draft's bound is met; a number without one is met by any."""


def read_bound(before: str) -> str:
    """The kind of bound that the text in front of a number ends with; empty for none."""
    found = _BOUND.search(re.sub(r"\s", " ", before[-_REACH:]))
    return (found.lastgroup or "").replace("_", " ") if found else ""


def meets(page: str, draft: str) -> bool:
    """Whether what a page says of a number bears out the bound that a draft sets to the same number."""
    return page == draft or page in _MET_BY[draft]

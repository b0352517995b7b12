"""Figures in a text, years aside: counts, shares and sums, compared by their digits alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AMOUNT = re.compile(
    r"(?<![\w.,/#-])(?P<figure>\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?)(?: ?(?:%|per ?cent))?(?![\w/-])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_amounts(text: str) -> Iterator[re.Match[str]]:
    """Each figure with its percent mark, such as `20.5 %` or `10 793`; no year and no part of a span or a number."""
    return (found for found in _AMOUNT.finditer(text) if not _YEAR.fullmatch(found["figure"]))


def digits(amount: re.Match[str]) -> str:
    """How a figure is compared: 10 793, 10,793 and 10793 are one."""
    return re.sub(r"\D", "", amount["figure"])


def all_digits(text: str) -> set[str]:
    return {digits(amount) for amount in find_amounts(text)}

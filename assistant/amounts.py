"""Figures in a text, years aside: counts, shares and sums, compared by their digits alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lexical import stems

_AMOUNT = re.compile(
    r"(?<![\w.,/#-])(?P<figure>\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?)(?: ?(?:%|per ?cent))?(?![\w/-])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOVES = re.compile(r"\b(?P<by>by|to|from)\s+$", re.IGNORECASE)
_UNIT = re.compile(r"\s+(?P<unit>[^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure and what it counts: `%`, or the stem of the word after it; empty where none follows.

    `by` is the word before one that something rises or falls `by`, `to` or `from`; else it is empty.
    """

    value: float
    unit: str
    by: str = ""


def find_amounts(text: str) -> Iterator[re.Match[str]]:
    """Each figure with its percent mark, such as `20.5 %` or `10 793`; no year and no part of a span or a number."""
    return (found for found in _AMOUNT.finditer(text) if not _YEAR.fullmatch(found["figure"]))


def digits(amount: re.Match[str]) -> str:
    """How a figure is compared: 10 793, 10,793 and 10793 are one."""
    return re.sub(r"\D", "", amount["figure"])


def all_digits(text: str) -> set[str]:
    return {digits(amount) for amount in find_amounts(text)}


def read_amounts(text: str) -> Iterator[Amount]:
    """Each figure of `find_amounts` with its unit; `1,234` and `1.234` are a thousand and more."""
    for amount in find_amounts(text):
        figure = amount["figure"]
        value = read_number(figure)
        if value is None:
            continue
        word = _UNIT.match(text, amount.end())
        named = next(iter(stems(word["unit"])), "") if word else ""
        unit = named if amount.group().strip() == figure else "%"
        moves = _MOVES.search(text, 0, amount.start())
        yield Amount(value, unit, moves["by"].casefold() if moves else "")


def read_number(written: str) -> float | None:
    """A number as the reports' languages write it: its last mark is a decimal one unless three digits follow.

    None for what is none, such as 1.2.3.
    """
    plain = re.sub(r"[ \u00a0\u202f]", "", written)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        return float(re.sub("[.,]", "", plain))
    found = re.fullmatch(r"(\d+(?:[.,]\d{3})*)(?:[.,](\d+))?", plain)
    return float(re.sub("[.,]", "", found[1]) + "." + (found[2] or "0")) if found else None

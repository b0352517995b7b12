"""Whether the first row of a table names its columns, seen by what stands in it and under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_CELL = 60
_LONGEST_HEAD = 40

_FIGURE = re.compile(
    r"[(\[<>~\u2248\u20ac$\u00a3+-]*\s*(?:EUR|USD|GBP|N\s*=)?\s*\d[\d\s.,:/%\u2013-]*[a-z%\u20ac*\u2020)\]]*|"
    r"[\u2013\u2014\u2713\u2714\u2717\u2718xX*-]+|n/?a\.?|(?:yes|no|ja|nein|oui|non|none|nil|total|all)\b[\s\w,]{0,12}",
    re.IGNORECASE,
)


def is_figure(text: str) -> bool:
    """Whether a piece is a figure, a date, a mark, or yes or no; none that is longer than a cell can be."""
    return len(text) <= 2 * LONGEST_CELL and _FIGURE.fullmatch(text) is not None


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows names the columns of the others, two at least.

    It has a word in every column, none of which stands under itself again; and it alone is full, or there are figures
    under one of its words.
    """
    head, *body = rows
    if len(head) < 2 or len(body) < 2 or not all(_may_be_head(text) for text in head) or len(set(head)) < len(head):
        return False
    columns = [[text for text in column if text] for column in zip(*body, strict=True)]
    if any(text in column for text, column in zip(head, columns, strict=True)):
        return False
    alone = len(head) > 2 and not any(all(row) for row in body)
    return alone or any(_is_of_figures(column) for column in columns[1:])


def _may_be_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and any(one.isalpha() for one in text) and not is_figure(text)


def _is_of_figures(column: Sequence[str]) -> bool:
    return len(column) > 1 and 2 * sum(map(is_figure, column)) > len(column)

"""What somewhere says of a report, and where it says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)

YOU = "you"
METADATA = "the file's metadata"
FILE_NAME = "the file's name"
CATALOGUE = "the catalogue"


@dataclass(frozen=True, slots=True)
class Said(Generic[Value]):
    """A value and its origin in words: `you`, `page 1`, `the file's metadata`, `the file's name`, `the catalogue`."""

    value: Value
    origin: str


def first_said(candidates: Iterable[Said[Value] | None]) -> Said[Value] | None:
    """The first that says anything. Later ones are not asked for where the candidates are made one by one."""
    return next((said for said in candidates if said is not None), None)


def on_page(number: int) -> str:
    return f"page {number}"

"""The nouns of a sample report's source: Front (what its front matter says) and Source (that, and its Markdown)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

_FENCE = "---\n"
_LISTS = ("countries", "participants", "keywords")
_MAY_BE_NULL = ("number", "reference_period")
_COUNTRY = re.compile(r"[A-Z]{2}")


class SourceError(Exception):
    """A source that cannot be built. The message names the file and what to change in it."""


@dataclass(frozen=True, slots=True)
class Front:
    """What a report says of itself. `countries` are ISO 3166-1 alpha-2; `layout` names a file in `templates/`.

    `number` is None where a series is not numbered, `reference_period` where the data have none.
    """

    title: str
    series: str
    number: str | None
    year: int
    date: date
    publisher: str
    countries: tuple[str, ...]
    participants: tuple[str, ...]
    language: str
    reference_period: str | None
    layout: str
    licence: str
    keywords: tuple[str, ...]

    @property
    def series_line(self) -> str:
        """The line over the title, for example `SAMPLE FLASH #2 – 2025`."""
        number = f" #{self.number}" if self.number else ""
        return f"{self.series.upper()}{number} – {self.year}"


@dataclass(frozen=True, slots=True)
class Source:
    """One report before it is typeset. `name` is the file name without its ending."""

    name: str
    front: Front
    body: str


def read_source(path: Path) -> Source:
    """Raises SourceError where the front matter is absent, incomplete or of the wrong kind."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith(_FENCE) or _FENCE not in text[len(_FENCE) :]:
        raise SourceError(f"{path.name}: no front matter; start the file with YAML between two lines of ---")
    front, body = text[len(_FENCE) :].split(_FENCE, maxsplit=1)
    return Source(path.stem, _read_front(path.name, yaml.safe_load(front)), body)


def _read_front(file: str, values: dict[str, Any]) -> Front:
    known = {field.name for field in fields(Front)}
    if values.keys() != known:
        wrong = ", ".join(sorted(values.keys() ^ known))
        raise SourceError(f"{file}: front matter fields missing or unknown: {wrong}; write each of Front's fields once")
    for name, value in values.items():
        if not _fits(name, value):
            raise SourceError(f"{file}: {name} cannot be {value!r}; see Front for what it holds")
    frozen: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in values.items()}
    return Front(**frozen)


def _fits(name: str, value: object) -> bool:
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value) and _are_codes(name, value)
    if name == "year":
        return isinstance(value, int)
    if name == "date":
        return isinstance(value, date)
    return (value is None and name in _MAY_BE_NULL) or (isinstance(value, str) and bool(value.strip()))


def _are_codes(name: str, values: list[str]) -> bool:
    return name != "countries" or all(_COUNTRY.fullmatch(value) for value in values)

"""The publications known to exist: catalogue.yaml, facts only. What we hold is in the library, not here."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from corpus.errors import CatalogueFault
from corpus.text import normal_form

_PATH = Path(__file__).parent / "catalogue.yaml"
_SERIES_PREFIX = re.compile(r"^EMN \w+ #?\d* ?(?:- \d{4})? ?: ", re.IGNORECASE)
_SERIES_SUFFIX = re.compile(
    r"(?: \((?:EMN )?(?:inform|flash|study)\)|: EMN (?:inform|synthesis report))$", re.IGNORECASE
)


class Entry(BaseModel):
    """One publication. `None` means that it was not found out.

    `title_exact`: the title is as printed, and not described in our words. `published`: the day, where it is known.
    `landing`: the publisher's page about it; `pdf`: the address of the file itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
    title: Annotated[str, Field(min_length=3, max_length=300)]
    title_exact: bool = True
    publisher: str
    series: str | None = None
    number: str | None = None
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    published: date | None = None
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...]
    landing: AnyHttpUrl | None = None
    pdf: AnyHttpUrl | None = None
    topic: str

    @model_validator(mode="after")
    def _agree(self) -> Entry:
        if self.published is not None and self.year not in (None, self.published.year):
            raise ValueError(f"the year {self.year} is not that of the day {self.published}")
        return self

    @property
    def address(self) -> str | None:
        """Where a reader finds it: the page about it, else the file."""
        found = self.landing or self.pdf
        return str(found) if found else None


def load_catalogue() -> tuple[Entry, ...]:
    """Our own catalogue, by id."""
    return _own_catalogue()


def read_catalogue(path: Path) -> tuple[Entry, ...]:
    """The publications of a catalogue file, by id. Raises CatalogueFault with the entry that is wrong."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = TypeAdapter(tuple[Entry, ...]).validate_python(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueFault(f"{path} cannot be read as YAML", "correct the file") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise CatalogueFault(f"{path}: entry {place or 'list'} is wrong: {first['msg']}", "correct the file") from error
    ids = [entry.id for entry in entries]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise CatalogueFault(f"{path}: the id {twice} stands there twice", "give each publication its own id")
    return tuple(sorted(entries, key=lambda entry: entry.id))


def find_entry(entries: Sequence[Entry], title: str, series: str | None, year: int | None) -> Entry | None:
    """The one publication of that title that contradicts neither series nor year; None where several might be meant."""
    wanted = plain_title(title)
    found = [
        entry
        for entry in entries
        if plain_title(entry.title) == wanted
        and (year is None or entry.year in (None, year))
        and (series is None or entry.series is None or entry.series.casefold() == series.casefold())
    ]
    return found[0] if len(found) == 1 else None


def plain_title(title: str) -> str:
    """A title's words, without case and marks, and without the series that some pages put around it."""
    bare = _SERIES_SUFFIX.sub("", _SERIES_PREFIX.sub("", normal_form(title)))
    return " ".join(re.findall(r"\w+", bare.casefold()))


@functools.cache
def _own_catalogue() -> tuple[Entry, ...]:
    return read_catalogue(_PATH)

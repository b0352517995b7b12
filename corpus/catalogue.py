"""The publications known to exist: catalogue.yaml, facts only. What we hold is in the library, not here."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated
from urllib.parse import unquote

import yaml
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from corpus.errors import CatalogueFault
from corpus.text import normal_form

_PATH = Path(__file__).parent / "catalogue.yaml"
_SERIES_PREFIX = re.compile(r"^EMN \w+ #?\d* ?(?:- \d{4})? ?: ", re.IGNORECASE)
_SERIES_SUFFIX = re.compile(
    r"(?: \((?:EMN )?(?:inform|flash|study)\)|: EMN (?:inform|synthesis report))$", re.IGNORECASE
)

_LONG_NAME = 12
"""Characters from which a file's name at its publisher's says which file it is: `report.pdf` says nothing."""


class Entry(BaseModel):
    """One publication. `None` means that it was not found out.

    `title_exact`: the title is as printed, and not described in our words. `published`: the day, where it is known.
    `covers`: what it is about, in one line of our own.
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
    covers: Annotated[str, Field(min_length=10, max_length=140)] | None = None
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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file by which a publication may be found; None is not known. `stem`: its name, no ending."""

    title: str
    series: str | None
    number: str | None
    year: int | None
    stem: str


@dataclass(frozen=True, slots=True)
class Found:
    """A publication, and by what it was found, in words."""

    entry: Entry
    how: str


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


def find_entry(entries: Sequence[Entry], known: Known) -> Found | None:
    """The one publication that is meant: by its number in its series and year, by its title, or by its file's name.

    None where what is known contradicts it, or several might be meant.
    """
    fits = [entry for entry in entries if _agrees(entry, known)]
    wanted, stem = plain_title(known.title), _hyphenated(known.stem)
    numbered = [entry for entry in fits if None not in (known.series, known.number, known.year) and _is_numbered(entry)]
    titled = [entry for entry in fits if plain_title(entry.title) == wanted]
    named = [entry for entry in fits if stem in (entry.id, _hyphenated(_file_stem(entry)))]
    for found, how in (numbered, "its number and year"), (titled, "its title"), (named, "the file's name"):
        if len(found) == 1:
            return Found(found[0], how)
    return None


def plain_title(title: str) -> str:
    """A title's words, without case and marks, and without the series that some pages put around it."""
    bare = _SERIES_SUFFIX.sub("", _SERIES_PREFIX.sub("", normal_form(title)))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def _agrees(entry: Entry, known: Known) -> bool:
    """Whether nothing that is known speaks against it: neither series, number nor year."""
    series, number = (known.series or "").casefold(), (known.number or "").casefold()
    return (
        (known.year is None or entry.year in (None, known.year))
        and (not series or entry.series is None or entry.series.casefold() == series)
        and (not number or entry.number is None or entry.number.casefold() == number)
    )


def _is_numbered(entry: Entry) -> bool:
    return None not in (entry.series, entry.number, entry.year)


def _file_stem(entry: Entry) -> str:
    """The name of the file at the publisher's; the id where its address is not known."""
    path = PurePosixPath(unquote(entry.pdf.path or "")) if entry.pdf else PurePosixPath(entry.id)
    return path.stem if len(path.stem) >= _LONG_NAME else entry.id


def _hyphenated(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", normal_form(text).casefold()))


@functools.cache
def _own_catalogue() -> tuple[Entry, ...]:
    return read_catalogue(_PATH)

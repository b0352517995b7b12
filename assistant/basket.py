"""The basket: quotes that were collected over several questions, by their permanent links, in an order, with notes.

It holds no words: those are looked up, and proven, when it is exported.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from assistant.links import parse_link
from corpus.errors import TooLarge, WrongUse
from corpus.files import write_whole
from corpus.text import shown

MOST_ENTRIES = 500
LONGEST_NOTE = 5000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote by its permanent link, and what its collector says of it; an empty note says nothing."""

    link: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Basket:
    """Entries in the order of the dossier; no link stands in it twice."""

    entries: tuple[Entry, ...] = ()


def make_basket(entries: Sequence[Entry]) -> Basket:
    """Raises WrongUse for what is no link, TooLarge. A link that comes again is passed over; so is an empty note."""
    kept: dict[object, Entry] = {}
    for entry in entries:
        if len(entry.note) > LONGEST_NOTE:
            raise TooLarge(f"a note has {len(entry.note):,} characters", f"write at most {LONGEST_NOTE:,}")
        kept.setdefault(parse_link(entry.link), entry)
    if len(kept) > MOST_ENTRIES:
        raise TooLarge(f"the basket would hold {len(kept):,} quotes", f"begin another one after {MOST_ENTRIES}")
    return Basket(tuple(kept.values()))


def move_entry(basket: Basket, number: int, place: int) -> Basket:
    """The entry of that number, from 1, in another place. Raises WrongUse."""
    entry = _entry(basket, number)
    _entry(basket, place)
    others = [other for other in basket.entries if other is not entry]
    return Basket((*others[: place - 1], entry, *others[place - 1 :]))


def annotate_entry(basket: Basket, number: int, note: str) -> Basket:
    entry = _entry(basket, number)
    return make_basket([replace(other, note=note) if other is entry else other for other in basket.entries])


def remove_entry(basket: Basket, number: int) -> Basket:
    entry = _entry(basket, number)
    return Basket(tuple(other for other in basket.entries if other is not entry))


def read_basket(path: Path) -> Basket:
    """The basket in a file, empty where there is none. Raises WrongUse for a file that holds none."""
    if not path.exists():
        return Basket()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
        return make_basket([Entry(str(entry["link"]), str(entry["note"])) for entry in entries])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise WrongUse(f"{shown(str(path))} holds no basket", "give another with --basket") from error


def write_basket(path: Path, basket: Basket) -> None:
    """Raises LibraryFault where it cannot be written."""
    form = {"version": 1, "entries": [asdict(entry) for entry in basket.entries]}
    write_whole(path, json.dumps(form, ensure_ascii=False, indent=2).encode())


def _entry(basket: Basket, number: int) -> Entry:
    if not 1 <= number <= len(basket.entries):
        raise WrongUse(
            f"there is no quote {number} in the basket", "`python -m assistant basket list` shows which there are"
        )
    return basket.entries[number - 1]

"""`catalogue`: the publications that are known to exist, all of them or those that some words are of."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterator, Sequence

from corpus.catalogue import Entry, load_catalogue, read_catalogue
from corpus.command import print_json
from corpus.errors import NotFound
from corpus.text import normal_form
from ingest.show import line_width


def list_catalogue(options: argparse.Namespace) -> int:
    """Raises NotFound where no publication has all of the words."""
    entries = read_catalogue(options.catalogue) if options.catalogue else load_catalogue()
    chosen = find_entries(entries, options.words)
    if options.json:
        print_json({"publications": [{**entry.model_dump(mode="json"), "address": entry.address} for entry in chosen]})
        return 0
    if not chosen:
        asked = " ".join(options.words)
        raise NotFound(f"no publication of the catalogue has all of {asked!r}", "use fewer words, or none to see all")
    print("\n".join(line for entry in chosen for line in entry_lines(entry, line_width())))
    return 0


def find_entries(entries: Sequence[Entry], words: Sequence[str]) -> list[Entry]:
    """The publications in which every one of the words begins a word, whatever field it stands in."""
    wanted = [word for text in words for word in _words(text)]
    return [entry for entry in entries if all(_begins(word, _words(_everything(entry))) for word in wanted)]


def entry_lines(entry: Entry, width: int) -> Iterator[str]:
    """A publication as a person reads it: its id, then what it is, what it covers, and where it is."""
    named = " ".join(part for part in (entry.series, f"#{entry.number}" if entry.number else None) if part)
    year = f"{entry.year}" if entry.year else "undated"
    yield entry.id
    for text in (
        entry.title,
        entry.covers or "",
        f"{', '.join(part for part in (named, entry.publisher, year) if part)}",
    ):
        yield from textwrap.wrap(text, width, initial_indent="    ", subsequent_indent="    ")
    yield f"    {entry.address or 'no address known'}"


def _everything(entry: Entry) -> str:
    said = (entry.id, entry.title, entry.covers, entry.publisher, entry.series, entry.number, entry.year, entry.topic)
    return " ".join(str(part) for part in (*said, *entry.languages) if part is not None)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", normal_form(text).casefold())


def _begins(word: str, words: Sequence[str]) -> bool:
    return any(one.startswith(word) for one in words)

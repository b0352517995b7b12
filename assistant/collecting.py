"""`basket`: collect quotes by their links, order and annotate them, and export them with their references."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from assistant.basket import (
    Basket,
    Entry,
    annotate_entry,
    make_basket,
    move_entry,
    read_basket,
    remove_entry,
    write_basket,
)
from assistant.dossier import PLAIN_WRITERS, Dossier, gather_quotes, quotes_form
from assistant.find import Finder, check_text
from assistant.links import is_link, resolve_link
from assistant.lookup import refer
from assistant.opening import ensure_index, opened
from assistant.quoted import find_on_pages, only_source
from corpus.command import print_json, settings_for
from corpus.errors import NotFound, WrongUse
from corpus.files import write_whole
from corpus.library import Library

FORMATS = ("md", "docx", "bib", "ris", "json")


def basket(options: argparse.Namespace) -> int:
    home = settings_for(options).home
    path = options.basket or home / "basket.json"
    held = read_basket(path)
    library = Library.open(home / "library.db")
    try:
        if options.action == "list":
            _list(library, held, options.json)
        elif options.action == "export":
            return _export(library, held, options)
        else:
            changed = _CHANGES[options.action](library, held, options)
            write_basket(path, changed)
            _say(changed, options.json)
    finally:
        library.close()
    return 0


def _add(library: Library, held: Basket, options: argparse.Namespace) -> Basket:
    """Only what is a quote of this library goes in. Raises NotFound, WrongUse for what is none."""
    links = [link for named in options.link for link in _links_of(library, named, options)]
    return make_basket([*held.entries, *(Entry(link, options.note) for link in links)])


def _links_of(library: Library, named: str, options: argparse.Namespace) -> list[str]:
    """The link of what is named: itself a link, a reference with the quote on its pages, or the words of a quote."""
    if is_link(named):
        return [resolve_link(library, named).citation.link]
    if options.quote:
        return [find_on_pages(library, named, options.quote).link]
    settings = settings_for(options)
    with opened(settings) as (opened_library, index):
        check_text(named)
        ensure_index(settings, opened_library)
        return [only_source(Finder(opened_library, index).find(named)).link]


_CHANGES: dict[str, Callable[[Library, Basket, argparse.Namespace], Basket]] = {
    "add": _add,
    "move": lambda _, held, options: move_entry(held, options.number, options.place),
    "note": lambda _, held, options: annotate_entry(held, options.number, options.text),
    "remove": lambda _, held, options: remove_entry(held, options.number),
}


def write_dossier(dossier: Dossier, kind: str) -> bytes:
    """The dossier in one of FORMATS. Raises WrongUse for another."""
    if kind == "docx":
        from assistant.worddossier import write_word

        return write_word(dossier)
    if kind not in PLAIN_WRITERS:
        raise WrongUse(f"there is no export as {kind[:20]!r}", f"name a file that ends in .{', .'.join(FORMATS)}")
    return PLAIN_WRITERS[kind](dossier)


def _export(library: Library, held: Basket, options: argparse.Namespace) -> int:
    """Exit status 1 where a quote is lost: the dossier says so too."""
    dossier = gather_quotes(library, held, date.today())
    content = write_dossier(dossier, Path(options.file).suffix.removeprefix(".").casefold())
    write_whole(Path(options.file), content)
    said = {"file": str(options.file), "quotes": len(dossier.quotes), "lost": list(dossier.lost)}
    if options.json:
        print_json(said)
    else:
        print(f"{options.file} holds {_counted(len(dossier.quotes))}, each proven on its page.")
    for link in dossier.lost:
        print(f"{link} stands for nothing in this library any more.", file=sys.stderr)
    return 1 if dossier.lost else 0


def _list(library: Library, held: Basket, as_json: bool) -> None:
    dossier = gather_quotes(library, held, date.today())
    if as_json:
        print_json({"quotes": quotes_form(dossier), "lost": list(dossier.lost)})
        return
    if not held.entries:
        print("The basket is empty. `python -m assistant basket add LINK`, or its words, puts a quote into it.")
    for entry in held.entries:
        print(f"{held.entries.index(entry) + 1}. ", end="")
        found = [one for one in dossier.quotes if one.resolved.citation.link == entry.link]
        for quote in found:
            print(f"\u201c{quote.words}\u201d\n   {refer(quote.resolved.citation)}")
        if not found:
            print(_why_not(library, entry.link))
        print(f"   {entry.link}" + (f"\n   Note: {entry.note}" if entry.note else ""))


def _why_not(library: Library, link: str) -> str:
    """Why a link shows no words: since when they are gone, where that is known."""
    try:
        resolve_link(library, link)
    except NotFound as fault:
        return fault.message
    return "its words do not stand on their page any more"


def _say(held: Basket, as_json: bool) -> None:
    if as_json:
        print_json({"entries": [asdict(entry) for entry in held.entries]})
    else:
        print(f"The basket holds {_counted(len(held.entries))}.")


def _counted(quotes: int) -> str:
    return "1 quote" if quotes == 1 else f"{quotes} quotes"

"""A basket as a document: Markdown, Word, BibTeX, RIS, JSON. Only words that were proven stand in quotation marks."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.basket import Basket
from assistant.bibliography import Record, record_citation
from assistant.citing import resolved_form
from assistant.exchange import write_bibtex, write_ris
from assistant.links import Resolved, resolve_link
from assistant.lookup import standing
from assistant.newer import Newer, find_in_newer
from assistant.references import write_footnote
from assistant.verify import is_proven
from corpus.documents import long_date
from corpus.errors import NotFound
from corpus.library import Library

TITLE = "Collected quotations"
_MARKS = str.maketrans(dict.fromkeys('"\u201c\u201d\u201e\u201f\u00ab\u00bb'))


@dataclass(frozen=True, slots=True)
class Collected:
    """What a link stands for, its proven words as they are quoted, and its collector's note."""

    resolved: Resolved
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote of a dossier, proven on its page: what its link stands for, its record, its collector's note.

    `words`: in one line. `newer`: what a newer edition has for its words; None where there is none.
    """

    resolved: Resolved
    words: str
    record: Record
    note: str
    newer: Newer | None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands under the quote: its note's lines without quotation marks, and that an edition is outdated."""
        lines = [" ".join(line.split()) for line in self.note.translate(_MARKS).splitlines()]
        return tuple(filter(None, (*lines, standing(self.resolved))))


@dataclass(frozen=True, slots=True)
class Dossier:
    """The quotes of a basket in their order. `lost`: the links that stand for nothing in this library."""

    quotes: tuple[Quote, ...]
    lost: tuple[str, ...]
    made: date


def gather_quotes(library: Library, basket: Basket, today: date) -> Dossier:
    """Look up every link and prove its words; those that cannot be proven are lost."""
    held: list[Collected] = []
    lost: list[str] = []
    for entry in basket.entries:
        try:
            resolved = resolve_link(library, entry.link)
        except NotFound:
            lost.append(entry.link)
            continue
        if is_proven(resolved.citation, library.page):
            held.append(Collected(resolved, resolved.citation.quote, entry.note))
        else:
            lost.append(entry.link)
    return Dossier(number_quotes(library, held, today), tuple(lost), today)


def number_quotes(library: Library, held: Sequence[Collected], today: date) -> tuple[Quote, ...]:
    """The quotes with their records; those of one page are told apart by a number in the record's key."""
    quotes: list[Quote] = []
    keys: Counter[str] = Counter()
    for one in held:
        record = record_citation(one.resolved.citation, today)
        keys[record.key] += 1
        number = keys[record.key]
        own = replace(record, key=f"{record.key}-{number}") if number > 1 else record
        newer = find_in_newer(library, one.resolved)
        quotes.append(Quote(one.resolved, " ".join(one.words.split()), own, one.note, newer))
    return tuple(quotes)


def write_markdown(dossier: Dossier) -> bytes:
    """A block quotation and a note for each quote, the notes at the end."""
    lines = [f"# {TITLE}", "", f"{long_date(dossier.made)}", ""]
    for number, quote in enumerate(dossier.quotes, 1):
        lines += [f"> \u201c{_escaped(quote.words)}\u201d[^{number}]", ""]
        lines += [line for remark in quote.remarks for line in (_escaped(remark), "")]
    for number, quote in enumerate(dossier.quotes, 1):
        lines += [f"[^{number}]: {_escaped(write_footnote(quote.record))}", ""]
    lines += [line for link in dossier.lost for line in (f"Not in this library any more: {_escaped(link)}", "")]
    return "\n".join(lines).encode()


def quotes_form(dossier: Dossier) -> list[dict[str, object]]:
    """The quotes as programs see them."""
    return [
        {**resolved_form(quote.resolved, quote.newer, dossier.made), "words": quote.words, "note": quote.note}
        for quote in dossier.quotes
    ]


def write_json(dossier: Dossier) -> bytes:
    form = {
        "made": dossier.made.isoformat(),
        "quotes": quotes_form(dossier),
        "lost": list(dossier.lost),
    }
    return json.dumps(form, ensure_ascii=False, indent=2).encode()


def write_entries(write: Callable[[Record], str]) -> Callable[[Dossier], bytes]:
    """A writer of references alone, one entry for each quote."""

    def write_all(dossier: Dossier) -> bytes:
        entries: Sequence[str] = [write(quote.record) for quote in dossier.quotes]
        return ("\n\n".join(entries) + "\n").encode()

    return write_all


def _escaped(text: str) -> str:
    """Words as Markdown shows them; a number with a full stop at the beginning would be the item of a list."""
    escaped = re.sub(r"([\\`*_\[\]<>&#|~])", r"\\\1", text)
    return re.sub(r"^(\d+)([.)])|^([-+=])", r"\1\3\\\2" if escaped[:1].isdigit() else r"\\\3", escaped)


PLAIN_WRITERS: dict[str, Callable[[Dossier], bytes]] = {
    "md": write_markdown,
    "bib": write_entries(write_bibtex),
    "ris": write_entries(write_ris),
    "json": write_json,
}
"""What writes a dossier, by the ending of its file; Word has a home of its own."""

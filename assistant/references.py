"""References in every style: footnote, Chicago, APA, BibTeX, RIS, CSL-JSON.

All are made of one record, which says only what the report says of itself. What no style has a place for follows in
sentences of its own: the page as a PDF reader counts it, the permanent link with the day, the terms of use.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from assistant.bibliography import Record, name_printed
from assistant.exchange import csl_item, write_bibtex, write_ris
from assistant.styles import write_apa, write_chicago
from corpus.errors import WrongUse

NAMES = {
    "footnote": "Footnote",
    "chicago": "Chicago",
    "apa": "APA",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
}
"""The styles and how they are called."""


def write_footnote(record: Record) -> str:
    """In the manner of the EU's Interinstitutional Style Guide (5.9.4): author, title, series and number, year, page.

    The publisher stands once, as the author. The form is ours: EMN publications state none.
    """
    number = f" No {record.number}" if record.number else ""
    known = (
        record.author,
        record.title,
        record.series + number,
        str(record.year or ""),
        name_printed(record),
        record.url,
    )
    lead = f"{record.speaker}, cited in " if record.speaker else ""
    return f"{lead}{', '.join(filter(None, known))}. {record.note}"


def write_csl(record: Record) -> str:
    return json.dumps([csl_item(record)], ensure_ascii=False, indent=2)


_WRITERS: dict[str, Callable[[Record], str]] = {
    "footnote": write_footnote,
    "chicago": write_chicago,
    "apa": write_apa,
    "bibtex": write_bibtex,
    "ris": write_ris,
    "csl": write_csl,
}


def read_styles(text: str) -> list[str]:
    """Styles with commas between them, or `all`; none for an empty text. Raises WrongUse for one that there is not."""
    named = [name.strip().casefold() for name in text.split(",") if name.strip()]
    unknown = [name for name in named if name not in (*_WRITERS, "all")]
    if unknown:
        raise WrongUse(f"there is no style {unknown[0][:40]!r}", f"name one of {', '.join(NAMES)}, or all")
    return list(NAMES) if "all" in named else named


def write_reference(record: Record, style: str) -> str:
    return _WRITERS[style](record)


def write_all(record: Record) -> dict[str, str]:
    """The reference in every style, by the style's short name."""
    return {style: write(record) for style, write in _WRITERS.items()}

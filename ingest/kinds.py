"""What a paragraph is: heading, finding, paragraph, note, box, caption, table row, contents, reference or fragment."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.text import ends_sentence
from ingest.lines import BULLET, CAPTION

_HEADING_LENGTH = 140
_LARGER = 1.1
_SMALLER = 0.93
"""Letters larger or smaller than the body by these factors make a heading or a note."""

_FRAGMENT = 60
"""A stretch with no closing mark that is shorter than this, in characters, says nothing by itself."""

_LEADERS = re.compile(r"(?:\.\s?){5,}|(?:\u2026\s?){2,}|_{5,}")
_ENDS_IN_PAGE = re.compile(r"\s(?:\d{1,3}|[ivxl]+)$")
_ITEM = re.compile(r"\(?(?:\d{1,2}[.)]|[a-z]\))\s+\S")
_SOURCE = re.compile(r"(?:sources?|quellen?|notes?|anmerkung(?:en)?)(?:\s+\(.*?\))?\s*:", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:\d+\.?\s+)?(?:(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des mati\u00e8res)", re.IGNORECASE
)
_REFERENCES = re.compile(
    r"(?:\d+\.?\s+)?(?:references|bibliography|works cited|literatur(?:verzeichnis)?|bibliographie|"
    r"r\u00e9f\u00e9rences)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is printed: sizes in points, 0 without layout; `frame` is the frame it stands in, or 0."""

    size: float = 0.0
    body: float = 0.0
    bold: bool = False
    frame: int = 0
    recognised: bool = False


def kind_of(text: str, mark: str, look: Look) -> str:
    """The kind of a paragraph; `mark` is what cleaning took out before it: a bullet, a note's number, or nothing."""
    if mark.startswith("#"):
        return "heading" if len(text) <= _HEADING_LENGTH else "paragraph"
    if _LEADERS.search(text):
        return "contents"
    if CAPTION.match(text):
        return "caption"
    if (mark and BULLET.match(mark + " ")) or (len(mark) == 1 and mark.isalpha()):
        return "finding"
    if _is_note(text, mark, look):
        return "note"
    if _is_heading(text, look):
        return "heading"
    if _ITEM.match(text):
        return "finding"
    if look.frame:
        return "box"
    return "fragment" if look.body and len(text) < _FRAGMENT and not ends_sentence(text) else "paragraph"


def kind_under(kind: str, heading: str, text: str) -> str:
    """The kind of a paragraph under a heading: lines of contents, and entries of a bibliography."""
    if heads_contents(heading) and _ENDS_IN_PAGE.search(text):
        return "contents"
    return "reference" if _REFERENCES.fullmatch(heading) and kind != "table row" else kind


def heads_contents(heading: str) -> bool:
    """Whether a heading is that of the contents."""
    return _CONTENTS.fullmatch(heading) is not None


def number_of_note(mark: str) -> str | None:
    """The heading of a note: its number as its own page gives it; None for a note without one."""
    number = unicodedata.normalize("NFKC", mark).strip("()[]. ")
    return f"Note {number}" if number.isdecimal() and number.isascii() else None


def _is_note(text: str, mark: str, look: Look) -> bool:
    if number_of_note(mark) or _SOURCE.match(text):
        return True
    return bool(look.body) and look.size < _SMALLER * look.body and not look.frame and not look.recognised


def _is_heading(text: str, look: Look) -> bool:
    if len(text) > _HEADING_LENGTH or text.endswith((".", ";", ":", ",")) or not any(one.isalpha() for one in text):
        return False
    if not look.body:
        return text[:1].isupper()
    return look.size > _LARGER * look.body or (
        look.bold and not text[0].islower() and look.size >= _SMALLER * look.body
    )

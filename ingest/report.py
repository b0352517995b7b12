"""What was read, page by page, and what looks wrong."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from corpus.documents import Page, PageWarning, Passage
from corpus.errors import UnreadableDocument
from corpus.text import ends_sentence
from ingest.layouts import find_layout_doubts
from ingest.misread import find_misread
from ingest.personal import PERSONAL, names_person

_OCR = "run the file through text recognition first (`ocrmypdf`)"
_NOTHING_DRAWN = (
    "nothing can be drawn from it either: fetch it again; if a viewer shows its words, print it from there to a new PDF"
)

_AGAIN = "compare with the page image, or recognise the text anew (`ocrmypdf --redo-ocr`) and add that"

_FEW_LETTERS = 200
"""A page of fewer letters than this is not judged by how long its words are."""

_LONG_WORD = 26
"""Letters without a space or a mark between them; German, Finnish and Hungarian compounds seldom have as many."""

_LEAST_LONG = 3
_LONG_SHARE = 0.1
"""How many words as long as that a page has at least, and the share of its letters that may stand in them."""

_UNKNOWN_SHARE = 0.02
"""Of a page's letters: how many may have no form."""

_WITHIN_WORDS = re.compile(r"(?<=[^\W_])[\ufffd\ue000-\uf8ff](?=[^\W_])")
_LEAST_WITHIN = 2
"""Characters without a form within words of a page: from this number on its words are told to be others."""

_LEAST_DIGITS = {"0": 60, **dict.fromkeys("123456789", 400)}
"""From how many digits of a report on each of the ten is among them: years and amounts are full of noughts."""

_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no spaces between words."""

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@|\w/\w)\S*")
_UNIT = re.compile(r"(?<![(\w])(?:%|\u20ac|EUR\b)(?![)-])")
_NUMBER_NEAR = re.compile(r"\d|\b(?:per cent|percent|in|one|two|three|four|five|six|seven|eight|nine|ten|half)\s*$")
_NEAR = 14
"""Characters before a unit of money or share, and after it, within which its number stands."""

_LEAST_BARE = 2
"""Units without a number from which on, and where they are most of a page's, its digits are taken to be lost."""


def find_warnings(pages: list[Page], read: Sequence[PageWarning]) -> list[PageWarning]:
    """What looks wrong on each page, in order: what the reader said, and what is seen of the pages themselves."""
    blank = {warning.page for warning in read if warning.kind == "blank"}
    seen = [warning for page in pages if page.number not in blank for warning in _warnings_of(page)]
    misread = [
        PageWarning(page, "misread", f"{len(words)} words look misread by text recognition; {_AGAIN}")
        for page, words in find_misread(pages).items()
    ]
    personal = [PageWarning(page.number, "personal", PERSONAL) for page in pages if names_person(page.text)]
    return sorted([*read, *seen, *misread, *personal, *_find_lost_digits(pages)], key=lambda warning: warning.page)


def require_text(
    name: str, pages: list[Page], passages: list[Passage], warnings: Sequence[PageWarning], *, recognised: bool = False
) -> None:
    """Raises UnreadableDocument where no page of a file has a word that can be read.

    `recognised`: its pages went through text recognition already.
    """
    if passages:
        return
    blank = {warning.page for warning in warnings if warning.kind == "blank"}
    pictures = [page.number for page in pages if _has_layout(page) and page.number not in blank]
    remedy = f"{_OCR}, or add it with --ocr" if pictures else _NOTHING_DRAWN
    if recognised and pictures:
        remedy = "text recognition found none either: scan it anew at 300 dots an inch, or add another copy"
    if not any(page.sheet.text.strip() for page in pages):
        raise UnreadableDocument("no-text", f"{name}: no text on any page ({len(pages)} in all)", remedy)
    raise UnreadableDocument("no-text", f"{name}: no readable words on any page ({len(pages)} in all)", remedy)


def _has_layout(page: Page) -> bool:
    """Whether the page is one that can be looked at, so that its words could be recognised."""
    return page.sheet.width > 0


def _warnings_of(page: Page) -> list[PageWarning]:
    letters = [character for character in page.sheet.text if not character.isspace()]
    if not letters:
        remedy = f"; {_OCR}" if _has_layout(page) else ""
        return [PageWarning(page.number, "no-text", f"nothing on this page can be found or quoted{remedy}")]
    found = []
    unknown = _count_unknown(page.sheet.text)
    if unknown > _UNKNOWN_SHARE * len(letters) or len(_WITHIN_WORDS.findall(page.sheet.text)) >= _LEAST_WITHIN:
        remedy = f"{unknown} characters have no form; compare with the page image, or {_OCR}"
        found.append(PageWarning(page.number, "unmapped", remedy))
    if _runs_together(page.text):
        found.append(PageWarning(page.number, "run-together", f"words run together; {_OCR}"))
    bare = _count_bare_units(page.text)
    if bare:
        remedy = f"{bare} units of money or share stand without a number; take figures from the page image alone"
        found.append(PageWarning(page.number, "lost-digits", remedy))
    return [*found, *find_layout_doubts(page)]


def _count_unknown(sheet: str) -> int:
    """Characters without a form: missing ones, and those of no standard that are not the first of their line."""
    after_first = (character for line in sheet.split("\n") for character in line.lstrip()[1:])
    return sheet.count("\ufffd") + sum(unicodedata.category(character) in ("Co", "Cn") for character in after_first)


def _find_lost_digits(pages: Sequence[Page]) -> list[PageWarning]:
    """The pages with figures of a report in which one of the ten digits never stands, though all others often do."""
    counts = Counter(character for page in pages for character in page.sheet.text if character in _LEAST_DIGITS)
    lost = [digit for digit, least in _LEAST_DIGITS.items() if not counts[digit] and counts.total() >= least]
    if not lost:
        return []
    remedy = f"the digit {lost[0]} stands nowhere in the file; take figures from the page image alone"
    return [
        PageWarning(page.number, "lost-digits", remedy)
        for page in pages
        if any(character in _LEAST_DIGITS for character in page.text)
    ]


def _runs_together(text: str) -> bool:
    """Whether many letters stand in words far longer than those of any language that writes spaces."""
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    letters = sum(map(len, words))
    long = [len(word) for word in words if len(word) >= _LONG_WORD and _SPACELESS.search(word) is None]
    return letters >= _FEW_LETTERS and len(long) >= _LEAST_LONG and sum(long) > _LONG_SHARE * letters


def _count_bare_units(text: str) -> int:
    """Units of money and share in sentences that have no number beside them, where most of a page's have none; else 0.

    The heads of columns and axes have none either: they stand in brackets, or in no sentence.
    """
    sentences = "\n".join(line for line in text.split("\n") if "\t" not in line and ends_sentence(line))
    found = list(_UNIT.finditer(sentences))
    bare = [unit for unit in found if not _has_number(sentences, unit)]
    return len(bare) if len(bare) >= _LEAST_BARE and 2 * len(bare) > len(found) else 0


def _has_number(text: str, unit: re.Match[str]) -> bool:
    before, after = text[max(0, unit.start() - _NEAR) : unit.start()], text[unit.end() : unit.end() + _NEAR]
    return _NUMBER_NEAR.search(before) is not None or re.search(r"\d", after) is not None

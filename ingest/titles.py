"""A report's title: what its metadata say, if its first pages say so too; else its largest letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.documents import SPACE, Page
from corpus.text import normal_form
from ingest.lines import read_boxes
from ingest.naming import find_series_name
from ingest.raw import Metadata
from ingest.said import FILE_NAME, METADATA, Said, first_said, on_page

_JUNK = re.compile(
    r"^(?:microsoft word|untitled|document\d*$|powerpoint|slide \d|cover)|\.(?:docx?|pdf|indd|pptx?)\b", re.IGNORECASE
)
_STOCK = frozenset(
    "contents|table of contents|inhalt|inhaltsverzeichnis|sommaire|foreword|preface|acknowledgements".split("|")
)
"""Headings that every report has."""

_FIRST_PAGES = 2
_SHORTEST, _LONGEST = 8, 250
_SAME_SIZE = 0.1
_LARGER = 1.15
"""Letters larger than most of the page by this factor may be a title."""

_FEW_WORDS = 4
"""A title of fewer words takes the line below it along, where that is larger than the text too."""

_CONFIRMED = 0.6
"""The share of a metadata title's words that must stand on the first pages: many files carry another file's title."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a page's text in letters of one height, in points."""

    text: str
    size: float


def find_title(metadata: Metadata, pages: list[Page], stem: str) -> Said[str]:
    """The title and where it stands; at last the file's name."""
    opening = pages[:_FIRST_PAGES]
    candidates = [
        _confirmed(metadata.title, opening),
        *(_largest(page) for page in opening),
        *(_first_heading(page) for page in opening),
        Said(metadata.title, METADATA) if _usable(metadata.title) and metadata.title else None,
    ]
    return first_said(candidates) or Said(stem, FILE_NAME)


def _confirmed(title: str | None, pages: list[Page]) -> Said[str] | None:
    if title is None or not _usable(title):
        return None
    words = _words(title)
    there = set().union(*(_words(page.text) for page in pages)) if pages else set()
    return Said(title, METADATA) if words and len(words & there) >= _CONFIRMED * len(words) else None


def _usable(title: str | None) -> bool:
    return title is not None and len(title.split()) > 1 and not _JUNK.search(title)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", normal_form(text).casefold()))


def _largest(page: Page) -> Said[str] | None:
    runs = [run for run in _runs(page) if run.text]
    if not runs:
        return None
    usual = max(runs, key=lambda run: len(run.text)).size
    large = [run for run in runs if run.size > _LARGER * usual and _may_be_title(run.text)]
    if not large:
        return None
    best = max(large, key=lambda run: run.size)
    title = best.text
    following = runs[runs.index(best) + 1 :][:1]
    if len(title.split()) < _FEW_WORDS and following and following[0] in large:
        title = f"{title.rstrip(':')}: {following[0].text}"
    return Said(_as_sentence(title), on_page(page.number))


def _runs(page: Page) -> Iterator[_Run]:
    """The stretches of a page, in its order, each in letters of one size; none where the file has no layout."""
    boxes = read_boxes(page.sheet)
    if not boxes:
        return
    start, size = 0, 0.0
    for place, origin in enumerate(page.origins_between(0, len(page.text))):
        if origin == SPACE or page.text[place].isspace():
            continue
        height = boxes[origin].height
        if size and abs(height - size) > _SAME_SIZE * size:
            yield _Run(" ".join(page.text[start:place].split()), size)
            start = place
            size = height
        size = size or height
    yield _Run(" ".join(page.text[start:].split()), size)


def _may_be_title(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= _SHORTEST
        and len(text) <= _LONGEST
        and " " in text
        and text.casefold() not in _STOCK
        and not find_series_name(text)
    )


def _first_heading(page: Page) -> Said[str] | None:
    """The first line that is not the series line."""
    for line in page.text.split("\n"):
        if _SHORTEST <= len(line) <= _LONGEST and line.casefold() not in _STOCK and not find_series_name(line):
            return Said(_as_sentence(line), on_page(page.number))
    return None


def _as_sentence(text: str) -> str:
    """Capitals all through are set as a sentence is."""
    return text.capitalize() if text.isupper() else text

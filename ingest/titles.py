"""A report's title: what its metadata say, if its first pages say so too; else its largest letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.documents import SPACE, Page
from corpus.text import normal_form
from ingest.lines import read_heights
from ingest.naming import find_series_name
from ingest.raw import Metadata
from ingest.said import FILE_NAME, METADATA, Said, first_said, on_page

_JUNK = re.compile(
    r"^(?:microsoft word|untitled|document\d*$|powerpoint|slide \d|cover)|\.(?:docx?|pdf|indd|pptx?)\b", re.IGNORECASE
)
_FILE_MARKS = re.compile(
    r"^(?:microsoft (?:word|powerpoint) - |draft |final )+|"
    r"(?:[ _-]+(?:v|version |rev)?\d{1,2}(?:\.\d+)*|[ _-]+(?:final|draft))*\.(?:docx?|pdf|indd|pptx?)$",
    re.IGNORECASE,
)
"""What a program or a hurried hand puts around a title in the metadata."""

_LONGEST_MARKED = 1000
"""Characters of a metadata title that is looked through for them: in one of many thousands it takes minutes."""

_STOCK = re.compile(
    r"(?:table of )?contents?|abstract|(?:executive )?summary|introduction|inhalt(?:sverzeichnis)?|sommaire|foreword|"
    r"preface|acknowledge?ments|glossary|disclaimer|page \d+|"
    r"(?:chapter|paragraph|section|part|annex|volume|kapitel|chapitre)[ .\divxlc]*|.*\.{4}.*",
    re.IGNORECASE,
)
"""Headings that any report has."""

_FIRST_PAGES = 2
_SHORTEST, _LONGEST = 8, 250
_SAME_SIZE = 0.1
_NEAR_SIZE = 0.7
"""Letters of this share of the title's height may be words of it in another style, or its last line."""

_EVERYWHERE = 3
"""A stretch in the same letters on so many of the opening pages is a running head or a stamp, and no title."""

_LEFT_OPEN = re.compile(r"(?:[:,]|\b(?:a|an|and|by|for|from|in|of|on|or|the|to|und|der|die|des|et|de|la|les))$", re.I)
"""How a title ends whose line goes on below."""

_OPENING = 6
"""Pages by which it is told what the usual letters are."""

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
    runs = {page.number: tuple(run for run in _runs(page) if run.text) for page in pages[:_OPENING]}
    bare = _without_marks(metadata.title)
    candidates = [
        Said(metadata.title, METADATA) if metadata.title and _usable(metadata.title, opening) else None,
        Said(bare, METADATA) if bare and _usable(bare, pages[: _FIRST_PAGES + 1]) else None,
        *(_largest(page.number, runs) for page in opening),
        *(_first_heading(page) for page in opening),
        Said(metadata.title, METADATA) if metadata.title and _is_title(metadata.title) else None,
    ]
    return first_said(candidates) or Said(stem, FILE_NAME)


def stands_there(title: str, pages: Sequence[Page]) -> bool:
    """Whether most of a title's words stand on the first pages."""
    words = _words(title)
    there = set().union(*(_words(page.text) for page in pages[:_FIRST_PAGES]))
    return bool(words) and len(words & there) >= _CONFIRMED * len(words)


def _usable(title: str, pages: Sequence[Page]) -> bool:
    words = _words(title)
    there = set().union(*(_words(page.text) for page in pages))
    return _is_title(title) and bool(words) and len(words & there) >= _CONFIRMED * len(words)


def _is_title(title: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", title)) > 1 and not _JUNK.search(title)


def _without_marks(title: str | None) -> str | None:
    """A metadata title without the marks of the file that it was made from; None where it has none."""
    bare = _FILE_MARKS.sub("", title).strip() if title and len(title) <= _LONGEST_MARKED else ""
    return bare if bare and bare != title else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", normal_form(text).casefold()))


def _largest(number: int, runs: Mapping[int, Sequence[_Run]]) -> Said[str] | None:
    """The largest letters of a page, where they are larger than what most of the opening is set in."""
    every = [run for own in runs.values() for run in own]
    if not runs[number]:
        return None
    usual = max(every, key=lambda run: len(run.text)).size
    times = Counter(run.text for run in every)
    own = [run for run in runs[number] if times[run.text] < _EVERYWHERE]
    large = [run for run in own if run.size > _LARGER * usual and _may_be_title(run.text)]
    if not large:
        return None
    return Said(_as_sentence(_grown(own, max(large, key=lambda run: run.size), usual)), on_page(number))


def _grown(runs: Sequence[_Run], best: _Run, usual: float) -> str:
    """A title with the words of it in a slightly smaller style, and the line below that it plainly goes on to."""
    place = runs.index(best)
    title = best.text
    for between, after in zip(runs[place + 1 :], runs[place + 2 :], strict=False):
        joins = between.size >= _NEAR_SIZE * best.size or _LEFT_OPEN.fullmatch(between.text)
        alike = joins and after.size >= (1 - _SAME_SIZE) * best.size
        longer = f"{title} {between.text} {after.text}"
        if not alike or len(longer) > _LONGEST:
            break
        title, place = longer, place + 2
    following = next(iter(runs[place + 1 :]), None)
    if following is None or following.size <= _LARGER * usual or not _may_be_title(following.text):
        return title
    if _LEFT_OPEN.search(title) and following.size >= _NEAR_SIZE * best.size:
        return f"{title} {following.text}"
    return f"{title.rstrip(':')}: {following.text}" if len(title.split()) < _FEW_WORDS else title


def _runs(page: Page) -> Iterator[_Run]:
    """The stretches of a page, in its order, each in letters of one size; none where the file has no layout."""
    heights = read_heights(page.sheet)
    if not heights:
        return
    start, size = 0, 0.0
    for place, origin in enumerate(page.origins_between(0, len(page.text))):
        if origin == SPACE or page.text[place].isspace():
            continue
        height = heights[origin]
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
        and not _STOCK.fullmatch(text)
        and not find_series_name(text)
    )


def _first_heading(page: Page) -> Said[str] | None:
    """The first line that is not the series line."""
    for line in page.text.split("\n"):
        if _SHORTEST <= len(line) <= _LONGEST and not (_STOCK.fullmatch(line) or find_series_name(line)):
            return Said(_as_sentence(line), on_page(page.number))
    return None


def _as_sentence(text: str) -> str:
    """Capitals all through are set as a sentence is."""
    return text.capitalize() if text.isupper() else text

"""References within a text: permanent links, and "EMN Flash #2 - 2025, p. 1" in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.pagelists import PAGES, PageList, read_pages
from assistant.pointing import documents_meant
from corpus.documents import Document
from corpus.text import normal_form

_LINK = re.compile(r"(?:https?://[^\s<>\"]{0,200}?/c/)?(?:[\w.-]{1,200}/)?[0-9a-f]{8}/p[1-9]\d{0,6}/[0-9a-f]{12}(?!\w)")
_ADDRESS = re.compile(r"https?://[^\s<>\"\u201d]+")
_STARTS = re.compile(r"(?:^|[(\[;:]\s*|[.!?]\s+|[\s\"\u201d\u00bb](?=[A-Z]))")
_LONGEST_NAME = 400
"""Characters in front of a page's number that may name the report."""

_LOOKS_NAMED = re.compile(r"\b(?:19|20)\d\d\b|#\s*\d")
_FEWEST_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference as it stands in a text. `link`: the permanent link, empty where a report is named.

    `documents`: the reports that may be meant, none where the library has no such report. `pages`: none with a link.
    """

    text: str
    start: int
    end: int
    link: str = ""
    documents: tuple[Document, ...] = ()
    pages: PageList = PageList(())

    @property
    def is_ambiguous(self) -> bool:
        """Whether more than one report may be meant; one report in several languages, by its number, is one."""
        reports = {(one.series, one.year, one.number) for one in self.documents}
        return len(self.documents) > 1 and (len(reports) > 1 or any(one.number is None for one in self.documents))


def find_mentions(text: str, documents: Sequence[Document]) -> list[Mention]:
    """Every link, and every page of a report that the text names, in order."""
    links = [Mention(found.group(), found.start(), found.end(), link=found.group()) for found in _LINK.finditer(text)]
    plain = text
    for pattern in (_LINK, _ADDRESS):
        plain = pattern.sub(lambda found: " " * len(found.group()), plain)
    return sorted([*links, *_named_pages(plain, documents)], key=lambda mention: mention.start)


def without_mentions(mentions: Sequence[Mention], text: str) -> str:
    """A text with its references blanked: a report's year is not that of a figure."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _named_pages(text: str, documents: Sequence[Document]) -> Iterator[Mention]:
    last = 0
    for found in PAGES.finditer(text):
        first = max(last, found.start() - _LONGEST_NAME)
        before = text[first : found.start()]
        meant, start = _meant(before, documents)
        if meant or (_LOOKS_NAMED.search(_clause(before)) and before.rstrip().endswith((",", "(", ";", ":"))):
            begin = first + (start if meant else len(before) - len(_clause(before).lstrip()))
            shown = " ".join(text[begin : found.end()].split()).lstrip("([;:,. ")
            yield Mention(shown, begin, found.end(), "", tuple(meant), read_pages(found))
        last = found.end()


def _meant(before: str, documents: Sequence[Document]) -> tuple[list[Document], int]:
    """The reports that the longest possible name in front of a page's number means, and where the name begins."""
    for match in _STARTS.finditer(before):
        name = before[match.end() :].strip(" ,;:(\n\t")
        if re.search(r"[^\W\d_]", name) and (_LOOKS_NAMED.search(name) or len(name.split()) >= _FEWEST_TITLE_WORDS):
            meant = documents_meant(name, documents)
            if meant:
                return meant, match.end()
    return _titled(before, documents), 0


def _titled(before: str, documents: Sequence[Document]) -> list[Document]:
    """The reports whose whole title stands there; of those with the same, the ones of a year that stands there too."""
    words = f" {_plain(before)} "
    titled = [
        document
        for document in documents
        if len(document.title.split()) >= _FEWEST_TITLE_WORDS and f" {_plain(document.title)} " in words
    ]
    dated = [document for document in titled if document.year and f" {document.year} " in words]
    return dated or titled


def _clause(before: str) -> str:
    return re.split(r"[(\[;]|[.!?]\s", before)[-1]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", normal_form(text).casefold()))

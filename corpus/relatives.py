"""Reports of one family: the flash, the inform and the study of a subject, a translation, an older edition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.catalogue import plain_title
from corpus.documents import Document
from corpus.library import Library

_COMMON = 0.25
"""Words that stand in more than this share of all titles say nothing about a family: trafficking, human, beings."""

_FEWEST_TITLES = 6
_SHARED_WORDS, _SHARED_PART = 3, 0.5
"""Titles are alike that share so many rarer words, and this part of the shorter one's."""

_FEWEST_PASSAGES = 3
_EVERYWHERE = 3
"""Passages that stand in more reports than this are notices that every report carries."""

_LONG_TITLE = 5
"""Words from which a title that stands on a page is taken for the name of that report."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A report of the same family, and what shows it, in words."""

    document: Document
    reasons: tuple[str, ...]


def find_relatives(document: Document, library: Library) -> list[Relative]:
    """The current reports that belong with one, the most certain first; each reason can be checked on the page."""
    others = [other for other in library.documents() if other.sha256 != document.sha256]
    shared = _count_shared_passages(document, library)
    named = _find_named(document, others, library)
    rare = _rare_words([document, *others])
    found = []
    for other in others:
        known = _same_publication(document, other)
        reasons = [
            *known,
            *([f"{shared[other.sha256]} passages in common"] if shared[other.sha256] >= _FEWEST_PASSAGES else []),
            *([f"named on page {named[other.sha256]}"] if other.sha256 in named else []),
            *(["much the same title"] if not known and _alike(document, other, rare) else []),
        ]
        if reasons:
            found.append(Relative(other, tuple(reasons)))
    return sorted(found, key=lambda relative: (-len(relative.reasons), relative.document.slug))


def _same_publication(one: Document, other: Document) -> list[str]:
    """The same number of a series in another language, or the same title in another series, year or language."""
    numbered = one.series is not None and one.number is not None
    same_number = (one.series, one.number, one.year) == (other.series, other.number, other.year)
    if numbered and same_number and one.language != other.language:
        return ["the same number in another language"]
    return ["the same title"] if plain_title(one.title) == plain_title(other.title) else []


def _count_shared_passages(document: Document, library: Library) -> Counter[str]:
    """How many passages each other report has word for word in common with this one, by its sha256."""
    shared: Counter[str] = Counter()
    for passages in library.passages_by_key(sorted(library.keys([document.sha256]))).values():
        holders = {passage.document for passage in passages}
        if len(holders) <= _EVERYWHERE:
            shared.update(holders - {document.sha256})
    return shared


def _find_named(document: Document, others: Sequence[Document], library: Library) -> dict[str, int]:
    """The first page of a report that names another one, by its series, number and year or by its title."""
    own = _names(document)
    pages = [(page.number, _without(f" {plain_title(page.text)} ", own)) for page in library.pages(document.sha256)]
    named = {}
    for other in others:
        names = _names(other)
        first = next((number for number, text in pages if any(f" {name} " in text for name in names)), None)
        if first is not None:
            named[other.sha256] = first
    return named


def _without(text: str, names: Sequence[str]) -> str:
    """A page without the report's own names: its title may hold another one's."""
    for name in names:
        text = text.replace(f" {name} ", " . ")
    return text


def _names(document: Document) -> list[str]:
    """What a page may call a report: its series, number and year, or its title where that is long enough."""
    names = [plain_title(document.title)] if len(document.title.split()) >= _LONG_TITLE else []
    if document.series and document.number and document.year:
        names.append(plain_title(f"{document.series} {document.number} {document.year}"))
    return names


def _rare_words(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """The words of each title, by the report's sha256, without those of many titles."""
    words = {document.sha256: frozenset(re.findall(r"\w{4,}", document.title.casefold())) for document in documents}
    counts = Counter(word for own in words.values() for word in own)
    most = _COMMON * len(documents) if len(documents) >= _FEWEST_TITLES else len(documents)
    return {sha256: frozenset(word for word in own if counts[word] <= max(most, 2)) for sha256, own in words.items()}


def _alike(one: Document, other: Document, rare: dict[str, frozenset[str]]) -> bool:
    mine, theirs = rare[one.sha256], rare[other.sha256]
    shared = len(mine & theirs)
    return shared >= _SHARED_WORDS and shared >= _SHARED_PART * min(len(mine), len(theirs))


def relative_form(relative: Relative) -> dict[str, object]:
    """A report of the same family as programs see it, with what shows that it is one."""
    return {
        "slug": relative.document.slug,
        "title": relative.document.title,
        "reasons": list(relative.reasons),
    }

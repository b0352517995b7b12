"""What a newer edition has in the place of words that an earlier one said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answers import Citation
from assistant.differences import Difference
from assistant.links import Resolved, cite_parts
from assistant.verify import ReadPages, Verdict, check_quote
from corpus.documents import Document, Page
from corpus.library import Library
from corpus.text import normal_form

_COMPARED = 4
"""Pages of the newer edition that are compared with the words: those that share most of them."""

_LINES = {
    "verbatim": "The newer edition says the same:",
    "altered": "The newer edition says nearly this:",
    "not found": "The newer edition does not say this. The nearest in it:",
}


@dataclass(frozen=True, slots=True)
class Newer:
    """The newer edition, and what it has for the words: the same, nearly the same with every difference, or the
    nearest there is. `citation`: None where it has no word of them."""

    document: Document
    verdict: Literal["verbatim", "altered", "not found"]
    citation: Citation | None
    differences: tuple[Difference, ...] = ()


def newer_line(newer: Newer) -> str:
    """What the newer edition does with the words, in front of its own."""
    return _LINES[newer.verdict] if newer.citation else "The newer edition says nothing like this."


def find_in_newer(library: Library, resolved: Resolved) -> Newer | None:
    """The words of a replaced edition in the one that replaced it; None where none did, or it has gone since."""
    edition = resolved.edition
    current = [one for one in library.documents() if one.slug == edition.document.slug]
    if edition.state != "replaced" or not current:
        return None
    (document,) = current
    pages = library.pages(document.sha256)
    verdict = _best([check_quote(resolved.citation.quote, ReadPages(some)) for some in _like(resolved, pages)])
    if verdict is None or not verdict.matches:
        return Newer(document, "not found", None)
    match = verdict.matches[0]
    numbered = {page.number: page for page in pages}
    return Newer(document, verdict.kind, cite_parts(document, match.parts, numbered, 1, 0.0), match.differences)


def _like(resolved: Resolved, pages: Sequence[Page]) -> list[Sequence[Page]]:
    """Pages that share most words with the quote, each with those beside it."""
    wanted = _words(resolved.citation.quote)
    shared = [len(wanted & _words(page.text)) for page in pages]
    best = sorted((place for place in range(len(pages)) if shared[place]), key=lambda place: -shared[place])
    return [pages[max(place - 1, 0) : place + 2] for place in best[:_COMPARED]]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", normal_form(text).casefold()))


def _best(verdicts: Sequence[Verdict]) -> Verdict | None:
    return max(verdicts, key=lambda one: max((match.similarity for match in one.matches), default=0.0), default=None)

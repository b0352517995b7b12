"""A proof, not a step: whether words stand on a page, to the letter."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answers import Citation, QuotePart
from corpus.documents import Page
from corpus.text import normal_hash


def stands_on(page: Page, part: QuotePart) -> bool:
    """Whether the page's text, from the part's start to its end, is the part's quote: to the letter, not empty."""
    return part.page == page.number and bool(part.quote) and page.text[part.start : part.end] == part.quote


def is_proven(citation: Citation, page_of: Callable[[str, int], Page]) -> bool:
    """Whether every part of a citation stands on its page, and its link is the link of these words.

    `page_of` gives the page of a document (by sha256) with that number.
    """
    words = citation.link.rpartition("/")[2]
    return (
        bool(citation.parts)
        and all(stands_on(page_of(citation.document.sha256, part.page), part) for part in citation.parts)
        and words == normal_hash(citation.quote)
    )

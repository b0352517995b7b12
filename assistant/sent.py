"""Quotes that a browser or a program sends to be exported: each is proven anew before it stands in quotation marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.dossier import Collected, Dossier, number_quotes
from assistant.links import Resolved, cite_found, resolve_link
from assistant.verify import Match, ReadPages, check_quote, is_proven
from corpus.documents import Page, Part
from corpus.errors import Fault, WrongUse
from corpus.library import Library
from corpus.text import normal_form

_PAGES = 12
"""Pages from the one that a link names on, in which words with some left out between them are looked for."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A quote by its link, with what its collector says of it. `words`: those that were shown with the link, of which
    the quote must be made; empty for the words that the link stands for.
    """

    link: str
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A quote that is not proven: its number among those sent, from 1, its link, and why."""

    number: int
    link: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Proven:
    """What came of proving the quotes that were sent: those that hold, in their order, and those that do not."""

    dossier: Dossier
    refused: tuple[Refused, ...]


class Unproven(WrongUse):
    """A quote does not say what its page says."""

    kind = "unproven"


def prove_quotes(library: Library, sent: Sequence[Sent], today: date) -> Proven:
    """Hold each quote against its page. One that does not hold is refused with the reason; the others stay in order."""
    held: list[Collected] = []
    refused: list[Refused] = []
    for number, one in enumerate(sent, 1):
        try:
            held.append(_prove(library, one))
        except Fault as fault:
            refused.append(Refused(number, one.link, fault))
    return Proven(Dossier(number_quotes(library, held, today), (), today), tuple(refused))


def require_all(proven: Proven) -> Dossier:
    """The dossier. Raises Unproven where a quote is refused: nothing is exported then."""
    if proven.refused:
        first, *others = proven.refused
        also = f"; nor are {len(others)} more" if others else ""
        raise Unproven(
            f"quote {first.number} is not proven ({first.fault.message}){also}", "take it out, or find its words anew"
        )
    return proven.dossier


def _prove(library: Library, one: Sent) -> Collected:
    """What a link stands for, in the words that were sent. Raises NotFound, Removed, WrongUse, Unproven."""
    resolved = resolve_link(library, one.link)
    if one.words.strip() and normal_form(one.words) != normal_form(resolved.citation.quote):
        return _prove_words(library, resolved, one)
    if not is_proven(resolved.citation, library.page):
        raise Unproven("its words do not stand on their page to the letter", "find them anew")
    return Collected(resolved, resolved.citation.quote, one.note)


def _prove_words(library: Library, resolved: Resolved, one: Sent) -> Collected:
    """The same place in other words than the link's: those of a long quote, within a word, or with some left out."""
    document, first = resolved.citation.document, resolved.citation.parts[0]
    pages = {page.number: page for page in library.pages(document.sha256, range(first.page, first.page + _PAGES))}
    verdict = check_quote(one.words, ReadPages(list(pages.values())))
    here = next((match for match in verdict.matches if _overlaps(match, resolved)), None)
    if verdict.kind != "verbatim" or here is None:
        raise Unproven("its words are not those that its link stands for", "send the words of the link")
    cited = replace(resolved, citation=cite_found(library, document, here.parts, 1.0))
    return Collected(cited, _joined(here, pages), one.note)


def _overlaps(match: Match, resolved: Resolved) -> bool:
    return any(
        part.page == other.page and part.start < other.end and other.start < part.end
        for part in match.parts
        for other in resolved.citation.parts
    )


def _joined(match: Match, pages: Mapping[int, Page]) -> str:
    """The words of a match, to the letter, with a mark where some of the page's are left out."""
    first, *_ = match.parts
    said = _text(first, pages)
    for before, part in itertools.pairwise(match.parts):
        said += (" " if _follows(before, part, pages) else " [...] ") + _text(part, pages)
    return said


def _text(part: Part, pages: Mapping[int, Page]) -> str:
    return pages[part.page].text[part.start : part.end]


def _follows(before: Part, part: Part, pages: Mapping[int, Page]) -> bool:
    """Whether no words stand between two stretches, on one page or over its end."""
    if part.page == before.page:
        between = pages[part.page].text[before.end : part.start]
    else:
        between = pages[before.page].text[before.end :] + pages[part.page].text[: part.start]
    return part.page <= before.page + 1 and re.search(r"\w", between) is None

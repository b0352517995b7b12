"""A quote as people name it, by its words alone or by a reference and its words: the one place that is meant."""

from __future__ import annotations

from assistant.answers import Citation
from assistant.find import Found
from assistant.links import cite_found
from assistant.lookup import refer
from assistant.pointing import find_pages
from assistant.verify import ReadPages, check_quote
from corpus.errors import NotFound, WrongUse
from corpus.library import Library

_SHOWN = 5
"""Places that are named where several are meant."""


def find_on_pages(library: Library, reference: str, quote: str) -> Citation:
    """The quote on the pages of a reference. Raises NotFound where it does not stand there to the letter, WrongUse."""
    cited: list[Citation] = []
    nearest = ""
    for place in find_pages(library, reference):
        verdict = check_quote(quote, ReadPages(place.pages))
        found = [cite_found(library, place.document, match.parts, 1.0) for match in verdict.matches]
        if verdict.kind == "verbatim":
            cited += found[:1]
        elif verdict.kind == "altered" and not nearest:
            nearest = f" to the letter; it has \u201c{found[0].quote}\u201d"
    if not cited:
        raise NotFound(f"the page does not say that{nearest}", "`python -m assistant find` looks in all reports")
    return _only(cited)


def only_source(found: Found) -> Citation:
    """The place of a quote that stands to the letter. Raises NotFound where none does, WrongUse where several do."""
    if found.verdict != "verbatim":
        raise NotFound(
            "no report says that to the letter", "`python -m assistant find` shows the nearest and what differs"
        )
    return _only([source.citation for source in found.matches])


def _only(cited: list[Citation]) -> Citation:
    if len({citation.link for citation in cited}) > 1:
        places = "; ".join(f"{refer(one)} {one.link}" for one in cited[:_SHOWN])
        raise WrongUse(f"{len(cited)} places say that: {places}", "name one of them by its link")
    return cited[0]

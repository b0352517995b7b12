"""What a draft cites: the pages that its references mean, in whichever edition they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.counted import Told, counts_the_same
from assistant.figures import Figure, find_number, find_sayings
from assistant.find import Source
from assistant.links import Resolved, cite_parts, resolve_link
from assistant.mentioned import Mention
from assistant.pagelists import PageList, find_listed
from assistant.verify import ReadPages, check_quote
from corpus.documents import Document, Page, Part
from corpus.errors import NotFound, WrongUse
from corpus.library import Library
from corpus.terms import country_names
from corpus.text import normal_form


@dataclass(frozen=True, slots=True)
class Place:
    """Pages of one edition; none where it has no such page. `state` is that of an Edition.

    `missing`: the numbers of pages that are named and that it does not have.
    """

    document: Document
    pages: tuple[Page, ...]
    state: str = "current"
    missing: tuple[str, ...] = ()

    def has(self, source: Source) -> bool:
        """Whether a source begins, or goes on, on one of these pages."""
        numbers = {page.number for page in self.pages}
        same = source.citation.document.sha256 == self.document.sha256
        return same and any(part.page in numbers for part in source.citation.parts)


class Places:
    """The places that references mean in one library as it stands now; each is looked up once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._links: dict[str, Resolved | None] = {}
        self._named: dict[tuple[str, PageList], Place] = {}
        self._old: list[Place] | None = None

    def resolved(self, link: str) -> Resolved | None:
        """What a permanent link stands for; None where it stands for nothing here."""
        if link not in self._links:
            try:
                self._links[link] = resolve_link(self._library, link)
            except (NotFound, WrongUse):
                self._links[link] = None
        return self._links[link]

    def of(self, mention: Mention) -> list[Place]:
        """The places that a reference may mean; none where the library has no such report."""
        if mention.link:
            resolved = self.resolved(mention.link)
            if resolved is None:
                return []
            document = resolved.citation.document
            pages = [self._library.page(document.sha256, part.page) for part in resolved.citation.parts]
            return [Place(document, tuple(pages), resolved.edition.state)]
        return [self._name(document, mention) for document in mention.documents]

    def old(self) -> list[Place]:
        """The editions that a newer file has replaced, whole."""
        if self._old is None:
            editions = [edition for edition in self._library.editions() if edition.state == "replaced"]
            self._old = [
                Place(one.document, tuple(self._library.pages(one.document.sha256)), one.state) for one in editions
            ]
        return self._old

    def _name(self, document: Document, mention: Mention) -> Place:
        key = (document.sha256, mention.pages)
        if key not in self._named:
            pages = self._library.pages(document.sha256)
            found, missing = find_listed(pages, mention.pages)
            self._named[key] = Place(document, tuple(found), missing=tuple(missing))
        return self._named[key]


def find_words(text: str, place: Place) -> Source | None:
    """Where words stand on the pages of a place, to the letter but for what `find` tolerates; None where not."""
    plain = normal_form(text).casefold()
    if (
        plain.split()[:1]
        and plain.split()[0] not in normal_form(" ".join(page.text for page in place.pages)).casefold()
    ):
        return None
    verdict = check_quote(text, ReadPages(place.pages)) if place.pages else None
    if verdict is None or verdict.kind != "verbatim":
        return None
    return _source(place, verdict.matches[0].parts, case=verdict.matches[0].case)


def find_figure(figure: Figure, told: Told, place: Place) -> Source | None:
    """The sentence of a place that says a figure of the same; `told`: how the draft does."""
    countries = place.document.countries if len(place.document.countries) == 1 else ()
    about = " ".join([place.document.title, *country_names(countries)])
    for page in place.pages:
        for saying in find_sayings(page.text, figure, about):
            if counts_the_same(told, saying.told):
                return _source(place, (Part(page.number, saying.span.start, saying.span.end),), case=False)
    return None


def find_nearest(figure: Figure, place: Place) -> Source | None:
    """The sentence of a place that has the figure's number with its unit, else at all, whatever it counts."""
    for page in place.pages:
        saying = next(find_sayings(page.text, figure, ""), None)
        span = saying.span if saying else find_number(page.text, figure)
        if span is not None:
            return _source(place, (Part(page.number, span.start, span.end),), case=False)
    return None


def _source(place: Place, parts: Sequence[Part], *, case: bool) -> Source:
    pages = {page.number: page for page in place.pages}
    return Source(cite_parts(place.document, parts, pages, 1, 1.0), 1.0, (), case)

"""Permanent links: from a citation to its link, and from a link to the words it stands for.

`SLUG/SHA8/pN/HASH12`: the first 8 hexadecimal digits of the file's SHA-256, the physical page, and the first 12 of
the hash of the words' normal form. The slug is for people and is never compared. Nothing else is needed: a link
outlives re-reading, other passages, another embedder, and a library made again from the same files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Citation, QuotePart
from assistant.noted import QuotedNote, name_source, quote_notes
from corpus.documents import Document, Edition, Page, Part
from corpus.errors import NotFound, Removed, WrongUse
from corpus.library import Library
from corpus.sentences import sentence_spans
from corpus.text import Span, normal_form, normal_hash

_LINK = re.compile(r"(?:[^/]*/)?(?P<file>[0-9a-f]{8})/p(?P<page>[1-9]\d{0,6})/(?P<words>[0-9a-f]{12})")
_LONGEST = 400
"""Words in the longest quote that a link can stand for."""

_MARKS = 3
"""Marks around a word, on one side, that a quote may leave out."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link taken apart: the file's first 8 digits, the physical page, the words' hash."""

    file: str
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a link stands for: the words where they stand, and the edition they stand in.

    `has_current`: whether an edition of that report is in the library now, this one or a newer one. `notes`: those that
    marks within the words lead to.
    """

    citation: Citation
    edition: Edition
    has_current: bool
    notes: tuple[QuotedNote, ...] = ()


def make_link(document: Document, parts: Sequence[QuotePart]) -> str:
    words = normal_hash(" ".join(part.quote for part in parts))
    return f"{document.slug}/{document.sha256[:8]}/p{parts[0].page}/{words}"


def cite_parts(
    document: Document, parts: Sequence[Part], pages: dict[int, Page], number: int, score: float
) -> Citation:
    """The citation of some stretches of a document's pages; stretches on one page become one part."""
    quotes: list[QuotePart] = []
    for part in parts:
        page = pages[part.page]
        start = quotes.pop().start if quotes and quotes[-1].page == part.page else part.start
        quotes.append(QuotePart(page.number, page.label, page.text[start : part.end], start, part.end))
    return Citation(number, document, tuple(quotes), make_link(document, quotes), score)


def cite_from(library: Library, document: Document, parts: Sequence[Part], number: int, score: float) -> Citation:
    """The citation of stretches of a document in the library, with their language and their source."""
    pages = {part.page: library.page(document.sha256, part.page) for part in parts}
    citation = cite_parts(document, parts, pages, number, score)
    first = citation.parts[0]
    spoken = library.apparatus.other_language(document.sha256, first.page, first.start)
    return replace(citation, passage_language=spoken, source=name_source(library, document.sha256, parts))


def cite_found(library: Library, document: Document, parts: Sequence[Part], score: float) -> Citation:
    """The citation of stretches that may stand apart or be long; its link is of those in front that stand together.

    Where they begin or end within a word, as in "2021-2025", the link is of the whole word.
    """
    citation = cite_from(library, document, parts, 1, score)
    linked = [_in_whole_words(part, library.page(document.sha256, part.page).text) for part in citation.parts]
    return replace(citation, link=make_link(document, _together(library, replace(citation, parts=tuple(linked)))))


def _in_whole_words(part: QuotePart, text: str) -> QuotePart:
    """The stretch from the space before it to the space behind it, but without marks there that belong to no word."""
    start, end = part.start, part.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    start = start if any(map(str.isalnum, text[start : part.start])) else part.start
    end = end if any(map(str.isalnum, text[part.end : end])) else part.end
    return QuotePart(part.page, part.label, text[start:end], start, end)


def _together(library: Library, citation: Citation) -> Sequence[QuotePart]:
    """The first part, and the second where the words run on to it over a page's end; no more than a link can hold."""
    first, *others = citation.parts
    words = list(re.finditer(r"\S+", first.quote))
    if len(words) > _LONGEST:
        end = words[_LONGEST - 1].end()
        return [QuotePart(first.page, first.label, first.quote[:end], first.start, first.start + end)]
    if len(others) != 1 or others[0].page != first.page + 1 or len(words) + len(others[0].quote.split()) > _LONGEST:
        return [first]
    page, after = (library.page(citation.document.sha256, part.page).text for part in citation.parts)
    between = page[first.end :] + after[: others[0].start]
    return [first] if re.search(r"\w", between) else citation.parts


def parse_link(text: str) -> Link:
    """Raises WrongUse for what has not the form of a link. An address in front of it is passed over."""
    found = _LINK.fullmatch(_without_address(text))
    if found is None:
        raise WrongUse("that is no link of this library", "a link looks like emn-flash-2025-2/3fa94c01/p1/9f31c2ab77d0")
    return Link(found["file"], int(found["page"]), found["words"])


def is_link(text: str) -> bool:
    """Whether it has the form of a link, with an address in front of it or without."""
    return _LINK.fullmatch(_without_address(text)) is not None


def resolve_link(library: Library, text: str) -> Resolved:
    """The words a link stands for, in the edition it names. Raises WrongUse for the form, NotFound for the words,
    Removed where they were purged.

    Looked for among all stretches of the page that the link names, then among the sentences of the other pages.
    """
    link = parse_link(text)
    editions = library.editions(link.file)
    for edition in editions:
        pages = library.pages(edition.document.sha256)
        ordered = sorted(range(len(pages)), key=lambda place: (pages[place].number != link.page, place))
        for place in ordered:
            parts = _find_words(pages, place, link.words, thorough=pages[place].number == link.page)
            if parts:
                slugs = {document.slug for document in library.documents()}
                citation = cite_from(library, edition.document, parts, 1, 0.0)
                notes = quote_notes(library, edition.document.sha256, parts)
                return Resolved(citation, edition, edition.document.slug in slugs, notes)
    for edition in editions:
        if edition.state == "purged":
            raise purged(edition)
    raise NotFound(
        f"nothing in this library is meant by the link {link.file}/p{link.page}/{link.words}",
        "add the file that it was made from, then try again",
    )


def purged(edition: Edition) -> Removed:
    """What to say of a report that nothing is kept of."""
    return Removed(
        f"the report {edition.document.slug!r} was removed from this library on {edition.day}, and its words with it",
        "add its file again to see them",
    )


def _without_address(text: str) -> str:
    return re.sub(r"^.*/c/", "", text.strip())


def _find_words(pages: list[Page], place: int, words: str, *, thorough: bool) -> tuple[Part, ...]:
    """Where words of that hash stand, beginning on one page: within it, or running on to the next."""
    page = pages[place]
    span = _find_sentence(page.text, words) or (_find_window(page.text, words) if thorough else None)
    if span is not None:
        return (Part(page.number, span.start, span.end),)
    if place + 1 == len(pages):
        return ()
    return _find_across(page, pages[place + 1], words) or (
        _find_over(page, pages[place + 1], words) if thorough else ()
    )


def _find_across(page: Page, after: Page, words: str) -> tuple[Part, ...]:
    """Words that begin with the last sentence of a paragraph and run on into one of the next page."""
    ends = {match.end() for match in re.finditer(r"[^\n]+", page.text)}
    tails = [_normal_words(line.group(), line.start())[:_LONGEST] for line in re.finditer(r"[^\n]+", after.text)]
    for head in reversed(sentence_spans(page.text)):
        if head.end in ends:
            begun = hashlib.sha256(normal_form(page.text[head.start : head.end]).encode())
            for following in tails:
                tail = _continue(begun, following, words)
                if tail is not None:
                    return Part(page.number, head.start, head.end), Part(after.number, tail.start, tail.end)
    return ()


def _find_over(page: Page, after: Page, words: str) -> tuple[Part, ...]:
    """Words that run from somewhere on a page to its last one, and on from the first of the next."""
    found = _normal_words(page.text, 0)
    following = _normal_words(after.text, 0)[:_LONGEST]
    for first in range(max(len(found) - _LONGEST, 0), len(found)):
        for word in (found[first], *_without_marks(found[first], before=True)):
            begun = hashlib.sha256(b" ".join([word.form, *(one.form for one in found[first + 1 :])]))
            tail = _continue(begun, following, words)
            if tail is not None:
                return Part(page.number, word.span.start, found[-1].span.end), Part(after.number, tail.start, tail.end)
    return ()


def _find_sentence(text: str, words: str) -> Span | None:
    for sentence in sentence_spans(text):
        if normal_hash(text[sentence.start : sentence.end]) == words:
            return sentence
    return None


def _find_window(text: str, words: str) -> Span | None:
    """The first stretch from word to word whose normal form has that hash."""
    found = _normal_words(text, 0)
    for first, whole in enumerate(found):
        for word in (whole, *_without_marks(whole, before=True)):
            for alone in (word, *_without_marks(word, before=False)):
                if hashlib.sha256(alone.form).digest().startswith(bytes.fromhex(words)):
                    return alone.span
            rest = _continue(hashlib.sha256(word.form), found[first + 1 : first + _LONGEST], words)
            if rest is not None:
                return Span(word.span.start, rest.end)
    return None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a page and its normal form. The normal form of a stretch is that of its words joined by spaces.

    `text` is what stands on the page, with the marks around the word.
    """

    span: Span
    form: bytes
    text: str


def _normal_words(text: str, offset: int) -> list[_Word]:
    words = [_word(match.group(), offset + match.start()) for match in re.finditer(r"\S+", text)]
    return [word for word in words if word.form]


def _word(text: str, start: int) -> _Word:
    return _Word(Span(start, start + len(text)), normal_form(text).encode(), text)


def _without_marks(word: _Word, *, before: bool) -> Iterator[_Word]:
    """The word without the marks in front of it, or without those behind it, one mark less each time."""
    text = word.text
    for _ in range(_MARKS):
        if len(text) < 2 or (text[0] if before else text[-1]).isalnum():
            return
        text = text[1:] if before else text[:-1]
        yield _word(text, word.span.end - len(text) if before else word.span.start)


def _continue(begun: hashlib._Hash, following: Sequence[_Word], words: str) -> Span | None:
    """The first of the stretches that begin the following words, with which what was begun has that hash."""
    wanted = bytes.fromhex(words)
    running = begun.copy()
    for word in following:
        for bare in _without_marks(word, before=False):
            cut = running.copy()
            cut.update(b" " + bare.form)
            if cut.digest().startswith(wanted):
                return Span(following[0].span.start, bare.span.end)
        running.update(b" " + word.form)
        if running.digest().startswith(wanted):
            return Span(following[0].span.start, word.span.end)
    return None

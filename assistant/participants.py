"""Who took part in a report: known from its description, quoted from the page that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answers import Composed, Excerpt, Lead
from assistant.phrases import plain_words, read_phrases
from assistant.words import list_names, say
from corpus.documents import Document, Page, Part
from corpus.library import Library
from corpus.sentences import sentence_spans
from corpus.terms import Country, country_names, find_countries

_PHRASES = Path(__file__).with_name("participant_questions.toml")
_MOST = 4
"""Sentences that are quoted, at most, beside the caption of a table."""

_PAGE = re.compile(r"page (\d+)")
_SAYS = re.compile(
    r"\b(?:took|take|taken|takes) part\b|\bparticipa|\banswers? came\b|\bcontribut|\brespon(?:ded|ding|dents?)\b|"
    r"\breplied\b|\breplies\b|\bteilgenommen\b|\bbeteilig|\bBeitr\u00e4ge\b|\br\u00e9pondu\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:countries|States|L\u00e4nder\w*|Staaten|pays|\u00c9tats)\b")
_CAPTION = re.compile(r"(?:Table|Tabelle|Tableau)\b[^\n]*")


def name_participants(question: str, documents: Sequence[Document], library: Library) -> Composed | None:
    """The countries that took part in the report that a question names; None where it asks something else.

    `documents` are those that are searched: one report, or its editions in several languages. Where the report is not
    known to say who took part, the lead says that.
    """
    language = _read_question(question)
    document = _the_one(documents, language) if language else None
    if language is None or document is None:
        return None
    if not document.participants:
        return Composed(Lead(say("no-participants", language, title=document.title), 0, language))
    excerpts = tuple(_find_places(document, library))
    asked = find_countries(question, language)
    return Composed(_lead(document, asked, language), excerpts) if excerpts else None


def _read_question(question: str) -> str | None:
    """The language in which a question asks who took part; None where it does not."""
    plain = plain_words(question)
    for language, patterns in read_phrases(_PHRASES).items():
        if patterns["asks"].search(plain) and not patterns["not"].search(plain):
            return language
    return None


def _the_one(documents: Sequence[Document], language: str) -> Document | None:
    """The report, in the question's language where it is there; None where several may be meant."""
    editions = {(document.series, document.number, document.year) for document in documents}
    if len(documents) > 1 and (len(editions) > 1 or documents[0].number is None):
        return None
    return next((document for document in documents if document.language == language), documents[0])


def _lead(document: Document, asked: Sequence[Country], language: str) -> Lead:
    found = len(document.participants)
    names = list_names(country_names(document.participants), language)
    values = {"title": document.title, "found": found, "names": names}
    if not asked:
        return Lead(say("participants", language, **values), found, language)
    inside = [country.name for country in asked if country.code in document.participants]
    outside = [country.name for country in asked if country.code not in document.participants]
    told = [
        say(name, language, who=list_names(some, language), **values)
        for name, some in (("took-part", inside), ("took-no-part", outside))
        if some
    ]
    return Lead(" ".join(told), found, language)


def _find_places(document: Document, library: Library) -> Iterator[Excerpt]:
    """The sentences that say who took part, and the caption of the table that they are known from."""
    origin = {source.field: source.origin for source in library.sources(document.sha256)}.get("participants", "")
    number = _PAGE.fullmatch(origin)
    if number is None:
        return
    page = library.page(document.sha256, int(number[1]))
    parts = [part for part in _sentences(page) if _tells(page.text[part.start : part.end])][:_MOST]
    parts += [Part(page.number, found.start(), found.end()) for found in _captions(page)]
    for part in sorted(parts, key=lambda one: one.start):
        yield Excerpt(document, (part,))


def _sentences(page: Page) -> Iterator[Part]:
    """The sentences of running text; the cells of a row are divided by tabs."""
    for span in sentence_spans(page.text):
        if "\t" not in page.text[span.start : span.end]:
            yield Part(page.number, span.start, span.end)


def _tells(sentence: str) -> bool:
    counted = _COUNTED.search(sentence) or re.search(r"\b[A-Z]{2}, [A-Z]{2}\b", sentence)
    return _SAYS.search(sentence) is not None and counted is not None


def _captions(page: Page) -> list[re.Match[str]]:
    """The captions of tables that count countries, each on a line of its own."""
    lines = [_CAPTION.match(page.text, line.start()) for line in re.finditer(r"^", page.text, re.MULTILINE)]
    return [found for found in lines if found is not None and _COUNTED.search(found.group())]

"""Questions about the library itself: answered from the reports' descriptions, each cited to its title page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Composed, Excerpt, Lead
from assistant.phrases import plain_words, read_phrases
from assistant.words import say
from corpus.documents import Document, Part
from corpus.lexical import stems
from corpus.library import Library
from corpus.terms import LANGUAGES, country_names, find_countries
from corpus.text import find_years
from corpus.vocabulary import small_words

_PHRASES = Path(__file__).with_name("library_questions.toml")
_TITLE_PAGES = 3
"""A title is looked for on so many first pages."""

_SORTS = re.compile(r"(?:in )?(?:which|what|how many) (languages|countries|years|series)\b")

_GENERAL = frozenset(
    stems("report reports document documents publication publications paper papers study studies series one "
          "ones library list show give name tell have has had hold got keep own include here there available "
          "published publish written write search read most recent latest newest oldest earliest last first "
          "many how what which who when are is was were do does did can could you your we our me my i all every "
          "any some anything something everything a an the of in on about from for with at to and or please "
          "deal deals treat cover country year years language exist it its this that be them human beings "
          "trafficking victims hoc ad come before after since between older newer later than looking searching "
          "collection room find contain covered included represented offer")
)  # fmt: skip
"""Stems that say nothing of which report is meant: all of them are about trafficking."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about the library, in which language, and whether it wants the newest or the oldest report alone."""

    language: str
    newest: bool
    oldest: bool


def list_reports(question: str, documents: Sequence[Document], library: Library) -> Composed | None:
    """The reports that a question about the library asks for; None where it asks something else.

    `documents` are those that are searched. None too where it names a topic that is in no title: the reports'
    contents are searched then.
    """
    asked = _read_question(question)
    if asked is None:
        return None
    found = _select(question, documents, asked.language)
    if found is None:
        return None
    found = _by_age(found, asked)
    total = library.count_documents()
    if not found:
        return Composed(Lead(say("no-report", asked.language, all=total), 0, asked.language))
    sorts = _count_sorts(question, found)
    name = "sorts-found" if sorts else "reports-found"
    lead = Lead(say(name, asked.language, found=len(found), all=total, sorts=sorts), len(found), asked.language)
    titles = [_find_title(document, library) for document in found]
    excerpts = tuple(title for title in titles if title is not None)
    return Composed(lead, excerpts) if excerpts else None


def _read_question(question: str) -> _Asked | None:
    plain = plain_words(question)
    for language, patterns in read_phrases(_PHRASES).items():
        if patterns["asks"].search(plain) and not patterns["not"].search(plain):
            newest = patterns["newest"].search(plain) is not None
            return _Asked(language, newest, not newest and patterns["oldest"].search(plain) is not None)
    return None


def _count_sorts(question: str, found: Sequence[Document]) -> str:
    """Each country, language, year or series of these reports with how many are of it, where these are asked for."""
    asked = _SORTS.match(plain_words(question))
    if asked is None:
        return ""
    names = {code: name.capitalize() for name, code in LANGUAGES.items()}
    held = {
        "languages": [names.get(document.language, document.language) for document in found],
        "years": [str(document.year) for document in found if document.year],
        "series": [document.series for document in found if document.series],
        "countries": [
            name for document in found for name in country_names({*document.countries, *document.participants})
        ],
    }[asked[1]]
    return ", ".join(f"{name} ({count})" for name, count in sorted(Counter(held).items()))


def _select(question: str, documents: Sequence[Document], language: str) -> list[Document] | None:
    """Those of the years, series, languages and countries that the question names; None for a topic without a title.

    In other languages than English only words that stand in a title are taken for a topic.
    """
    words = set(stems(question))
    named = {country.code for country in find_countries(question)}
    languages = {code for name, code in LANGUAGES.items() if name in plain_words(question).split()}
    series = {stem for document in documents for stem in stems(document.series or "")} & words - _GENERAL
    found = [
        document
        for document in documents
        if _is_of_its_years(question, document.year)
        and (not languages or document.language in languages)
        and (not series or series & set(stems(document.series or "")))
        and (not named or named & {*document.countries, *(country.code for country in find_countries(document.title))})
    ]
    topic = {stem for stem in words - _GENERAL - series if not stem.isdigit()}
    topic -= {stem for name in (*LANGUAGES, *map(_name, find_countries(question))) for stem in stems(name)}
    if language != "en":
        topic &= {stem for document in documents for stem in stems(document.title)}
        topic -= set(stems(" ".join(small_words(language))))
    if not topic:
        return found
    by_title = [document for document in found if topic <= set(stems(f"{document.title} {document.series}"))]
    return by_title or None


def _is_of_its_years(question: str, year: int | None) -> bool:
    """Whether a report's year is one that the question names, or on the side of it that is asked for."""
    named = [int(name) for name in find_years(question)]
    if not named or year is None:
        return not named
    if re.search(r"\b(?:between|from (?:19|20)\d\d (?:to|until|and))\b|\d{4} ?[-\u2013] ?\d{4}", question.casefold()):
        return min(named) <= year <= max(named)
    side = re.search(r"\b(before|older than|after|newer than|later than|since)\b", question.casefold())
    if side is None:
        return year in named
    return year < min(named) if side[1] in ("before", "older than") else year > max(named) - (side[1] == "since")


def _name(country: object) -> str:
    return str(getattr(country, "name", ""))


def _by_age(found: list[Document], asked: _Asked) -> list[Document]:
    """By year, undated last; only the newest or oldest where these are asked for."""
    dated = [document for document in found if document.year is not None]
    if not dated or not (asked.newest or asked.oldest):
        return sorted(found, key=lambda document: (document.year is None, document.year or 0, document.slug))
    years = [document.year or 0 for document in dated]
    wanted = max(years) if asked.newest else min(years)
    return [document for document in dated if document.year == wanted]


def _find_title(document: Document, library: Library) -> Excerpt | None:
    """Where the title stands on the first pages; else, as where the catalogue gave it, the first line that is one.

    None where no page has words.
    """
    words = r"\s+".join(re.escape(word) for word in document.title.split())
    pages = library.pages(document.sha256, range(1, _TITLE_PAGES + 1))
    for pattern in (words, r"^[^\S\n]*\S[^\n]*[^\W\d_]{2}[^\n]*"):
        for page in pages:
            found = re.search(pattern, page.text, re.MULTILINE)
            if found:
                return Excerpt(document, (Part(page.number, found.start(), found.end()),))
    return None

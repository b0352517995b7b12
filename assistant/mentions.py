"""Which reports a question names: `the 2022 study`, `Flash 2/2025`, a title, `reports from 2020 to 2023`.

A country or a year alone says what a question is about, not which report is meant; so does a study by somebody else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.documents import Document, Filters
from corpus.lexical import stems
from corpus.terms import LANGUAGES, adjectives, find_countries
from corpus.text import normal_form

_KINDS = {
    "flash": "flash",
    "flashes": "flash",
    "inform": "inform",
    "informs": "inform",
    "study": "study",
    "studies": "study",
    "national report": "national report",
    "country report": "national report",
    "synthesis report": "synthesis report",
    "policy brief": "policy brief",
    "ad-hoc query": "ad-hoc query",
    "ad hoc query": "ad-hoc query",
    "query": "ad-hoc query",
    "glossary": "glossary",
    "report": "",
}
"""What people call a report, and how its series ends; any series for `report`."""

_OWN_NAMES = ("flash", "inform")
"""Series whose names mean nothing else: where there is none of the year that is named, nothing passes."""

_YEAR = r"(?:19|20)\d\d"
_KIND = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _KINDS), key=len, reverse=True))})\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(rf"\b({_YEAR})\s+(?:[\w.-]+\s+)?$")
_YEAR_AFTER = re.compile(rf"\s*(?:#?\s*\d{{1,3}}\s*)?(?:[-\u2013/,(]\s*|(?:of|from|in)\s+)?({_YEAR})\b")
_YEAR_LAST = re.compile(rf"\s(?:of|from)\s+({_YEAR})\s*$")
_NUMBER_AFTER = re.compile(
    rf"\s*(?:(?:#|no\.?|nr\.?|number)\s*(\d{{1,3}})\b|(\d{{1,2}})\s*[-\u2013/,(]\s*{_YEAR}\b)", re.IGNORECASE
)
_BARE_NUMBER = re.compile(
    r"\s+(\d{1,2})(?=\s*(?:[?.,;:]|$)|\s+(?:says?|tells?|finds?|states?|reports?|mentions?|speaks?|describes?|and|or)\b)"
)
"""A number behind the name of a series, where it counts nothing: `flash 2`."""

_TOPIC = re.compile(
    rf"\s*(?:(?:of|from)?\s*\(?{_YEAR}\)?)?\s*(?:on|about|called|titled|entitled)\s+([^?!.,;:()]+)", re.IGNORECASE
)
_SOMEBODY = re.compile(r"\s+(?:by|of|from)\s+(?:the\s+)?(?!EMN\b)[A-Z]")
_PUBLISHED = re.compile(
    rf"\b(?:reports|publications|documents)\s+(?:published\s+)?(?:from|between|of|in|since)\s+(?P<first>{_YEAR})"
    rf"(?:\s*(?:to|and|until|[-\u2013])\s*(?P<last>{_YEAR}))?\b"
    rf"|\bthe\s+(?P<year>{_YEAR})\s+(?:reports|publications|documents)\b",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"\b(?:reports?|publications?|documents?|texts?|anything|something|version|edition)\s+"
    r"(?:written\s+|published\s+|available\s+)?in\s+(\w+)\b|\b(\w+)(?:-language)?\s+(?:version|edition)\b",
    re.IGNORECASE,
)
_ALIKE = 0.6
"""A title is meant where it holds at least this share of the topic, words that many titles share counting less."""

_IN_NO_TITLE = 0.5
"""What a word of a topic counts that no title holds: it may belong to what is asked, not to the report's name."""

_LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class _Mention:
    """What a question says of one report: its series, and its year, number, topic and country where it names them."""

    kind: str
    definite: bool
    year: int | None
    number: str | None
    topic: str | None
    country: str | None
    language: str | None


def read_filters(text: str, documents: Sequence[Document]) -> Filters:
    """The filters that a question sets by naming reports; none where it names no report of these documents."""
    titled = [document for document in documents if _holds_title(text, document.title)]
    if titled:
        return Filters(documents=_slugs(_families(titled, documents)))
    found = [_resolve(mention, documents) for mention in _mentions(text, documents)]
    if found and all(filters is not None for filters in found):
        read = _join([filters for filters in found if filters is not None], documents)
    else:
        read = Filters()
    published = _PUBLISHED.search(text)
    if published and not read.years and not read.documents:
        read = replace(read, years=_span(published))
    languages = {LANGUAGES.get((match[1] or match[2]).casefold()) for match in _WRITTEN.finditer(text)}
    held = {document.language for document in documents}
    known = tuple(sorted(language for language in languages if language in held))
    return replace(read, languages=known) if known and not read.documents else read


def _span(published: re.Match[str]) -> tuple[int, int]:
    first = int(published["first"] or published["year"])
    last = _LAST_YEAR if " since " in published.group().casefold() else int(published["last"] or first)
    return min(first, last), max(first, last)


def _mentions(text: str, documents: Sequence[Document]) -> list[_Mention]:
    """The reports that are named with more than their kind, in their order."""
    houses = {word for document in documents for word in (document.series or "").casefold().split()[:-1]} | {"emn"}
    found = []
    text = re.sub(r"\s+", " ", text)  # the patterns below try every way of dividing a gap
    for match in _KIND.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        before = re.search(r"([\w'\u2019./-]+)\s+$", left)
        word = re.sub(r"['\u2019]s?$", "", before[1]) if before else ""
        country = adjectives().get(word.casefold()) or next((one.code for one in find_countries(word)), None)
        if word[:1].isupper() and word.casefold() not in houses | {"the", "this", "which"} and country is None:
            continue
        if _SOMEBODY.match(right):
            continue
        bare = _BARE_NUMBER.match(right) if _KINDS[match[1].casefold()] in _OWN_NAMES else None
        number, topic = _NUMBER_AFTER.match(right) or bare, _TOPIC.match(right)
        year = _YEAR_BEFORE.search(left) or _YEAR_AFTER.match(right) or (topic and _YEAR_LAST.search(topic[1]))
        mention = _Mention(
            _KINDS[match[1].casefold()],
            bool(re.search(r"\bthe\s+(?:\w+\s+)?$", left, re.IGNORECASE)),
            int(year[1]) if year else None,
            next(filter(None, number.groups())) if number else None,
            topic[1] if topic else None,
            country,
            LANGUAGES.get(word.casefold()),
        )
        if _says_which(mention):
            found.append(mention)
    return found


def _says_which(mention: _Mention) -> bool:
    if not mention.kind:
        return bool(mention.topic) and mention.definite
    if mention.kind == "national report":
        return mention.country is not None
    return mention.definite or any((mention.year, mention.number, mention.topic, mention.language))


def _resolve(mention: _Mention, documents: Sequence[Document]) -> Filters | None:
    """The filters for one mention; None where it cannot be said which report is meant."""
    named = [document for document in documents if (document.series or "").casefold().endswith(mention.kind)]
    some = [document for document in named if _fits(mention, document)]
    if mention.number and not some and mention.kind in _OWN_NAMES and named:
        return Filters(documents=(f"{mention.kind} {mention.number}" + (f"/{mention.year}" if mention.year else ""),))
    if mention.year and not some and mention.kind in _OWN_NAMES and named:
        series = tuple(sorted({document.series for document in named if document.series}))
        return Filters(years=(mention.year, mention.year), series=series)
    if mention.topic and (not mention.year or len(some) > 1):
        alike = _about(mention.topic, some, named, 1 if mention.kind else 2)
        some = alike if alike or not mention.year else some
    families = _families(some, documents)
    editions = {(document.series, document.year, document.number) for document in families}
    if some and mention.number and not mention.year:
        return Filters(documents=_slugs(families))
    if not some or (not mention.year and len(editions) > 1):
        return None
    if mention.year and not mention.number and len(editions) > 1:
        series = tuple(sorted({document.series for document in some if document.series}))
        return Filters(years=(mention.year, mention.year), series=series)
    return Filters(documents=_slugs(some if mention.language or mention.country else families))


def _fits(mention: _Mention, document: Document) -> bool:
    countries = {*document.countries, *(country.code for country in find_countries(document.title))}
    spoken = mention.language is not None and document.language == mention.language
    return (
        (mention.year is None or document.year == mention.year)
        and (mention.number is None or document.number == mention.number)
        and (mention.country is None or mention.country in countries or spoken)
    )


def _about(topic: str, some: Sequence[Document], named: Sequence[Document], least: int) -> list[Document]:
    """The documents whose title holds most of the topic, where one edition does so more than every other."""
    shared = Counter(stem for document in named for stem in set(stems(document.title)))
    wanted = {
        stem: 1 / shared[stem] if shared[stem] else _IN_NO_TITLE for stem in list(dict.fromkeys(stems(topic)))[:8]
    }
    scores = {}
    for document in some:
        held = wanted.keys() & set(stems(document.title))
        if len(held) >= least:
            scores[document.sha256] = sum(wanted[stem] for stem in held) / sum(wanted.values())
    best = max(scores.values(), default=0.0)
    return [document for document in some if best >= _ALIKE and scores.get(document.sha256) == best]


def _join(found: Sequence[Filters], documents: Sequence[Document]) -> Filters:
    """One mention as it is; several as the documents that any of them accepts."""
    if len(set(found)) == 1:
        return found[0]
    accepted = [document for document in documents if any(filters.accepts(document) for filters in found)]
    return Filters(documents=_slugs(accepted))


def _families(some: Sequence[Document], documents: Sequence[Document]) -> list[Document]:
    """These documents and their editions in other languages: the same series, year and number."""
    editions = {(one.series, one.year, one.number) for one in some if one.number}
    return [one for one in documents if one in some or (one.series, one.year, one.number) in editions]


def _holds_title(text: str, title: str) -> bool:
    words = normal_form(title).casefold()
    return len(words.split()) > 3 and words in normal_form(text).casefold()


def _slugs(documents: Sequence[Document]) -> tuple[str, ...]:
    return tuple(sorted(document.slug for document in documents))

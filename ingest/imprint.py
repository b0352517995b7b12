"""What a report's imprint says: who published it, when, and on which terms it may be used."""

from __future__ import annotations

import functools
import re

from babel import Locale

from corpus.documents import Page
from ingest.raw import Metadata
from ingest.said import METADATA, Said, on_page

_FIRST_PAGES = 3
_TOP_LINES = 12
_SHORT_LINE = 160
_MOST_WORDS = 14
_LONGEST = 220

_PUBLISHED_BY = re.compile(
    r"^(?:Published by|Publisher|Herausgeber(?:in)?|Herausgegeben von|Publi\u00e9 par|\u00c9diteur)[:\s]\s*"
    r"(?P<who>[A-Z\u00c4\u00d6\u00dc\u00c9][^\n]{2,100})$",
    re.MULTILINE,
)
_COPYRIGHT = re.compile(
    r"(?:\u00a9|\(c\)|Copyright)\s*(?:\u00a9\s*)?(?:(?:19|20)\d\d[,\s]+)?(?P<who>[A-Z][^\n.,;\u00a9]{2,80}?)(?:[,\s]+(?:19|20)\d\d)?"
    r"(?=[.;\n]|, |$| This | All )"
)
_BEFORE_LICENCE = re.compile(r"(?:^|\n|\. )(?P<who>[A-Z][^\n.]{2,80}), (?:19|20)\d\d\. (?:Licen[cs]e|Lizenz)\b")
_CITED = re.compile(
    r"\b(?:Recommended|Suggested|Preferred) citation:?\s[^\n]{10,300}: "
    r"(?P<who>[A-Z\u00c4\u00d6\u00dc\u00c9][^\n:]{3,100}?)\.?$",
    re.MULTILINE | re.IGNORECASE,
)
"""Such as "Recommended citation: Author. 2016. Title. Washington, DC: Office of Examples."."""

_BODY = re.compile(
    r"\b(?:agency|association|bureau|campaign|centre|center|commission|committee|council|department|desk|europol|eurostat|"
    r"foundation|institut\w*|ministry|nations|network|office|organi[sz]ation|programme|project|service|university|union|"
    r"unit|bundesamt|ministerium|universit\w+|office|ministère)\b",
    re.IGNORECASE,
)
"""Words of a publisher's name. Metadata often name the person or the program that made the file instead."""

_COPIES = re.compile(
    r"\b(?:academia\.edu|docplayer|docslib|dokumen|issuu|lawsdocbox|oszar|pdfslide|researchgate|scribd|slideshare|studylib|"
    r"vdocuments|yumpu)",
    re.IGNORECASE,
)
"""Sites that keep copies of what others have published."""

_HOUSES = {"EMN": "European Migration Network (EMN)", "BAMF": "Federal Office for Migration and Refugees (BAMF)"}
"""Who publishes the series that begin so."""

_SMALL_WORDS = frozenset(
    "a an and as at by de der des die du et for from für in la le of on the to und zur zum".split()
)
_NO_BODY = re.compile(
    r"\b(?:by|funded|supported|financed|partnership|report|guide|handbook|manual|strategy|plan|figure|table|chapter|"
    r"contents|acknowledge\w*|prepared|thanks?|annex|appendix|part|section)\b|[.:;?!]$|\d{4}.*\d{4}|@|://|www\.",
    re.IGNORECASE,
)
"""What a line holds that is not the name of a body alone."""

_DATED = re.compile(r",?\s+(?:[^\W\d]{3,10}\s+)?(?:19|20)\d\d$")
_SPARSE = 1000
"""A first page of fewer characters is a cover: the bodies that it names by themselves are whose report it is."""

_PUBLISHED_IN = re.compile(
    r"^(?:[^\n]{0,60}\b)?(?:(?:First )?published(?: in)?|(?:Publication|Release) date|"
    r"Ver\u00f6ffentlicht(?: im)?|Stand|Date de publication|Publi\u00e9 en)[:\s]\s*"
    r"(?:\d{1,2}[ ./]|[^\W\d]{3,10} |\d{1,2}/\d{1,2}/)*(?P<year>(?:19[89]|20[0-4])\d)(?=-\d|\s*(?:[.,;)|]|$))",
    re.MULTILINE | re.IGNORECASE,
)
_COPYRIGHT_YEAR = re.compile(r"(?:\u00a9|\(c\)|Copyright)[^\n]{0,60}?\b(?P<year>(?:19[89]|20[0-4])\d)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:19[89]|20[0-4])\d\s*(?:-|\u2013|\u2014|to|through|until|bis)\s*(?:[^\W\d]{3,10} )?(?:19[89]|20[0-4])\d"
)

_COMMONS_ADDRESS = re.compile(
    r"creativecommons\.org/licenses/(?P<kind>by(?:-(?:nc|sa|nd)){0,2})/(?P<version>\d\.\d)", re.I
)
_COMMONS = re.compile(r"\bCC[ -]BY(?:-(?:NC|SA|ND)){0,2}(?: \d\.\d)?", re.IGNORECASE)
_COMMONS_NAME = re.compile(
    r"Creative Commons Attribution(?:[\w -]*?\d\.\d(?: International)?|"
    r"(?:[ -]+(?:Non|No|Share|Commercial|Derivative)[\w-]*(?: Works)?)*)",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"[^.\n]{0,160}\b(?:(?:Reproduction|Reuse) is (?:not )?authori[sz]ed|may be reproduced|"
    r"All rights (?:are )?reserved|Alle Rechte vorbehalten|Tous droits r\u00e9serv\u00e9s)\b[^.\n]{0,160}\.?"
    r"(?:\s+(?:Reproduction|Reuse) [^.]{0,160}\.)?",
    re.IGNORECASE,
)


def find_publisher(metadata: Metadata, pages: list[Page], title: str, series: str | None) -> Said[str] | None:
    """Who published a report: its own words, its series, a body that its cover names, or its metadata.

    Metadata often name a person, or the program that made the file: only a body counts.
    """
    for pattern in (_PUBLISHED_BY, _CITED, _COPYRIGHT, _BEFORE_LICENCE):
        for page in _imprint_pages(pages):
            found = pattern.search(page.text)
            if found and not _COPIES.search(found["who"]):
                return Said(found["who"].strip(), on_page(page.number))
    house = (series or "").split(" ")[0]
    if house in _HOUSES:
        return Said(_HOUSES[house], "the series")
    author = metadata.author
    if author and (_BODY.search(author) or (author.isupper() and any(_names(author, page) for page in pages[:2]))):
        return Said(author, METADATA)
    return _body_on_cover(pages, title) or _body_at_end(pages, title)


def _names(word: str, page: Page) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", page.sheet.text) is not None


def _body_on_cover(pages: list[Page], title: str) -> Said[str] | None:
    """The bodies that stand by themselves on a cover: neighbouring lines are one body and what it is part of."""
    if not pages or len(pages[0].text) >= _SPARSE:
        return None
    lines = [line.strip() for line in pages[0].text.split("\n") if line.strip()]
    named = [_body_of(line, title) for line in lines]
    first = next((place for place, body in enumerate(named) if body), None)
    if first is None:
        return None
    together = [body for body in named[first : first + 2] if body]
    return Said(", ".join(together), on_page(pages[0].number))


def _body_at_end(pages: list[Page], title: str) -> Said[str] | None:
    """A body in a line by itself on each of the last two pages, as their head or foot says it."""
    if len(pages) <= _FIRST_PAGES:
        return None
    last, before = ([line.strip() for line in page.text.split("\n")] for page in (pages[-1], pages[-2]))
    found = next((body for line in last if line in before and (body := _body_of(line, title))), None)
    return Said(found, on_page(pages[-1].number)) if found else None


def _body_of(line: str, title: str) -> str | None:
    """The body that a line names and nothing else, without the date behind it; None where it is another line."""
    bare = _DATED.sub("", line)
    words = re.findall(r"[^\W\d_][\w\u2019'-]*", bare)
    capitals = all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    if not (2 <= len(words) <= _MOST_WORDS and capitals) or not _BODY.search(bare) or _NO_BODY.search(bare):
        return None
    if bare.casefold() in title.casefold() or title.casefold() in bare.casefold():
        return None
    return _in_title_case(bare) if bare.isupper() else bare


def _in_title_case(text: str) -> str:
    words = [word.casefold() if word.casefold() in _SMALL_WORDS else word.capitalize() for word in text.split()]
    return " ".join(words)


def find_publication_year(pages: list[Page], language: str) -> Said[int] | None:
    """The year of a date in the head of the first pages, such as "28 November 2025", else that of its imprint."""
    pattern = _date_pattern(language)
    for page in pages[:_FIRST_PAGES]:
        for line in [line for line in page.text.split("\n") if line.strip()][:_TOP_LINES]:
            found = pattern.search(line) if len(line) < _SHORT_LINE and not _SPAN.search(line) else None
            if found:
                return Said(int(found["year"]), on_page(page.number))
    for imprint in (_PUBLISHED_IN, _COPYRIGHT_YEAR):
        for page in _imprint_pages(pages):
            found = imprint.search(page.text)
            if found:
                return Said(int(found["year"]), on_page(page.number))
    return None


def year_of_metadata(metadata: Metadata) -> Said[int] | None:
    """The year in which the file was made: the last that is asked, since files are made again."""
    return Said(int(metadata.created[:4]), METADATA) if metadata.created else None


def find_licence(pages: list[Page]) -> Said[str] | None:
    """The terms of use: a Creative Commons licence by its name or address, else the sentences that state them."""
    for page in _imprint_pages(pages):
        address = _COMMONS_ADDRESS.search(page.text)
        named = _COMMONS.search(page.text) or _COMMONS_NAME.search(page.text)
        if named and re.search(r"\d", named.group()) or (named and not address):
            return Said(" ".join(named.group().split())[:_LONGEST], on_page(page.number))
        if address:
            return Said(f"CC {address['kind'].upper()} {address['version']}", on_page(page.number))
    for page in _imprint_pages(pages):
        found = _TERMS.search(page.text)
        if found:
            return Said(" ".join(found.group().split())[:_LONGEST], on_page(page.number))
    return None


def _imprint_pages(pages: list[Page]) -> list[Page]:
    """The first pages and the last two, where imprints stand."""
    return [*pages[:_FIRST_PAGES], *pages[_FIRST_PAGES:][-2:]]


@functools.cache
def _date_pattern(language: str) -> re.Pattern[str]:
    months = {name for code in ("en", language) for name in Locale.parse(code).months["format"]["wide"].values()}
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\s*(?:\d{{1,2}},)?\s*(?P<year>(?:19[89]|20[0-4])\d)\b", re.IGNORECASE)

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
_BODY = re.compile(
    r"\b(?:agency|association|bureau|campaign|centre|center|commission|committee|council|department|desk|europol|eurostat|"
    r"foundation|institut\w*|ministry|nations|network|office|organi[sz]ation|programme|project|service|university|union|"
    r"unit|bundesamt|ministerium|universit\w+|office|ministère)\b",
    re.IGNORECASE,
)
"""Words of a publisher's name. Metadata often name the person or the program that made the file instead."""

_HOUSES = {"EMN": "European Migration Network (EMN)", "BAMF": "Federal Office for Migration and Refugees (BAMF)"}
"""Who publishes the series that begin so."""

_COMMONS = re.compile(r"\bCC[ -]BY(?:-(?:NC|SA|ND)){0,2}(?: \d\.\d)?", re.IGNORECASE)
_COMMONS_NAME = re.compile(r"Creative Commons Attribution[\w -]*?\d\.\d(?: International)?")
_TERMS = re.compile(
    r"[^.\n]{0,160}\b(?:(?:Reproduction|Reuse) is authori[sz]ed|may be reproduced|All rights (?:are )?reserved|"
    r"Alle Rechte vorbehalten|Tous droits r\u00e9serv\u00e9s)\b[^.\n]{0,160}\.?",
    re.IGNORECASE,
)


def find_publisher(metadata: Metadata, pages: list[Page], series: str | None) -> Said[str] | None:
    """Who published a report: its own words, its series, or its metadata where they name a body and not a person."""
    for pattern in (_PUBLISHED_BY, _COPYRIGHT, _BEFORE_LICENCE):
        for page in _imprint_pages(pages):
            found = pattern.search(page.text)
            if found:
                return Said(found["who"].strip(), on_page(page.number))
    house = (series or "").split(" ")[0]
    if house in _HOUSES:
        return Said(_HOUSES[house], "the series")
    author = metadata.author
    if author and (_BODY.search(author) or any(author in page.sheet.text for page in pages[:1])):
        return Said(author, METADATA)
    return None


def find_publication_year(pages: list[Page], language: str) -> Said[int] | None:
    """The year of a date in the head of the first pages, such as "28 November 2025" or "JANUARY 2023"."""
    pattern = _date_pattern(language)
    for page in pages[:_FIRST_PAGES]:
        for line in [line for line in page.text.split("\n") if line.strip()][:_TOP_LINES]:
            found = pattern.search(line) if len(line) < _SHORT_LINE else None
            if found:
                return Said(int(found["year"]), on_page(page.number))
    return None


def year_of_metadata(metadata: Metadata) -> Said[int] | None:
    """The year in which the file was made: the last that is asked, since files are made again."""
    return Said(int(metadata.created[:4]), METADATA) if metadata.created else None


def find_licence(pages: list[Page]) -> Said[str] | None:
    """The terms of use: a Creative Commons licence by its name, else the sentence that states them."""
    for pattern in (_COMMONS, _COMMONS_NAME, _TERMS):
        for page in _imprint_pages(pages):
            found = pattern.search(page.text)
            if found:
                return Said(found.group().strip()[:_LONGEST], on_page(page.number))
    return None


def _imprint_pages(pages: list[Page]) -> list[Page]:
    """The first pages and the last two, where imprints stand."""
    return [*pages[:_FIRST_PAGES], *pages[_FIRST_PAGES:][-2:]]


@functools.cache
def _date_pattern(language: str) -> re.Pattern[str]:
    months = {name for code in ("en", language) for name in Locale.parse(code).months["format"]["wide"].values()}
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\s*(?:\d{{1,2}},)?\s*(?P<year>(?:19[89]|20[0-4])\d)\b", re.IGNORECASE)

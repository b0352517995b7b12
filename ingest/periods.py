"""The years that a report's findings are about, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import Page
from ingest.said import Said, on_page

_FIRST_PAGES = 3
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DAY = r"(?:(?:\d{1,2}\.? )?[^\W\d]{3,10} |\d{1,2}[/.]\d{1,2}[/.])?"
_TO = r"(?:-|\u2013|\u2014|to|until|through|and|bis|und|\u00e0|et)"
_SPAN = rf"{_DAY}(?P<first>{_YEAR})\s*{_TO}\s*{_DAY}(?P<last>{_YEAR})\b"
_LABELLED = re.compile(
    r"(?:reference period|reporting period|period covered|period under review|time ?frame covered|years covered|"
    r"Berichtszeitraum|Bezugszeitraum|"
    rf"p\u00e9riode (?:de r\u00e9f\u00e9rence|couverte))\W{{0,3}}(?:is |was |from |the years? |von |du |de )*{_SPAN}",
    re.IGNORECASE,
)
_WORK = r"(?:study|report|inform|flash|paper|analysis|evaluation|review|data)"
_TELLS = (
    r"(?:cover|review|refer|analy[sz]e|examine|present|explore|assesse|compare|set|use|look|is based on|was based on)"
    r"(?:e?s|e?d)?"
)
_OWN_WORDS = re.compile(
    rf"\b(?:(?:this|the present) (?:[^\W\d]+[ -]){{0,2}}?{_WORK}|the (?P<kind>{_WORK})|in this {_WORK},? we) {_TELLS}\b"
    rf"(?P<between>[^.\n]{{0,140}}?)(?<!\d){_SPAN}",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(
    rf"\b(?:this|the present) {_WORK} (?:presents|covers|reviews|analy[sz]es|examines) (?:the )?(?:year )?"
    rf"(?P<year>{_YEAR})(?= data\b|\.|$)",
    re.IGNORECASE | re.MULTILINE,
)
_IN_TITLE = re.compile(rf"(?:\b(?:between|from) )?{_SPAN}", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:strateg\w+|plan|plans|programme|program|agenda|framework|roadmap|budget|fiscal|mandate)\b", re.IGNORECASE
)
"""What has years of its own, which are not those that the findings are about."""


def find_reference_period(title: str, series: str | None, year: int | None, pages: Sequence[Page]) -> Said[str] | None:
    """The years that a report says its findings are about, such as "2015-2020" or "2021"; else the span in its title.

    "The study covers" is said of itself by one of a series of studies alone. `year`: that of publication. Findings are
    about what was before it, so only a span that is named a reference period may end later.
    """
    opening = pages[:_FIRST_PAGES]
    for page in opening:
        found = _LABELLED.search(page.text)
        if found and found["first"] <= found["last"]:
            return Said(_span(found), on_page(page.number))
    found = _IN_TITLE.search(title)
    if found and _is_past(found, year) and not _PLANNED.search(title):
        return Said(_span(found), "the title")
    for page in opening:
        for found in _OWN_WORDS.finditer(page.text):
            of_itself = found["kind"] is None or found["kind"].casefold() in (series or "").casefold()
            if of_itself and _is_past(found, year) and not _PLANNED.search(found.group()):
                return Said(_span(found), on_page(page.number))
        only = _ONE_YEAR.search(page.text)
        if only:
            return Said(only["year"], on_page(page.number))
    return None


def _span(found: re.Match[str]) -> str:
    return f"{found['first']}-{found['last']}"


def _is_past(found: re.Match[str], year: int | None) -> bool:
    return int(found["first"]) <= int(found["last"]) <= (year or int(found["last"]))

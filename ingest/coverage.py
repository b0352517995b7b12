"""What a report covers: the countries it speaks of, those that took part, and the years its findings are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import Page, Passage
from corpus.terms import find_countries, find_country_codes
from ingest.said import Said, on_page

_FIRST_PAGES = 3
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DAY = r"(?:(?:\d{1,2}\.? )?[^\W\d]{3,10} )?"
_TO = r"(?:-|\u2013|\u2014|to|until|through|and|bis|und|\u00e0|et)"
_SPAN = rf"{_DAY}(?P<first>{_YEAR})\s*{_TO}\s*{_DAY}(?P<last>{_YEAR})\b"
_PERIOD = re.compile(
    r"(?:reference period|reporting period|period covered|period under review|Berichtszeitraum|Bezugszeitraum|"
    rf"p\u00e9riode (?:de r\u00e9f\u00e9rence|couverte))\W{{0,3}}(?:is |was |from |the years? |von |du |de )*{_SPAN}",
    re.IGNORECASE,
)
_COVERS = re.compile(
    r"\b(?:this|the present) (?:study|(?:synthesis )?report|inform|flash|paper) (?:covers|reviews|refers to|analyses) "
    rf"(?:the )?(?:period|years|situation)?[^.\n]{{0,40}}?{_SPAN}",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(rf"(?:\b(?:between|from) )?{_SPAN}", re.IGNORECASE)

_CODE_LIST = re.compile(r"\b[A-Z]{2}\b(?:\s*(?:,|;|and|und|et|&)\s*[A-Z]{2}\b){2,}")
_TOOK_PART = re.compile(
    r"\b(?i:answers? (?:came|were (?:received|given))|contributions? (?:from|by|came|of)|contributed|took part|"
    r"participated|participating|participants|responded|respondents|responses|replies|responding|Beitr\u00e4ge|"
    r"teilgenommen|ont particip\u00e9|ont r\u00e9pondu)\b[^.]{0,160}?(?P<list>" + _CODE_LIST.pattern + ")"
)
_COUNTRY_TABLE = re.compile(
    r"^(?:Table|Tabelle|Tableau)\b[^\n]*?(?:\b(?P<count>\d+) )?(?:\w+ )?"
    r"(?:countries|country|L\u00e4nder\w*|pays|States)\b[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED_ROW = re.compile(r"[^\W\d_]\w+ \((?P<code>[A-Z]{2})\)(?!\s?(?i:did not|took no part|hat nicht|n\u2019a pas))")
_CODE_ROW = re.compile(
    r"(?<![,;&(/] )(?<![/(])(?<!and )(?<!und )(?<!et )\b(?P<code>[A-Z]{2})\b(?!\s*[,;)]| and | und | et )"
)
_LEADER = ". . ."
_FEWEST_ROWS = 8
_ROWS_IN_A_LINE = 3
_SOURCE_BODY = re.compile(r"\bEMN \w+")
"""Such as "EMN Ireland": the name of a source, not a statement about the country."""

_NATIONAL = re.compile(r"\b(?:national|country)\b", re.IGNORECASE)


def find_reference_period(title: str, pages: Sequence[Page]) -> Said[str] | None:
    """The years that a report says its findings are about, such as "2015-2020"; else the span in its title."""
    for pattern in (_PERIOD, _COVERS):
        for page in pages[:_FIRST_PAGES]:
            found = pattern.search(page.text)
            if found:
                return Said(f"{found['first']}-{found['last']}", on_page(page.number))
    found = _IN_TITLE.search(title)
    return Said(f"{found['first']}-{found['last']}", "the title") if found else None


def find_participants(
    title: str, series: str | None, language: str, pages: Sequence[Page]
) -> Said[tuple[str, ...]] | None:
    """The countries that took part, by their codes: the one of a national report, or those that a sentence lists.

    Where there is no such sentence, the rows of a table of countries.
    """
    if _NATIONAL.search(series or "") and _codes(title, language):
        return Said(_codes(title, language), "the title")
    for page in pages:
        found = _TOOK_PART.search(page.text)
        codes = _listed_codes(found["list"]) if found else set()
        if len(codes) > 2:
            return Said(tuple(sorted(codes)), on_page(page.number))
    return _participants_of_table(pages)


def _participants_of_table(pages: Sequence[Page]) -> Said[tuple[str, ...]] | None:
    """The countries of a table with a row for each. Where its caption says how many, there must be as many."""
    for index, page in enumerate(pages):
        for caption in _COUNTRY_TABLE.finditer(page.text):
            if _LEADER in caption.group():
                continue
            codes = _rows_after(page.text[caption.end() :], pages[index + 1 :])
            if len(codes) >= _FEWEST_ROWS and (caption["count"] is None or int(caption["count"]) == len(codes)):
                return Said(tuple(sorted(codes)), on_page(page.number))
    return None


def _rows_after(text: str, following: Sequence[Page]) -> set[str]:
    """The countries of the rows below a caption, and of those on the next pages while there are any."""
    codes = _row_codes(text)
    for page in following:
        more = _row_codes(page.text)
        if not codes or more <= codes or _COUNTRY_TABLE.search(page.text):
            break
        codes |= more
    return codes


def _row_codes(text: str) -> set[str]:
    """The countries that rows begin with: `Austria (AT)`, or a code by itself in lines that hold little else."""
    named = [found["code"] for found in _NAMED_ROW.finditer(text)]
    if len(named) > 1:
        return find_country_codes("\n".join(named))
    codes: list[str] = []
    for line in text.split("\n"):
        rows = list(_CODE_ROW.finditer(line))
        if len(rows) >= _ROWS_IN_A_LINE or (rows and rows[0].start() == 0):
            codes += [row["code"] for row in rows]
    return find_country_codes("\n".join(codes))


def find_covered_countries(
    title: str, series: str | None, language: str, passages: Sequence[Passage]
) -> Said[tuple[str, ...]] | None:
    """The country of a national report, as its title says; else every country that the text speaks of or lists.

    Notes are left out, and so are bodies that are named after a country, such as EMN Ireland.
    """
    in_title = _codes(title, language)
    if in_title and _NATIONAL.search(series or ""):
        return Said(in_title, "the title")
    text = "\n".join(passage.text for passage in passages if passage.kind != "note")
    listed = {code for found in _CODE_LIST.finditer(text) for code in _listed_codes(found.group())}
    named = set(_codes(_SOURCE_BODY.sub(" ", text), language))
    codes = tuple(sorted({*in_title, *listed, *named}))
    return Said(codes, "the text") if codes else None


def _listed_codes(listed: str) -> set[str]:
    return find_country_codes("\n".join(re.findall(r"\b[A-Z]{2}\b", listed)))


def _codes(text: str, language: str) -> tuple[str, ...]:
    return tuple(sorted({country.code for country in find_countries(text, language)}))

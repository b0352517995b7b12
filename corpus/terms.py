"""The field's words: countries, by name and by code, as reports and people write them. Names are CLDR's."""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

from corpus.errors import WrongUse

_ALSO_CALLED = {
    "CZ": ("Czech Republic",),
    "GB": ("UK", "U.K.", "Great Britain", "Britain"),
    "MD": ("Republic of Moldova",),
    "MK": ("Republic of North Macedonia",),
    "NL": ("the Netherlands", "Holland"),
    "SK": ("Slovak Republic",),
    "TR": ("Turkey",),
    "US": ("USA", "U.S.", "U.S.A.", "United States of America"),
}
"""Names that CLDR does not list first. Written for this project."""

_CODES = {"EL": "GR", "UK": "GB"}
"""Codes that EU documents use beside ISO 3166."""


UNION = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
"""The Member States of the European Union, by ISO code."""

_CODE_ASKED = re.compile(
    r"\b(?:in|for|of|from|and|or|vs\.?|versus|,)\s+([A-Z]{2})\b|\b(BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|LT|LU|LV|NL|PL|PT|RO|SE|SK|UK)\b"
)
"""A code: any behind a word that stands before a place; without one, those that are no other word, as AI and IT are."""

LANGUAGES = {name.casefold(): code for code, name in Locale("en").languages.items() if len(code) == 2}
"""The languages' English names in lower case, and their codes."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its ISO 3166-1 code of two letters and its English name."""

    code: str
    name: str


def find_countries(text: str, language: str = "en") -> list[Country]:
    """The countries that a text names in English or in its own language, in the order of their first mention."""
    names = _names(language)
    found = {names[match.group().casefold()]: None for match in _names_pattern(language).finditer(text)}
    return list(found)


def count_countries(text: str, language: str = "en") -> dict[str, int]:
    """How often a text names each country in English or in its own language, by ISO code."""
    names = _names(language)
    return Counter(names[match.group().casefold()].code for match in _names_pattern(language).finditer(text))


@dataclass(frozen=True, slots=True)
class Mention:
    """A country where a text names it, by ISO code. `people`: by the word for what is of it, or for its people."""

    code: str
    start: int
    end: int
    people: bool = False


def mention_countries(text: str) -> list[Mention]:
    """Where a text names countries, in its order: by their names, the words for their people, or listed codes."""
    found = [
        Mention(_names()[match.group().casefold()].code, match.start(), match.end())
        for match in _names_pattern().finditer(text)
    ]
    for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        code = _demonyms().get(match.group())
        if code and not any(one.start <= match.start() < one.end for one in found):
            found.append(Mention(code, match.start(), match.end(), people=True))
    codes = {country.code for country in _names().values()}
    for match in _CODE_ASKED.finditer(text):
        written = match[1] or match[2]
        code = _CODES.get(written, written)
        if code in codes and not text.isupper() and not any(one.start <= match.end() - 2 < one.end for one in found):
            found.append(Mention(code, match.end() - 2, match.end()))
    return sorted(found, key=lambda one: one.start)


def swap_countries(text: str, name: str) -> str:
    """The text with this name in place of every country that it names, one after another counting as one."""
    pattern = _names_pattern().pattern
    several = re.compile(rf"(?:\bthe )?{pattern}(?:(?:,| and|, and| or) (?:the )?{pattern})*", re.IGNORECASE)
    return several.sub(lambda _: name, text)


def find_country_codes(text: str) -> set[str]:
    """The countries that a text names or lists by code, as ISO codes; EL is GR and UK is GB.

    Codes are those of the European Migration Network and of GB: MS and AI stand for other things than countries. In a
    line of capitals two letters are a word, not a code.
    """
    codes = {*adjectives().values(), "GB"}
    lines = [line for line in text.split("\n") if not line.isupper() or len(line) == 2]
    listed = {_CODES.get(code, code) for line in lines for code in re.findall(r"(?<!\d/)\b[A-Z]{2}\b", line)}
    return {country.code for country in find_countries(text)} | (listed & codes)


def find_country_words(text: str) -> set[str]:
    """The countries that a text names by their name, their code, or the word for their people, as ISO codes."""
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))
    return find_country_codes(text) | {_demonyms()[word] for word in words & _demonyms().keys()}


@functools.cache
def adjectives() -> Mapping[str, str]:
    """What is of a country that is in the European Migration Network, in lower case, and its ISO code."""
    rows = [row for row in _rows_of_demonyms() if row["network"] == "yes"]
    return {word.casefold(): row["code"] for row in rows for word in row["adjectives"].split()}


def country_names(codes: Iterable[str]) -> list[str]:
    """The English names of countries by their ISO codes, in the order of the alphabet."""
    territories = Locale("en").territories
    return sorted(str(territories.get(code, code)) for code in codes)


def country_of(code: str) -> Country | None:
    """The country of a code of two letters, EL being GR and UK being GB; None where it is none."""
    wanted = _CODES.get(code, code)
    return next((country for country in _names().values() if country.code == wanted), None)


def require_countries(name: str) -> list[str]:
    """The ISO code of a country by its English name or its two letters. Raises WrongUse for what is none."""
    coded = country_of(name.upper()) if len(name) == 2 else None
    codes = [coded.code] if coded else sorted(find_country_codes(name))
    if not codes:
        raise WrongUse(f"{name!r} is no country", "write its English name or its two letters, such as Slovakia or SK")
    return codes


@functools.cache
def _demonyms() -> dict[str, str]:
    return {word: row["code"] for row in _rows_of_demonyms() for word in f"{row['adjectives']} {row['people']}".split()}


def _rows_of_demonyms() -> list[dict[str, str]]:
    """What is of a country, what its people are called, and whether it is in the European Migration Network."""
    with Path(__file__).with_name("demonyms.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def _names(language: str = "en") -> dict[str, Country]:
    """Every name in English and in one other language, in lower case, and its country."""
    territories = Locale("en").territories
    names: dict[str, Country] = {}
    for code, name in territories.items():
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):
            country = Country(code, name)
            for written in (name, name.replace("&", "and"), *_ALSO_CALLED.get(code, ())):
                names[written.casefold()] = country
    own = Locale(language).territories if language != "en" and language in locale_identifiers() else {}
    for country in set(names.values()):
        names.setdefault(own.get(country.code, country.name).casefold(), country)
    return names


@functools.cache
def _names_pattern(language: str = "en") -> re.Pattern[str]:
    longest_first = sorted(_names(language), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?<!New )(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)

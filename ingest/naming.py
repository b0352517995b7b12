"""A report's place in its series: `EMN Flash #2 - 2025` on its first page, or `emn-flash-2-2025` as its file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import normal_form

_KINDS = {
    "Ad-hoc Query": r"ad[- ]?hoc[- ]query",
    "Annual Report": r"annual report",
    "Country Factsheet": r"country fact ?sheet",
    "Flash": r"flash",
    "Focussed Study": r"focuss?ed study",
    "Glossary": r"glossary",
    "Inform": r"inform",
    "National Contribution": r"national contribution",
    "National Report": r"national report",
    "Policy Brief": r"policy brief",
    "Study": r"study",
    "Synthesis Report": r"synthesis report",
    "Working Paper": r"working paper",
}
"""The kinds of publication that come in series, and how a line or a file's name writes them."""

_KIND = "|".join(f"(?:{pattern})" for pattern in _KINDS.values())
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_LINE = re.compile(
    rf"\b(?P<house>[A-Za-z]+)\s+(?P<kind>{_KIND})\b(?:\s*(?:#|no\.?|nr\.?)?\s*(?P<number>\d{{1,3}}(?:\.\d{{1,3}})?)(?!\d))?"
    rf"(?:\s*[-,(:|/]?\s*(?P<year>{_YEAR})\b)?",
    re.IGNORECASE,
)
_FILE = re.compile(rf"\b(?P<house>[a-z]+) (?P<kind>{_KIND})(?P<rest>(?: \d{{1,4}}){{0,2}})(?!\d)", re.IGNORECASE)
_LAWS = (
    re.compile(rf"(?P<series>COM|SWD|GRETA)\s?\((?P<year>{_YEAR})\)\s?(?P<number>\d{{1,4}})\b"),
    re.compile(rf"^(?P<series>Directive|Regulation) \(EU\) (?P<number>(?P<year>{_YEAR})/\d+)\b", re.IGNORECASE),
    re.compile(rf"^(?P<series>Directive) (?P<number>(?P<year>{_YEAR})/\d+/E[CU])\b", re.IGNORECASE),
)
_LAW_SERIES = {"COM": "COM document", "SWD": "Staff working document", "GRETA": "GRETA report"}
_NO_HOUSE = frozenset(
    "a an and are as at by case for from in is its new of on or our that the their this to with".split()
)
"""Words that stand before the name of a kind in a sentence, and are no publisher's."""

_HOUSES = frozenset({"emn", "bamf", "esri", "oecd", "iom", "unodc", "unhcr", "fra", "euaa"})
"""Publishers that a file's name may hold without a number: `emn-inform-missing-minors`, but not `case-study`."""

_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class SeriesName:
    """A series with a number and a year in it; None where they are not said."""

    series: str
    number: str | None
    year: int | None


def find_series_name(line: str) -> SeriesName | None:
    """What a line near the top of a report says of its series. A line that only mentions a series has no such name."""
    plain = normal_form(line)
    if len(plain) >= _LONGEST_LINE:
        return None
    for pattern in _LAWS:
        law = pattern.search(plain)
        if law:
            series = law["series"].upper() if law["series"].isupper() else law["series"].title()
            number = law.group() if series in _LAW_SERIES else law["number"]
            return SeriesName(_LAW_SERIES.get(series, series), number, int(law["year"]))
    found = _LINE.search(plain)
    if found is None or found["house"].casefold() in _NO_HOUSE:
        return None
    if (
        not found["year"]
        and not (found["number"] and "#" in found.group())
        and len(found.group()) < len(plain.strip(" .:|"))
    ):
        return None
    return SeriesName(_series(found), found["number"], int(found["year"]) if found["year"] else None)


def name_in_file_name(stem: str) -> SeriesName | None:
    """What a file's name says of its series, such as `emn-flash-2-2025` or `sample_inform_2025_1`."""
    found = _FILE.search(re.sub(r"[\W_]+", " ", stem))
    if found is None or found["house"].casefold() in _NO_HOUSE:
        return None
    numbers = found["rest"].split()
    if not numbers and found["house"].casefold() not in _HOUSES:
        return None
    years = [number for number in numbers if re.fullmatch(_YEAR, number)]
    others = [number for number in numbers if number not in years and len(number) <= 3]
    return SeriesName(_series(found), others[0] if others else None, int(years[0]) if years else None)


def year_in_file_name(stem: str) -> int | None:
    """The year in a file's name, unless it is that of the data, of a fiscal year, or one end of a span."""
    plain = re.sub(r"[\W_]+", " ", stem)
    spans = re.search(rf"{_YEAR} (?:to )?{_YEAR}", plain)
    found = None if spans else re.search(rf"(?<!\d)(?<!FY)(?<!FY ){_YEAR}(?!\d)(?! (?:data|figures)\b)", plain, re.I)
    return int(found[0]) if found else None


def _series(found: re.Match[str]) -> str:
    house = found["house"]
    written = house.upper() if len(house) <= 4 else house.title()
    return f"{written} {next(name for name, pattern in _KINDS.items() if re.fullmatch(pattern, found['kind'], re.I))}"

"""What a person says of a report on the command line: read field by field, each wrong one refused in one sentence."""

from __future__ import annotations

import argparse
import re
from urllib.parse import urlsplit

from corpus.errors import WrongUse
from corpus.terms import LANGUAGES, require_countries
from ingest.describe import Given

_LONGEST = 300
_YEARS = (1900, 2100)
_PERIOD = re.compile(r"(?P<first>(?:19|20)\d\d)(?:\s*[-\u2013\u2014]\s*(?P<last>(?:19|20)\d\d))?")


def read_given(options: argparse.Namespace) -> Given:
    """Raises WrongUse for the first field whose value is none of its kind."""
    return Given(
        title=_words(options.title, "title"),
        series=_words(options.series, "series"),
        number=_words(options.number, "number"),
        year=_year(options.year),
        url=_address(options.url),
        language=_language(options.language),
        countries=_countries(options.country),
        publisher=_words(options.publisher, "publisher"),
        participants=_countries(options.participant),
        reference_period=_period(options.reference_period),
        licence=_words(options.licence, "licence"),
        cleared=tuple(dict.fromkeys(vars(options).get("clear", ()))),
    )


def _words(text: str | None, field: str) -> str | None:
    """The text on one line; None where nothing was said."""
    if text is None:
        return None
    line = " ".join(text.split())
    if not line:
        other = "" if field == "title" else f", or take it out with `edit SLUG --clear {field}`"
        raise WrongUse(f"the {field} is empty", f"write it as it is printed{other}")
    if len(line) > _LONGEST or not line.isprintable():
        raise WrongUse(f"the {field} is longer than {_LONGEST} characters, or no text", "write it as it is printed")
    return line


def _year(year: int | None) -> int | None:
    if year is not None and not _YEARS[0] <= year <= _YEARS[1]:
        raise WrongUse(f"{year} is no year of publication", f"write one from {_YEARS[0]} to {_YEARS[1]}")
    return year


def _address(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in text.strip():
        raise WrongUse(f"{text[:80]!r} is no address of a web page", "write it whole, from https:// on")
    return text.strip()


def _language(text: str | None) -> str | None:
    """Two letters, ISO 639-1, from them or from the language's English name."""
    if text is None:
        return None
    word = text.strip().casefold()
    code: str = LANGUAGES.get(word, word)
    if code not in LANGUAGES.values():
        raise WrongUse(
            f"{text[:80]!r} is no language", "write its English name or its two letters, such as German or de"
        )
    return code


def _countries(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for name in names for code in require_countries(name)))


def _period(text: str | None) -> str | None:
    if text is None:
        return None
    found = _PERIOD.fullmatch(text.strip())
    if found is None or (found["last"] and found["last"] < found["first"]):
        raise WrongUse(f"{text[:80]!r} is no period of years", "write it as 2015-2020, or one year as 2021")
    return f"{found['first']}-{found['last']}" if found["last"] else found["first"]

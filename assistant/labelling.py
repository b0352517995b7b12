"""Lines that tell nothing: what a report is called, rows of names and codes."""

from __future__ import annotations

import re

from assistant.sentences import Found
from corpus.documents import Document
from corpus.lexical import stems
from corpus.roots import roots
from corpus.terms import find_countries
from corpus.text import ends_sentence

_OF_A_DATE = frozenset(
    stems("January February March April May June July August September October November December published by on")
)
_PUBLISHED = re.compile(
    r"\b(?:publi(?:cations?|sh\w*)|numbered|titles?|titled|called|series|editions?|issued?|came out|come out|appear\w*|"
    r"dated|(?:which|what) (?:kind of |EMN )*(?:flash|inform|stud|report|quer)\w*)\b",
    re.IGNORECASE,
)
"""How a question asks what a report is called, or when and by whom it was published."""

_CODE = re.compile(r"[^\W\d_]{1,2}|[A-Z]{3}|\d\S*|[Yy]es|[Nn]o")
_ANY_TABLE = frozenset(roots("country countries member state table according"))
"""Words that stand above any table of countries."""


def tells_nothing(question: str, line: Found, document: Document) -> bool:
    """Whether a line without a closing mark is only the report's name, or names and codes, and none is asked for.

    A row of names, codes, yes and no says what the heads above it say: it is asked for with a word of these.
    """
    if ends_sentence(line.text):
        return False
    if _names_report(line.text, document):
        return _PUBLISHED.search(question) is None
    return _is_bare_row(line.text) and not _asked_above(question, line.hit.passage.headings)


def _names_report(line: str, document: Document) -> bool:
    """Whether every word of a line is one of the report's name, of a date or a figure."""
    called = f"{document.title} {document.series or ''} {document.publisher or ''}"
    own = {*stems(called), *_OF_A_DATE}
    return all(stem in own or stem.isdigit() for stem in stems(line))


def _is_bare_row(line: str) -> bool:
    countries = {word for country in find_countries(line) for word in country.name.split()}
    words = [word for word in re.findall(r"[^\W_]+", line) if word not in countries]
    return bool(countries) and all(_CODE.fullmatch(word) for word in words)


def _asked_above(question: str, headings: tuple[str, ...]) -> bool:
    """Whether a word of the question stands in the caption or the heads of a table's columns."""
    named = {word for country in find_countries(question) for word in roots(country.name)}
    asked = set(roots(question)) - named
    above = set(roots(" ".join(headings[-2:])))
    return bool(asked & above - _ANY_TABLE)

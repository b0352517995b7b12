"""What a question demands of the evidence: its names, countries, years and figures, and the kind of thing asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.extract import content_words
from corpus.terms import find_country_words, mention_countries
from corpus.text import find_years

Kind = Literal["somebody", "telephone", "money", "number", "date", "person", "name"]

_OFFICE = (
    r"(?:[\w'\u2019-]+ ){0,5}?(?:coordinator|director|head|minister|president|rapporteur|author|chief|commissioner|"
    r"chair\w*|secretary|manager|leader|spokes\w+)\b"
)

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("somebody", re.compile(rf"\bnames? of (?:the |its |their )?{_OFFICE}|\bwho (?:is|was) (?:the |its )?{_OFFICE}"
                            r"|\bwho (?:founded|heads|headed|leads|led|directs|directed|chairs|chaired)\b")),
    ("telephone", re.compile(r"\b(?:tele)?phone\b|\bhotline number\b")),
    ("money", re.compile(r"(?<!by )\bhow much\b"
                         r"|\b(?:costs?|budget|prices?|salar(?:y|ies)|wages?|paid|fees?|amounts?)\b")),
    ("number", re.compile(r"\bhow (?:many|much|often|old|long|far|tall|large)\b|\b(?:number|share|rate|population) of\b"
                          r"|\b(?:percentage|proportion|what fraction)\b")),
    ("date", re.compile(r"\bwhen\b|\b(?:what|which) (?:year|date|day|decade|century)\b|\bsince which\b")),
    ("person", re.compile(r"^(?:by )?who(?:m|se)?\b|\bby whom\b|\bwho (?:is|was|were|are|did|does|has|had)\b")),
    ("name", re.compile(r"\bnames? of\b|\bwhere\b|\b(?:what|which) (?:country|countries|city|cities|place)\b")),
)  # fmt: skip
"""What a question asks for, the first that fits."""

_NO_NAMES = frozenset(
    "i we my our it who what which when where why how is are was were do does did has have had can could in on at of "
    "for the a an if from to and by with under during according since list name give tell show please number there any "
    "compare between emn eu europe european union member states directive council convention commission report study "
    "inform flash".split()
)
_NAME = re.compile(r"(?<![\w'\u2019])[A-Z](?:[\w\u2019'.-]*\w)?")
_EDITION = re.compile(
    r"\b((?:19|20)\d\d)(?:'s)? (?:EMN |annual )*(?:flash|inform|study|report|query|digest|edition|directive|amendment|"
    r"strategy|convention|protocol|law|act|plan)"
    r"|\b(?:flash|inform|study|report|query|digest|glossary|edition|directive|convention|regulation|protocol|law|act|"
    r"strategy|plan)s? (?:(?:on|about) (?:[\w-]+ ){1,5}?(?=of |from ))?(?:of |from |in )?(?:\d{1,2}/)?((?:19|20)\d\d)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b((?:19|20)\d\d)(?:,? (?:and|or|to|vs\.?) | ?[-\u2013/,] ?)(?:the )?((?:19|20)\d\d)\b")
_FIGURE = re.compile(r"(?<![\w.-])\d(?:[\d.,]*\d)?(?![\w])")
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|without|cannot|nor|neither|un(?!der|ion|til|it|iv|accomp|docu)\w{4,}|fail\w*|except|"
    r"other than)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:I|We|My|Our|This is|It is for)\b")
_COUNTED = re.compile(
    r"\b(?:how many|(?:number|share|percentage|proportion|rate) of)\s+((?:[\w'\u2019-]+\s+){0,3}?[\w'\u2019-]+)"
    r"(?=\s+(?:were|was|are|is|did|do|does|has|have|had|in|of|for|to|from|given|who|can|may|could|received)\b|\s*\?|$)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:[,;:]|,? and| \u2013)\s+(?=(?:and |but |in |by |of |to |on )?"
    r"(?:how|what|who|when|where|which|has|have|is|are|was|were|does|do|did|by how)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Demands:
    """What must be met by the sentence that answers.

    `countries` are ISO codes; `years` are those asked about and `editions` those of a publication or a law that is
    named; `stems` are the other words; `kind` is None where anything may answer.
    """

    names: tuple[str, ...]
    countries: frozenset[str]
    years: tuple[str, ...]
    editions: tuple[str, ...]
    figures: tuple[str, ...]
    stems: frozenset[str]
    counted: frozenset[str]
    kind: Kind | None
    denies: bool


def read_demands(question: str, is_word: Callable[[str], bool]) -> Demands:
    """What a question demands. `is_word` tells whether the reports write a word in small letters: no name, then."""
    years = find_years(question)
    editions = find_editions(question)
    asked = question.casefold()
    return Demands(
        names=tuple(_find_names(question, is_word)),
        countries=frozenset(one.code for one in mention_countries(question)),
        years=tuple(year for year in years if year not in editions),
        editions=tuple(sorted(editions)),
        figures=tuple(figure for figure in _FIGURE.findall(question) if figure not in years),
        stems=frozenset(content_words(question)) - set(years),
        counted=_find_counted(question),
        kind=next((kind for kind, pattern in _KINDS if pattern.search(asked)), None),
        denies=denies(question),
    )


def find_editions(question: str) -> set[str]:
    """The years that name a publication or a law, such as that of `the 2022 study`."""
    editions = {year for found in _EDITION.finditer(question) for year in found.groups() if year}
    return editions.union(*(pair for pair in _JOINED.findall(question) if editions & set(pair)))


def leave_asides(question: str) -> str:
    """A question without the sentences beside it that say who asks, and why."""
    sentences = re.split(r"(?<=[.?!])\s+", question)
    asking = [sentence for sentence in sentences if not _ASIDE.match(sentence)]
    return " ".join(asking) if asking else question


def split_clauses(question: str) -> list[str]:
    """The questions that a question is made of; none where it is only one."""
    clauses = [clause.strip() for clause in _CLAUSE.split(question) if len(clause.split()) > 2]
    return clauses if len(clauses) > 1 else []


def denies(text: str) -> bool:
    return _DENIAL.search(text) is not None


def _find_counted(question: str) -> frozenset[str]:
    found = _COUNTED.search(question)
    return frozenset(content_words(found[1])) if found else frozenset()


def _find_names(question: str, is_word: Callable[[str], bool]) -> list[str]:
    names = []
    for found in _NAME.finditer(question):
        name = re.sub(r"['\u2019]s$", "", found.group())
        begins = not question[: found.start()].rstrip() or question[: found.start()].rstrip()[-1] in ".?!:"
        plain = begins and not (name.isupper() and len(name) > 1) and is_word(name.casefold())
        if name.casefold() not in _NO_NAMES and not plain and not find_country_words(name):
            names.append(name)
    return names

"""The field's terms and general words of reports in other languages, and what they are called in English.

`terms_by_language.csv` holds the field's terms, `words_by_language.csv` the words that questions about reports are made
of, `question_words.csv` the commonest of these in languages that it lacks, `function_words.toml` the small words by
which a language is told. Names of countries are CLDR's.
"""

from __future__ import annotations

import csv
import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from corpus.lexical import fold_word
from corpus.terms import adjectives

_TABLES = ("terms_by_language.csv", "words_by_language.csv", "question_words.csv")
_FUNCTION_WORDS = "function_words.toml"
_ABBREVIATIONS = "abbreviations.toml"
_SPELT = (
    (r"is(ation|ations|e|ed|es|ing|er)$", r"iz\1"),
    (r"iz(ation|ations|e|ed|es|ing|er)$", r"is\1"),
)
"""Endings that are spelt in two ways. What is no word in the other spelling is found nowhere and does no harm."""

_TOKEN = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_PREFIX = 5
"""Letters by which an adjective such as `belgisch` is known to be of a country."""


_AT_HOME = {
    "Danmark": "DK",
    "Eesti": "EE",
    "Hrvatska": "HR",
    "Latvija": "LV",
    "Lietuva": "LT",
    "Magyarorsz\u00e1g": "HU",
    "Slovenija": "SI",
    "Slovensko": "SK",
    "Suomi": "FI",
    "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1": "GR",
    "\u0411\u044a\u043b\u0433\u0430\u0440\u0438\u044f": "BG",
    "\u0423\u043a\u0440\u0430\u0457\u043d\u0430": "UA",
    "\u10e1\u10d0\u10e5\u10d0\u10e0\u10d7\u10d5\u10d4\u10da\u10dd": "GE",
}
"""What countries call themselves in languages that there is no lexicon for."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: `terms` take folded words to English, `longest` is how many words the longest of them has.

    `prefixes` take the first letters of the names of Europe's countries to their English names.
    """

    language: str
    small: frozenset[str]
    terms: Mapping[tuple[str, ...], str]
    prefixes: Mapping[str, str]
    longest: int


def split_words(text: str) -> list[str]:
    """The words of a text; a number such as 2004/81 and a name such as A-TIPSOM count as one."""
    return _TOKEN.findall(text.replace("\u2019", "'"))


def fold_words(text: str, language: str) -> tuple[str, ...]:
    """The words of a text as they are compared with the lexicon's."""
    return tuple(fold_word(word, language) for word in split_words(text))


def languages() -> tuple[str, ...]:
    """The languages that there is a lexicon for, English aside."""
    return tuple(language for language in _small_words() if language != "en")


def small_words(language: str) -> frozenset[str]:
    """The words of a language that say little, in lower case."""
    return _small_words()[language]


@functools.cache
def english_words() -> frozenset[str]:
    """Every word of the English terms, in lower case."""
    return frozenset(word.casefold() for row in _rows() for word in split_words(row["en"]))


@functools.cache
def lexicon(language: str) -> Lexicon:
    """Everything that is known of a language."""
    terms: dict[tuple[str, ...], str] = {}
    for row in _rows():
        english = row["en"].split("|")[0]
        for written in row.get(language, "").split("|"):
            if written:
                terms.setdefault(fold_words(written, language), english)
    english_names, prefixes = Locale("en").territories, {}
    for code, written in Locale(language).territories.items():
        if len(code) == 2 and code.isalpha():
            terms.setdefault(fold_words(written, language), english_names[code])
    for code in set(adjectives().values()):
        written = Locale(language).territories[code]
        if len(written) >= _PREFIX:
            prefixes[fold_word(written, "")[:_PREFIX]] = english_names[code]
    return Lexicon(language, small_words(language), terms, prefixes, max(map(len, terms)))


def in_english(text: str) -> str:
    """An English text with Europe's countries by their English names, where it has them in another language.

    Only what has a capital letter is taken for a name.
    """
    names = _written_elsewhere()
    return re.sub(r"[^\W\d_]+(?:-[^\W\d_]+)*", lambda found: names.get(found.group(), found.group()), text)


@functools.cache
def _written_elsewhere() -> Mapping[str, str]:
    """The names of Europe's countries in other languages, where these are one word, and in English."""
    english = Locale("en").territories
    written = {
        Locale(language).territories[code]: code for language in languages() for code in set(adjectives().values())
    }
    names = {name: english[code] for name, code in (written | _AT_HOME).items() if " " not in name}
    return {name: own for name, own in names.items() if name not in set(english.values())}


@dataclass(frozen=True, slots=True)
class TermPair:
    """A term in another language and in English."""

    written: str
    english: str


def term_pairs(language: str, count: int) -> list[TermPair]:
    """The first of the field's terms in a language, each with its English."""
    rows = [row for row in _rows() if row.get(language)]
    return [TermPair(row[language].split("|")[0], row["en"].split("|")[0]) for row in rows[:count]]


def alternatives(text: str) -> tuple[str, ...]:
    """What a text's abbreviations stand for, and how its words are spelt elsewhere; nothing that it holds already."""
    found = []
    written = _written()
    for word in split_words(text):
        found += written.get(word if word.isupper() else word.casefold(), [])
        found += [re.sub(ending, other, word) for ending, other in _SPELT if re.search(ending, word)]
    whole = text.casefold()
    return tuple(dict.fromkeys(words for words in found if words.casefold() not in whole))


@functools.cache
def _written() -> Mapping[str, list[str]]:
    with Path(__file__).with_name(_ABBREVIATIONS).open("rb") as file:
        return tomllib.load(file)


@functools.cache
def _small_words() -> Mapping[str, frozenset[str]]:
    with Path(__file__).with_name(_FUNCTION_WORDS).open("rb") as file:
        return {language: frozenset(words.split()) for language, words in tomllib.load(file).items()}


@functools.cache
def _rows() -> list[dict[str, str]]:
    """The rows of both tables, the field's terms first."""
    rows = []
    for name in _TABLES:
        with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows

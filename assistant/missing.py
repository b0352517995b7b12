"""What a question asks about that was not found, and the words that say so. Each is said only where it is so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.defining import expands, is_abbreviation
from assistant.demands import Kind, read_demands
from assistant.extract import content_words
from assistant.frames import Own
from assistant.question_kind import IDLE_WORDS, find_term
from assistant.retrieve import Asked, Evidence
from assistant.signals import WEIGHED, holds_kind
from assistant.words import list_names, say
from corpus.documents import Document
from corpus.lexical import stems
from corpus.terms import country_names, find_countries, find_country_codes, find_country_words
from corpus.text import find_years

_NAMED = 3
"""Words of one sort that are named, at most."""

_TELLING = 2.0
"""The rarity from which on it is worth saying that the passages found lack a word: in about one of eight passages."""

_STANDS_FOR = re.compile(r"\bstands? for\b|\b(?:abbreviation|acronym|full name)\b|\bmeans?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'\u2019][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Missing:
    """What was not found, in the question's order.

    `unfound`: countries and years that no sentence found is about; these forbid an answer.
    `unheard`: words that no passage of the library holds. `distant`: words that none of the passages found holds.
    `apart`: two countries or years that were found, but in no one passage. `kind`: the kind of thing asked that none
    of the nearest sentences holds; None where they do, or where none is asked. `unspelt`: the abbreviation that no
    passage found spells out, where that is asked; it forbids an answer too.
    """

    unfound: tuple[str, ...]
    unheard: tuple[str, ...]
    distant: tuple[str, ...]
    apart: tuple[str, ...]
    kind: Kind | None
    unspelt: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All that is nowhere in the evidence."""
        return (*self.unfound, *self.unheard, *self.distant)


def find_unfound(question: str, evidence: Evidence) -> list[str]:
    """The countries and years that a question names and that no passage found, nor its report, speaks of."""
    about = [evidence.documents[hit.passage.document] for hit in evidence.hits]
    everything = "\n".join(_read_texts(evidence))
    countries = find_country_codes(everything).union(*(document.countries for document in about))
    unfound = [country.name for country in find_countries(question) if country.code not in countries]
    return unfound + [year for year in find_years(question) if not _speaks_of(year, everything, about)]


def find_unspelt(question: str, evidence: Evidence) -> str:
    """The abbreviation whose words a question asks for, where no passage found spells it out; else empty."""
    shorts = [word for word in re.findall(r"[\w-]+", find_term(question)) if is_abbreviation(word)]
    if not shorts or not _STANDS_FOR.search(question):
        return ""
    spelt = any(
        expands(written, hit.passage.text) or written in hit.passage.headings[-1:]
        for hit in evidence.hits
        for short in shorts
        for written in (short, short.capitalize())
    )
    return "" if spelt else shorts[0]


def find_missing(
    asked: Asked,
    evidence: Evidence,
    own: Own,
    frequency: Callable[[str], int],
    rarity: Callable[[str], float],
) -> Missing:
    """`own`: the sentences about the countries and years that the question names. `frequency`: how many passages of the
    library hold a stem in their text, heading or title."""
    texts = _read_texts(evidence)
    unfound = list(dict.fromkeys([*own.missing, *find_unfound(asked.text, evidence)]))
    found = set(stems("\n".join(texts)))
    words = _words_of(asked)
    unheard = [word for word, parts in words.items() if any(frequency(stem) == 0 for stem in parts)]
    distant = [
        word
        for word, parts in words.items()
        if word not in unheard and not parts & found and min(map(rarity, parts)) >= _TELLING
    ]
    demands = read_demands(asked.text, str.islower)
    sentences = [candidate.text for candidate in own.candidates[:WEIGHED]]
    lacks_kind = bool(sentences) and not any(holds_kind(demands.kind, text, demands) for text in sentences)
    return Missing(
        tuple(unfound),
        tuple(unheard[:_NAMED]),
        tuple(distant[:_NAMED]),
        () if unfound else _find_apart(asked.text, evidence, texts),
        demands.kind if lacks_kind else None,
        find_unspelt(asked.text, evidence),
    )


def tell_missing(missing: Missing, language: str) -> str:
    """Why there is no answer, in one or more sentences."""
    told = [say("nothing", language)]
    if missing.unfound:
        told = [say("nothing-on", language, names=list_names(missing.unfound, language))]
    if missing.apart:
        told.append(say("apart", language, words=list_names(missing.apart, language)))
    if missing.unheard:
        told.append(say("unheard", language, words=_quoted(missing.unheard)))
    if missing.distant:
        told.append(say("distant", language, words=_quoted(missing.distant)))
    if missing.unspelt:
        told.append(say("unspelt", language, words=_quoted([missing.unspelt])))
    elif missing.kind is not None:
        told.append(say(f"no-{missing.kind}", language))
    return " ".join(told)


def _read_texts(evidence: Evidence) -> list[str]:
    """Of each passage found, what it says, under which headings, in which report."""
    return [
        "\n".join([hit.passage.text, *hit.passage.headings, evidence.documents[hit.passage.document].title])
        for hit in evidence.hits
    ]


def _speaks_of(year: str, text: str, documents: Sequence[Document]) -> bool:
    if re.search(rf"(?<!\d){year}(?!\d)", text):
        return True
    return any(year in (str(document.year), *(document.reference_period or "").split("-")) for document in documents)


def _find_apart(question: str, evidence: Evidence, texts: Sequence[str]) -> tuple[str, ...]:
    """Two of the countries and years asked about that no passage found speaks of together; empty where none are."""
    countries = {name: find_country_words(name) for name in country_names(find_country_words(question))}
    years = find_years(question)
    held = []
    for hit, text in zip(evidence.hits, texts, strict=True):
        document = evidence.documents[hit.passage.document]
        codes = find_country_words(text).union(document.countries)
        held.append(
            {name for name, code in countries.items() if code & codes}
            | {year for year in years if _speaks_of(year, text, [document])}
        )
    pairs = [pair for pair in combinations([*countries, *years], 2) if not (set(pair) <= set(years))]
    return next((pair for pair in pairs if not any(set(pair) <= one for one in held)), ())


def _words_of(asked: Asked) -> dict[str, frozenset[str]]:
    """The words that say what is asked about, and the stems of each: no countries, no years, none that we added, and
    none that only asks or instructs, unless it is a name."""
    telling = content_words(asked.text)
    added = {word.casefold() for word in asked.carried}
    found: dict[str, frozenset[str]] = {}
    for word in _WORD.findall(asked.text):
        parts = frozenset(stems(word)) & telling
        parts = parts if word.isupper() and len(word) > 2 else parts - IDLE_WORDS
        if parts and word.casefold() not in added and not find_country_words(word):
            found[word] = parts
    return found


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"\u201c{word}\u201d" for word in words)

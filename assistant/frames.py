"""Whose a sentence is: the countries and the years that it is about, by its own words or by what it stands under.

A question that names a country or a year is answered by what is about it, and by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.demands import find_editions
from assistant.question_kind import leans
from assistant.sentences import Candidate
from assistant.years import FIRST, Years, leave_published, read_asked, read_spans
from corpus.documents import Document
from corpus.sentences import sentence_spans
from corpus.terms import UNION, country_names, find_country_words, mention_countries

_ORIGIN = re.compile(
    r"\b(?:from|fleeing|fled|left|leaving|born in|(?:nationals?|citizens?|nationality|people|women|men|children) of|"
    r"war (?:in|against|on))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\s+(?:\w+\s+)?(?:nationals?|citizens?|victims?|wom[ae]n|m[ae]n|girls?|boys?|child(?:ren)?|minors?|people|persons?|"
    r"workers?|refugees?|migrants?|nationality)\b",
    re.IGNORECASE,
)
"""What stands before a country, or behind the word for its people, where it is named as where somebody comes from."""

_ASIDE = re.compile(
    r"\b(?:besides|other than|apart from|aside from|except(?: for)?|beyond|outside|unlike|like|such as|than(?: in)?|"
    r"compared (?:to|with)|according to(?: the)?(?: EMN)?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""What stands before a country that a question names, but is not about alone."""

_NEXT = re.compile(r"\s*(?:,|and|or|/|, and|, or)\s+(?:the\s+)?", re.IGNORECASE)

_EACH = re.compile(
    r"\b(?:all|every|each|any)\s+(?:of the\s+|the\s+)?(?:EU\s+|EMN\s+|Member\s+|\d+\s+)*(?:countr(?:y|ies)|States?)\b"
    r"|\b(?:across|throughout) the (?:EU|European Union|Union)\b"
    r"|\bMember States (?:must|shall|have to|are (?:obliged|required|bound))\b"
    r"|\b[Dd]irective (?:\w+ ){0,2}?(?:requires|obliges)\b",
)
"""How a sentence says that it holds for every country of the Union."""

_OF_THE_UNION = re.compile(r"\b(?:EU|European Union|Europe)\b")
"""How a side of a question says that it is about no one country."""

_IN_THE_UNION = re.compile(
    r"\b(?:in|across|throughout|within)\s+(?:the\s+)?(?:whole\s+)?(?:EU|European Union|Europe)\b"
)
"""How a sentence says that what it tells is no one country's, whatever report it stands in."""

_OF_ALL = re.compile(r"\b(?:EU|European Union|Europe|Directive|Convention|other Member States|EMN)\b")
"""How a sentence says that it is not about the one country of its report alone, or what speaks."""

_OF_THE_STUDY = re.compile(
    r"\b(?:all|every|each)\s+(?:of the\s+|the\s+)?(?:\d+\s+)?(?:reporting|participating|responding)\s+"
    r"(?:EMN\s+|Member\s+|and\s+|Observer\s+)*(?:countr(?:y|ies)|States?)\b",
    re.IGNORECASE,
)
"""How it says that it holds for every country that took part."""

_NOT_EACH = re.compile(
    r"\b(?:not|almost|nearly|hardly|but|nor)\s+(?:in\s+|for\s+)?(?:all|every|each|any)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sentences of an answer must be about: one of the countries (ISO codes), one of the stretches of years.

    `origins`: the same countries, where they are only named as where somebody comes from: what stands under such a
    country may be about another one. Nothing is asked for where both are empty.
    """

    countries: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    years: tuple[Years, ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """The sentences about what is wanted, best first; `missing`: the names of what none of them is about."""

    candidates: list[Candidate]
    missing: tuple[str, ...] = ()


def read_wanted(question: str, named: Sequence[Document]) -> Wanted:
    """What a question is about. `named`: the reports that it names; these are about what their names say."""
    editions = find_editions(question) | {str(document.year) for document in named}
    years = [span for span in read_asked(question) if not {str(span.first), str(span.last)} & editions]
    mentions = [one for one in mention_countries(question) if not _ASIDE.search(question[: one.start])]
    codes = frozenset(one.code for one in mentions)
    if named and all(document.countries and codes >= set(document.countries) for document in named):
        codes = frozenset()
    places = codes - _origins(question)
    return Wanted(places or codes, frozenset() if places else codes, tuple(years))


def keep_own(wanted: Wanted, candidates: Sequence[Candidate], documents: Mapping[str, Document]) -> Own:
    """The sentences that are about what is wanted, each with the frame that it does not name itself."""
    kept = list(candidates)
    names = country_names(wanted.countries)
    if wanted.countries:
        kept = [found for one in kept if (found := _of_country(wanted, one, _document(one, documents)))]
    if wanted.countries and not kept:
        return Own([], tuple(names))
    if wanted.years:
        of_year = [found for one in kept if (found := _of_year(wanted.years, one, _document(one, documents)))]
        elsewhere = any(_of_year(wanted.years, one, _document(one, documents)) for one in candidates)
        years = [str(span.first if span.first > FIRST else span.last) for span in wanted.years]
        return Own(of_year, () if of_year else (*(names if elsewhere else ()), *years))
    return Own(kept)


def keep_for(
    wanted: Wanted, text: str, candidates: Sequence[Candidate], documents: Mapping[str, Document]
) -> list[Candidate]:
    """The sentences for one side of a question, whose `text` names what it is about, or leaves it to the whole."""
    own = read_wanted(text, ())
    countries = own if own.countries or _OF_THE_UNION.search(text) else wanted
    one = Wanted(countries.countries, countries.origins, own.years or wanted.years)
    return keep_own(one, candidates, documents).candidates


def name_frames(candidates: Sequence[Candidate], documents: Mapping[str, Document]) -> list[Candidate]:
    """The sentences, each with the one country that it stands under, where it names none itself."""
    return [
        one
        if one.frame or find_country_words(one.text) or _OF_ALL.search(one.text)
        else _framed(one, country_names(_around(one, _document(one, documents))))
        for one in candidates
    ]


def _document(candidate: Candidate, documents: Mapping[str, Document]) -> Document:
    return documents[candidate.hit.passage.document]


def _of_country(wanted: Wanted, candidate: Candidate, document: Document) -> Candidate | None:
    """The sentence, where it is about one of the countries: it names it, stands under it alone, or holds for all."""
    if wanted.countries & find_country_words(candidate.text):
        return candidate
    others = _places(candidate.text)
    around = _around(candidate, document)
    if around and (around & wanted.origins if others else around <= wanted.countries):
        return candidate if _IN_THE_UNION.search(candidate.text) else _framed(candidate, country_names(around))
    held = "" if others or around - wanted.countries else _holds_for(wanted.countries, candidate.text, document)
    return _framed(candidate, [held]) if held else None


def _of_year(wanted: Sequence[Years], candidate: Candidate, document: Document) -> Candidate | None:
    """The sentence, where it speaks of one of the years: itself, by its heading, by what it goes on from, or by the
    period that its report is about."""
    own = read_spans(leave_published(candidate.text))
    if own:
        return candidate if _meet(own, wanted) else None
    before = candidate.hit.passage.text[: max(candidate.hit.passage.text.find(candidate.text), 0)]
    period = document.reference_period or str(document.year or "")
    for text in (*reversed(candidate.hit.passage.headings[1:]), *reversed(_sentences(before)), period):
        around = read_spans(leave_published(text))
        if around:
            alone = all(_meet([span], wanted) for span in around) and (text != period or len(period) == 4)
            return _framed(candidate, [_written(around)]) if alone else None
    return None


def _around(candidate: Candidate, document: Document) -> frozenset[str]:
    """The countries that a sentence stands under: those of what it goes on from, of its heading, or of its report.

    Empty where these name none; a report on several is about no one of them.
    """
    passage = candidate.hit.passage
    sentences = _sentences(passage.text) if candidate.place and leans(candidate.text) else []
    place = candidate.place
    while 0 < place < len(sentences) and leans(sentences[place]):
        place -= 1
        named = _places(sentences[place])
        if named:
            return named if len(named) == 1 else frozenset()
    for heading in reversed(passage.headings):
        under = find_country_words(heading.split("\n")[0])
        if under:
            return frozenset(under)
    return frozenset(document.countries) if len(document.countries) == 1 else frozenset()


def _places(text: str) -> frozenset[str]:
    """The countries that a text names by their names, and not as where somebody comes from."""
    return frozenset(one.code for one in mention_countries(text) if not one.people) - _origins(text)


def _origins(text: str) -> frozenset[str]:
    """The countries that a text names only as where somebody comes from, or where somebody has fled."""
    origins: set[str] = set()
    places: set[str] = set()
    before = None
    for one in mention_countries(text):
        goes_on = before is not None and _NEXT.fullmatch(text[before.end : one.start]) and before.code in origins
        of_people = one.people and _PEOPLE.match(text[one.end :])
        comes = goes_on or of_people or _ORIGIN.search(text[: one.start])
        (origins if comes else places).add(one.code)
        before = one
    return frozenset(origins - places)


def _holds_for(countries: frozenset[str], sentence: str, document: Document) -> str:
    """All those that a sentence holds for, these countries among them, by name; empty where it says no such thing."""
    if _NOT_EACH.search(sentence):
        return ""
    if countries & set(document.participants) and _OF_THE_STUDY.search(sentence):
        return document.title
    return "EU" if countries <= UNION and _EACH.search(sentence) else ""


def _framed(candidate: Candidate, names: Sequence[str]) -> Candidate:
    frame = ", ".join([name for name in (candidate.frame, *names) if name])
    return replace(candidate, frame=frame)


def _meet(some: Sequence[Years], others: Sequence[Years]) -> bool:
    return any(one.meets(other) for one in some for other in others)


def _written(spans: Sequence[Years]) -> str:
    return ", ".join(str(span.first) if span.first == span.last else f"{span.first}-{span.last}" for span in spans)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]

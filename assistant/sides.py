"""The sides of a question: the things it compares, or the questions it is made of. Each is looked for by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.amounts import all_digits, digits, find_amounts
from assistant.question_kind import ASKING_WORDS
from corpus.documents import Document
from corpus.lexical import stems
from corpus.terms import find_countries, find_country_words
from corpus.text import find_years

_MOST = 4
"""Sides of a question, at most; one that names more things asks for a list."""

_JOINT = r"(?:,|/|\bor|\band|\bvs\.?|\bversus|\bthan|\bcompared (?:to|with)|\bas against|\bwhile|\bwhereas)"
_BETWEEN = re.compile(rf"\W*{_JOINT}+\W*(?:(?:and|the|in|of|for|to|by|from|at|with|is|it|was)\b\W*)*", re.IGNORECASE)
"""What may stand between two things that are compared."""

_LONGEST_BETWEEN = 40
"""Characters between two things that stand in a row, at most: the pattern takes far longer for more."""

_SPAN = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?:\s?[-\u2013]\s?(?:19|20)\d\d|/\d\d(?!\d))?(?![\d.,]?\d)")
_DOUBTS = re.compile(
    r"\bor\b|\bversus\b|\bvs\b|\bothers?\b|\bsome\b|\bdiffer\w*|\bdisagree|\bwhich (?:one|figure)|\bcontradict",
    re.IGNORECASE,
)
_THINGS = (
    re.compile(r"\bboth (?P<one>[^,;:?]{3,50}?) and (?P<two>[^,;:?]{3,50})(?=[,;:?]|$)", re.IGNORECASE),
    re.compile(
        r"\b(?:differences?|distinction|distinguish\w*|compar\w+|overlap\w*) between (?P<one>[^,;:?]{3,50}?) and "
        r"(?P<two>[^,;:?]{3,60})(?=[,;:?]|$)",
        re.IGNORECASE,
    ),
    re.compile(r"\bcompare (?P<one>[^,;:?]{3,60}?) (?:with|to|and) (?P<two>[^,;:?]{3,60})(?=[,;:?.]|$)", re.IGNORECASE),
    re.compile(
        r"(?P<one>(?:[\w-]+ ){0,2}[\w-]{3,}),? (?:versus|vs\.?) (?P<two>[^,;:?]{3,40})(?=[,;:?]|$)", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:more|fewer|less|rather|larger|higher|lower|longer|shorter|older|younger) (?:often )?"
        r"(?P<one>[\w-]{3,}(?: [\w-]+)?) (?:than|or) (?P<two>[\w-]{3,}(?: [\w-]+){0,3})(?=[,;:?]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bhow do(?:es)? (?P<one>[^,;:?]{3,60}?) differ(?: (?:in|on|about) [\w ]+)? from (?P<two>[^,;:?]{3,60}?)"
        r"(?= (?:in|on|about|when|as to|as regards) |[,;:?]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:is|are|was|were|do|does|did) (?P<one>[^,;:?]{3,40}?) or (?P<two>[^,;:?]{3,40}?)"
        r"(?= (?:(?:the|a) )?(?:more|most|less|fewer|least|[a-z]{2,}e[rs]t?)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:more|most|less|least|[a-z]{3,}(?:er|est))\b[^,;:?]{0,60}[,:] (?P<one>[^,;:?]{3,40}?),? or "
        r"(?P<two>[^,;:?]{3,40})(?=\?|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?P<one>[\w-]+(?: [\w-]+){0,3}) or (?P<two>[\w-]+(?: [\w-]+){0,3})[:,] "
        r"(?=(?:who|which|what|where)\b)",
        re.IGNORECASE,
    ),
)
"""Two things that a question sets side by side."""

_THAN = re.compile(r",? (?:than|compared (?:to|with)|as against|versus|vs\.?)(?: (?:it|there|they))? ", re.IGNORECASE)
_INSTRUCTS = re.compile(r"^(?:please )?(?:compare|contrast|set side by side)\b[:,]? ?", re.IGNORECASE)

_ASKING = r"(?:how|what|who|whom|whose|when|where|which|why)"
_HELPING = r"(?:has|have|is|are|was|were|does|do|did|can|must|may)"
_CLAUSE = re.compile(
    rf"(?:\s*[,;]|\s+[\u2013-])?\s+(?:and|but)\s+(?=(?:(?:since|until|in|by|on|of|to|from|at|for|under|with)\s+)?{_ASKING}\b"
    rf"|{_HELPING}\s+(?:the|an?|it|they|there|this|that|these|any|all|[A-Z][\w-]*)\b)"
    rf"|\s*[,;]\s+(?=(?:(?:since|in|by|of|to|from|for)\s+)?(?:how|what|who|when|where|why)\b)"
)
_TOPIC = re.compile(r"^(?P<topic>[^:?\u2013]{3,120}?)\s*(?::|\s\u2013|\s-)\s+(?P<rest>.*)$")
_ASKS = re.compile(
    rf"^(?:(?:in|by|of|to|from|for|since|under|with)\s+)?(?:{_ASKING}|{_HELPING})\b(?:\s+(?:many|much|is|are|was|were))?\s*",
    re.IGNORECASE,
)
_LEANS = 3
"""A clause with fewer words of its own than that takes along those of the one before it."""

_GENERAL = ASKING_WORDS | frozenset(
    stems("the a an of in on at by for to from with and or but it its they them their there this that these those "
          "any all both some more less fewer than same other others one ones side say says said report reports "
          "number numbers percent share")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question. `about` names it in the question's words; `text` is the question about it alone.

    A sentence is about it that holds one of its `countries`, all of its `years`, one of its `figures` (digits alone),
    half of its `words` (stems), and stands in one of its `documents` (sha256); whatever of these is empty is not asked
    for. `compared`: whether it must be told where nothing is found about it.
    """

    about: str
    text: str
    countries: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    compared: bool = False


def find_sides(question: str, named: Sequence[Document] = ()) -> tuple[Side, ...]:
    """The sides of a question; none where it has but one. `named`: the reports that it names, none for no report."""
    for find in (_clauses, _countries, _years, _amounts, _things):
        sides = find(question)
        if 2 <= len(sides) <= _MOST:
            return tuple(sides)
    sides = _editions(question, named)
    return tuple(sides) if 2 <= len(sides) <= _MOST else ()


def _editions(question: str, named: Sequence[Document]) -> list[Side]:
    """One for each report, its editions in other languages beside it."""
    editions: dict[tuple[object, ...], list[Document]] = defaultdict(list)
    for document in named:
        editions[(document.series, document.year, document.number or document.slug)].append(document)
    return [
        Side(_title(documents), question, documents=frozenset(one.sha256 for one in documents), compared=True)
        for documents in editions.values()
    ]


def _title(documents: Sequence[Document]) -> str:
    return next((one.title for one in documents if one.language == "en"), documents[0].title)


def _countries(question: str) -> list[Side]:
    """Countries that stand in a row, such as `in Sweden and in Germany`."""
    found = find_countries(question)
    places = {}
    for country in found:
        place = re.search(rf"(?<!\w){re.escape(country.name)}(?!\w)", question, re.IGNORECASE)
        if place is None:
            return []
        places[country.code] = place
    rows = sorted(places.values(), key=lambda place: place.start())
    texts = [_without(question, place, rows) for place in rows] if _stand_in_a_row(question, rows) else []
    codes = {place.group(): code for code, place in places.items()}
    return [
        Side(place.group(), text, countries=frozenset([codes[place.group()]]), compared=True)
        for place, text in zip(rows, texts or _apart(question, rows), strict=False)
    ]


def _years(question: str) -> list[Side]:
    """Years or spans of years that stand in a row, such as `2016 / 2019` or `in 2020 than in 2018`."""
    rows = list(_SPAN.finditer(question))
    texts = [_without(question, place, rows) for place in rows] if _stand_in_a_row(question, rows) else []
    return [
        Side(place.group(), text, years=frozenset(find_years(place.group())), compared=True)
        for place, text in zip(rows, texts or _apart(question, rows), strict=False)
    ]


def _amounts(question: str) -> list[Side]:
    """Two or more figures of one unit between which a question asks, such as `12 % or 17 %`."""
    figures = {digits(place): place for place in find_amounts(question)}
    if len(figures) < 2 or not _DOUBTS.search(question):
        return []
    return [
        Side(place.group().strip(), question, figures=frozenset([figure]), compared=True)
        for figure, place in figures.items()
    ]


def _things(question: str) -> list[Side]:
    for pattern in _THINGS:
        found = pattern.search(question)
        if found is None:
            continue
        places = [re.compile(re.escape(found[name])).search(question, found.start()) for name in ("one", "two")]
        rows = [place for place in places if place is not None]
        words = [_content(found[name]) for name in ("one", "two")]
        if len(rows) == 2 and words[0] - words[1] and words[1] - words[0]:
            shared = words[0] & words[1]
            return [
                Side(place.group().strip(), _without(question, place, rows), words=held - shared)
                for place, held in zip(rows, words, strict=True)
            ]
    return []


def _clauses(question: str) -> list[Side]:
    """The questions that a question is made of, each with the topic that stands before them all."""
    topic, rest = "", question.strip()
    head = _TOPIC.match(rest)
    if head and not re.match(rf"{_ASKING}\b|{_HELPING}\b", head["topic"], re.IGNORECASE):
        topic, rest = head["topic"], head["rest"]
    pieces = [piece.strip(" ,;?.") for piece in _CLAUSE.split(rest)]
    asks = re.search(rf"\b(?:{_ASKING}|{_HELPING})\b", pieces[0], re.IGNORECASE)
    if len(pieces) < 2 or asks is None or re.match(r"(?:since|given|as|if)\b", rest, re.IGNORECASE):
        return []
    sides = []
    for place, piece in enumerate(pieces):
        lean = place > 0 and (len(_content(piece)) < _LEANS or re.search(r"\b(?:it|they|them|its|their)\b", piece))
        carried = _topic_of(pieces[0]) if lean else ""
        sides.append(Side(piece, " ".join(part for part in (topic, piece, carried) if part) + "?"))
    return sides


def _topic_of(clause: str) -> str:
    """A clause without the words that ask."""
    return _ASKS.sub("", clause)


def _stand_in_a_row(question: str, places: Sequence[re.Match[str]]) -> bool:
    """Whether nothing but what joins stands between things, at one place at least."""
    between = [question[one.end() : two.start()] for one, two in zip(places, places[1:], strict=False)]
    return bool(between) and all(len(text) <= _LONGEST_BETWEEN and _BETWEEN.fullmatch(text) for text in between)


def _apart(question: str, places: Sequence[re.Match[str]]) -> list[str]:
    """The question about each of two things that `than` keeps apart, as in `more days in Norway than in Sweden`."""
    if len(places) != 2:
        return []
    one, two = places
    than = _THAN.search(question, one.end(), two.start())
    if than is None or two.start() - than.end() > _LONGEST_BETWEEN:
        return []
    rest = question[two.end() :]
    asked = question[: than.start()]
    return [asked + rest, f"{question[: one.start()]}{two.group()}{question[one.end() : than.start()]}{rest}"]


def _without(question: str, kept: re.Match[str], places: Sequence[re.Match[str]]) -> str:
    """The question with but one of the things that stand in a row."""
    first, last = places[0].start(), places[-1].end()
    if last - first > 80:
        return question
    return _INSTRUCTS.sub("", f"{question[:first]}{kept.group()}{question[last:]}")


def _content(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(text) if stem not in _GENERAL and len(stem) > 1)


def is_about(side: Side, sentence: str, headings: Sequence[str], document: Document) -> bool:
    """Whether a sentence is about a side: by what it says, or, where it names no other, by what it stands under."""
    if side.documents and document.sha256 not in side.documents:
        return False
    if side.countries and not _names_country(side, sentence, headings, document):
        return False
    if side.years and not side.years <= set(find_years(sentence)):
        return False
    if side.figures and not side.figures & all_digits(sentence):
        return False
    held = set(stems(sentence)).union(*(stems(heading) for heading in headings))
    return 2 * len(side.words & held) >= len(side.words)


def _names_country(side: Side, sentence: str, headings: Sequence[str], document: Document) -> bool:
    named = find_country_words(sentence)
    around = find_country_words(" ".join(headings)) or set(document.countries if len(document.countries) == 1 else ())
    return bool(side.countries & (named or around))

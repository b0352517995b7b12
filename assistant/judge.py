"""Judging: whether what a sentence says is said by what it cites. A proof by rules that are stated here, not a step.

It errs on the side of doubt: a true sentence in other words than its source's may be called unsupported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answers import Status
from assistant.differences import Difference, is_name, is_negation, is_number, is_turned
from assistant.statement import heavy_stems, names_source, number_values, plain_value
from assistant.verify import ReadPages, check_quote
from assistant.wording import Word, read_words
from corpus.documents import Page, Sheet
from corpus.lexical import stems
from corpus.terms import find_countries, find_country_codes

_ENOUGH = 0.6
"""The share of a clause's content words that must stand in one of the sentences that it cites."""

_FEW = 5
"""Content words of a clause, numbers and light ones aside, that must all stand there: one other changes what so few
say."""

_COPIED = 3
"""Words in a row that count as copied."""

_SAME_CLAUSE = 0.5
"""Two clauses speak of the same where this share of the content words of one stands in the other."""

_LEAST_CLAUSE = 3
"""Content words in a clause that is judged by itself; a shorter one belongs to the next."""

_STRONG = frozenset("all every each always only most majority must shall mandatory".split())
"""Words that say how far a statement goes: they must stand in the source."""

_CLAUSE_ENDS = frozenset(", ; : while whereas but although though and however".split())
_QUOTATION = re.compile(r"[\"\u201c\u201d\u201e\u00ab]([^\"\u201c\u201d\u201e\u00ab\u00bb]+)[\"\u201c\u201d\u00bb]")


@dataclass(frozen=True)
class Cited:
    """What a sentence may cite: a quote, the pages it stands on, and its context (headings and the report's title).

    Names and words may come from the context; numbers and negations only from the quote.
    """

    quote: str
    pages: tuple[Page, ...]
    context: str = ""

    @cached_property
    def words(self) -> list[Word]:
        return read_words([self.quote])

    @cached_property
    def read(self) -> ReadPages:
        return ReadPages(self.pages)

    @cached_property
    def whole(self) -> ReadPages:
        """The quote by itself, as a page."""
        return ReadPages((Page(1, None, self.quote, Sheet(self.quote), b""),))

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stems(f"{self.quote}\n{self.context}"))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Whatever of a sentence's anchors this quote, or its context, holds."""
        around = read_words([self.context])
        names = {word.key for word in [*self.words, *around] if word.kind == "word"}
        return frozenset(
            names
            | set(number_values(self.words))
            | {f"country {code}" for code in find_country_codes(f"{self.quote}\n{self.context}")}
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verbatim`: the whole of what it cites, word for word. Unsupported: `reasons` says why, in words."""

    status: Status
    reasons: tuple[str, ...] = ()


def judge_sentence(text: str, numbers: Sequence[int], offered: Mapping[int, Cited]) -> Judgement:
    """Judge a sentence, without its citation marks, by those of the numbered quotes that it cites."""
    unknown = [number for number in numbers if number not in offered]
    if unknown or not numbers:
        return Judgement(
            "unsupported", (f"it cites [{unknown[0]}], which is nothing" if unknown else "it cites nothing",)
        )
    cited = [offered[number] for number in dict.fromkeys(numbers)]
    words = read_words([text])
    if any([word.key for word in words] == [word.key for word in source.words] for source in cited):
        return Judgement("verbatim")
    sentence = _Sentence(text, words, frozenset().union(*(source.read.lower for source in cited)))
    reasons = tuple(dict.fromkeys(reason for check in _CHECKS for reason in check(sentence, cited)))
    return Judgement("unsupported" if reasons else "supported", reasons)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, its words, and the words in small letters on the pages it cites."""

    text: str
    words: Sequence[Word]
    lower: frozenset[str]


def _judge_marks(sentence: _Sentence, _: Sequence[Cited]) -> Iterator[str]:
    """What is cited is said by numbers, and an address by a link of ours: in its words there is neither."""
    if names_source(sentence.text):
        yield "it names a source or an address in words of its own"


def _judge_quotations(sentence: _Sentence, cited: Sequence[Cited]) -> Iterator[str]:
    for found in _QUOTATION.finditer(sentence.text):
        quoted = found[1].strip().rstrip(",.;")
        if not any(check_quote(quoted, source.read).kind == "verbatim" for source in cited):
            yield f"\u201c{quoted}\u201d does not stand on the page to the letter"


def _judge_anchors(sentence: _Sentence, cited: Sequence[Cited]) -> Iterator[str]:
    """Numbers, names, countries and strong words: each in what is cited, and those of one clause in one source."""
    held = frozenset().union(*(source.anchors for source in cited))
    anchors = _anchors(sentence.words, sentence.lower)
    missing = [shown for anchor, shown in anchors.items() if anchor not in held]
    yield from (f"\u201c{shown}\u201d does not stand in what it cites" for shown in missing)
    if not missing and not any(anchors.keys() <= source.anchors for source in cited):
        for clause in _clauses(sentence.words):
            here = _anchors(clause, sentence.lower)
            if not any(here.keys() <= source.anchors for source in cited):
                yield "it puts together what no single source says together"


def _judge_negations(sentence: _Sentence, cited: Sequence[Cited]) -> Iterator[str]:
    """A negation on either side must have one beside it in a clause that speaks of the same."""
    sources = [clause for source in cited for clause in _clauses(source.words)]
    own = _clauses(sentence.words)
    denied = [clause for clause in sources if _is_denied(clause)]
    for clause in filter(_is_denied, own):
        if not any(_share(clause, other) >= _SAME_CLAUSE for other in denied):
            yield "what it denies is not denied in what it cites"
    for clause in denied:
        if _share(clause, sentence.words) > _SAME_CLAUSE and not any(
            _share(clause, other) >= _SAME_CLAUSE or _share(other, clause) >= _SAME_CLAUSE
            for other in filter(_is_denied, own)
        ):
            yield "it leaves out a negation of what it cites"
    keys = {word.key for source in cited for word in source.words}
    turned = [word for word in sentence.words if word.key not in keys and any(is_turned(word.key, key) for key in keys)]
    yield from (f"\u201c{word.shown}\u201d is turned round from what it cites" for word in turned)


def _judge_pairs(sentence: _Sentence, cited: Sequence[Cited]) -> Iterator[str]:
    """Where a source gives numbers for several countries, each number stays with its country."""
    mine = _pairs(sentence.words)
    for source in cited:
        theirs = _pairs(source.words)
        if len(set(theirs.values())) > 1:
            for number in mine.keys() & theirs.keys():
                if mine[number] != theirs[number]:
                    yield f"\u201c{number}\u201d belongs to another country in what it cites"


def _judge_copies(sentence: _Sentence, cited: Sequence[Cited]) -> Iterator[str]:
    """Where a sentence is nearly its source's, no negation, number or name may differ; and it joins no two sources."""
    for source in cited:
        verdict = check_quote(sentence.text, source.whole)
        for difference in verdict.matches[0].differences if verdict.kind == "altered" else ():
            if _alters(difference):
                yield f"where it says \u201c{difference.yours}\u201d it cites \u201c{difference.source}\u201d"
    if _is_spliced(sentence.words, cited):
        yield "it joins stretches of two sources into one statement"


def _alters(difference: Difference) -> bool:
    """Whether a difference from the source changes what is said: any negation; a number or name for another."""
    if difference.kind == "negation":
        return True
    values = [{plain_value(word.key) for word in read_words([side])} for side in (difference.yours, difference.source)]
    return difference.kind in ("number", "name") and all(values) and values[0] != values[1]


def _is_spliced(words: Sequence[Word], cited: Sequence[Cited]) -> bool:
    """Whether words copied from one source run on, without the end of a clause, into words copied from another."""
    texts = [f" {' '.join(word.key for word in source.words)} " for source in cited]
    keys = [word.key for word in words]
    for place in range(_COPIED, len(keys) - _COPIED + 1):
        left, right = (f" {' '.join(run)} " for run in (keys[place - _COPIED : place], keys[place : place + _COPIED]))
        if not _CLAUSE_ENDS & set(keys[place - 1 : place + 1]) and any(left in text for text in texts):
            both = any(left in text and right in text for text in texts)
            if not both and any(right in text for text in texts):
                return True
    return False


def _judge_content(sentence: _Sentence, cited: Sequence[Cited]) -> Iterator[str]:
    """Enough of the content words of every clause stand in one of the sources."""
    for clause in _clauses(sentence.words):
        said = set(stems(" ".join(word.shown for word in clause)))
        heavy = heavy_stems(word.shown for word in clause if not is_number(word))
        needed = heavy if len(heavy) <= _FEW else set[str]()
        if not said or not any(
            needed <= source.stems and len(said & source.stems) >= _ENOUGH * len(said) for source in cited
        ):
            yield "too few of its words stand in what it cites"


def _anchors(words: Sequence[Word], lower: frozenset[str]) -> dict[str, str]:
    """What of a sentence must stand in its source, as it is compared, and as it is shown."""
    anchors = {value: value for value in number_values(words)}
    for word in words:
        countries = find_countries(word.shown) if word.kind == "word" and word.shown[0].isupper() else []
        if countries:
            anchors[f"country {countries[0].code}"] = word.shown
        elif word.key in _STRONG or (is_name(word, lower) and not is_number(word)):
            anchors[word.key] = word.shown
    return anchors


def _clauses(words: Sequence[Word]) -> list[list[Word]]:
    """The clauses of a sentence; one of few words goes with the next, the last with the one before."""
    clauses: list[list[Word]] = [[]]
    for word in words:
        if word.key in _CLAUSE_ENDS and _content(clauses[-1]) >= _LEAST_CLAUSE:
            clauses.append([])
        clauses[-1].append(word)
    if len(clauses) > 1 and _content(clauses[-1]) < _LEAST_CLAUSE:
        last = clauses.pop()
        clauses[-1] += last
    return clauses


def _content(words: Sequence[Word]) -> int:
    return len(stems(" ".join(word.shown for word in words)))


def _is_denied(words: Sequence[Word]) -> bool:
    return any(is_negation(word) for word in words)


def _share(clause: Sequence[Word], other: Sequence[Word]) -> float:
    """The share of a clause's content words that stand in another."""
    own = {stem for word in clause if not is_negation(word) for stem in stems(word.shown)}
    theirs = {stem for word in other for stem in stems(word.shown)}
    return len(own & theirs) / len(own) if own else 0.0


def _pairs(words: Sequence[Word]) -> dict[str, str]:
    """The country that stands nearest to each number, years aside; a mark or an `and` between them counts for five."""
    places = [(place, find_countries(word.shown)) for place, word in enumerate(words) if word.shown[0].isupper()]
    countries = [(place, found[0].code) for place, found in places if found]
    pairs: dict[str, str] = {}
    for place, word in enumerate(words):
        if not countries or not is_number(word) or re.fullmatch(r"(?:19|20)\d\d", word.key):
            continue
        distances = [(_distance(words, place, other), code) for other, code in countries]
        pairs[plain_value(word.key)] = min(distances)[1]
    return pairs


def _distance(words: Sequence[Word], one: int, other: int) -> int:
    between = words[min(one, other) + 1 : max(one, other)]
    return sum(6 if word.key in _CLAUSE_ENDS else 1 for word in between)


_CHECKS = (
    _judge_marks,
    _judge_quotations,
    _judge_anchors,
    _judge_negations,
    _judge_copies,
    _judge_pairs,
    _judge_content,
)

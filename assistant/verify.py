"""A proof, not a step: whether words stand on a page, to the letter, and if not, what differs.

`check_quote` tolerates white space, Unicode compatibility forms, soft and line-end hyphens, ligatures, kinds of
quotation mark and of dash, note marks, and letter case, which it reports; nothing else.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Citation, QuotePart
from assistant.differences import Difference, Pair, list_differences
from assistant.wording import Word, read_words, settle
from corpus.documents import Page, Part
from corpus.text import normal_hash

ALTERED = 0.6
"""The least similarity of a passage that a quote may have been altered from."""

_ELLIPSIS = re.compile(r"\s*[\[(]\s*(?:\.{3}|\u2026)\s*[\])]\s*|\s*(?:\.{3,}|\u2026)\s*")
_COSTS = {"word": 2, "number": 2, "mark": 1}
"""What one word more or less costs in an alignment; a word in place of another of its kind costs the same."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words of some pages that a quote was taken from, or the nearest to it: one part for each stretch of a page.

    `similarity` is 1 for the same words, 0 for none in common. `case`: only the case of letters differs somewhere.
    """

    parts: tuple[Part, ...]
    similarity: float
    differences: tuple[Difference, ...] = ()
    case: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing a quote with some pages.

    `verbatim`: every place where it stands, or where its stretches stand in order, joined by as many `ellipses`.
    `altered`: one match, a real passage, with every difference. `not found`: the nearest wording, or none.
    """

    kind: Literal["verbatim", "altered", "not found"]
    matches: tuple[Match, ...]
    ellipses: int = 0


class ReadPages:
    """Pages that follow one another in one document, taken apart into words; made once for many quotes."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.numbers = [page.number for page in pages]
        self.texts = [page.text for page in pages]
        self.words = read_words(self.texts)
        self.lower = frozenset(word.key for word in self.words if word.shown == word.key)


def check_quote(quote: str, source: ReadPages) -> Verdict:
    """Look for a quote on some pages; it may run over from one to the next."""
    verdict = _check(quote, source)
    stretches = split_at_ellipses(quote)
    if verdict.kind == "verbatim" or len(stretches) < 2:
        return verdict
    return _check_stretches(stretches, source) or verdict


def split_at_ellipses(quote: str) -> list[str]:
    """The stretches of a quote between which it says that words are left out; all of it where it does not."""
    return [stretch for stretch in _ELLIPSIS.split(quote) if stretch.strip()]


def stands_on(page: Page, part: QuotePart) -> bool:
    """Whether the page's text, from the part's start to its end, is the part's quote: to the letter, not empty."""
    return part.page == page.number and bool(part.quote) and page.text[part.start : part.end] == part.quote


def is_proven(citation: Citation, page_of: Callable[[str, int], Page]) -> bool:
    """Whether every part of a citation stands on its page, and its link is the link of these words.

    `page_of` gives the page of a document (by sha256) with that number.
    """
    words = citation.link.rpartition("/")[2]
    return (
        bool(citation.parts)
        and all(stands_on(page_of(citation.document.sha256, part.page), part) for part in citation.parts)
        and words == normal_hash(citation.quote)
    )


def _check(quote: str, source: ReadPages) -> Verdict:
    read = read_words([quote])
    yours, words = settle(read, source.words), settle(source.words, read)
    if not any(word.kind != "mark" for word in yours) or not words:
        return Verdict("not found", ())
    places = _places(yours, words)
    if places:
        runs = [words[start : start + len(yours)] for start in places]
        return Verdict("verbatim", tuple(Match(_parts([run], source), 1.0, case=_case(yours, run)) for run in runs))
    match = _nearest(quote, yours, words, source)
    if match.similarity >= ALTERED:
        return Verdict("altered", (match,))
    return Verdict("not found", (match,) if match.similarity else ())


def _check_stretches(stretches: Sequence[str], source: ReadPages) -> Verdict | None:
    """The verdict on stretches that each stand somewhere, in order; None where they do not."""
    reads = [read_words([stretch]) for stretch in stretches]
    words = settle(source.words, list(itertools.chain.from_iterable(reads)))
    found: list[Sequence[Word]] = []
    case = False
    at = 0
    for read in reads:
        yours = settle(read, source.words)
        place = next((place for place in _places(yours, words) if place >= at), None) if yours else None
        if place is None:
            return None
        run = words[place : place + len(yours)]
        found, at, case = [*found, run], place + len(yours), case or _case(yours, run)
    return Verdict("verbatim", (Match(_parts(found, source), 1.0, case=case),), len(stretches) - 1)


def _places(yours: Sequence[Word], words: Sequence[Word]) -> list[int]:
    """Every place in a text's words where yours stand, one after the other."""
    text = "\0" + "".join(word.key + "\0" for word in words)
    starts = [0, *itertools.accumulate(len(word.key) + 1 for word in words)]
    wanted = "\0" + "".join(word.key + "\0" for word in yours)
    places = []
    at = text.find(wanted)
    while at >= 0:
        places.append(bisect_left(starts, at))
        at = text.find(wanted, at + 1)
    return places


def _nearest(quote: str, yours: Sequence[Word], words: Sequence[Word], source: ReadPages) -> Match:
    aligned = _align(yours, words)
    lost = sum(
        _COSTS[word.kind]
        for pair in aligned
        if not (pair.yours and pair.source and pair.yours.key == pair.source.key)
        for word in [pair.yours or pair.source]
        if word is not None
    )
    whole = sum(_COSTS[word.kind] for word in yours)
    pairs = _with_moved(aligned, words)
    run = [pair.source for pair in pairs if pair.source is not None]
    differences = list_differences(pairs, quote, source.texts, source.lower)
    return Match(_parts([run], source), max(0.0, round(1 - lost / whole, 4)), tuple(differences))


def _align(yours: Sequence[Word], words: Sequence[Word]) -> list[Pair]:
    """Yours laid beside the stretch of a text that is nearest: the cheapest alignment (Sellers, 1980).

    One row for each word of yours, one column for each gap between the words of the text.
    """
    numbers = {key: number for number, key in enumerate(dict.fromkeys(word.key for word in [*yours, *words]))}
    keys = np.array([numbers[word.key] for word in words])
    costs = np.array([_COSTS[word.kind] for word in words], dtype=np.int32)
    marks = np.array([word.kind == "mark" for word in words])
    passed = np.concatenate([[0], np.cumsum(costs)]).astype(np.int32)
    rows = [np.zeros(len(words) + 1, dtype=np.int32)]
    for word in yours:
        cost = _COSTS[word.kind]
        beside = np.where(marks == (word.kind == "mark"), cost, 2 * cost + 2)
        beside[keys == numbers[word.key]] = 0
        row = rows[-1] + cost
        row[1:] = np.minimum(row[1:], rows[-1][:-1] + beside)
        rows.append(np.minimum.accumulate(row - passed) + passed)
    return _trace(rows, yours, words, costs)


def _trace(
    rows: Sequence[NDArray[np.int32]], yours: Sequence[Word], words: Sequence[Word], costs: NDArray[np.int32]
) -> list[Pair]:
    """The way back through an alignment's rows: a word beside a word, where that is as cheap as any other way."""
    column = int(np.argmin(rows[-1]))
    if column < len(words) and rows[-1][column + 1] == rows[-1][column] and words[column].kind != "mark":
        column += 1
    pairs: list[Pair] = []
    row = len(yours)
    while row:
        word, here = yours[row - 1], rows[row][column]
        cost = _COSTS[word.kind]
        if column:
            other = words[column - 1]
            same_kind = (word.kind == "mark") == (other.kind == "mark")
            beside = 0 if word.key == other.key else cost if same_kind else 2 * cost + 2
            if here == rows[row - 1][column - 1] + beside:
                pairs.append(Pair(word, other))
                row, column = row - 1, column - 1
                continue
            if here == rows[row][column - 1] + costs[column - 1]:
                pairs.append(Pair(None, other))
                column -= 1
                continue
        pairs.append(Pair(word, None))
        row -= 1
    return pairs[::-1]


def _with_moved(pairs: list[Pair], words: Sequence[Word]) -> list[Pair]:
    """An alignment with what yours has elsewhere and the text has right in front of the stretch, or behind it."""
    found = [pair.source for pair in pairs if pair.source is not None]
    if not found:
        return pairs
    first, last = words.index(found[0]), words.index(found[-1]) + 1
    for is_extra, group in itertools.groupby(pairs, key=lambda pair: pair.source is None):
        extra = [pair.yours.key for pair in group if pair.yours is not None] if is_extra else []
        behind, before = words[last : last + len(extra)], words[max(first - len(extra), 0) : first]
        if extra and [word.key for word in behind] == extra:
            return [*pairs, *(Pair(None, word) for word in behind)]
        if extra and [word.key for word in before] == extra:
            return [*(Pair(None, word) for word in before), *pairs]
    return pairs


def _case(yours: Sequence[Word], run: Sequence[Word]) -> bool:
    pairs = zip(yours, run, strict=True)
    return any(one.shown != other.shown for one, other in pairs if one.kind == "word")


def _parts(runs: Sequence[Sequence[Word]], source: ReadPages) -> tuple[Part, ...]:
    """Where runs of words stand, each on one page or on several that follow one another."""
    by_page = [list(words) for run in runs for _, words in itertools.groupby(run, key=lambda word: word.page)]
    return tuple(Part(source.numbers[words[0].page], words[0].start, words[-1].end) for words in by_page)

"""Which country tables, and which of their columns, are about what a question asks: by words and by vectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.countrytables import Table
from corpus.lexical import stems
from corpus.rows import Vector

_LEAST, _LEAST_WITH_A_ROW, _LEAST_OF_ONE = 0.5, 0.35, 0.2
"""The share of a question's words, by rarity, that a table's caption, its column heads and the report's title must
hold; the second where the row itself was found, the last where the question names a column in all of its words, or
where one report alone is searched, whose title then tells nothing."""

_NEAR = 0.42
"""A column is near a question from this cosine on: the mean of its head's and of its head's beside the caption. On the
sample library with the default embedder, a column that is asked about in other words lies there for most questions,
one that is not does for hardly any."""

_BY_A_COLUMN, _OF_THE_BEST = 0.3, 0.8
"""What a table gains one of whose columns the question names in all of its words; the share of the best table's worth
that a second one must have beside it."""

_ENDINGS = ((6, 4), (4, 2))
"""Two words are one where one begins with all of the other, of at least so many letters, and goes on by at most so
many: guardian, guardianship; safe, safely."""

_EMPTY = frozenset(
    stems("which what how do does did is are was were the a an of in on for by to and or with at their its it yes no "
          "have has had there any can country countries member states state compare table according inform study flash "
          "query ad hoc report reports fast first go who when where be been being "
          "get gets give gives take takes turn if then than")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks of a table: its stems with their weights, a number's being 0, and its vector.

    `doubted`: the rest of what was found does not answer the question; then neither the name of a column nor a vector
    is enough. `alone`: one report alone is searched.
    """

    stems: Mapping[str, float]
    vector: Vector | None = None
    doubted: bool = False
    alone: bool = False


def telling_stems(question: str) -> list[str]:
    """The stems of a question that say what it asks of a table."""
    return [stem for stem in stems(question) if stem not in _EMPTY]


def choose_tables(wanted: Wanted, tables: Sequence[Table], with_rows: Sequence[bool], most: int) -> list[Table]:
    """The tables about what is asked, best first; one far behind the best is left out.

    `with_rows`: for each, whether the row of a country asked about is among what was found first.
    """
    worths = {
        place: _worth(wanted, table)
        for place, table in enumerate(tables)
        if _fits(wanted, table, with_row=with_rows[place])
    }
    best = max(worths.values(), default=0.0)
    near = [place for place, worth in worths.items() if worth >= _OF_THE_BEST * best]
    return [tables[place] for place in sorted(near, key=lambda place: (-worths[place], place))[:most]]


def choose_column(wanted: Wanted, table: Table) -> int:
    """The column, counted from 0, whose head is most about what is asked; 0 where none stands out, or none are known.

    By the words that it shares with the question, how many of its own are asked for, and the vector of its head.
    """
    if len(table.columns) < 2:
        return 0
    shares = [_share(wanted.stems, head) for head in table.columns]
    own = [_share(dict.fromkeys(stems(head), 1.0), " ".join(wanted.stems)) for head in table.columns]
    near = _cosines(wanted, table, alone=True)
    worths = [
        (share + cosine, mine) if share > 0 or cosine >= _NEAR else (0.0, 0.0)
        for share, cosine, mine in zip(shares, near, own, strict=True)
    ]
    best = max(worths[1:])
    return worths.index(best) if best[0] > 0 and worths.count(best) == 1 else 0


def _fits(wanted: Wanted, table: Table, *, with_row: bool) -> bool:
    own = _share(wanted.stems, table.words)
    if own == 0:
        return not wanted.doubted and _nearness(wanted, table) >= _NEAR
    if wanted.alone and own >= _LEAST_OF_ONE:
        return True
    share = _share(wanted.stems, f"{table.document.title} {table.words}")
    if not wanted.doubted and _names_a_column(wanted.stems, table) and share >= _LEAST_OF_ONE:
        return True
    if not wanted.doubted and _nearness(wanted, table) >= _NEAR:
        return True
    return share >= (_LEAST_WITH_A_ROW if with_row else _LEAST)


def _worth(wanted: Wanted, table: Table) -> float:
    share = _share(wanted.stems, f"{table.document.title} {table.words}")
    return share + _BY_A_COLUMN * _names_a_column(wanted.stems, table) + _nearness(wanted, table)


def _nearness(wanted: Wanted, table: Table) -> float:
    """The cosine of the question and the column nearest to it: the mean of its head's and its head's in the table."""
    pairs = zip(_cosines(wanted, table, alone=True), _cosines(wanted, table, alone=False), strict=True)
    return max((sum(pair) / 2 for pair in pairs), default=0.0)


def _cosines(wanted: Wanted, table: Table, *, alone: bool) -> list[float]:
    """Of the question and each column, the first of which holds the countries; 0 where there are no vectors."""
    vectors = table.head_vectors if alone else table.column_vectors
    if wanted.vector is None or vectors is None:
        return [0.0] * len(table.columns)
    return [0.0, *(float(cosine) for cosine in (vectors @ wanted.vector)[1:])]


def _names_a_column(wanted: Mapping[str, float], table: Table) -> bool:
    """Whether all the words of one of its column heads stand in the question."""
    heads = [[stem for stem in stems(head) if stem not in _EMPTY] for head in table.columns[1:]]
    return any(head and all(_is_among(stem, wanted) for stem in head) for head in heads)


def _share(wanted: Mapping[str, float], text: str) -> float:
    """The share of these stems, by weight, that a text holds; 0 where they have none."""
    own = set(stems(text))
    whole = sum(wanted.values())
    return sum(weight for stem, weight in wanted.items() if _is_among(stem, own)) / whole if whole else 0.0


def _is_among(stem: str, others: Iterable[str]) -> bool:
    """Whether a stem is one of others, or differs from one by an ending alone."""
    return any(stem == other or _is_one_word(*sorted((stem, other), key=len)) for other in others)


def _is_one_word(shorter: str, longer: str) -> bool:
    return longer.startswith(shorter) and any(
        len(shorter) >= letters and len(longer) - len(shorter) <= more for letters, more in _ENDINGS
    )

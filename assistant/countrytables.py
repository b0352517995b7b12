"""Country tables as they stand in a report: rows that begin with a country, and where their words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Excerpt
from corpus.documents import Document, Page, Part
from corpus.embedding import Embedder
from corpus.terms import Country, country_of, find_countries

_HEAD = re.compile(
    r"(?<!\w)(?:(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?) \((?P<listed>[A-Z]{2})\)|(?P<bare>[A-Z]{2}))(?=\s)"
    r"|(?m:^)(?P<alone>[^\W\d_][\w\u2019' -]{2,30})(?:\t[A-Z]{2})?(?=\t)"
)
"""How a row begins: `Austria (AT)`, `AT`, or, where cells are apart, the name, its code in a cell of its own or not."""

_COUNTRY = (
    r"(?:Country|Member State|State|Pays|État membre|Land|Mitgliedstaat|País|Estado miembro|Paese|Stato membro|Kraj|"
    r"Państwo|Lidstaat)"
)
_TABLE = re.compile(rf"^Tab\w+ \d+ ?[:.][^\n]*\n{_COUNTRY}\b", re.MULTILINE)
_TOP = 400
"""Characters at the top of a page in which a table that runs on says its column heads again."""

_RUNNING = 8
"""A line of so many words that ends with a full stop is running text, and no row."""

_FEWEST = 4
"""A table has at least so many rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a report's table says of a country, and where it stands: one row, or several that follow each other."""

    code: str
    excerpt: Excerpt
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` is where its caption and column heads stand, `words` what they say.

    `head_vectors`, `column_vectors`: of each column's head alone, and of it beside the caption, shape (columns,
    dimension); None where they were not made.
    """

    document: Document
    heads: Excerpt
    words: str
    lines: tuple[Line, ...]
    head_vectors: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    column_vectors: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)

    @property
    def columns(self) -> list[str]:
        """The heads of its columns; one for all of them where they are not told apart."""
        return self.words.splitlines()[-1].split("\t")

    @property
    def caption(self) -> str:
        """Without its number."""
        return self.words.splitlines()[0].partition(":")[2].strip()


def add_vectors(tables: Sequence[Table], embedder: Embedder) -> list[Table]:
    """The tables, each with the vectors of its columns."""
    return [
        replace(
            table,
            head_vectors=embedder.encode(table.columns),
            column_vectors=embedder.encode([f"{table.caption}: {head}" for head in table.columns]),
        )
        for table in tables
    ]


def read_tables(document: Document, pages: Sequence[Page]) -> list[Table]:
    """The tables of a report whose rows begin with a country. One that runs on to the next page goes on there."""
    tables: list[Table] = []
    for place, page in enumerate(pages):
        for found in _TABLE.finditer(page.text):
            end = _end_of_table(page.text, found.end())
            lines = _read_lines(document, page, found.end(), end)
            if not lines:
                continue
            words = page.text[found.start() : lines[0].excerpt.parts[0].start].rstrip()
            lines += _read_on(document, pages[place + 1 :], words.splitlines()[-1], whole=end == len(page.text))
            lines = _join_rows(page.text, lines)
            if len(lines) >= _FEWEST:
                heads = Part(page.number, found.start(), found.start() + len(words))
                tables.append(Table(document, Excerpt(document, (heads,)), words, tuple(lines)))
    return tables


def _join_rows(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, those of one country that follow each other on the page as one: a row for each year."""
    joined: list[Line] = []
    for line in lines:
        if joined and joined[-1].code == line.code:
            before, part = joined[-1].excerpt.parts[0], line.excerpt.parts[0]
            if before.page == part.page and not text[before.end : part.start].strip():
                whole = Part(part.page, before.start, part.end)
                joined[-1] = replace(
                    line, excerpt=replace(line.excerpt, parts=(whole,)), rows=(*joined[-1].rows, *line.rows)
                )
                continue
        joined.append(line)
    return joined


def _read_on(document: Document, pages: Sequence[Page], heads: str, *, whole: bool) -> list[Line]:
    """The rows of a table that was begun on the page before: its column heads stand again at the top of each next one.

    Notes may stand below it on its first page. Where its heads do not stand again to the letter, because they are
    broken into lines otherwise, it goes on only from a page that it fills to its end: `whole`.
    """
    lines: list[Line] = []
    for page in pages:
        top = page.text[:_TOP]
        again = re.search(rf"(?:^|\n){re.escape(heads)}(?=\n)", top)
        if again is None and whole:
            again = re.search(rf"(?:^|\n){_COUNTRY}\s", top)
        if again is None:
            break
        end = _end_of_table(page.text, again.end())
        lines += _read_lines(document, page, again.end(), end)
        whole = end == len(page.text)
    return lines


def _end_of_table(text: str, start: int) -> int:
    """A table ends before the next one, a heading or a line of running text."""
    following = re.search(r"\n(?:Tab\w+|Figure) \d|\n\d+(?:\.\d+)*\.? [A-Z]|\nAnnex \d", text[start:])
    end = start + following.start() if following else len(text)
    for line in re.finditer(r"[^\n]+", text[start:end]):
        if len(line.group().split()) >= _RUNNING and line.group().rstrip().endswith("."):
            return start + line.start()
    return end


def _read_lines(document: Document, page: Page, start: int, end: int) -> list[Line]:
    """Every row from its country to the next one's, without the paragraphs that follow the last."""
    heads = [head for head in _HEAD.finditer(page.text, start, end) if _country(head, document) is not None]
    if any(head["alone"] or page.text[head.end()] == "\t" for head in heads):
        heads = [head for head in heads if page.text[: head.start()].endswith("\n")]
    begins = [_begin_of_row(head, document) for head in heads]
    lines = []
    for place, (head, begin) in enumerate(zip(heads, begins, strict=True)):
        stop = begins[place + 1] if place + 1 < len(heads) else _end_of_last(page.text, head.end(), end)
        text = page.text[begin:stop].rstrip()
        country = _country(head, document)
        if country is not None:
            lines.append(Line(country.code, Excerpt(document, (Part(page.number, begin, begin + len(text)),)), (text,)))
    return lines


def _begin_of_row(head: re.Match[str], document: Document) -> int:
    """Where the country's name begins: a capital word that ends the row before may stand in front of it."""
    country = _country(head, document)
    name = head["name"] or ""
    within = name.rfind(country.name) if country and name else 0
    return head.start() + max(within, 0)


def _end_of_last(text: str, start: int, end: int) -> int:
    """The last row ends where its line does, or before running text."""
    line_end = text.find("\n", start, end)
    return line_end if line_end >= 0 else end


def _country(head: re.Match[str], document: Document) -> Country | None:
    if not head["alone"]:
        return country_of(head["listed"] or head["bare"])
    named = find_countries(head["alone"], document.language)
    return named[0] if len(named) == 1 and len(named[0].name) <= len(head["alone"]) + 6 else None

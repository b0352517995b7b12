"""Country tables: for each country asked about, what each report's own table says of it, one quoted row each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Cell, CellState, Excerpt, Row
from assistant.countrytables import Line, Table
from assistant.retrieve import Asked
from assistant.tablefit import Wanted, choose_column, choose_tables, telling_stems
from corpus.documents import Document, Passage
from corpus.lexical import stems
from corpus.terms import Country, adjectives, country_of, find_countries
from corpus.text import find_years

_ABSENT = (
    r"(?:did not (?:take part|participate)|n[\u2019']a pas participé|(?:hat )?nicht teilgenommen|no participó|"
    r"non ha partecipato|nie uczestniczył[ao]?|nam niet deel)"
)
_NONE = (
    r"(?:no such measure|no measures?|none|non|nein|nee|nie|no|aucune(?: mesure(?: de ce type)?)?|"
    r"keine(?: solche Maßnahme)?|nessuna misura|ninguna medida|geen(?: maatregel)?)"
)
"""How a cell says that a country did not take part, and that it has no such measure."""

_ALL = re.compile(
    r"\b(?:which|what) (?:of (?:the|these|all) )?(?:\w+ )?(?:countries|(?:member )?states)\b|"
    r"\bhow do (?:the )?(?:member states|countries)\b|"
    r"\b(?:by|per|in each|for each|every) (?:country|member state)\b|\bcountry (?:table|overview|comparison)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:which|what) (?:country|(?:member )?state)\b", re.IGNORECASE)
"""How all countries are asked about, and how one of them is that is not known."""

_COUNTS = re.compile(r"\bhow (?:many|much|old)\b|^(?:number of|when|since when)\b|\bwhat year\b", re.IGNORECASE)
"""A question that wants a figure or a year: a row without one does not answer it."""

_MOST_TABLES = 2
"""Tables that an answer shows, at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows whose cells' citations count the excerpts from 1."""

    rows: tuple[Row, ...]
    excerpts: tuple[Excerpt, ...]


def compare_countries(
    asked: Asked,
    documents: Sequence[Document],
    tables_of: Callable[[Document], Sequence[Table]],
    rarity: Callable[[str], float],
    rows: Sequence[Passage] = (),
    *,
    doubted: bool = False,
) -> Found | None:
    """A row for each country that the question names, or for all where it asks which; None where no table fits.

    `documents` are those in which something was found, best first; `tables_of` gives the tables of one. `rows`: rows
    of tables that are among what was found first; a table whose row of a country named is one need share fewer words.
    `doubted`: nothing else was found that answers the question.
    """
    countries = _named(asked.text)
    if not countries and not _ALL.search(asked.text) and (doubted or not _ONE.search(asked.text)):
        return None
    wanted = Wanted(_weigh(asked.text, countries, rarity), asked.vector, doubted=doubted, alone=len(documents) == 1)
    tables = [table for document in documents for table in tables_of(document)]
    codes = {country.code for country in countries}
    fitting = choose_tables(wanted, tables, [_was_found(table, codes, rows) for table in tables], _MOST_TABLES)
    if _COUNTS.search(asked.text):
        fitting = [table for table in fitting if all(_has_figure(line) for line in table.lines)]
    years = set(find_years(asked.text)) if doubted else set[str]()
    fitting = [table for table in fitting if not years or years & _years_of(table)]
    return _arrange(countries or _all_of(fitting[0]), fitting, wanted) if fitting else None


def number_cells(rows: Sequence[Row], numbers: Sequence[int]) -> tuple[Row, ...]:
    """The rows with each excerpt's number in the answer in place of its place among the excerpts, from 1."""
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(
                    cell,
                    citation=None if cell.citation is None else numbers[cell.citation - 1],
                    heads=None if cell.heads is None else numbers[cell.heads - 1],
                )
                for cell in row.cells
            ),
        )
        for row in rows
    )


def _weigh(question: str, countries: Sequence[Country], rarity: Callable[[str], float]) -> dict[str, float]:
    """The stems that a question asks for, its countries aside, each with its rarity; numbers weigh nothing."""
    names = {stem for name in [*(one.name for one in countries), *adjectives()] for stem in stems(name)}
    return {stem: 0.0 if stem.isdigit() else rarity(stem) for stem in telling_stems(question) if stem not in names}


def _years_of(table: Table) -> set[str]:
    """The years that a table names, or the report by its title or its own year."""
    rows = [row for line in table.lines for row in line.rows]
    return {*find_years(" ".join([table.document.title, table.words, *rows])), str(table.document.year)}


def _has_figure(line: Line) -> bool:
    return all(re.search(r"\d", row) for row in line.rows)


def _was_found(table: Table, codes: set[str], rows: Sequence[Passage]) -> bool:
    """Whether its row of one of these countries is among the rows that were found."""
    own = [part for line in table.lines if line.code in codes for part in line.excerpt.parts]
    found = [part for row in rows if row.document == table.document.sha256 for part in row.parts]
    return any(part.page == row.page and part.start <= row.start < part.end for part in own for row in found)


def _named(question: str) -> list[Country]:
    """The countries a question names, by their own names or as in "German inspectors"."""
    codes = [adjectives().get(word.casefold()) for word in re.findall(r"[A-Za-z]+", question)]
    described = [country_of(code) for code in codes if code is not None]
    named = [*find_countries(question), *(country for country in described if country is not None)]
    return list({country.code: country for country in named}.values())


def _all_of(table: Table) -> list[Country]:
    return [country for line in table.lines if (country := country_of(line.code)) is not None]


def _arrange(countries: Sequence[Country], tables: Sequence[Table], wanted: Wanted) -> Found | None:
    """The rows, and what is quoted for them: first what the columns are, then row by row."""
    tables = [table for table in tables if {line.code for line in table.lines} & {one.code for one in countries}]
    excerpts: list[Excerpt] = [table.heads for table in tables]
    rows = []
    for country in countries:
        cells = []
        for place, table in enumerate(tables, start=1):
            line = next((line for line in table.lines if line.code == country.code), None)
            if line is not None:
                excerpts.append(line.excerpt)
            cells.append(replace(_cell(country, table, line, len(excerpts), wanted), heads=place))
        rows.append(Row(country.code, country.name, tuple(cells)))
    return Found(tuple(rows), tuple(excerpts)) if excerpts else None


def _cell(country: Country, table: Table, line: Line | None, number: int, wanted: Wanted) -> Cell:
    document = table.document
    if line is None:
        outside = document.participants and country.code not in document.participants
        return Cell(document, "did-not-take-part" if outside else "not-found")
    column = choose_column(wanted, table)
    states = {_state(_told(row, column)) for row in line.rows}
    return Cell(document, states.pop() if len(states) == 1 else "said", number)


def _told(row: str, column: int) -> str:
    """What a row says in a column; all that it says of its country where none is chosen."""
    cells = row.split("\t")
    if column:
        return cells[column] if column < len(cells) else ""
    return " ".join(cells[1:]) if len(cells) > 1 else re.sub(r"^[^)\n]*\([A-Z]{2}\)|^[A-Z]{2}\b", "", row)


def _state(text: str) -> CellState:
    """What a cell says, or a row as a whole where its cells are not known: one that says several things says one."""
    body = " ".join(text.split())
    if re.fullmatch(rf"(?:{_ABSENT} ?)+", body, re.IGNORECASE):
        return "did-not-take-part"
    if re.fullmatch(rf"(?:{_NONE} ?)+", body, re.IGNORECASE):
        return "no-such-measure"
    return "said" if re.search(r"\w", body) else "not-found"

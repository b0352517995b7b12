"""Country tables: for each country asked about, what each report's own table says of it, one quoted row each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Cell, CellState, Excerpt, Row
from corpus.documents import Document, Page, Part, Passage
from corpus.lexical import stems
from corpus.terms import Country, adjectives, country_of, find_countries

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
    r"\b(?:which|what) (?:countries|member states|states)\b|\bhow do (?:the )?(?:member states|countries)\b|"
    r"\b(?:by|per|in each|for each|every) (?:country|member state)\b|\bcountry (?:table|overview|comparison)\b",
    re.IGNORECASE,
)
_LEAST, _LEAST_WITH_A_ROW, _LEAST_OF_ONE = 0.5, 0.35, 0.2
"""The share of a question's words, by rarity, that a table's caption, its column heads and the report's title must
hold; the second where the row itself was found, the last where one report alone is searched."""

_COUNTS = re.compile(r"\bhow (?:many|much)\b|^number of\b", re.IGNORECASE)
"""A question that wants a figure: a row without one does not answer it."""

_TOP = 400
"""Characters at the top of a page in which a table that runs on says its column heads again."""

_RUNNING = 8
"""A line of so many words that ends with a full stop is running text, and no row."""

_FEWEST, _MOST_TABLES = 4, 2
"""A table has at least so many rows; an answer shows at most so many tables."""

_EMPTY = frozenset(
    stems("which what how do does did is are was were the a an of in on for by to and or with at their its it yes no "
          "have has had there any can country countries member states state compare table according inform study flash "
          "query ad hoc report fast first go who when where be been being")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a report's table: a country, and where its words stand."""

    code: str
    excerpt: Excerpt
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` is where its caption and column heads stand, `words` what they say."""

    document: Document
    heads: Excerpt
    words: str
    lines: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows whose cells' citations count the excerpts from 1."""

    rows: tuple[Row, ...]
    excerpts: tuple[Excerpt, ...]


def compare_countries(
    question: str,
    documents: Sequence[Document],
    tables_of: Callable[[Document], Sequence[Table]],
    rarity: Callable[[str], float],
    rows: Sequence[Passage] = (),
) -> Found | None:
    """A row for each country that the question names, or for all where it asks which; None where no table fits.

    `documents` are those in which something was found, best first; `tables_of` gives the tables of one. `rows`: rows
    of tables that are among what was found first; a table whose row of a country named is one need share fewer words.
    """
    countries = _named(question)
    if not countries and not _ALL.search(question):
        return None
    wanted = {stem: rarity(stem) for stem in stems(question) if stem not in _EMPTY and not stem.isdigit()}
    for name in [country.name for country in countries] + list(adjectives()):
        wanted = {stem: weight for stem, weight in wanted.items() if stem not in stems(name)}
    tables = [table for document in documents for table in tables_of(document)]
    scored = sorted(
        ((_share(wanted, f"{table.document.title} {table.words}"), place) for place, table in enumerate(tables)),
        key=_best_first,
    )
    codes = {country.code for country in countries}
    least = _LEAST_OF_ONE if len(documents) == 1 else _LEAST
    fitting = [
        tables[place]
        for share, place in scored
        if share >= min(least, _LEAST_WITH_A_ROW if _was_found(tables[place], codes, rows) else 1.0)
    ][:_MOST_TABLES]
    if _COUNTS.search(question):
        fitting = [table for table in fitting if all(re.search(r"\d", line.text) for line in table.lines)]
    return _arrange(countries or _all_of(fitting[0]), fitting, wanted) if fitting else None


def number_cells(rows: Sequence[Row], numbers: Sequence[int]) -> tuple[Row, ...]:
    """The rows with each excerpt's number in the answer in place of its place among the excerpts."""
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, citation=None if cell.citation is None else numbers[cell.citation - 1])
                for cell in row.cells
            ),
        )
        for row in rows
    )


def _was_found(table: Table, codes: set[str], rows: Sequence[Passage]) -> bool:
    """Whether its row of one of these countries is among the rows that were found."""
    own = [part for line in table.lines if line.code in codes for part in line.excerpt.parts]
    found = [part for row in rows if row.document == table.document.sha256 for part in row.parts]
    return any(part.page == row.page and part.start <= row.start < part.end for part in own for row in found)


def _best_first(scored: tuple[float, int]) -> tuple[float, int]:
    return (-scored[0], scored[1])


def _share(wanted: dict[str, float], text: str) -> float:
    held = wanted.keys() & set(stems(text))
    return sum(wanted[stem] for stem in held) / sum(wanted.values()) if wanted else 0.0


def _named(question: str) -> list[Country]:
    """The countries a question names, by their own names or as in "German inspectors"."""
    codes = [adjectives().get(word.casefold()) for word in re.findall(r"[A-Za-z]+", question)]
    described = [country_of(code) for code in codes if code is not None]
    named = [*find_countries(question), *(country for country in described if country is not None)]
    return list({country.code: country for country in named}.values())


def _all_of(table: Table) -> list[Country]:
    return [country for line in table.lines if (country := country_of(line.code)) is not None]


def _arrange(countries: Sequence[Country], tables: Sequence[Table], wanted: dict[str, float]) -> Found | None:
    """The rows, and what is quoted for them: first what the columns are, then row by row."""
    tables = [table for table in tables if {line.code for line in table.lines} & {one.code for one in countries}]
    excerpts: list[Excerpt] = [table.heads for table in tables]
    rows = []
    for country in countries:
        cells = []
        for table in tables:
            line = next((line for line in table.lines if line.code == country.code), None)
            if line is not None:
                excerpts.append(line.excerpt)
            cells.append(_cell(country, table, line, len(excerpts), wanted))
        rows.append(Row(country.code, country.name, tuple(cells)))
    return Found(tuple(rows), tuple(excerpts)) if excerpts else None


def _cell(country: Country, table: Table, line: _Line | None, number: int, wanted: dict[str, float]) -> Cell:
    document = table.document
    if line is None:
        outside = document.participants and country.code not in document.participants
        return Cell(document, "did-not-take-part" if outside else "not-found")
    column = _column(table.words, wanted)
    cells = line.text.split("\t")
    if not column or "\t" not in table.words:
        told = " ".join(cells[1:]) if len(cells) > 1 else line.text
    else:
        told = cells[column] if column < len(cells) else ""
    return Cell(document, _state(told), number)


def _column(words: str, wanted: dict[str, float]) -> int:
    """The column, counted from 0, whose head best holds what is asked; 0 where none stands out, or none are known."""
    shares = [_share(wanted, head) for head in words.splitlines()[-1].split("\t")]
    best = max(shares[1:], default=0.0)
    return shares.index(best) if best > 0 and shares.count(best) == 1 else 0


def _state(text: str) -> CellState:
    """What a cell says, or a row as a whole where its cells are not known: one that says several things says one."""
    body = " ".join(re.sub(r"^[^)\n]*\([A-Z]{2}\)|^[A-Z]{2}\b", "", text).split())
    if re.fullmatch(rf"(?:{_ABSENT} ?)+", body, re.IGNORECASE):
        return "did-not-take-part"
    if re.fullmatch(rf"(?:{_NONE} ?)+", body, re.IGNORECASE):
        return "no-such-measure"
    return "said" if re.search(r"\w", body) else "not-found"


def read_tables(document: Document, pages: Sequence[Page]) -> list[Table]:
    """The tables of a report whose rows begin with a country. One that runs on to the next page goes on there."""
    tables: list[Table] = []
    for place, page in enumerate(pages):
        for found in _TABLE.finditer(page.text):
            end = _end_of_table(page.text, found.end())
            lines = _read_lines(document, page, found.end(), end)
            if lines and end == len(page.text) and place + 1 < len(pages):
                lines += _read_on(document, pages[place + 1])
            if len(lines) >= _FEWEST:
                words = page.text[found.start() : lines[0].excerpt.parts[0].start].rstrip()
                heads = Part(page.number, found.start(), found.start() + len(words))
                tables.append(Table(document, Excerpt(document, (heads,)), words, tuple(lines)))
    return tables


def _read_on(document: Document, page: Page) -> list[_Line]:
    """The rows of a table that was begun on the page before: its column heads stand again at the top."""
    again = re.search(rf"(?:^|\n){_COUNTRY}\s", page.text[:_TOP])
    return _read_lines(document, page, again.end(), _end_of_table(page.text, again.end())) if again else []


def _end_of_table(text: str, start: int) -> int:
    """A table ends before the next one, a heading or a line of running text."""
    following = re.search(r"\n(?:Tab\w+|Figure) \d|\n\d+(?:\.\d+)* [A-Z]|\nAnnex \d", text[start:])
    end = start + following.start() if following else len(text)
    for line in re.finditer(r"[^\n]+", text[start:end]):
        if len(line.group().split()) >= _RUNNING and line.group().rstrip().endswith("."):
            return start + line.start()
    return end


def _read_lines(document: Document, page: Page, start: int, end: int) -> list[_Line]:
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
            lines.append(_Line(country.code, Excerpt(document, (Part(page.number, begin, begin + len(text)),)), text))
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

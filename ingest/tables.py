"""The tables of a sheet: what stands between ruled lines, cell by cell, rows from the top and cells from the left."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from corpus.documents import Sheet
from ingest.cells import HIGHEST_HEAD, Lines, Row, Segment, find_columns, overlap, read_row, say, say_cells
from ingest.heads import names_columns
from ingest.lines import CAPTION, MARK_SIZE, SUPERSCRIPT, Edges, read_edges
from ingest.spans import Span, find_spans, joined_bands
from ingest.styles import has_bands, read_styles

_GAP = 0.65
"""A space wider than this share of the letters' height divides two cells; one between words takes 0.3."""

_LARGER = 1.25
"""Lines of one piece whose letters are larger than a row's by this are headings that stand in its band."""

_HIGHEST_ROW = 15
"""Lines that a row may have."""

_MOST_LINES_OF_NAME = 3
"""Lines that a row with words in its first column alone may have."""

CELL_END = "\t"
"""What stands in a page's text between two cells of a row, the empty ones included."""


@dataclass(frozen=True, slots=True)
class Table:
    """`head` is None where no row names the columns."""

    head: Row | None
    rows: tuple[Row, ...]


def find_tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet from the top. A table has two columns and two rows at least, its head among them."""
    if not has_bands(sheet):
        return []
    styles, edges = read_styles(sheet), read_edges(sheet)
    spans = find_spans(sheet, styles)
    numbers = [style.band for style in styles]
    for span in spans:
        numbers[span.place] = span.last
    bands: dict[int, list[int]] = {}
    for place, band in enumerate(numbers):
        if band and not sheet.text[place].isspace():
            bands.setdefault(band, []).append(place)
    for band in {one for one in bands if _cuts_words(sheet, numbers, bands[one])}:
        del bands[band]
    words = {band: _without_marks(sheet, places, edges) for band, places in bands.items()}
    marks = {place for band, places in bands.items() for place in set(places).difference(words[band])}
    edges = _over_marks(sheet, marks, edges)
    lines = {band: _find_lines(places, edges) for band, places in words.items()}
    lines = {band: own for band, own in lines.items() if not _holds_caption(sheet, own)}
    tables = []
    for run in _runs(lines, spans):
        own = [span for span in spans if span.first in run and span.last in run]
        table = _read_table([_without_headings(lines[band], edges) for band in run], run, own)
        bold = [styles[place].bold for place in table.rows[0].places()]
        whole = [band for band in run if not any(span.first < band <= span.last for span in own)]
        if len(table.rows[0].cells) > 1:
            named = sum(bold) > 0.6 * len(bold) or len(whole) == 2
            named = named or names_columns([say_cells(sheet, row) for row in table.rows])
            tables.append(_with_head(table) if named else table)
    return tables


def _cuts_words(sheet: Sheet, numbers: list[int], places: list[int]) -> bool:
    """Whether words stand half in a band and half out of it: its ruled lines are shorter than the text's."""
    return any(
        place > 0 and not sheet.text[place - 1].isspace() and numbers[place - 1] != numbers[place] for place in places
    )


def _without_marks(sheet: Sheet, places: list[int], edges: Edges) -> list[int]:
    """Without the small digits that are marks of notes: smaller than the letter or figure that they stand behind."""
    size = statistics.median(edges.height[place] for place in places)
    kept: list[int] = []
    before = float("inf")
    for place, last in zip(places, [places[0], *places], strict=False):
        character, height = sheet.text[place], edges.height[place]
        before = float("inf") if "\n" in sheet.text[last:place] else before
        raised = character in SUPERSCRIPT and not sheet.text[place - 1].isspace()
        if raised or (character.isdigit() and height < MARK_SIZE * min(size, before)):
            continue
        before = height if character.isalnum() else before
        kept.append(place)
    return kept


def _holds_caption(sheet: Sheet, band: Lines) -> bool:
    """Whether a caption stands in a band: a line of a chart under a table, or a rule of the next table, ends it."""
    alone = [line[0].places for line in band if len(line) == 1] if len(band) > _MOST_LINES_OF_NAME else []
    return any(CAPTION.match(say(sheet, places)) for places in alone)


def _over_marks(sheet: Sheet, marks: set[int], edges: Edges) -> Edges:
    """The edges, each letter as wide as the marks behind it too: where a mark stands is no space between cells."""
    right = edges.right[:]
    letter = 0
    for place in sorted(marks):
        letter = letter if place - 1 in marks else place - 1
        if letter >= 0 and not sheet.text[letter].isspace():
            right[letter] = max(right[letter], edges.right[place])
    return replace(edges, right=right)


def _runs(lines: dict[int, Lines], spans: Sequence[Span]) -> list[list[int]]:
    """Bands that touch and look like rows, two at least; the first is low, as heads and rows are.

    Those that a cell reaches over are looked at together.
    """
    runs: list[list[int]] = []
    seen = {band: [line for one in joined_bands(band, spans) for line in lines.get(one, [])] for band in lines}
    merged = {band for span in spans for band in range(span.first, span.last + 1)}
    cells = {band for band in lines if band in merged or any(len(line) > 1 for line in seen[band])}
    for run in _touching([band for band in lines if seen[band] and len(seen[band]) <= _HIGHEST_ROW]):
        whole = find_columns([seen[band] for band in run])
        prose = {band for band in run if band not in cells and _is_prose(seen[band], whole, False)}
        rows: list[int] = []
        for part in _parts(run, [place for place, band in enumerate(run) if band in prose]):
            columns = find_columns([seen[band] for band in part]) if part else []
            for band in part:
                if rows and rows[-1] != band - 1:
                    runs, rows = [*runs, rows], []
                is_prose = band in prose or _is_prose(seen[band], columns, band in cells)
                if not is_prose and (rows or band in cells):
                    rows.append(band)
        runs.append(rows)
    trimmed = (_trimmed(run, cells) for run in runs)
    return [run for run in trimmed if len(run) >= 2 and len(lines[run[0]]) <= HIGHEST_HEAD]


def _parts(run: list[int], begun: Sequence[int]) -> list[list[int]]:
    """A run cut at these places: under a line of prose between two rules another table may begin."""
    bounds = [0, *begun, len(run)]
    return [run[start:end] for start, end in pairwise(bounds)]


def _touching(bands: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for band in sorted(bands):
        if runs and runs[-1][-1] == band - 1:
            runs[-1].append(band)
        else:
            runs.append([band])
    return runs


def _is_prose(band: Lines, columns: list[tuple[float, float]], has_cells: bool) -> bool:
    """Whether lines run on from one column into the next, or stand under the first column alone without end."""
    across = sum(any(sum(overlap(segment, column) > 0 for column in columns) > 1 for segment in line) for line in band)
    return 3 * across > len(band) or (not has_cells and len(band) > _MOST_LINES_OF_NAME)


def _trimmed(run: list[int], cells: set[int]) -> list[int]:
    """Without bands at the end that hold one cell only: text under the table, above the next ruled line."""
    while run and run[-1] not in cells:
        run = run[:-1]
    return run


def _find_lines(places: list[int], edges: Edges) -> Lines:
    size = statistics.median(edges.height[place] for place in places)
    ordered = sorted(places, key=lambda place: edges.bottom[place])
    lines: list[list[int]] = []
    for place in ordered:
        if lines and edges.bottom[place] - edges.bottom[lines[-1][0]] <= 0.55 * size:
            lines[-1].append(place)
        else:
            lines.append([place])
    return [_segments(line, edges, size) for line in lines]


def _without_headings(band: Lines, edges: Edges) -> Lines:
    rows = [_height(line, edges) for line in band if len(line) > 1]
    return [line for line in band if len(line) > 1 or not rows or _height(line, edges) <= _LARGER * min(rows)]


def _height(line: list[Segment], edges: Edges) -> float:
    return statistics.median(edges.height[place] for segment in line for place in segment.places)


def _segments(line: list[int], edges: Edges, size: float) -> list[Segment]:
    pieces: list[list[int]] = []
    for place in sorted(line, key=lambda place: (edges.left[place], place)):
        if pieces and edges.left[place] - edges.right[pieces[-1][-1]] <= _GAP * size:
            pieces[-1].append(place)
        else:
            pieces.append([place])
    return [Segment(tuple(piece), edges.left[piece[0]], max(edges.right[place] for place in piece)) for piece in pieces]


def _read_table(bands: list[Lines], numbers: list[int], spans: Sequence[Span]) -> Table:
    """`numbers`: those of the bands. What stands in a cell that reaches over rows stands in each of them."""
    columns = find_columns(bands)
    rows = [read_row(band, columns) for band in (_split_band(bands) if len(bands) == 2 and not spans else bands)]
    for span in spans:
        first, last = numbers.index(span.first), numbers.index(span.last)
        cells = rows[last].cells
        columns_of = (number for number, cell in enumerate(cells) if any(span.place in line for line in cell.lines))
        for number, column in product(range(first, last), columns_of):
            rows[number] = rows[number].with_cell(column, cells[column])
    return Table(None, tuple(rows))


def _with_head(table: Table) -> Table:
    return Table(table.rows[0], table.rows[1:])


def _split_band(bands: list[Lines]) -> list[Lines]:
    """A head, and a body without lines between its rows: a line with text in the first and another column is a row."""
    head, body = bands
    first = min(segment.left for line in body for segment in line)
    rows: list[Lines] = [head]
    for line in body:
        if len(rows) == 1 or (len(line) > 1 and line[0].left - first < 2):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows

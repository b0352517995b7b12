"""Cells of ruled tables that reach over several rows: which bands of a page belong together by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import Sheet
from ingest.styles import Style


@dataclass(frozen=True, slots=True)
class Span:
    """A cell that reaches over several bands: the place of its first character, the first and the last of the bands."""

    place: int
    first: int
    last: int


def find_spans(sheet: Sheet, styles: list[Style]) -> list[Span]:
    """The cells that reach over several bands: their first character has the number of another one than the next."""
    visible = [place for place, style in enumerate(styles) if style.band and not sheet.text[place].isspace()]
    return [
        Span(place, styles[place].band, styles[after].band)
        for place, after in pairwise(visible)
        if styles[place].band < styles[after].band and "\n" not in sheet.text[place:after]
    ]


def joined_bands(band: int, spans: Sequence[Span]) -> Sequence[int]:
    """The bands that a cell reaches over together with this one; the band alone where none does."""
    over = [span for span in spans if span.first <= band <= span.last]
    return range(min(span.first for span in over), max(span.last for span in over) + 1) if over else [band]

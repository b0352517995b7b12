"""What a reader knows of a character beside its form and its place: its weight, its font, the frame it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Sheet

_FRAME = 0x7F
_BOLD, _SYMBOL, _RECOGNISED = 0x8000, 0x4000, 0x0001
_BOX_SHIFT, _BAND_SHIFT = 1, 8
_BAND = 0x3F

MOST_BOXES = _FRAME
MOST_BANDS = _BAND


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a character.

    `symbol`: its font holds signs, not letters. `recognised`: it is drawn by no pen and stands over a picture, as text
    recognition leaves it. `box`: which of the page's frames it stands in, from 1; 0 for none. `band`: between which two
    ruled lines of equal length it stands, from 1; bands that touch have numbers that follow each other; 0 for none.
    Of a cell that reaches over several bands the first character has the number of the first, all others that of the
    last.
    """

    bold: bool = False
    symbol: bool = False
    recognised: bool = False
    box: int = 0
    band: int = 0


PLAIN = Style()


def pack_styles(looks: Sequence[Style], boxes: NDArray[np.int64], bands: NDArray[np.int64]) -> bytes:
    """Two bytes for each character, little-endian: its look, with the number of its box and of its band."""
    distinct = {id(look): look for look in looks}
    known = {key: look.recognised | _BOLD * look.bold | _SYMBOL * look.symbol for key, look in distinct.items()}
    values = np.array([known[id(look)] for look in looks], dtype=np.int64)
    return (values | boxes << _BOX_SHIFT | bands << _BAND_SHIFT).astype("<u2").tobytes()


def read_styles(sheet: Sheet) -> list[Style]:
    """The style of every character of a sheet; a plain one each where the file says nothing."""
    if not sheet.styles:
        return [PLAIN] * len(sheet.text)
    values = np.frombuffer(sheet.styles, dtype="<u2").tolist()
    known = {value: _unpacked(value) for value in set(values)}
    return [known[value] for value in values]


def has_bands(sheet: Sheet) -> bool:
    """Whether any character of a sheet stands between two ruled lines."""
    return bool(np.any(np.frombuffer(sheet.styles, dtype="<u2") >> _BAND_SHIFT & _BAND))


def any_recognised(sheet: Sheet) -> bool:
    """Whether any character of a sheet comes from text recognition."""
    return bool(np.any(np.frombuffer(sheet.styles, dtype="<u2") & _RECOGNISED))


def _unpacked(value: int) -> Style:
    return Style(
        bold=bool(value & _BOLD),
        symbol=bool(value & _SYMBOL),
        recognised=bool(value & _RECOGNISED),
        box=value >> _BOX_SHIFT & _FRAME,
        band=value >> _BAND_SHIFT & _BAND,
    )

"""What a PDF says its signs mean, held against what they are: fonts whose text may not be what the page shows.

A simple font names the shape that it draws for each code, and may map the same code to text. Where the two disagree,
the text is not what a reader sees. Where a font names no shapes and maps nothing, its text is a guess. Fonts of forms
that a page draws are not looked at, nor those that name their shapes in a way of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pypdf
from pypdf._codecs import adobe_glyphs, charset_encoding
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject

Doubt = Literal["text-unlike-page", "unmapped"]

_LONGEST_MAP = 16_384
"""Bytes of a map as it stands in the file: one of 256 codes takes two thousand."""

_LONGEST_UNPACKED = 65_536
"""Bytes of a map as it is read: one of 256 codes takes six thousand."""

_MOST_FONTS = 200
"""Fonts of a file that are looked at."""

_REFUSED = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError)
"""What a font, or a page's list of them, raises that is none."""

_SYMBOLIC = 4
"""The flag of a font that has signs of its own."""

_SUBSET = re.compile(r"^/(?:[A-Z]{6}\+)?")
_SECTION_BEGINS = re.compile(rb"beginbf(char|range)")
_SECTION_ENDS = re.compile(rb"endbf(?:char|range)")
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")


@dataclass(slots=True)
class FontDoubts:
    """The fonts of a file that are in doubt. `reader` is None where pypdf refuses the file: nothing is known then."""

    reader: pypdf.PdfReader | None
    _known: dict[int, Doubt | None] = field(default_factory=dict)

    def of_page(self, index: int) -> dict[str, Doubt]:
        """By the font's own name, its subset's mark left out, those in doubt that the page may use; from index 0."""
        if self.reader is None:
            return {}
        try:
            resources = self.reader.pages[index].get("/Resources", DictionaryObject()).get_object()
            fonts = list(resources.get("/Font", DictionaryObject()).get_object().values())
        except _REFUSED:
            return {}
        found: dict[str, Doubt] = {}
        for font in fonts:
            try:
                doubt = self._doubt(font)
                found |= {_name(font): doubt} if doubt is not None else {}
            except _REFUSED:
                continue
        return found

    def _doubt(self, font: DictionaryObject | IndirectObject) -> Doubt | None:
        """None too for a font that is one too many, and for one that could not be read before."""
        is_judged = len(self._known) < _MOST_FONTS
        if not isinstance(font, IndirectObject):
            return judge_font(font) if is_judged else None
        if is_judged and font.idnum not in self._known:
            self._known[font.idnum] = None
            self._known[font.idnum] = judge_font(_resolved(font))
        return self._known.get(font.idnum)


def judge_font(font: DictionaryObject) -> Doubt | None:
    """Whether a font's text is unlike what it draws, or is mapped to nothing; None where nothing speaks against it."""
    if "/ToUnicode" in font:
        mapped, drawn = _read_map(font["/ToUnicode"]), _name_shapes(font)
        unlike = any(_differ(drawn[code], mapped[code]) for code in drawn.keys() & mapped.keys())
        return "text-unlike-page" if unlike else None
    return "unmapped" if _says_nothing(font) else None


def _resolved(font: DictionaryObject | IndirectObject) -> DictionaryObject:
    """Raises TypeError where it is no font."""
    found = font.get_object()
    if not isinstance(found, DictionaryObject):
        raise TypeError(found)
    return found


def _name(font: DictionaryObject | IndirectObject) -> str:
    return _SUBSET.sub("", str(_resolved(font).get("/BaseFont", "")))


def _differ(drawn: str, mapped: str) -> bool:
    """Whether a letter or digit is mapped to another; small capitals and ligatures are the letters they stand for."""
    drawn, mapped = (unicodedata.normalize("NFKC", text).casefold() for text in (drawn, mapped))
    return drawn.isalnum() and drawn.isascii() and any(map(str.isalnum, mapped)) and drawn != mapped


def _name_shapes(font: DictionaryObject) -> dict[int, str]:
    """What the shapes of a simple font stand for, by code, as far as they have names that are known to all."""
    if font.get("/Subtype") == "/Type0":
        return {}
    encoding = font.get("/Encoding", NameObject("")).get_object()
    differences = encoding.get("/Differences", ArrayObject()) if isinstance(encoding, DictionaryObject) else ()
    base = encoding.get("/BaseEncoding", "") if isinstance(encoding, DictionaryObject) else encoding
    shapes = dict(enumerate(charset_encoding.get(str(base) or _own_encoding(font), [])))
    code = 0
    for entry in differences:
        if isinstance(entry, NumberObject):
            code = int(entry)
        else:
            shapes[code] = adobe_glyphs.get(re.sub(r"\..*", "", str(entry)), "")
            code += 1
    return shapes


def _own_encoding(font: DictionaryObject) -> str:
    """The encoding of a font that names none: the standard one where it is not embedded, else one of its own."""
    symbol = _name(font) in ("Symbol", "ZapfDingbats")
    return "" if "/FontDescriptor" in font or symbol else "/StandardEncoding"


def _says_nothing(font: DictionaryObject) -> bool:
    """Whether an embedded font neither maps its codes nor names its shapes."""
    if font.get("/Subtype") == "/Type0":
        below = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
        system = below.get("/CIDSystemInfo", DictionaryObject()).get_object()
        return str(font.get("/Encoding")).startswith("/Identity") and system.get("/Ordering") == "Identity"
    descriptor = font.get("/FontDescriptor", DictionaryObject()).get_object()
    symbolic = bool(int(descriptor.get("/Flags", 0)) & _SYMBOLIC)
    return font.get("/Subtype") == "/TrueType" and "/Encoding" not in font and "/FontFile2" in descriptor and symbolic


def _read_map(stream: object) -> Mapping[int, str]:
    """Code to text; nothing where the map is far too long, or packed as no map is."""
    if not isinstance(stream, StreamObject) or len(stream._data) > _LONGEST_MAP:
        return {}
    if stream.get("/Filter", "/FlateDecode") not in ("/FlateDecode", ["/FlateDecode"]):
        return {}
    unpacked = stream.get_data()
    if len(unpacked) > _LONGEST_UNPACKED:
        return {}
    found: dict[int, str] = {}
    for kind, content in _sections(unpacked):
        if kind == b"char":
            found |= {int(code, 16): _text(text) for code, text in _PAIR.findall(content)}
            continue
        for first, last, text in _RANGE.findall(content):
            start = _text(text)
            for step in range(min(int(last, 16) - int(first, 16) + 1, 256) if len(start) == 1 else 0):
                found[int(first, 16) + step] = chr(min(ord(start) + step, 0x10FFFF))
    return found


def _sections(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind of each section of a map, and what is in it: each from its first beginning to the first end after it."""
    for piece in _SECTION_ENDS.split(content)[:-1]:
        begun = _SECTION_BEGINS.search(piece)
        if begun is not None:
            yield begun[1], piece[begun.end() :]


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")

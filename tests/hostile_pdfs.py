"""PDF files that mean harm, or that were harmed: made here, so that each test knows what is wrong with its file.

Every maker writes one file and returns its path. Sizes are those of the file; what it asks of a reader is far more.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

WORDS = "The words of an honest page."
_FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"
_SHOWN = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % WORDS.encode()
_MEGABYTE = 1 << 20


def write_pdf(path: Path, objects: Mapping[int, bytes], trailer: bytes = b"") -> Path:
    """A file of these objects by number, with its table of places; number 1 is the root."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    out += b"trailer\n<</Size %d /Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, table)
    path.write_bytes(out)
    return path


def packed(content: bytes) -> bytes:
    return b"<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (len(content), content)


def pages_over(content: bytes, pages: int = 1, resources: bytes = b"", font: bytes = _FONT) -> dict[int, bytes]:
    """The objects of a file whose pages, all of them one and the same, draw one packed stream."""
    return {
        1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: b"<</Type /Pages /Count %d /Kids [%s]>>" % (pages, b" ".join([b"3 0 R"] * pages)),
        3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> "
        + resources
        + b">>>>",
        4: packed(content),
        5: font,
    }


def drawing(content: bytes, pages: int = 1, resources: bytes = b"", font: bytes = _FONT) -> dict[int, bytes]:
    return pages_over(zlib.compress(content, 9), pages, resources, font)


def honest(path: Path) -> Path:
    return write_pdf(path, drawing(_SHOWN))


def bomb(path: Path, megabytes: int = 400, pages: int = 1) -> Path:
    """A stream of spaces that unpacks to a thousand times its size."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * _MEGABYTE) for _ in range(megabytes)) + packer.flush()
    return write_pdf(path, pages_over(content, pages))


def many_operators(path: Path, count: int = 600_000) -> Path:
    return write_pdf(path, drawing(b"BT /F1 12 Tf 72 700 Td " + b"(a) Tj " * count + b"ET"))


def long_string(path: Path, letters: int = 20_000_000) -> Path:
    return write_pdf(path, drawing(b"BT /F1 12 Tf 72 700 Td (" + b"x" * letters + b") Tj ET"))


def nested_forms(path: Path, levels: int = 6, calls: int = 10) -> Path:
    """Forms that each draw the next one several times: calls to the power of levels in the end."""
    objects = drawing(b"/X Do", resources=b"/XObject <</X 10 0 R>>")
    for level in range(10, 10 + levels):
        inner = b"/X Do " * calls
        form = b"<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</XObject <</X %d 0 R>>>> /Length %d>>"
        objects[level] = form % (level + 1, len(inner)) + b"\nstream\n" + inner + b"\nendstream"
    last = b"<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</Font <</F1 5 0 R>>>> /Length %d>>"
    objects[10 + levels] = last % len(_SHOWN) + b"\nstream\n" + _SHOWN + b"\nendstream"
    return write_pdf(path, objects)


def page_cycle(path: Path) -> Path:
    objects = drawing(_SHOWN)
    objects[2] = b"<</Type /Pages /Count 1 /Kids [6 0 R]>>"
    objects[6] = b"<</Type /Pages /Parent 2 0 R /Count 1 /Kids [2 0 R]>>"
    return write_pdf(path, objects)


def a_million_pages(path: Path) -> Path:
    """A tree of six levels that names the next one ten times each."""
    objects = {1: b"<</Type /Catalog /Pages 2 0 R>>"}
    for level in range(2, 8):
        kids = b" ".join([b"%d 0 R" % (level + 1)] * 10)
        objects[level] = b"<</Type /Pages /Count 1000000 /Kids [%s]>>" % kids
    objects[8] = b"<</Type /Page /MediaBox [0 0 9 9]>>"
    return write_pdf(path, objects)


def many_pages(path: Path, pages: int = 50_000) -> Path:
    return write_pdf(path, drawing(_SHOWN, pages=pages))


def mapped_to(path: Path, code_points: str) -> Path:
    """A page that draws the letter A with a font whose own map says that it is something else."""
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
        f"endcodespacerange 1 beginbfchar <41> <{code_points}> endbfchar endcmap end end"
    )
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>>"
    objects = drawing(b"BT /F1 12 Tf 72 700 Td (A) Tj 0 -40 Td (" + b"B" * 3 + b") Tj ET", font=font)
    objects[6] = packed(zlib.compress(table.encode()))
    return write_pdf(path, objects)


def remapped(path: Path, texts: Sequence[str], changes: Mapping[str, str]) -> Path:
    """Lines of text in a font that maps its codes to themselves, but some letters to other text (hex, UTF-16)."""
    pairs = {letter: changes.get(letter, f"{ord(letter):04X}") for text in texts for letter in text}
    chars = " ".join(f"<{ord(letter):02X}> <{meant}>" for letter, meant in sorted(pairs.items()))
    table = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange {len(pairs)} beginbfchar {chars} endbfchar"
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R>>"
    shown = " 0 -14 Td ".join(f"({text}) Tj" for text in texts)
    objects = drawing(f"BT /F1 11 Tf 72 700 Td {shown} ET".encode("cp1252"), font=font)
    objects[6] = packed(
        zlib.compress(f"/CIDInit /ProcSet findresource begin 12 dict begin {table} endcmap end end".encode())
    )
    return write_pdf(path, objects)


def junk_before(path: Path) -> Path:
    content = honest(path).read_bytes()
    path.write_bytes(b"\0junk" * 500 + content)
    return path


def wrong_start(path: Path) -> Path:
    content = honest(path).read_bytes()
    path.write_bytes(content.replace(b"startxref\n", b"startxref\n9"))
    return path


def looping_tables(path: Path) -> Path:
    """A trailer whose earlier table is itself."""
    table = honest(path).read_bytes().index(b"xref\n0")
    return write_pdf(path, drawing(_SHOWN), b" /Prev %d" % table)


def deep_array(path: Path, depth: int = 3_000) -> Path:
    objects = drawing(_SHOWN)
    objects[1] = b"<</Type /Catalog /Pages 2 0 R /Z %s%s>>" % (b"[" * depth, b"]" * depth)
    return write_pdf(path, objects)


def cut_short(path: Path, share: float) -> Path:
    content = honest(path).read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    return path

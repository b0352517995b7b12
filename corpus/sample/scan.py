"""Turns a PDF into what a scanner with poor character recognition makes of it.

Each page becomes one greyscale picture, a little askew and noisy, under an invisible text layer in which words run
together and letters are mistaken for others. Chance has a fixed seed, so that the same pages give the same file.
"""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

_DOTS_PER_INCH = 92
_POINTS_PER_INCH = 72
_SEED = 2019
_JPEG_QUALITY = 34
_NOISE = 0.09
_TILT = 0.35  # degrees
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_LOST_SPACES = 0.16
_MISTAKEN_LETTERS = 0.035
_MISTAKEN = {"e": "c", "l": "1", "i": "l", "o": "0", "m": "rn", "h": "b", "t": "f", "s": "5", "u": "ii", "a": "o"}


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on a page, in points from its lower left corner."""

    words: str
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as a scanner leaves it. `picture`: JPEG; `lines`: what it read, in the order in which it read."""

    picture: bytes
    pixels: tuple[int, int]
    size: tuple[float, float]
    lines: tuple[Line, ...]


def scan_pages(report: Path) -> None:
    """Write the file anew as a scan of its own pages."""
    chance = random.Random(_SEED)
    with pypdfium2.PdfDocument(report) as document:
        pages = [_scan_page(page, chance) for page in document]
    report.write_bytes(_write_pdf(pages))


def _scan_page(page: pypdfium2.PdfPage, chance: random.Random) -> ScannedPage:
    picture = page.render(scale=_DOTS_PER_INCH / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L")
    tilted = picture.rotate(chance.choice((-_TILT, _TILT)), Image.Resampling.BICUBIC, fillcolor=255)
    grain = Image.frombytes("L", tilted.size, chance.randbytes(tilted.width * tilted.height))
    file = io.BytesIO()
    Image.blend(tilted, grain, _NOISE).save(file, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return ScannedPage(file.getvalue(), picture.size, page.get_size(), _misread_lines(page.get_textpage(), chance))


def _misread_lines(layer: pypdfium2.PdfTextPage, chance: random.Random) -> tuple[Line, ...]:
    lines = []
    for index in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(index)
        words = _misread(layer.get_text_bounded(left, bottom, right, top).strip(), chance)
        lines.append(Line(words, left, bottom, right - left, top - bottom))
    return tuple(lines)


def _misread(words: str, chance: random.Random) -> str:
    """Some spaces are lost, and some letters are taken for others that look like them."""
    return "".join(_misread_letter(letter, chance) for letter in words)


def _misread_letter(letter: str, chance: random.Random) -> str:
    if letter == " ":
        return "" if chance.random() < _LOST_SPACES else letter
    if letter in _MISTAKEN and chance.random() < _MISTAKEN_LETTERS:
        return _MISTAKEN[letter]
    return letter


def _write_pdf(pages: Sequence[ScannedPage]) -> bytes:
    """A PDF of one picture a page, with its lines in invisible letters over it."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT]
    kids = []
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        width, height = page.size
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents {number + 1} 0 R"
            f"/Resources<</Font<</F 3 0 R>>/XObject<</S {number + 2} 0 R>>>>>>".encode(),
            _stream("", _write_content(page)),
            _stream(
                f"/Type/XObject/Subtype/Image/Width {page.pixels[0]}/Height {page.pixels[1]}"
                "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
                page.picture,
            ),
        ]
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(kids)}]>>".encode()
    return _join_objects(objects)


def _write_content(page: ScannedPage) -> bytes:
    width, height = page.size
    shown = [f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /S Do Q".encode(), b"BT 3 Tr"]
    for line in filter(lambda line: line.words, page.lines):
        size = max(line.height, 4.0)
        stretch = 100 * line.width / (0.5 * size * len(line.words))
        words = line.words.encode("cp1252", "replace").translate(None, b"\r\n")
        escaped = words.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = f"/F {size:.1f} Tf {stretch:.0f} Tz 1 0 0 1 {line.left:.1f} {line.bottom:.1f} Tm".encode()
        shown.append(place + b" (" + escaped + b") Tj")
    return b"\n".join([*shown, b"ET"])


def _stream(entries: str, content: bytes) -> bytes:
    return f"<<{entries}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def _join_objects(objects: Sequence[bytes]) -> bytes:
    """Objects in the order of their numbers, from 1, with the table that says where each begins."""
    file = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(file))
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    file += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{end}\n%%EOF\n".encode()
    return bytes(file)

"""Small PDFs with text exactly where a test wants it, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdf


@dataclass(frozen=True, slots=True)
class Run:
    """Text at a place: points from the left and from the bottom of an A4 page, size in points, grey from 0 to 1."""

    x: float
    y: float
    text: str
    size: float = 11.0
    colour: float = 0.0
    font: str = "F1"


@dataclass(frozen=True, slots=True)
class Fill:
    """A rectangle filled with a grey from 0 to 1, in points from the left and from the bottom; a low one is a rule."""

    x: float
    y: float
    width: float
    height: float
    colour: float = 0.0


FONTS = {"F1": "/Helvetica /Encoding /WinAnsiEncoding", "F2": "/Helvetica-Bold /Encoding /WinAnsiEncoding"}
"""F1 is regular, F2 is bold."""


def rules(*heights: float, x: float = 72, width: float = 400) -> list[Fill]:
    """Ruled lines of one length, at these heights from the bottom."""
    return [Fill(x, y, width, 0.5) for y in heights]


def lines(*texts: str, x: float = 72, top: float = 700, size: float = 11.0) -> list[Run]:
    """Lines of a paragraph, one under another."""
    return [Run(x, top - 1.25 * size * number, text, size) for number, text in enumerate(texts)]


def make_pdf(path: Path, *pages: Sequence[Run | Fill], labels: str | None = None, turned: int = 0) -> Path:
    """A PDF in Helvetica, its pages turned by so many degrees. `labels` is the content of a
    /PageLabels number tree, such as `0 <</S /r>>`.
    """
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    numbering = f"/PageLabels <</Nums [{labels}]>>" if labels else ""
    objects = [
        f"<</Type /Catalog /Pages 2 0 R {numbering}>>".encode(),
        f"<</Type /Pages /Count {len(pages)} /Kids [{kids}]>>".encode(),
        *(f"<</Type /Font /Subtype /Type1 /BaseFont {name}>>".encode() for name in FONTS.values()),
    ]
    for number, runs in enumerate(pages):
        content = b"\n".join(_show(run) for run in runs)
        objects.append(
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            f"/Rotate {turned} /Resources <</Font <</F1 3 0 R /F2 4 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    path.write_bytes(_assemble(objects))
    return path


def add_outline(path: Path, *entries: tuple[int, str, int]) -> Path:
    """The same PDF with these bookmarks: level from 0, title, and page from 1."""
    writer = pypdf.PdfWriter(clone_from=path)
    parents: list[object] = []
    for level, title, page in entries:
        above = parents[level - 1] if level else None
        parents[level:] = [writer.add_outline_item(title=title, page_number=page - 1, parent=above)]  # type: ignore[arg-type]
    writer.write(path)
    return path


def lock_pdf(path: Path, password: str) -> Path:
    """The same PDF encrypted, to be opened with the password; an empty one opens by itself."""
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    writer.write(path)
    return path


def _show(run: Run | Fill) -> bytes:
    if isinstance(run, Fill):
        return b"%g g %g %g %g %g re f" % (run.colour, run.x, run.y, run.width, run.height)
    text = run.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"%g g BT /%s %g Tf %g %g Td (%s) Tj ET" % (run.colour, run.font.encode(), run.size, run.x, run.y, text)


def _assemble(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)

"""PDF: pypdf for metadata and page labels, pypdfium2 for characters and their boxes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.errors import DependencyError, PyPdfError

from corpus.documents import PageWarning, Sheet
from corpus.errors import UnreadableDocument
from corpus.text import shown
from ingest.raw import End, Line, Metadata, raw_page
from ingest.readers.bands import number_bands
from ingest.readers.bookmarks import read_bookmarks
from ingest.readers.hidden import HiddenWords
from ingest.readers.looks import Fonts, find_frames, find_turn
from ingest.readers.mappings import Doubt, FontDoubts
from ingest.readers.repair import draws_anything, open_repaired
from ingest.readers.visible import see_characters
from ingest.styles import Style, pack_styles

_REFUSED = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError, ImportError)
"""What pypdf raises at a file that it does not take."""

_CHARACTERS_A_PAGE = 200_000
_DOUBTS: dict[Doubt, str] = {
    "text-unlike-page": "the file stores other letters than it draws",
    "unmapped": "the file does not say which letters its signs are",
}

_LINE_END_HYPHEN = 0x02
"""How pdfium gives a hyphen that it takes to end a line; the line break after it is left out."""

_CARRIAGE_RETURN = 0x0D

_RAISED = 0.4
"""A digit whose foot stands above this share of its line's height is raised: a note's number."""

_HYPHEN_WITHOUT_CODE = 0xFFFE
"""How pdfium gives a hyphen that the file's own map takes out of the text at the end of a line."""


def read_pdf(path: Path, password: str = "") -> Iterator[Line]:
    """Metadata, pages, End. Raises UnreadableDocument with the reason where the file does not open."""
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1 << 16):
            raise UnreadableDocument(
                "not-a-pdf",
                f"{shown(path.name)} is no PDF, whatever its name says",
                "give the file the ending of what it is",
            )
    document, is_mended = _open(path, password)
    reader = _open_structure(path, password)
    metadata, labels = _describe(reader, len(document))
    yield replace(metadata, outline=tuple(read_bookmarks(document)))
    doubts, hidden = FontDoubts(reader), HiddenWords()
    for index in range(len(document)):
        label = labels[index] if index < len(labels) else None
        found = _read_sheet(document, index)
        yield raw_page(index + 1, label, found.sheet)
        hidden.add(index + 1, found.hidden, found.sheet.text)
        if found.cut:
            words = f"only the first {_CHARACTERS_A_PAGE:,} characters were read; split the page"
            yield PageWarning(index + 1, "too-long", words)
        yield from _doubtful_text(index + 1, found.fonts, doubts.of_page(index))
        if not found.sheet.text.strip() and not draws_anything(document, index):
            yield PageWarning(index + 1, "blank", "nothing is drawn here; if there should be, fetch the file again")
    yield from hidden.warnings()
    if is_mended:
        yield PageWarning(1, "mended", "the file is damaged and was mended to be read; compare with its publisher's")
    yield End(len(document))


def _open(path: Path, password: str) -> tuple[pypdfium2.PdfDocument, bool]:
    """The open file, and whether it had to be mended. Raises UnreadableDocument."""
    try:
        return pypdfium2.PdfDocument(path, password=password or None), False
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        mended = None if locked else open_repaired(path, password)
        if mended is None:
            raise _unreadable(path, error) from error
        return mended, True


def _unreadable(path: Path, error: pypdfium2.PdfiumError) -> UnreadableDocument:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        return UnreadableDocument(
            "password", f"{shown(path.name)} is locked with a password", "give the right one with --password"
        )
    return UnreadableDocument(
        "damaged",
        f"{shown(path.name)} is damaged and does not open as a PDF",
        "fetch the file again from its publisher",
    )


def _open_structure(path: Path, password: str) -> pypdf.PdfReader | None:
    """pypdf is the stricter reader: a file whose structure it refuses has its text all the same, so that only its
    description is lost.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return pypdf.PdfReader(path, password=password or None)
    except DependencyError as error:
        raise UnreadableDocument(
            "missing-package",
            f"{shown(path.name)} is locked in a way that takes another package to open ({error})",
            "run `pip install -r requirements.lock`, then add it again",
        ) from error
    except _REFUSED:
        return None


def _describe(reader: pypdf.PdfReader | None, pages: int) -> tuple[Metadata, list[str]]:
    """What the file says of itself, and its printed page numbers where it declares them."""
    if reader is None:
        return Metadata(pages), []
    try:
        information = reader.metadata
        labels = list(reader.page_labels) if "/PageLabels" in reader.root_object else []
        if information is None:
            return Metadata(pages), labels
        created = information.creation_date
        keywords = information.get("/Keywords")
        return (
            Metadata(
                pages,
                title=_said(information.title),
                author=_said(information.author),
                keywords=_said(str(keywords)) if keywords is not None else None,
                created=created.date().isoformat() if created else None,
            ),
            labels,
        )
    except _REFUSED:
        return Metadata(pages), []


def _said(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


@dataclass(frozen=True, slots=True)
class _Found:
    """A page's sheet, the stretches of it that cannot be seen and are left out, whether it was cut, and its fonts."""

    sheet: Sheet
    hidden: tuple[str, ...] = ()
    cut: bool = False
    fonts: frozenset[str] = frozenset()


def _doubtful_text(page: int, used: frozenset[str], doubts: Mapping[str, Doubt]) -> Iterator[PageWarning]:
    """What is wrong with the fonts that a page uses, each doubt once."""
    for kind, words in _DOUBTS.items():
        names = sorted(name for name in used if doubts.get(name) == kind)
        if names:
            yield PageWarning(page, kind, f"{words} ({shown(', '.join(names))}); compare with the page image")


def _read_sheet(document: pypdfium2.PdfDocument, index: int) -> _Found:
    """The characters of a page with their boxes, in the order of the file. An unreadable page is an empty sheet."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return _Found(Sheet(""))
    turn, textpage = find_turn(page), page.get_textpage()
    frames, fonts = find_frames(page, turn), Fonts(textpage)
    count, found, raw = textpage.count_chars(), pdfium.FS_RECTF(), textpage.raw
    characters: list[str] = []
    edges: list[tuple[float, float, float, float]] = []
    styles: list[Style] = []
    for place in range(min(count, _CHARACTERS_A_PAGE)):
        code = pdfium.FPDFText_GetUnicode(raw, place)
        if code != _CARRIAGE_RETURN:
            characters.append("-\n" if code == _LINE_END_HYPHEN else _character(code))
            edges.append(_edges(textpage, place, code, found))
            styles.append(fonts.style(place))
    boxes = turn.boxes(np.array(edges, dtype=np.float64))
    seen = see_characters(page, boxes)
    textpage.close()
    page.close()
    kept = _visible_places(characters, seen)
    each = [place for place in kept for _ in characters[place]]
    standing = boxes[np.array(each, dtype=np.int64)]
    looks = pack_styles(
        [styles[place] for place in each], frames.number_boxes(standing), number_bands(frames.bands, standing)
    )
    sheet = Sheet(
        "".join(characters[place] for place in kept), standing.astype("<f4").tobytes(), turn.width, turn.height, looks
    )
    hidden = _hidden_stretches(characters, kept) if len(kept) < len(characters) else ()
    return _Found(_pair_surrogates(sheet), hidden, count > _CHARACTERS_A_PAGE, frozenset(fonts.names))


def _visible_places(characters: list[str], seen: list[bool]) -> list[int]:
    """The places to keep. Letters and digits are judged; marks and spaces go with the letter before them."""
    kept, visible = [], True
    for place, character in enumerate(characters):
        if character.isalnum():
            visible = seen[place]
        if visible or character == "\n":
            kept.append(place)
    return kept


def _hidden_stretches(characters: list[str], kept: list[int]) -> tuple[str, ...]:
    """What stands between the places that are kept."""
    bounds = [-1, *kept, len(characters)]
    between = ("".join(characters[left + 1 : right]) for left, right in pairwise(bounds) if right - left > 1)
    return tuple(between)


def _edges(
    textpage: pypdfium2.PdfTextPage, place: int, code: int, found: pdfium.FS_RECTF
) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character: its share of the line, or its own outline for a raised digit.

    Some fonts raise a note's number by the shape of the glyph alone, at the size of the text around it. `found` is
    where pdfium writes them: making one for each character takes longer than asking.
    """
    if not pdfium.FPDFText_GetLooseCharBox(textpage.raw, place, found):
        raise pypdfium2.PdfiumError("a character has no place")
    loose = (found.left, found.bottom, found.right, found.top)
    if not 0x30 <= code <= 0x39:
        return loose
    tight: tuple[float, float, float, float] = textpage.get_charbox(place)
    return tight if tight[1] - loose[1] > _RAISED * (loose[3] - loose[1]) else loose


def _character(code: int) -> str:
    """A control character or a missing one has no form: U+FFFD, the replacement character, stands for it."""
    if code == _HYPHEN_WITHOUT_CODE:
        return "-"
    if code == 0x0A or 0x20 <= code < 0x7F or code >= 0xA0:
        return chr(code)
    return " " if code == 0x09 else "\ufffd"


def _pair_surrogates(sheet: Sheet) -> Sheet:
    """Join the two halves of a character beyond U+FFFF, which pdfium gives one by one; a half alone has no form."""
    if not any("\ud800" <= character <= "\udfff" for character in sheet.text):
        return sheet
    text: list[str] = []
    boxes, styles = bytearray(), bytearray()
    place = 0
    while place < len(sheet.text):
        pair = sheet.text[place : place + 2]
        joined = pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        width = 2 if len(joined) == 1 and len(pair) == 2 else 1
        text.append(joined if width == 2 else joined[0])
        boxes += sheet.boxes[16 * place : 16 * place + 16]
        styles += sheet.styles[2 * place : 2 * place + 2]
        place += width
    return Sheet("".join(text), bytes(boxes), sheet.width, sheet.height, bytes(styles))

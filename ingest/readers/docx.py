"""Word files (ECMA-376): a ZIP of XML parts, read from memory with bounds; nothing is unpacked, nothing is fetched."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from corpus.documents import PageWarning
from corpus.wordfile import OLD_WORD, parse_part, refused, require_harmless
from ingest.raw import End, Line, Metadata, raw_page
from ingest.readers.grid import Cell
from ingest.readers.marked import MarkedSheets, folded, raised
from ingest.readers.walk import walk

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_DIGITS = 4


def read_docx(path: Path, password: str = "") -> Iterator[Line]:  # noqa: ARG001 - every reader is asked in one way
    """Metadata, pages as Word last divided them (one where it did not say), End. Raises UnreadableDocument."""
    with path.open("rb") as file:
        if file.read(4) == OLD_WORD:
            raise refused(
                path.name, "password", "is locked, or made by an old Word", "save it as .docx without a password"
            )
    try:
        with zipfile.ZipFile(path) as archive:
            require_harmless(path.name, archive)
            document = parse_part(path.name, archive, "word/document.xml")
            styles = _Styles.of(parse_part(path.name, archive, "word/styles.xml"))
            notes = {kind: parse_part(path.name, archive, f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
            properties = parse_part(path.name, archive, "docProps/core.xml")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, RuntimeError, OSError) as error:
        raise refused(
            path.name, "damaged", "does not open as a Word file", "fetch it again from its publisher"
        ) from error
    if document is None:
        raise refused(path.name, "not-a-docx", "is no Word file, whatever its name says", "give it its right ending")
    reader = _DocumentReader(document, styles, {kind: _texts_of(root) for kind, root in notes.items()})
    sheets = reader.sheets.sheets()
    yield _describe(properties, len(sheets))
    for number, sheet in enumerate(sheets, start=1):
        yield raw_page(number, None, sheet)
    if reader.unseen:
        words = f"{reader.unseen} characters that no reader can see were left out; look at the file"
        yield PageWarning(1, "hidden-text", words)
    yield End(len(sheets))


def _describe(properties: etree._Element | None, pages: int) -> Metadata:
    said: dict[str, str] = {}
    for element in properties.iter("{*}*") if properties is not None else ():
        said[etree.QName(element).localname] = folded(element.text or "")
    language = said.get("language", "").split("-")[0].casefold()
    return Metadata(
        pages,
        title=said.get("title") or None,
        author=said.get("creator") or None,
        keywords=said.get("keywords") or None,
        created=said.get("created", "")[:10] or None,
        language=language if re.fullmatch("[a-z]{2}", language) else None,
    )


@dataclass(frozen=True, slots=True)
class _Styles:
    """What the paragraph styles of a file say: heading levels from 1 by the style's id, and which make list points."""

    levels: dict[str, int]
    points: frozenset[str]

    @classmethod
    def of(cls, root: etree._Element | None) -> _Styles:
        levels: dict[str, int] = {}
        points = set()
        for style in root.iter(f"{_W}style") if root is not None else ():
            name = str(_value(style.find(f"{_W}name"))).casefold()
            key = str(style.get(f"{_W}styleId"))
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            numbered = re.fullmatch(r"heading (\d)", name)
            if name == "title":
                levels[key] = 1
            elif numbered or (outline is not None and _value(outline).isdigit() and int(_value(outline)) < 9):
                levels[key] = 2 + (int(numbered[1]) - 1 if numbered else int(_value(outline)))
            elif style.find(f"{_W}pPr/{_W}numPr") is not None:
                points.add(key)
        return cls(levels, frozenset(points))


def _value(element: etree._Element | None) -> str:
    return str(element.get(f"{_W}val", "")) if element is not None else ""


def _texts_of(root: etree._Element | None) -> dict[str, str]:
    """The notes of a part by their id."""
    notes = root.iter(f"{_W}footnote", f"{_W}endnote") if root is not None else ()
    return {str(note.get(f"{_W}id")): "".join(text.text or "" for text in note.iter(f"{_W}t")) for note in notes}


class _DocumentReader:
    """One walk over the document's elements, without recursion: paragraphs may stand in text boxes in paragraphs."""

    def __init__(self, document: etree._Element, styles: _Styles, notes: dict[str, dict[str, str]]) -> None:
        self.sheets = MarkedSheets()
        self.unseen = 0
        self._styles = styles
        self._notes = notes
        self._texts: list[list[str]] = []
        self._tables: list[list[list[Cell]]] = []
        self._noted = 0
        self._fresh = True
        self._break_is_due = False
        for event, element in walk(document, self._is_left_out):
            if event == "start":
                self._enter(element)
            elif event == "end":
                self._leave(element)

    def _is_left_out(self, element: etree._Element) -> bool:
        if element.tag != f"{_W}r" or not (_is_on(element.find(f"{_W}rPr/{_W}vanish")) or _is_white_on_white(element)):
            return bool(element.tag == _FALLBACK)
        self.unseen += sum(len(text.text or "") for text in element.iter(f"{_W}t"))
        return True

    def _enter(self, element: etree._Element) -> None:
        tag = str(element.tag).removeprefix(_W)
        if tag == "p":
            self._texts.append([])
        elif tag == "tbl":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag == "tc" and self._tables and self._tables[-1]:
            self._tables[-1][-1].append(_cell_of(element))
        elif tag == "t":
            self._say(element.text or "")
        elif tag in ("tab", "cr", "br") and element.get(f"{_W}type") != "page":
            self._say(" ")
        elif tag == "noBreakHyphen":
            self._say("\u2011")
        elif tag in ("footnoteReference", "endnoteReference"):
            self._note(tag.removesuffix("Reference"), str(element.get(f"{_W}id")))
        elif tag == "br" or (tag == "lastRenderedPageBreak" and not self._fresh):
            self._break_page(element)

    def _leave(self, element: etree._Element) -> None:
        if element.tag == f"{_W}p" and self._texts:
            self._end_paragraph(element, "".join(self._texts.pop()))
        elif element.tag == f"{_W}tbl" and self._tables:
            self._end_table(self._tables.pop())
        elif element.tag == f"{_W}tr" and self._break_is_due and len(self._tables) == 1:
            self._break_is_due = False
            rows = self._tables[-1]
            self.sheets.table(rows)
            self._tables[-1] = [row for row in rows[:1] if len(rows) > 1 and all(cell.head for cell in row)]
            self.sheets.end_page()

    def _end_table(self, rows: list[list[Cell]]) -> None:
        """A table within a cell of another is words of that cell."""
        if self._cell() is not None:
            self._say_in_cell(" ".join(cell.text for row in rows for cell in row))
        else:
            self.sheets.table(rows)

    def _cell(self) -> Cell | None:
        """The cell that is being read, where there is one."""
        return self._tables[-1][-1][-1] if self._tables and self._tables[-1] and self._tables[-1][-1] else None

    def _say_in_cell(self, text: str) -> None:
        row = self._tables[-1][-1]
        row[-1] = replace(row[-1], text=f"{row[-1].text} {text}")

    def _say(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)
            self._fresh = self._fresh and not text.strip()

    def _note(self, kind: str, key: str) -> None:
        text = self._notes.get(kind, {}).get(key)
        if text is not None:
            self._noted += 1
            self._say(raised(str(self._noted)))
            self.sheets.note(str(self._noted), text)

    def _break_page(self, element: etree._Element) -> None:
        """End the page here; within a table, after the row. What stands before it in the paragraph is kept with it."""
        self._fresh = True
        if self._tables:
            self._break_is_due = True
            return
        paragraph = next(element.iterancestors(f"{_W}p"), None)
        if paragraph is not None and self._texts:
            self._end_paragraph(paragraph, "".join(self._texts[-1]))
            self._texts[-1] = []
        self.sheets.end_page()

    def _end_paragraph(self, element: etree._Element, text: str) -> None:
        style = _value(element.find(f"{_W}pPr/{_W}pStyle"))
        if self._cell() is not None:
            self._say_in_cell(text)
        elif style in self._styles.levels:
            self.sheets.heading(self._styles.levels[style], text)
        elif style in self._styles.points or element.find(f"{_W}pPr/{_W}numPr") is not None:
            self.sheets.point(text)
        else:
            self.sheets.paragraph(text)


def _cell_of(element: etree._Element) -> Cell:
    """A cell without its words. It names a column where its row is marked as a head, or where all it says is bold."""
    row = element.getparent()
    marked = row is not None and row.find(f"{_W}trPr/{_W}tblHeader") is not None
    across = _value(element.find(f"{_W}tcPr/{_W}gridSpan"))
    merged = element.find(f"{_W}tcPr/{_W}vMerge")
    runs = [run for run in element.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    bold = bool(runs) and all(_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)
    return Cell(
        "",
        across=int(across) if across.isdecimal() and len(across) <= _MOST_DIGITS else 1,
        head=marked or bold,
        goes_on=merged is not None and _value(merged) != "restart",
    )


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and _value(switch) not in ("0", "false")


def _is_white_on_white(run: etree._Element) -> bool:
    """White letters with nothing around them that may bring another colour behind them: shading, or a styled table."""
    if _value(run.find(f"{_W}rPr/{_W}color")).casefold() != "ffffff":
        return False
    around = [run, *run.iterancestors()]
    kinds = [f"{_W}rPr", f"{_W}pPr", f"{_W}tcPr", f"{_W}tblPr", f"{_W}trPr"]
    return not any(
        one.find(f"{kind}/{_W}{mark}") is not None for one in around for kind in kinds for mark in ("shd", "tblStyle")
    )

"""Read a draft in a Word file: its blocks as JSON on standard output. A process of its own, with limits."""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from lxml import etree

from assistant.blocks import Block, NoteMark
from assistant.wordtext import NoteLabels, W, paragraphs, pieces
from corpus.errors import UnreadableDocument
from corpus.limits import limit_memory
from corpus.wordfile import OLD_WORD, parse_part, refused, require_harmless

_QUOTES = ("quote", "intense quote", "block text", "block quote", "block quotation", "quotation")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m assistant.wordreading", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--memory-mb", type=int, default=0, help="end when more memory than this is asked for")
    options = parser.parse_args(arguments)
    if options.memory_mb:
        limit_memory(options.memory_mb)
    try:
        said: dict[str, object] = {"blocks": [asdict(block) for block in read_word(options.file)]}
    except UnreadableDocument as fault:
        said = {"error": {"kind": fault.kind, "message": fault.message, "remedy": fault.remedy}}
    json.dump(said, sys.stdout)
    return 0


def read_word(path: Path) -> list[Block]:
    """Paragraphs, cells and notes in order. Raises UnreadableDocument."""
    name = path.name
    with path.open("rb") as file:
        if file.read(4) == OLD_WORD:
            raise refused(name, "password", "is locked, or made by an old Word", "save it as .docx without a password")
    try:
        with zipfile.ZipFile(path) as archive:
            require_harmless(name, archive)
            parts = {
                part: parse_part(name, archive, part)
                for part in archive.namelist()
                if part.endswith((".xml", ".rels")) and not part.startswith("customXml/")
            }
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, RuntimeError, OSError) as error:
        raise refused(name, "damaged", "does not open as a Word file", "save it anew from Word") from error
    document = parts.get("word/document.xml")
    if document is None:
        raise refused(name, "not-a-docx", "is no Word file, whatever its name says", "give it its right ending")
    quotes = _quote_styles(parts.get("word/styles.xml"))
    notes = {kind: _notes(parts.get(f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
    return list(_blocks(document, quotes, notes["footnote"] | notes["endnote"]))


def _blocks(document: etree._Element, quotes: frozenset[str], notes: dict[str, str]) -> Iterator[Block]:
    labels, cells = NoteLabels(), _Cells()
    number = 0
    for ordinal, paragraph in enumerate(paragraphs(document)):
        said = pieces(paragraph)
        text = "".join(piece.text for piece in said)
        marks = tuple(NoteMark(piece.start, labels.of(piece.note)) for piece in said if piece.note)
        if not text.strip():
            continue
        place = cells.of(paragraph)
        number += not place
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        quoted = style is not None and style.get(f"{W}val") in quotes
        yield Block(
            place or f"paragraph {number}", text, "quotation" if quoted else "paragraph", marks, ordinal=ordinal
        )
    for note, label in labels.known.items():
        if notes.get(note, "").strip():
            yield Block(label, notes[note], "note", note=label)


class _Cells:
    """The places of cells; the children of each element are counted once."""

    def __init__(self) -> None:
        self._places: dict[etree._Element, int] = {}

    def of(self, paragraph: etree._Element) -> str:
        """Such as "table 1, row 2, cell 3"; empty for a paragraph outside of tables."""
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        table = next(paragraph.iterancestors(f"{W}tbl"), None)
        if cell is None or row is None or table is None:
            return ""
        return f"table {self._place(table)}, row {self._place(row)}, cell {self._place(cell)}"

    def _place(self, element: etree._Element) -> int:
        """Its number among its kind within its parent, from 1."""
        parent = element.getparent()
        if parent is not None and element not in self._places:
            self._places.update((one, place) for place, one in enumerate(parent.iterchildren(str(element.tag)), 1))
        return self._places.get(element, 1)


def _quote_styles(styles: etree._Element | None) -> frozenset[str]:
    """The styles of block quotations, by their id; Word's own names are English in every language."""
    found = set()
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        if name is not None and str(name.get(f"{W}val")).casefold() in _QUOTES:
            found.add(str(style.get(f"{W}styleId")))
    return frozenset(found)


def _notes(root: etree._Element | None, kind: str) -> dict[str, str]:
    """The texts of notes by kind and id."""
    return {
        f"{kind} {note.get(f'{W}id')}": "\n".join(
            "".join(piece.text for piece in pieces(paragraph)) for paragraph in paragraphs(note)
        )
        for note in (root.iter(f"{W}{kind}") if root is not None else ())
    }


if __name__ == "__main__":
    sys.exit(main())

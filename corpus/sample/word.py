"""Builds the sample reports that are Word files: `python -m corpus.sample.word [--out DIR]`.

A DOCX is a ZIP of XML parts (ECMA-376). The parts are written here with nothing but the standard library, under one
fixed time, so that the same source gives the same bytes. Footnotes are footnotes, headings and lists have styles.
"""

from __future__ import annotations

import argparse
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from corpus.sample.build import REPORTS, SOURCES
from corpus.sample.source import Front, Source, SourceError, read_source
from corpus.sample.wordparts import CONTENT_TYPES, NUMBERING, PACKAGE_LINKS, PARTS_LINKS, SHEET, STYLES, write_document

_NOTE = re.compile(r"^\[\^([\w-]+)\]:[ ]+(.+)\n", re.MULTILINE)
_MARK = re.compile(r"\[\^([\w-]+)\]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BULLETS, _NUMBERS = 1, 2


def write_word(source: Source, out: Path) -> Path:
    """Write one source as a DOCX into the folder `out`. Raises SourceError at a block that has no counterpart."""
    report = out / f"{source.name}.docx"
    notes = dict(_NOTE.findall(source.body))
    reader = MarkdownIt("commonmark").enable("table")
    order = {name: number for number, name in enumerate(_MARK.findall(_NOTE.sub("", source.body)), start=1)}
    body = _write_blocks(SyntaxTreeNode(reader.parse(_NOTE.sub("", source.body))).children, order)
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
        '<w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        f"{_write_runs(SyntaxTreeNode(reader.parseInline(notes[name])).children, order)}</w:p></w:footnote>"
        for name, number in order.items()
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_LINKS,
        "docProps/core.xml": _write_properties(source.front),
        "word/document.xml": write_document("document", f"<w:body>{_write_head(source.front)}{body}{SHEET}</w:body>"),
        "word/_rels/document.xml.rels": PARTS_LINKS,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/footnotes.xml": write_document("footnotes", written),
    }
    with zipfile.ZipFile(report, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
    return report


def _write_properties(front: Front) -> str:
    stamp = f'xsi:type="dcterms:W3CDTF">{front.date.isoformat()}T00:00:00Z<'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(front.title)}</dc:title><dc:subject>{escape(front.series_line)}</dc:subject>"
        f"<dc:creator>{escape(front.publisher)}</dc:creator>"
        f"<cp:keywords>{escape('; '.join(front.keywords))}</cp:keywords>"
        f"<dc:language>{front.language}</dc:language>"
        f"<dcterms:created {stamp}/dcterms:created><dcterms:modified {stamp}/dcterms:modified></cp:coreProperties>"
    )


def _write_head(front: Front) -> str:
    day = f"{front.date.day} {front.date:%B %Y}"
    return (
        _write_paragraph(_write_run(front.series_line), "Subtitle")
        + _write_paragraph(_write_run(front.title), "Title")
        + _write_paragraph(_write_run(f"{front.publisher}, {day}. Licence of this text: {front.licence}."), "Imprint")
    )


def _write_blocks(nodes: Iterable[SyntaxTreeNode], order: dict[str, int]) -> str:
    return "".join(_write_block(node, order) for node in nodes)


def _write_block(node: SyntaxTreeNode, order: dict[str, int]) -> str:
    match node.type:
        case "heading":
            return _write_paragraph(_write_runs(node.children, order), f"Heading{node.tag[1:]}")
        case "paragraph":
            return _write_paragraph(_write_runs(node.children, order), "Normal")
        case "bullet_list" | "ordered_list":
            number = _BULLETS if node.type == "bullet_list" else _NUMBERS
            items = (paragraph for item in node.children for paragraph in item.children)
            return "".join(_write_paragraph(_write_runs(item.children, order), "List", number) for item in items)
        case "table":
            return _write_table(node, order)
        case _:
            raise SourceError(f"{node.type}: no Word counterpart for this block; write it as text, a list or a table")


def _write_table(node: SyntaxTreeNode, order: dict[str, int]) -> str:
    rows = [row for part in node.children for row in part.children]
    filled = [row for row in rows if any(cell.children and cell.children[0].content for cell in row.children)]
    written = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_write_cell(cell, order)}</w:tc>" for cell in row.children) + "</w:tr>"
        for row in filled
    )
    grid = "<w:gridCol/>" * len(rows[0].children)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Lines"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>{_write_paragraph('', 'Normal')}"
    )


def _write_cell(cell: SyntaxTreeNode, order: dict[str, int]) -> str:
    return _write_paragraph(_write_runs(cell.children, order, bold=cell.type == "th"), "Cell")


def _write_paragraph(runs: str, style: str, number: int | None = None) -> str:
    """One paragraph. `number` is the list that it belongs to, None where it belongs to none."""
    listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{listed}</w:pPr>{runs}</w:p>'


def _write_runs(
    nodes: Iterable[SyntaxTreeNode], order: dict[str, int], *, bold: bool = False, italic: bool = False
) -> str:
    written = []
    for node in nodes:
        match node.type:
            case "text":
                written.append(_write_text(node.content, order, bold=bold, italic=italic))
            case "softbreak":
                written.append(_write_run(" ", bold=bold, italic=italic))
            case "strong":
                written.append(_write_runs(node.children, order, bold=True, italic=italic))
            case "em":
                written.append(_write_runs(node.children, order, bold=bold, italic=True))
            case "link":
                address = quoteattr(f'HYPERLINK "{node.attrs["href"]}"')
                runs = _write_runs(node.children, order, bold=bold, italic=italic)
                written.append(f"<w:fldSimple w:instr={address}>{runs}</w:fldSimple>")
            case _:
                written.append(_write_runs(node.children, order, bold=bold, italic=italic))
    return "".join(written)


def _write_text(text: str, order: dict[str, int], *, bold: bool, italic: bool) -> str:
    pieces = _MARK.split(text)
    words = [_write_run(piece, bold=bold, italic=italic) if piece else "" for piece in pieces[::2]]
    marks = [
        f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{order[name]}"/></w:r>'
        for name in pieces[1::2]
    ]
    return "".join(word + mark for word, mark in zip(words, [*marks, ""], strict=True))


def _write_run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.sample.word", description="Build the sample Word files.")
    parser.add_argument("--out", metavar="DIR", type=Path, default=REPORTS, help="where the files go")
    options = parser.parse_args(arguments)
    try:
        for path in sorted((SOURCES / "word").glob("*.md")):
            report = write_word(read_source(path), options.out)
            print(f"{report.name}  {report.stat().st_size / 1024:.0f} kB")
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

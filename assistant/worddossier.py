"""A dossier as a Word file whose references are real footnotes."""

from __future__ import annotations

import io

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from lxml import etree

from assistant.dossier import TITLE, Dossier
from assistant.references import write_footnote
from assistant.wordtext import W, writable
from corpus.documents import long_date

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def write_word(dossier: Dossier) -> bytes:
    """The quotes as block quotations, each with its footnote, and what is said of it in a paragraph of its own."""
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = TITLE
    document.add_heading(TITLE)
    document.add_paragraph(long_date(dossier.made))
    for number, quote in enumerate(dossier.quotes, 1):
        paragraph = document.add_paragraph(f"\u201c{writable(quote.words)}\u201d", style="Quote")
        _mark(paragraph, number)
        for remark in quote.remarks:
            document.add_paragraph(writable(remark))
    for link in dossier.lost:
        document.add_paragraph(f"Not in this library any more: {writable(link)}")
    _add_footnotes(document, [write_footnote(quote.record) for quote in dossier.quotes])
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _mark(paragraph: Paragraph, number: int) -> None:
    reference = f'<w:r {nsdecls("w")}>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'
    paragraph._p.append(parse_xml(reference))


def _add_footnotes(document: WordDocument, notes: list[str]) -> None:
    """The part of the notes. Word wants two of its own in front, for the line above them."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{place}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for place, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    root = parse_xml(f"<w:footnotes {nsdecls('w')}>{lines}</w:footnotes>")
    for number, note in enumerate(notes, 1):
        footnote = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>'
        )
        next(footnote.iter(f"{W}t")).text = f" {writable(note)}"
        root.append(footnote)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

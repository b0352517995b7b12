"""Small Word files, written by hand: a body, and whatever else a test wants in the archive."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = (
    f'<w:styles {_NAMESPACE}><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
)


def make_docx(path: Path, body: str, notes: str = "", parts: Mapping[str, str | bytes] | None = None) -> Path:
    """`body` and `notes` are WordprocessingML; `parts` are further members of the archive, or replace one."""
    members: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {_NAMESPACE}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": _STYLES,
        "word/footnotes.xml": f"<w:footnotes {_NAMESPACE}>{notes}</w:footnotes>",
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

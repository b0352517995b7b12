"""Files that a browser keeps, and the kinds that there are."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "md": "text/markdown; charset=utf-8",
    "docx": WORD,
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/json",
}
"""The media type of an export by the ending of its file."""


def as_download(content: bytes, name: str, kind: str) -> Response:
    """A file to be kept under a name, in any script (RFC 6266)."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={"content-disposition": disposition, "cache-control": "no-store"})

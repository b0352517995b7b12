"""Strangers' Word files (ECMA-376): a ZIP of XML parts, opened with bounds; nothing is unpacked, nothing is fetched."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath

from lxml import etree

from corpus.errors import UnreadableDocument
from corpus.text import shown

_PARTS = 5_000
_PART_BYTES = 64 << 20
_ALL_BYTES = 512 << 20
"""What a Word file may hold: parts, bytes of a part that is read, bytes of all parts, pictures included, unpacked."""

OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How a Word file of before 2007 begins, and one that is locked with a password."""


def refused(name: str, kind: str, words: str, remedy: str) -> UnreadableDocument:
    """What is said of the file of that name, which is not read."""
    return UnreadableDocument(kind, f"{shown(name)} {words}", remedy)


def require_harmless(name: str, archive: zipfile.ZipFile) -> None:
    """Raises UnreadableDocument for an archive that is a bomb, or that names what is outside itself."""
    members = archive.infolist()
    if len(members) > _PARTS or sum(member.file_size for member in members) > _ALL_BYTES:
        raise refused(name, "bomb", "unpacks to far more than any report", "ask its publisher for another copy")
    for member in members:
        inside = PurePosixPath(member.filename.replace("\\", "/"))
        is_link = (member.external_attr >> 28) == 0o12
        if is_link or inside.is_absolute() or ".." in inside.parts or re.match(r"[A-Za-z]:", member.filename):
            raise refused(name, "unsafe", "holds a path or a link out of itself", "do not open it; ask who sent it")


def parse_part(name: str, archive: zipfile.ZipFile, part: str) -> etree._Element | None:
    """One part, or None where there is none. No entity is ever resolved: a part that declares any is refused."""
    try:
        with archive.open(part) as file:
            content = file.read(_PART_BYTES + 1)
    except KeyError:
        return None
    if len(content) > _PART_BYTES:
        raise refused(name, "bomb", "unpacks to far more than any report", "ask its publisher for another copy")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refused(name, "damaged", "holds XML that is not whole", "fetch it again from its publisher") from error
    if root.getroottree().docinfo.doctype:
        raise refused(name, "unsafe", "declares entities, as no Word file does", "do not open it; ask who sent it")
    return root

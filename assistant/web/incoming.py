"""Files that were sent and wait to be added: each in a folder of its own, which nothing serves, and not for long."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import time
import unicodedata
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import NotFound, TooLarge, UnreadableDocument, WrongUse

LARGEST_FILE = 100_000_000
"""Bytes of one file that is sent."""

_MOST_WAITING = 2_000_000_000
"""Bytes of all files that wait."""

_KEPT_SECONDS = 6 * 3600
"""After which a file that nobody added goes."""

_HEAD = 1024
"""Bytes within which a PDF says that it is one."""

_LONGEST_NAME = 120
_UNWELCOME = frozenset('<>:"|?*')
_TEXTS = (".html", ".htm", ".xhtml", ".md", ".txt")
_KINDS = (".pdf", ".docx", *_TEXTS)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits: by what it is called for, its cleaned name, its bytes."""

    token: str
    name: str
    size: int


class Incoming:
    """The files that wait, under one library's folder."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "incoming"

    async def keep(self, name: str, pieces: AsyncIterator[bytes]) -> Kept:
        """Write a file as it comes, never holding more than a piece of it. Nothing stays of one that is refused.

        Raises TooLarge, UnreadableDocument for what is none of the kinds that are read, and what `pieces` raises.
        """
        cleaned = clean_name(name)
        self._drop_old()
        folder = self._folder / secrets.token_hex(16)
        folder.mkdir(mode=0o700, parents=True)
        try:
            size = await _write(folder / cleaned, pieces, _MOST_WAITING - self._waiting())
            with (folder / cleaned).open("rb") as file:
                require_kind(cleaned, file.read(_HEAD))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Kept(folder.name, cleaned, size)

    def find(self, tokens: Sequence[str]) -> list[Path]:
        """The files of these tokens, in their order. Raises NotFound where one does not wait any more."""
        found = []
        for token in dict.fromkeys(tokens):
            folder = self._folder / token
            files = list(folder.iterdir()) if token.isalnum() and token.isascii() and folder.is_dir() else []
            if len(files) != 1:
                raise NotFound("a file that was sent is not kept any more", "choose it again")
            found.append(files[0])
        return found

    def drop(self, tokens: Sequence[str]) -> None:
        """Let go of these files; one that has gone already is passed over."""
        for token in tokens:
            with contextlib.suppress(NotFound):
                shutil.rmtree(self.find([token])[0].parent, ignore_errors=True)

    def _drop_old(self) -> None:
        for folder in self._folder.glob("*"):
            if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)

    def _waiting(self) -> int:
        return sum(path.stat().st_size for path in self._folder.glob("*/*"))


def clean_name(name: str) -> str:
    """The last part of a name, as a file may be called anywhere. Raises WrongUse where nothing is left of it."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join("_" if letter in _UNWELCOME or not letter.isprintable() else letter for letter in last)
    kept = kept.strip(" .")
    stem, ending = Path(kept).stem, Path(kept).suffix
    if not stem or stem in (".", ".."):
        raise WrongUse("the file has no name", "give it one, and send it again")
    while len((stem + ending).encode()) > _LONGEST_NAME:
        stem, ending = (stem[:-1], ending) if stem else ("file", ending[:10])
    return (stem + ending).strip(" .")


def require_kind(name: str, head: bytes) -> None:
    """Raises UnreadableDocument where a file's first bytes are not of the kind that its name says."""
    ending = Path(name).suffix.lower()
    if ending not in _KINDS:
        kinds = "PDF, Word (.docx), HTML, Markdown or text files"
        raise UnreadableDocument("unknown-kind", f"{name} is of a kind that is not read", f"choose {kinds}")
    if not head:
        raise UnreadableDocument("empty", f"{name} is empty", "fetch the file again from its publisher")
    if ending == ".pdf":
        fits = b"%PDF-" in head
    elif ending == ".docx":
        fits = head.startswith(b"PK\x03\x04")
    else:
        fits = b"%PDF-" not in head[:8] and not head.startswith(b"PK\x03\x04") and (b"\0" not in head or _is_wide(head))
    if not fits:
        raise UnreadableDocument(
            "unknown-kind", f"{name} is not what its name says", "open it, and save it anew as what it is"
        )


def _is_wide(head: bytes) -> bool:
    """Whether it is marked as text of two bytes a letter."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff"))


async def _write(path: Path, pieces: AsyncIterator[bytes], room: int) -> int:
    size = 0
    with path.open("xb") as file:
        async for piece in pieces:
            size += len(piece)
            if size > LARGEST_FILE:
                raise too_large()
            if size > room:
                raise TooLarge("too many files are waiting to be added", "add those that were sent, then send more")
            file.write(piece)
    return size


def too_large() -> TooLarge:
    return TooLarge(
        f"the file is larger than {LARGEST_FILE // 1_000_000} MB",
        "add it where the server runs, with `python -m ingest add FILE`",
    )

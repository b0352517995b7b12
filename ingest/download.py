"""From an address to a file on disk: within a size, and gone on with where it was broken off."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from corpus.errors import FetchFault, LibraryFault
from corpus.text import shown
from ingest.client import Client, Passing

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

OnBytes = Callable[[int, int], None]
"""Told how many bytes have come, and of how many; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Body:
    """What an address gave: where it stands on disk, and the address after all redirects."""

    path: Path
    address: str


@dataclass(frozen=True, slots=True)
class _Begun:
    """A part of a body. `validator`: the ETag or date by which the server knows the same body again."""

    address: str
    validator: str
    size: int


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where the body of one address is gathered: the bytes, and beside them what is needed to go on."""

    address: str
    part: Path
    note: Path

    def begun(self) -> _Begun | None:
        """What was kept of an earlier try; None where there is nothing to go on from."""
        try:
            said = json.loads(self.note.read_text(encoding="utf-8"))
            begun = _Begun(said["address"], said["validator"], self.part.stat().st_size)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return begun if begun.address == self.address and begun.validator and begun.size else None

    def begin(self, validator: str) -> None:
        self.note.unlink(missing_ok=True)
        self.part.write_bytes(b"")
        self.note.write_text(json.dumps({"address": self.address, "validator": validator}), encoding="utf-8")

    def clear(self) -> None:
        self.note.unlink(missing_ok=True)
        self.part.unlink(missing_ok=True)


def download(address: str, folder: Path, client: Client, limit: int, on_bytes: OnBytes) -> Body:
    """The body of an address, of at most `limit` bytes; the caller removes its file.

    Raises FetchFault; what was received until then is kept, and the next call goes on from there. Raises LibraryFault
    where the folder cannot be written.
    """
    name = hashlib.sha256(address.encode()).hexdigest()[:16]
    shelf = _Shelf(address, folder / f"{name}.part", folder / f"{name}.json")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return client.persist(functools.partial(_receive, shelf, client, limit, on_bytes))
    except OSError as error:
        raise LibraryFault(
            f"{folder} cannot be written ({error.strerror})", "check that the folder is writable and has room"
        ) from error


def _receive(shelf: _Shelf, client: Client, limit: int, on_bytes: OnBytes) -> Body:
    begun = shelf.begun()
    headers = {"Range": f"bytes={begun.size}-", "If-Range": begun.validator} if begun else {}
    try:
        with client.open(shelf.address, headers) as response:
            start, total = _place(response, begun)
            if start == 0:
                shelf.begin(_validator(response))
            _write(response, shelf, start, total, limit, on_bytes)
            final = str(response.url)
    except FetchFault as fault:
        if begun is None or fault.kind not in ("http-416", "other-part"):
            raise
        shelf.clear()
        raise Passing("other-part", f"{shown(shelf.address)} is no longer the file that was begun") from fault
    if total and shelf.part.stat().st_size != total:
        raise Passing("cut-off", f"{shown(shelf.address)} came to less than it said")
    shelf.note.unlink(missing_ok=True)
    return Body(shelf.part, final)


def _place(response: httpx.Response, begun: _Begun | None) -> tuple[int, int]:
    """From which byte on an answer speaks, and how many there are in all, 0 where it does not say.

    Raises FetchFault of kind `other-part` where it is not the part that was asked for.
    """
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        said = response.headers.get("Content-Length", "")
        return 0, int(said) if said.isascii() and said.isdigit() and "Content-Encoding" not in response.headers else 0
    found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if begun is None or found is None or int(found[1]) != begun.size:
        raise FetchFault("other-part", f"{shown(str(response.url))} sent another part than asked", "try again later")
    return begun.size, int(found[2]) if found[2] != "*" else 0


def _validator(response: httpx.Response) -> str:
    """What `If-Range` may hold (RFC 9110, section 13.1.5): a strong ETag, else a date; empty for a body that is coded,
    whose bytes are not those on disk.
    """
    tag = response.headers.get("ETag", "")
    if "Content-Encoding" in response.headers:
        return ""
    return tag if tag and not tag.startswith("W/") else str(response.headers.get("Last-Modified", ""))


def _write(response: httpx.Response, shelf: _Shelf, start: int, total: int, limit: int, on_bytes: OnBytes) -> None:
    received = start
    _require_size(max(total, received), limit, shelf)
    with shelf.part.open("ab") as file:
        for chunk in response.iter_bytes():
            received += len(chunk)
            _require_size(received, limit, shelf)
            file.write(chunk)
            on_bytes(received, total)


def _require_size(size: int, limit: int, shelf: _Shelf) -> None:
    if size > limit:
        shelf.clear()
        raise FetchFault(
            "too-large",
            f"{shown(shelf.address)} has more than {limit >> 20} MB",
            "raise EMN_FETCH_FILE_MB if it is to be",
        )

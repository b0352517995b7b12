"""From a publication of the catalogue to its PDF on disk: the steps, in order, and a record of what came from where."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from corpus.catalogue import Entry
from corpus.documents import Document
from corpus.errors import FetchFault, NotFound
from corpus.files import hash_file
from corpus.text import shown
from ingest.client import Client
from ingest.describe import Given
from ingest.download import Body, OnBytes, download
from ingest.landing import find_pdf
from ingest.said import CATALOGUE

_HEAD = 1024
"""Bytes within which a PDF says that it is one: readers have looked that far since ISO 32000-1, annex H, 3.4.1."""

_TAIL = 4096
"""Bytes at its end within which a whole PDF says that it ends; some servers append white space or a comment."""

_PAGE_BYTES = 4 << 20
"""A web page of more bytes is not looked through for links."""

_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A publication's file. `address`: that of the file itself; `moment`: when it came, ISO 8601 in UTC."""

    entry: Entry
    path: Path
    address: str
    sha256: str
    moment: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A publication that did not come, and why."""

    entry: Entry
    fault: FetchFault


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be fetched; what is in the library already, by id with its slug; how many have no known address."""

    wanted: tuple[Entry, ...]
    held: Mapping[str, str]
    without_address: int


class OnPiece(Protocol):
    """Told what is under way."""

    def start(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where fetched files wait to be added, and the record of all that ever came."""

    home: Path

    @property
    def folder(self) -> Path:
        return self.home / "fetched"

    @property
    def _record(self) -> Path:
        return self.home / "fetched.jsonl"

    def place(self, entry: Entry) -> Path:
        return self.folder / f"{entry.id}.pdf"

    def recorded(self) -> dict[str, dict[str, str]]:
        """What came last under each id: its address, the moment and the SHA-256. A line that was cut off is none."""
        found: dict[str, dict[str, str]] = {}
        if self._record.exists():
            for line in self._record.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                    found[entry["id"]] = entry
                except (ValueError, KeyError, TypeError):
                    continue
        return found

    def record(self, fetched: Fetched) -> None:
        line = {
            "id": fetched.entry.id,
            "page": fetched.entry.address,
            "address": fetched.address,
            "fetched": fetched.moment,
            "sha256": fetched.sha256,
        }
        with self._record.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def waiting(self, entry: Entry) -> Fetched | None:
        """The whole file of an earlier call that ended before it was added."""
        last, path = self.recorded().get(entry.id), self.place(entry)
        if last is None or not path.exists() or hash_file(path) != last["sha256"]:
            return None
        return Fetched(entry, path, last["address"], last["sha256"], last["fetched"])

    def held(self, documents: Iterable[Document]) -> dict[str, str]:
        """The slugs of the documents that came from here and are in the library, by id."""
        slugs = {document.sha256: document.slug for document in documents}
        recorded = self.recorded().items()
        return {name: slugs[last["sha256"]] for name, last in recorded if last["sha256"] in slugs}


def choose_entries(entries: Sequence[Entry], ids: Sequence[str], held: Mapping[str, str]) -> Order:
    """The publications that are named, or all that are not held. Raises NotFound for an id that is none."""
    known = {entry.id: entry for entry in entries}
    for name in ids:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            near = f"the nearest known one is {nearest[0]}; " if nearest else ""
            raise NotFound(
                f"the catalogue has no publication {shown(name)}", f"{near}`python -m ingest catalogue` lists them"
            )
    if ids:
        return Order(tuple(known[name] for name in dict.fromkeys(ids)), {}, 0)
    reachable = [entry for entry in entries if entry.address is not None]
    return Order(
        tuple(entry for entry in reachable if entry.id not in held),
        {entry.id: held[entry.id] for entry in reachable if entry.id in held},
        len(entries) - len(reachable),
    )


def fetch_or_say_why(entry: Entry, shelf: Shelf, client: Client, limit: int, on_piece: OnPiece) -> Fetched | Missed:
    """One publication of at most `limit` bytes, or why it did not come. One that waits already is not fetched again."""
    try:
        return shelf.waiting(entry) or fetch_entry(entry, shelf, client, limit, on_piece)
    except FetchFault as fault:
        return Missed(entry, fault)


def fetch_entry(entry: Entry, shelf: Shelf, client: Client, limit: int, on_piece: OnPiece) -> Fetched:
    """The PDF of a publication, from its own address or by its publisher's page. Raises FetchFault."""
    address = str(entry.pdf or entry.landing or "")
    if not address:
        raise FetchFault("no-address", f"no address is known for {entry.id}", "find it, then `ingest add` it")
    on_piece.start(entry.id)
    watch = _bytes_watch(entry.id, on_piece)
    body = download(address, shelf.folder, client, limit, watch)
    if entry.pdf is None and not _is_pdf(body.path):
        body = download(_linked_pdf(body, entry), shelf.folder, client, limit, watch)
    try:
        _require_whole_pdf(body)
    except FetchFault:
        body.path.unlink()
        raise
    path = body.path.replace(shelf.place(entry))
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    fetched = Fetched(entry, path, body.address, hash_file(path), moment)
    shelf.record(fetched)
    return fetched


def given_of(entry: Entry) -> Given:
    """What the catalogue says of a publication, in front of what its file says; a title in our words is left to it.

    The language is the file's to say: a publication has several.
    """
    return Given(
        title=entry.title if entry.title_exact else None,
        series=entry.series,
        number=entry.number,
        year=entry.year,
        url=entry.address,
        publisher=entry.publisher,
        origin=CATALOGUE,
    )


def _linked_pdf(page: Body, entry: Entry) -> str:
    """The address of the PDF that a page leads to; the page's file goes."""
    try:
        content = page.path.read_bytes() if page.path.stat().st_size <= _PAGE_BYTES else b""
    finally:
        page.path.unlink()
    if not _WEB_PAGE.search(content):
        raise FetchFault(
            "unknown-kind", f"{shown(page.address)} is neither a PDF nor a web page", "look at it, and add it by hand"
        )
    hints = [entry.series or "", entry.number or "", str(entry.year or ""), *entry.languages]
    return find_pdf(content, page.address, entry.title, hints)


def _require_whole_pdf(body: Body) -> None:
    if not _is_pdf(body.path):
        with body.path.open("rb") as file:
            kind = "a web page" if _WEB_PAGE.search(file.read(_TAIL)) else "something else"
        raise FetchFault(
            "not-a-pdf", f"{shown(body.address)} gave {kind} in place of a PDF", "look at it, and add it by hand"
        )
    with body.path.open("rb") as file:
        file.seek(max(body.path.stat().st_size - _TAIL, 0))
        if b"%%EOF" not in file.read():
            raise FetchFault(
                "cut-off", f"the PDF at {shown(body.address)} is cut off before its end", "try again later"
            )


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def _bytes_watch(name: str, on_piece: OnPiece) -> OnBytes:
    """Tells of every megabyte that has come."""
    told = 0

    def watch(received: int, total: int) -> None:
        nonlocal told
        if received >> 20 != told:
            told = received >> 20
            on_piece.start(f"{name}, {told} of {total >> 20} MB" if total else f"{name}, {told} MB")

    return watch

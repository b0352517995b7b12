"""Adding reports: the steps in their order, from a path to passages in the library."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Document, Page, PageWarning, Passage, Reading
from corpus.embedding import Embedder
from corpus.errors import Fault, UnreadableDocument
from corpus.files import hash_file, keep_original
from corpus.library import Library
from corpus.rows import Vector
from corpus.text import shown
from ingest.clean import clean_pages
from ingest.describe import Given, choose_slug, describe
from ingest.readers.__main__ import READERS
from ingest.reading import Limits, OnPage, read_file
from ingest.report import find_warnings, require_text
from ingest.split import VERSION, Splitting, split_blocks
from ingest.structure import find_blocks

_TOGETHER = 64
"""Documents whose texts are embedded together."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What adding needs. `load_embedder` is called when the first new file has been read, not before."""

    home: Path
    library: Library
    embedder_digest: str
    load_embedder: Callable[[], Embedder]
    passage_pieces: int
    limits: Limits

    @property
    def split(self) -> str:
        """The fingerprint of the splitting: passages made under another are made again."""
        return f"{VERSION}/{self.passage_pieces}/{self.embedder_digest}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `status` is added, unchanged, replaced or failed; `error` says why it failed."""

    path: str
    slug: str | None
    status: str
    pages: int = 0
    passages: int = 0
    seconds: float = 0.0
    error: Fault | None = None
    warnings: tuple[PageWarning, ...] = ()


def add_file(path: Path, given: Given, desk: Desk, on_page: OnPage) -> Outcome:
    """Add one file to the library, or say why not. The index is not touched; see `ingest.rebuild.catch_up`.

    A file that cannot be read is a failed outcome; what stops the library itself is raised.
    """
    began = time.monotonic()
    name = shown(str(path))
    try:
        sha256 = _check_file(path, desk.limits)
        for edition in desk.library.editions(sha256):
            if edition.state == "current":
                keep_original(desk.home, path, sha256)
                return Outcome(name, edition.document.slug, "unchanged")
        return add_document(path, sha256, given, desk, on_page, began)
    except UnreadableDocument as error:
        return Outcome(name, None, "failed", seconds=time.monotonic() - began, error=error)


def add_document(path: Path, sha256: str, given: Given, desk: Desk, on_page: OnPage, began: float) -> Outcome:
    """The steps, in order. Raises UnreadableDocument."""
    read = read_file(path, desk.limits, on_page)
    pages = clean_pages(list(read.pages))
    described = describe(given, read.metadata, pages, path.stem, sha256)
    document = choose_slug(described, desk.library.editions())
    embedder = desk.load_embedder()
    passages = split_pages(pages, document, desk, embedder)
    require_text(shown(path.name), pages, passages)
    warnings = sorted([*read.warnings, *find_warnings(pages)], key=lambda warning: warning.page)
    keep_original(desk.home, path, sha256)
    replaced = desk.library.add(
        document,
        pages,
        passages,
        embed_passages(passages, desk.library, embedder),
        embedder=desk.embedder_digest,
        split=desk.split,
        file_name=shown(path.name),
        reading=Reading(tuple(warnings)),
    )
    return Outcome(
        shown(str(path)),
        document.slug,
        "replaced" if replaced else "added",
        pages=len(pages),
        passages=len(passages),
        seconds=time.monotonic() - began,
        warnings=tuple(warnings),
    )


@dataclass(frozen=True, slots=True)
class Bound:
    """A document with its pages as found: what adding needs where no file is read."""

    document: Document
    pages: tuple[Page, ...]


def add_pages(bound: Sequence[Bound], desk: Desk, on_document: Callable[[int, int], None]) -> None:
    """The sister of `add_document` for what has no file: benchmarks. The same cleaning, splitting, embedding.

    Texts of many documents are embedded together. Documents that stand in the library already are passed over.
    """
    known = desk.library.documents_by_hash([entry.document.sha256 for entry in bound])
    new = [entry for entry in bound if entry.document.sha256 not in known]
    for start in range(0, len(new), _TOGETHER):
        embedder = desk.load_embedder()
        batch = new[start : start + _TOGETHER]
        pages = [clean_pages(list(entry.pages)) for entry in batch]
        passages = [split_pages(own, entry.document, desk, embedder) for entry, own in zip(batch, pages, strict=True)]
        vectors = embed_passages([passage for own in passages for passage in own], desk.library, embedder)
        for entry, own_pages, own in zip(batch, pages, passages, strict=True):
            found = {passage.key: vectors[passage.key] for passage in own if passage.key in vectors}
            desk.library.add(
                entry.document,
                own_pages,
                own,
                found,
                embedder=desk.embedder_digest,
                split=desk.split,
                file_name=entry.document.slug,
            )
        on_document(start + len(batch), len(new))


def split_pages(pages: list[Page], document: Document, desk: Desk, embedder: Embedder) -> list[Passage]:
    """Cleaned pages to passages under the desk's limit, or the embedder's own where that is lower or none is set."""
    limit = min(desk.passage_pieces or embedder.limit, embedder.limit)
    return split_blocks(find_blocks(pages), document.sha256, Splitting(limit, embedder.count_pieces))


def embed_passages(passages: Sequence[Passage], library: Library, embedder: Embedder) -> dict[str, Vector]:
    """The vectors that the library lacks for these passages, by key. Every distinct text is encoded once."""
    texts = {passage.key: passage.searchable for passage in passages}
    known = library.vectors(list(texts), embedder.fingerprint.digest)
    missing = [key for key in texts if key not in known]
    if not missing:
        return {}
    return dict(zip(missing, embedder.encode([texts[key] for key in missing]), strict=True))


def find_files(path: Path) -> Iterator[tuple[Path, bool]]:
    """The files of a folder, by name, and for each whether it is of a kind that can be read; a file is itself.

    Links that lead out of the folder, and what is no ordinary file, are not readable.
    """
    try:
        folder = path.is_dir()
    except OSError:
        folder = False
    if not folder:
        yield path, True
        return
    inside = path.resolve()
    for file in sorted(path.rglob("*")):
        if file.is_dir() and not file.is_symlink():
            continue
        ordinary = file.is_file() and file.resolve().is_relative_to(inside) and not file.name.startswith(".")
        yield file, ordinary and file.suffix.lower() in READERS


def _check_file(path: Path, limits: Limits) -> str:
    """The file's hash. Raises UnreadableDocument where it is no file that a reader could be given."""
    name = shown(path.name)
    try:
        exists = path.exists()
    except OSError:
        exists = False
    if not exists:
        raise UnreadableDocument("not-found", f"there is no file {shown(str(path))}", "check the path")
    if not path.is_file():
        raise UnreadableDocument("unknown-kind", f"{name} is not a file", "name a file or a folder of files")
    if path.suffix.lower() not in READERS:
        kinds = ", ".join(sorted(READERS))
        raise UnreadableDocument("unknown-kind", f"{name} is of a kind that is not read", f"add one of {kinds}")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableDocument("empty", f"{name} is empty", "fetch the file again from its publisher")
    if size > limits.file_mb << 20:
        raise UnreadableDocument(
            "too-large", f"{name} has more than {limits.file_mb} MB", "split it, or raise EMN_READER_FILE_MB"
        )
    try:
        return hash_file(path)
    except OSError as error:
        raise UnreadableDocument(
            "unreadable", f"{name} cannot be opened ({error.strerror})", "check its permissions"
        ) from error

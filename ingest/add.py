"""Adding reports: the steps in their order, from a path to passages in the library."""

from __future__ import annotations

import functools
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from corpus.catalogue import load_catalogue
from corpus.documents import Bookmark, Document, Page, PageWarning, Passage, Reading
from corpus.embedding import Embedder
from corpus.errors import Fault, UnreadableDocument
from corpus.files import keep_original, kept_original
from corpus.library import Library
from corpus.rows import Vector
from corpus.text import shown
from ingest.candidates import check_file
from ingest.clean import clean_pages
from ingest.describe import Given, Opened, describe
from ingest.editions import give_slug
from ingest.languages import mark_languages
from ingest.notes import tie_notes
from ingest.ocr import PROGRAM, pages_to_recognise, recognised_copy, tell_recognised
from ingest.raw import Metadata
from ingest.reading import Limits, OnPage, Readers, ReadFile, read_file
from ingest.report import find_warnings, require_text
from ingest.split import VERSION, Splitting, split_blocks
from ingest.structure import find_blocks

_CHARACTERS = 100_000
"""Files whose texts have so many characters together are embedded together: a report or two, or a dozen notes."""

_TOGETHER = 150_000
"""Passages of so many characters are embedded together: seconds of work, after which those who ask to stop are heard.
The more there are, the more are of one length, and the less is padded: 128 passages at a time take a fifth longer.
"""

_AHEAD = 8
"""Files that are being read, or were read and wait, at most: what they hold is in memory."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What adding needs. `load_embedder` is called when the first new file has been read, not before.

    `password` opens locked files; `recognise` says whether pages without text go through text recognition, by the
    program `recogniser`.
    """

    home: Path
    library: Library
    embedder_digest: str
    load_embedder: Callable[[], Embedder]
    passage_pieces: int
    limits: Limits
    password: str = ""
    recognise: bool = False
    recogniser: str = PROGRAM
    readers: Readers = field(default_factory=Readers)

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


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A file that was read and is not in the library yet. `seconds`: what reading it took."""

    path: Path
    sha256: str
    given: Given
    metadata: Metadata
    pages: tuple[Page, ...]
    warnings: tuple[PageWarning, ...]
    seconds: float


class Watch(Protocol):
    """Told how far each file has come; from several threads."""

    def start(self, name: str) -> None: ...

    def page(self, name: str, number: int, pages: int) -> None: ...

    def embed(self, done: int, passages: int, files: int) -> None: ...


def add_files(paths: Sequence[Path], given: Given, desk: Desk, executor: Executor, watch: Watch) -> Iterator[Outcome]:
    """Add many files: read side by side by the executor's threads, stored in their order. One outcome for each.

    The texts of several files are embedded together. What was yielded is in the library; the index is not touched.
    Once the desk's readers are stopped, no other file begins: those whose texts are all embedded come to their end.
    """
    waiting = deque(paths)
    under_way: deque[Future[ReadReport | Outcome]] = deque()
    batch: list[ReadReport | Outcome] = []
    while waiting or under_way:
        while waiting and len(under_way) < _AHEAD:
            under_way.append(executor.submit(_read_watched, waiting.popleft(), given, desk, watch))
        batch.append(under_way.popleft().result())
        if desk.readers.stopped:
            return
        characters = sum(len(page.text) for read in batch if isinstance(read, ReadReport) for page in read.pages)
        if characters >= _CHARACTERS or not under_way:
            yield from store_reports(batch, desk, watch.embed)
            batch = []


def add_file(path: Path, given: Given, desk: Desk, on_page: OnPage) -> Outcome:
    """Add one file to the library, or say why not. The index is not touched; see `ingest.rebuild.catch_up`.

    A file that cannot be read is a failed outcome; what stops the library itself is raised.
    """
    (outcome,) = store_reports([read_report(path, given, desk, on_page)], desk, _say_nothing)
    return outcome


def _say_nothing(*_: int) -> None:
    """For one file there is nothing to wait for."""


def read_report(path: Path, given: Given, desk: Desk, on_page: OnPage) -> ReadReport | Outcome:
    """Read and clean one file; an outcome where it is in the library already or cannot be read."""
    began = time.monotonic()
    try:
        sha256 = check_file(path, desk.limits)
        known = _known(path, sha256, desk)
        if known is not None:
            return known
        report = _clean(path, sha256, given, _read(path, desk, on_page))
        numbers = pages_to_recognise(report.pages, report.warnings)
        if desk.recognise and path.suffix.lower() == ".pdf" and numbers:
            report = _recognise(report, numbers, desk, on_page)
        return replace(report, seconds=time.monotonic() - began)
    except UnreadableDocument as error:
        return Outcome(shown(str(path)), None, "failed", seconds=time.monotonic() - began, error=error)


def store_reports(
    found: Sequence[ReadReport | Outcome], desk: Desk, on_texts: Callable[[int, int, int], None]
) -> Iterator[Outcome]:
    """Split all, embed their passages together, describe each and put it into the library, in order.

    Each is stored as soon as its own are embedded. Once the desk's readers are stopped, no more are.
    """
    reports = [report for report in found if isinstance(report, ReadReport)]
    passages = {report.sha256: _split(report, desk) for report in reports}
    together = [passage for own in passages.values() for passage in own]
    groups = _group(together)
    vectors: dict[str, Vector] = {}
    done = wanted = 0
    for entry in found:
        if isinstance(entry, Outcome):
            yield entry
            continue
        wanted += len(passages[entry.sha256])
        while done < wanted:
            if desk.readers.stopped:
                return
            on_texts(done, len(together), len(reports))
            group = next(groups)
            new = [passage for passage in group if passage.key not in vectors]
            vectors |= embed_passages(new, desk.library, desk.load_embedder())
            done += len(group)
        yield _store(entry, passages[entry.sha256], vectors, desk)


def _group(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """All passages in their order, in groups that are embedded together."""
    group: list[Passage] = []
    characters = 0
    for passage in passages:
        group.append(passage)
        characters += len(passage.text)
        if characters >= _TOGETHER:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _read_watched(path: Path, given: Given, desk: Desk, watch: Watch) -> ReadReport | Outcome:
    name = shown(path.name)
    watch.start(name)
    return read_report(path, given, desk, functools.partial(watch.page, name))


def _read(path: Path, desk: Desk, on_page: OnPage) -> ReadFile:
    return read_file(path, desk.limits, on_page, readers=desk.readers, password=desk.password)


def _clean(path: Path, sha256: str, given: Given, read: ReadFile) -> ReadReport:
    pages = clean_pages(list(read.pages), read.metadata.outline)
    return ReadReport(path, sha256, given, read.metadata, tuple(pages), tuple(find_warnings(pages, read.warnings)), 0.0)


def _recognise(report: ReadReport, numbers: Sequence[int], desk: Desk, on_page: OnPage) -> ReadReport:
    """The same report with the words of these pages recognised from their pictures."""
    with recognised_copy(
        report.path, numbers, desk.limits, desk.readers, language=report.given.language, program=desk.recogniser
    ) as copy:
        again = _clean(report.path, report.sha256, report.given, _read(copy, desk, on_page))
    return replace(again, metadata=report.metadata, warnings=tell_recognised(again.warnings, numbers))


def _known(path: Path, sha256: str, desk: Desk) -> Outcome | None:
    """What to say of a file whose very bytes are in the library; its original comes back where it was lost."""
    for edition in desk.library.editions(sha256):
        if edition.state == "current":
            keep_original(desk.home, path, sha256)
            return Outcome(shown(str(path)), edition.document.slug, "unchanged")
    return None


def _split(report: ReadReport, desk: Desk) -> list[Passage]:
    return split_pages(list(report.pages), report.metadata.outline, report.sha256, desk, desk.load_embedder())


def _store(report: ReadReport, passages: Sequence[Passage], vectors: Mapping[str, Vector], desk: Desk) -> Outcome:
    began = time.monotonic()
    path, name = report.path, shown(str(report.path))
    try:
        require_text(shown(path.name), list(report.pages), list(passages), report.warnings, recognised=desk.recognise)
        known = _known(path, report.sha256, desk)
        if known is not None:
            return known
        with kept_original(desk.home, path, report.sha256):
            document, replaced = _put(report, passages, vectors, desk)
    except UnreadableDocument as error:
        return Outcome(name, None, "failed", seconds=report.seconds, error=error)
    seconds = report.seconds + time.monotonic() - began
    status = "replaced" if replaced else "added"
    return Outcome(name, document.slug, status, len(report.pages), len(passages), seconds, warnings=report.warnings)


def _put(
    report: ReadReport, passages: Sequence[Passage], vectors: Mapping[str, Vector], desk: Desk
) -> tuple[Document, bool]:
    """Describe a report and put it into the library; whether it took the place of another edition."""
    opened = Opened(report.metadata, list(report.pages), passages, report.path.stem)
    described = describe(report.given, opened, report.sha256, load_catalogue())
    document = give_slug(described.document, report.pages, passages, desk.library)
    replaced = desk.library.add(
        document,
        report.pages,
        mark_languages(passages, document.language),
        {passage.key: vectors[passage.key] for passage in passages if passage.key in vectors},
        embedder=desk.embedder_digest,
        split=desk.split,
        file_name=shown(report.path.name),
        reading=Reading(report.warnings, described.sources, report.metadata.outline, tie_notes(report.pages, passages)),
    )
    return document, bool(replaced)


def split_pages(
    pages: list[Page], outline: Sequence[Bookmark], sha256: str, desk: Desk, embedder: Embedder
) -> list[Passage]:
    """Cleaned pages, with the outline of their file, to passages.

    They keep under the desk's limit, or the embedder's own where that is lower or none is set.
    """
    limit = min(desk.passage_pieces or embedder.limit, embedder.limit)
    return split_blocks(find_blocks(pages, outline), sha256, Splitting(limit, embedder.count_pieces))


def embed_passages(passages: Sequence[Passage], library: Library, embedder: Embedder) -> dict[str, Vector]:
    """The vectors that the library lacks for these passages, by key. Every distinct text is encoded once."""
    texts = {passage.key: passage.searchable for passage in passages}
    known = library.vectors(list(texts), embedder.fingerprint.digest)
    missing = [key for key in texts if key not in known]
    if not missing:
        return {}
    return dict(zip(missing, embedder.encode([texts[key] for key in missing]), strict=True))

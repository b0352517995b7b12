"""The indexes derived from the library, in generations: written, checked, then put in use by one rename.

`index/<generation>/` holds the word index, the vector index and a manifest; `index/CURRENT` names the one in use. A
generation is never changed once it is in use, so that a reader in another process never meets a half-written one: where
passages were only added, the next generation is a copy of the last that takes in the new ones; otherwise it is built
whole. The digests of its files are kept, and are compared before a file is opened: a changed byte in some of them would
end the process.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.embedding import Fingerprint
from corpus.errors import Fault, IndexFault
from corpus.files import write_whole
from corpus.generations import copy_generation, digest_files, require_digests, require_room, write_digests
from corpus.lexical import LexicalIndex, extend_lexical_index
from corpus.library import Library
from corpus.vectors import VectorIndex, extend_vector_index

_FORM = 2
"""The form of a generation on disk; another form is rebuilt."""

_KEPT = 2
"""Generations that stay after a new one is in use: a reader may still have the last one open."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from: the library's sequence, counts, the highest passage id, and the embedder.

    `titles`: a digest of the documents' titles, which are searched with their passages.
    """

    form: int
    sequence: int
    passages: int
    texts: int
    last: int
    titles: str
    embedder: str


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation, open for reading."""

    name: str
    manifest: Manifest
    words: LexicalIndex
    vectors: VectorIndex


class CurrentIndex:
    """The generation in use. Follows `CURRENT` when another process puts a new one in use. Safe for threads."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "index"
        self._open: Generation | None = None
        self._older: list[Generation | None] = []
        self._lock = threading.Lock()

    def generation(self) -> Generation:
        """Raises IndexFault where there is none, or where it is damaged."""
        with self._lock:
            name = _current_name(self._folder)
            if self._open is None or self._open.name != name:
                self._older.append(self._open)
                self._open = _open_generation(self._folder, name)
                self._close_oldest()
            return self._open

    def close(self) -> None:
        """Give all files back."""
        with self._lock:
            for generation in (self._open, *self._older):
                if generation is not None:
                    generation.vectors.close()
            self._open, self._older = None, []

    def _close_oldest(self) -> None:
        """The last but one may still be searched by a thread that began before; older ones are not."""
        while len(self._older) > 1:
            oldest = self._older.pop(0)
            if oldest is not None:
                oldest.vectors.close()


def index_is_current(home: Path, library: Library, embedder_digest: str) -> bool:
    """Whether the generation in use was built from the library as it stands, with this embedder."""
    try:
        manifest = _read_manifest(home / "index", _current_name(home / "index"))
        _open_generation(home / "index", _current_name(home / "index")).vectors.close()
    except IndexFault:
        return False
    return (manifest.form, manifest.sequence, manifest.embedder) == (_FORM, library.sequence(), embedder_digest)


def build_index(home: Path, library: Library, embedder: Fingerprint, *, whole: bool = False) -> Manifest:
    """Write the next generation from the library, check it, and put it in use. The caller holds the writing lock.

    `whole`: nothing is taken over from the generation in use. Raises IndexFault where there is no room, vectors are
    missing, or the check fails; the generation in use then stays.
    """
    folder = home / "index"
    require_room(folder, library.count_passages(), embedder.dimension)
    base = None if whole else _find_base(folder, library, embedder)
    number = max((int(name) for name in _names(folder)), default=0) + 1
    if base is not None:
        try:
            return _put_in_use(folder, number, library, embedder, base)
        except IndexFault:
            number += 1  # Chroma remembers a folder by its path, also one that it could not open
    return _put_in_use(folder, number, library, embedder, None)


def _put_in_use(folder: Path, number: int, library: Library, embedder: Fingerprint, base: str | None) -> Manifest:
    name = f"{number:08d}"
    target = folder / name
    try:
        manifest = _write_generation(target, folder / base if base else None, library, embedder)
        before = digest_files(target)
        opened = _open_files(folder, name)
        try:
            _check_generation(opened)
        finally:
            opened.vectors.close()
        write_digests(target, before, lone=manifest.texts == 1)
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, Fault | KeyboardInterrupt | SystemExit):
            raise
        raise _not_written(target, error) from error
    write_whole(folder / "CURRENT", name.encode())
    _drop_old(folder, name)
    return manifest


def _not_written(target: Path, error: BaseException) -> IndexFault:
    """Chroma and tantivy each have errors of their own, even for a disk that is full."""
    return IndexFault(
        f"the index {target} could not be written ({error}); the one in use stays",
        "check that the folder is writable and has room, then run `python -m ingest rebuild`",
    )


def _find_base(folder: Path, library: Library, embedder: Fingerprint) -> str | None:
    """The generation in use, if nothing has happened since but that passages were added; else None.

    Ids of passages grow and are never given twice, so that counts tell.
    """
    try:
        name = _current_name(folder)
        manifest = _read_manifest(folder, name)
        require_digests(folder / name)
    except IndexFault:
        return None
    old = library.count_passages() - library.count_passages_after(manifest.last)
    same = (manifest.form, manifest.embedder, manifest.passages) == (_FORM, embedder.digest, old)
    return name if same and manifest.titles == _digest_titles(library, manifest.last) else None


def _digest_titles(library: Library, last: int) -> str:
    """Of the documents that have a passage up to that id."""
    titles = library.titles_up_to(last)
    return hashlib.sha256(json.dumps(sorted(titles.items())).encode()).hexdigest()


def _write_generation(target: Path, base: Path | None, library: Library, embedder: Fingerprint) -> Manifest:
    sequence = library.sequence()
    before = _read_manifest(base.parent, base.name) if base else None
    passages = list(library.passages(after=before.last if before else 0))
    documents = {document.sha256: document for document in library.documents()}
    keys = list(dict.fromkeys(passage.key for passage in passages))
    vectors = library.vectors(keys, embedder.digest)
    if len(vectors) < len(keys):
        raise IndexFault(
            f"{len(keys) - len(vectors)} passages have no vector of this embedder", "run `python -m ingest rebuild`"
        )
    target.mkdir(parents=True)
    if base is not None:
        copy_generation(base, target)
    extend_lexical_index(target / "words", passages, documents)
    texts = extend_vector_index(target / "vectors", vectors, embedder.dimension)
    last = max((passage.id for passage in passages), default=before.last if before else 0)
    count = len(passages) + (before.passages if before else 0)
    manifest = Manifest(_FORM, sequence, count, texts, last, _digest_titles(library, last), embedder.digest)
    write_whole(target / "manifest.json", json.dumps(asdict(manifest)).encode())
    return manifest


def _check_generation(generation: Generation) -> None:
    manifest = generation.manifest
    found = (len(generation.words), len(generation.vectors))
    if found != (manifest.passages, manifest.texts):
        raise IndexFault(
            f"the new index holds {found} of {(manifest.passages, manifest.texts)} passages and texts",
            "run `python -m ingest rebuild`",
        )
    lost = generation.vectors.find_unreachable()
    if lost:
        raise IndexFault(f"{len(lost)} passages cannot be reached in the new index", "run `python -m ingest rebuild`")


def _open_generation(folder: Path, name: str) -> Generation:
    """Raises IndexFault where a file is not the one that was written, or holds more or less than it should."""
    require_digests(folder / name)
    generation = _open_files(folder, name)
    manifest = generation.manifest
    if (len(generation.words), len(generation.vectors)) != (manifest.passages, manifest.texts):
        generation.vectors.close()
        raise IndexFault(f"the index {folder / name} is damaged", "run `python -m ingest rebuild`")
    return generation


def _open_files(folder: Path, name: str) -> Generation:
    manifest = _read_manifest(folder, name)
    return Generation(name, manifest, LexicalIndex(folder / name / "words"), VectorIndex(folder / name / "vectors"))


def _read_manifest(folder: Path, name: str) -> Manifest:
    try:
        return Manifest(**json.loads((folder / name / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexFault(f"the index {folder / name} is damaged", "run `python -m ingest rebuild`") from error


def _current_name(folder: Path) -> str:
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexFault("the library has no index yet", "run `python -m ingest rebuild`") from error
    if name not in _names(folder):
        raise IndexFault(f"the index in {folder} is damaged", "run `python -m ingest rebuild`")
    return name


def _names(folder: Path) -> Sequence[str]:
    """The generations there are, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if entry.name.isdigit())


def drop_others(home: Path) -> None:
    """Delete every generation but the one in use: for words that must not be kept anywhere."""
    for name in _names(home / "index"):
        if name != _current_name(home / "index"):
            shutil.rmtree(home / "index" / name)


def _drop_old(folder: Path, current: str) -> None:
    """Delete all but the newest generations. One that is open elsewhere and cannot go yet goes the next time."""
    older = [name for name in _names(folder) if name < current]
    for name in older[: -(_KEPT - 1)]:
        shutil.rmtree(folder / name, ignore_errors=True)

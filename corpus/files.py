"""What stands in the library's folder: the originals by sha256, and the lock that lets one process write at a time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import LibraryBusy, LibraryFault, UnreadableDocument
from corpus.text import shown

_PART = ".part-"
_WAITING = ".waiting-"
"""How the names of files begin that are being written, and of originals whose report is not in the library yet."""


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def original_path(home: Path, sha256: str, suffix: str) -> Path:
    return home / "files" / sha256[:2] / f"{sha256}{suffix}"


def keep_original(home: Path, path: Path, sha256: str) -> Path:
    """Copy a file into the library under its hash; a whole copy that is there already is left alone.

    Raises LibraryFault where it cannot be written, UnreadableDocument where the file's bytes are no longer those of
    the hash.
    """
    target = original_path(home, sha256, path.suffix.lower())
    if not _is_whole(target, sha256):
        _copy(path, sha256, target)
    return target


@contextmanager
def kept_original(home: Path, path: Path, sha256: str) -> Iterator[None]:
    """Keep an original once its report is in the library; until then it waits beside its place, or goes again.

    Raises what `keep_original` does. What a run that was killed left waiting is for `settle_originals`.
    """
    target = original_path(home, sha256, path.suffix.lower())
    if _is_whole(target, sha256):
        yield
        return
    waiting = target.with_name(f"{_WAITING}{target.name}")
    _copy(path, sha256, waiting)
    try:
        yield
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    waiting.replace(target)


def settle_originals(home: Path, known: Collection[str]) -> None:
    """After a run that was killed: what waits takes its place where the library knows its hash; all else of it goes.

    The caller holds the writing lock.
    """
    for path in (home / "files").glob("*/.*"):
        name = path.name.removeprefix(_WAITING)
        if name != path.name and name[:64] in known:
            path.replace(path.with_name(name))
        elif name != path.name or name.startswith(_PART):
            path.unlink(missing_ok=True)


def _is_whole(target: Path, sha256: str) -> bool:
    return target.exists() and hash_file(target) == sha256


def _copy(path: Path, sha256: str, target: Path) -> None:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _changed(path) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _changed(path)
    write_whole(target, content)


def _changed(path: Path) -> UnreadableDocument:
    words = f"{shown(path.name)} changed while it was read"
    return UnreadableDocument("changed", words, "add it again when nothing writes to it")


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises LibraryFault."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=_PART)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink()
            raise
    except OSError as error:
        raise LibraryFault(
            f"{target} cannot be written ({error.strerror})", "check that the folder is writable and has room"
        ) from error


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Hold the library's writing lock. Raises LibraryBusy at once where another process holds it."""
    lock = FileLock(home / "lock", timeout=0)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LibraryBusy(
            f"another program is writing to the library in {home}", "wait until it has finished, then try again"
        ) from error
    except OSError as error:
        raise LibraryFault(
            f"the folder {home} cannot be written ({error.strerror})", "name another with --home or EMN_HOME"
        ) from error
    try:
        yield
    finally:
        lock.release()

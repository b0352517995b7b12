"""Which files can be read: those of a folder, and whether one is a file that a reader could be given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.files import hash_file
from corpus.text import shown
from ingest.readers.__main__ import ENDINGS
from ingest.reading import Limits


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
        yield file, ordinary and file.suffix.lower() in ENDINGS


def check_file(path: Path, limits: Limits) -> str:
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
    if path.suffix.lower() not in ENDINGS:
        kinds = ", ".join(sorted(ENDINGS))
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

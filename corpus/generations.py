"""The files of a generation of the index: copied, and known by their digests."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from corpus.errors import IndexFault
from corpus.files import hash_file, write_whole

_DIGESTS = "digests.json"
_LEAST_ROOM = 4 << 20
_BYTES_A_PASSAGE = 4096
_COPIES_OF_A_VECTOR = 4
"""What a generation takes on disk, at most. Chroma has a vector in its log, its database and its graph; we have one."""

_OWN = (_DIGESTS, "manifest.json")


def require_room(folder: Path, passages: int, dimension: int) -> None:
    """Raises IndexFault where a generation of so many passages may not fit beside the one in use.

    Asked first, for Chroma does not say that a disk is full: it tries again for a quarter of an hour.
    """
    needed = _LEAST_ROOM + passages * (_BYTES_A_PASSAGE + _COPIES_OF_A_VECTOR * 4 * dimension)
    free = shutil.disk_usage(folder.parent).free
    if free < needed:
        raise IndexFault(
            f"the index in {folder} needs {_megabytes(needed)} MB more, and {_megabytes(free)} MB are free; the one in "
            "use stays",
            "make room, then run `python -m ingest rebuild`",
        )


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f}"


def digest_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that a generation holds, by its path within."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in _OWN)
    return {path.relative_to(folder).as_posix(): hash_file(path) for path in files}


def write_digests(folder: Path, before: Mapping[str, str], *, lone: bool) -> None:
    """Keep the digests of a generation's files; those that were others before it was opened change with every opening.

    Such is Chroma's own database, which is counted instead. `lone`: there is one vector only, which Chroma keeps in its
    log and writes anew, with other bytes around it, whenever it is opened.
    """
    stable = {
        name: digest
        for name, digest in digest_files(folder).items()
        if before.get(name) == digest and not (lone and "/chroma/" in name)
    }
    write_whole(folder / _DIGESTS, json.dumps(stable).encode())


def require_digests(folder: Path) -> None:
    """Raises IndexFault where a file of the generation is missing or is not the one that was written."""
    try:
        written = json.loads((folder / _DIGESTS).read_text(encoding="utf-8"))
        found = {name: hash_file(folder / name) for name in written}
    except (OSError, ValueError) as error:
        raise IndexFault(f"the index {folder} is damaged", "run `python -m ingest rebuild`") from error
    changed = sorted(name for name in written if found[name] != written[name])
    if changed:
        raise IndexFault(f"the index {folder} is damaged ({changed[0]})", "run `python -m ingest rebuild`")


def copy_generation(base: Path, target: Path) -> None:
    """Copy what a generation holds into the folder of the next; its databases as of one moment, readers or not.

    Raises IndexFault where one is damaged.
    """
    for path in sorted(base.rglob("*")):
        copy = target / path.relative_to(base)
        if path.is_dir():
            copy.mkdir(exist_ok=True)
        elif path.suffix == ".sqlite3":
            _copy_database(path, copy)
        elif path.name not in _OWN and ".sqlite3" not in path.name:
            shutil.copyfile(path, copy)


def _copy_database(path: Path, copy: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as destination:
            source.backup(destination)
    except sqlite3.Error as error:
        raise IndexFault(f"the index {path.parent} is damaged", "run `python -m ingest rebuild`") from error

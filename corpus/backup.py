"""Backups: one ZIP file with the library as of one moment and the originals; what is derived is left out.

A backup is checked before anything is put in its place, and what stood there before is moved aside, not deleted.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import LibraryFault, NotFound, WrongUse
from corpus.files import hash_file

_FORM = 1
_LIST = "backup.json"
_DATABASE = "library.db"
_JOURNALS = ("library.db-wal", "library.db-shm")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the SHA-256 of the library's file, and how many originals."""

    form: int
    library: str
    originals: int


def write_backup(home: Path, target: Path) -> Backup:
    """Write the library and its originals into a new ZIP file, whole or not at all.

    Raises NotFound where there is no library, WrongUse where the file is there already, LibraryFault where it cannot
    be written.
    """
    if not (home / _DATABASE).is_file():
        raise NotFound(f"there is no library in {home}", "name its folder with --home")
    if target.exists():
        raise WrongUse(f"{target} is there already", "name another file")
    part = target.with_name(f".part-{target.name}")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / _DATABASE
            with closing(sqlite3.connect(home / _DATABASE)) as source, closing(sqlite3.connect(copy)) as destination:
                source.backup(destination)
            originals = sorted(path for path in (home / "files").glob("*/*") if not path.name.startswith("."))
            backup = Backup(_FORM, hash_file(copy), len(originals))
            with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_LIST, json.dumps(asdict(backup)))
                archive.write(copy, _DATABASE)
                for path in originals:
                    archive.write(path, path.relative_to(home).as_posix())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise LibraryFault(
            f"{target} cannot be written ({error})", "name a folder that is writable and has room"
        ) from error
    return backup


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup that stands in the library's place, and the folder with what stood there; None where nothing did."""

    backup: Backup
    before: Path | None


def restore_backup(source: Path, home: Path) -> Restored:
    """Put a backup in the library's place; what stood there is moved into a folder beside it, and the index goes.

    Raises WrongUse where the file is no whole backup; the library then stays as it is.
    """
    home.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
            backup = _unpack(source, Path(folder))
            before = _move_aside(home)
            for name in ("files", _DATABASE):
                if (Path(folder) / name).exists():
                    (Path(folder) / name).replace(home / name)
    except OSError as error:
        raise LibraryFault(f"{source} cannot be restored ({error})", "check that the folder is writable") from error
    shutil.rmtree(home / "index", ignore_errors=True)
    return Restored(backup, before)


def _unpack(source: Path, folder: Path) -> Backup:
    """The backup's files in a new folder, each checked. Raises WrongUse."""
    try:
        with zipfile.ZipFile(source) as archive:
            backup = Backup(**json.loads(archive.read(_LIST)))
            for name in archive.namelist():
                if name == _DATABASE or _is_original(name):
                    archive.extract(name, folder)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise WrongUse(f"{source} is no backup of a library, or not a whole one", "name another file") from error
    kept = [path for path in folder.glob("files/*/*") if hash_file(path) == path.name[:64]]
    whole = (folder / _DATABASE).is_file() and hash_file(folder / _DATABASE) == backup.library
    if backup.form != _FORM or not whole or len(kept) != backup.originals:
        raise WrongUse(f"{source} is not the backup that was written", "name another file")
    return backup


def _is_original(name: str) -> bool:
    """`files/ab/abcd...`, and nothing that leads anywhere else."""
    parts = PurePosixPath(name).parts
    return len(parts) == 3 and parts[0] == "files" and parts[2].startswith(parts[1]) and ".." not in parts


def _move_aside(home: Path) -> Path | None:
    before = [home / name for name in (_DATABASE, *_JOURNALS, "files") if (home / name).exists()]
    if not before:
        return None
    aside = Path(tempfile.mkdtemp(dir=home, prefix="before-restore-"))
    for path in before:
        path.replace(aside / path.name)
    return aside

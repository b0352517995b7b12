"""Backups and what is found of a damaged library: nothing is lost without a word, and everything comes back."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from assistant.links import make_link, resolve_link
from assistant.lookup import standing
from corpus.backup import restore_backup, write_backup
from corpus.errors import Fault, LibraryFault, NotFound, WrongUse
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up, find_problems
from tests.fakes import FLASH, FLASH_PAGES, add_report, first_sentence
from tests.stand_ins import make_desk

TEXT = (
    "EMN Flash #{number} - 2024\n\nIn 2024 the countries registered {number} victims of forced labour in agriculture.\n"
)


def add_flash(desk: Desk, folder: Path, number: int) -> None:
    path = folder / f"flash-{number}.txt"
    path.write_text(TEXT.format(number=number), encoding="utf-8")
    add_file(path, Given(), desk, lambda page, pages: None)
    catch_up(desk, lambda words: None)


def test_a_backup_brings_back_the_library_as_it_was(desk: Desk, library: Library, tmp_path: Path) -> None:
    add_flash(desk, tmp_path, 1)
    written = write_backup(desk.home, tmp_path / "backup.zip")
    add_flash(desk, tmp_path, 2)
    library.close()
    assert restore_backup(tmp_path / "backup.zip", desk.home).backup == written
    restored = Library.open(desk.home / "library.db")
    back = make_desk(desk.home, restored, desk.load_embedder())
    catch_up(back, lambda words: None)
    assert [document.slug for document in restored.documents()] == ["emn-flash-2024-1"]
    assert find_problems(back) == []
    restored.close()


def test_what_stood_there_before_a_restore_is_kept(desk: Desk, library: Library, tmp_path: Path) -> None:
    add_flash(desk, tmp_path, 1)
    write_backup(desk.home, tmp_path / "backup.zip")
    add_flash(desk, tmp_path, 2)
    library.close()
    restored = restore_backup(tmp_path / "backup.zip", desk.home)
    (aside,) = desk.home.glob("before-restore-*")
    assert restored.before == aside
    kept = Library.open(aside / "library.db")
    assert len(kept.documents()) == 2
    kept.close()


def spoil(path: Path, what: str) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if what == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        return
    if what == "other library":
        members["library.db"] = members["library.db"][:-1] + b"x"
    elif what == "original lost":
        members = {name: content for name, content in members.items() if not name.startswith("files/")}
    else:
        members["files/../outside"] = b"x"
        members["backup.json"] = json.dumps({**json.loads(members["backup.json"]), "originals": 2}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("what", ["half", "other library", "original lost", "a way out"])
def test_a_backup_that_is_not_whole_is_refused_and_changes_nothing(desk: Desk, tmp_path: Path, what: str) -> None:
    add_flash(desk, tmp_path, 1)
    write_backup(desk.home, tmp_path / "backup.zip")
    spoil(tmp_path / "backup.zip", what)
    with pytest.raises(WrongUse, match="backup"):
        restore_backup(tmp_path / "backup.zip", desk.home)
    assert find_problems(desk) == []
    assert not (desk.home / "outside").exists()


def test_a_backup_is_never_written_over_another_file_nor_of_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_bytes(b"x")
    with pytest.raises(WrongUse, match="there already"):
        write_backup(desk.home, tmp_path / "backup.zip")
    with pytest.raises(NotFound, match="no library"):
        write_backup(tmp_path / "nowhere", tmp_path / "other.zip")
    with pytest.raises(LibraryFault, match="cannot be written"):
        write_backup(desk.home, tmp_path / "no folder" / "backup.zip")


def test_a_library_that_was_cut_in_half_says_how_to_put_a_backup_back(
    desk: Desk, library: Library, tmp_path: Path
) -> None:
    add_flash(desk, tmp_path, 1)
    library.close()
    path = desk.home / "library.db"
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Fault, match="restore FILE"):
        find_problems(make_desk(desk.home, Library.open(path), desk.load_embedder()))


def test_a_vector_that_was_changed_in_the_library_is_found(desk: Desk, library: Library, tmp_path: Path) -> None:
    add_flash(desk, tmp_path, 1)
    with closing(sqlite3.connect(desk.home / "library.db")) as connection, connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(length(vector))")
    assert any("vectors in the library have been changed" in problem for problem in find_problems(desk))


def test_a_link_to_an_edition_whose_successor_is_gone_too_says_so(library: Library) -> None:
    add_report(library, FLASH, FLASH_PAGES)
    citation = first_sentence(library)
    link = make_link(citation.document, citation.parts)
    newer = type(FLASH)(FLASH.slug, "f" * 64, FLASH.title)
    add_report(library, newer, ["Other words stand here."])
    assert "has left the library" not in str(standing(resolve_link(library, link)))
    library.remove(FLASH.slug)
    assert "has left the library" in str(standing(resolve_link(library, link)))

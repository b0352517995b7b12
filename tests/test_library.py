"""The one truth: a document is there whole, or not at all; pages outlive editions."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.documents import Document, Filters, Page, Source
from corpus.errors import LibraryBusy, LibraryFault, NotFound, UnreadableDocument
from corpus.files import keep_original, writing
from corpus.library import Library
from tests.stand_ins import WordEmbedder, make_document, make_page, make_passage


def add(library: Library, document: Document, *texts: str) -> bool:
    embedder = WordEmbedder()
    pages = [make_page(text, number) for number, text in enumerate(texts, start=1)]
    passages = [make_passage(document.sha256, page) for page in pages]
    vectors = dict(zip([p.key for p in passages], embedder.encode([p.searchable for p in passages]), strict=True))
    digest = embedder.fingerprint.digest
    return library.add(document, pages, passages, vectors, embedder=digest, split="1", file_name="a.pdf")


def test_what_was_added_comes_back_the_same(library: Library) -> None:
    document = make_document("flash-2025-1")
    add(library, document, "First page.", "Second page.")
    assert library.documents() == [document]
    assert library.pages(document.sha256) == [make_page("First page.", 1), make_page("Second page.", 2)]
    assert [passage.text for passage in library.passages(document.sha256)] == ["First page.", "Second page."]


def test_a_document_that_cannot_be_added_whole_leaves_nothing(library: Library) -> None:
    def pages_that_fail() -> Iterator[Page]:
        yield make_page("First page.")
        raise RuntimeError("power cut")

    before = library.sequence()
    with pytest.raises(RuntimeError):
        library.add(make_document("half"), pages_that_fail(), [], {}, embedder="e", split="1", file_name="half.pdf")
    assert (library.documents(), library.sequence()) == ([], before)


def test_a_new_edition_hides_the_old_one_and_keeps_its_pages(library: Library) -> None:
    old = make_document("flash-2025-1")
    new = dataclasses.replace(old, sha256="b" * 64)
    add(library, old, "Old words.")
    assert add(library, new, "New words.")
    assert library.documents() == [new]
    assert [passage.text for passage in library.passages()] == ["New words."]
    assert library.page(old.sha256, 1).text == "Old words."
    assert {edition.document.sha256: edition.state for edition in library.editions()} == {
        old.sha256: "replaced",
        new.sha256: "current",
    }


def test_a_removed_document_is_in_no_search_and_its_pages_stay(library: Library) -> None:
    document = make_document("flash-2025-1")
    add(library, document, "Words.")
    library.remove("flash-2025-1")
    assert (library.documents(), list(library.passages())) == ([], [])
    assert library.page(document.sha256, 1).text == "Words."


def test_a_removed_file_can_be_added_again(library: Library) -> None:
    document = make_document("flash-2025-1")
    add(library, document, "Words.")
    library.remove("flash-2025-1")
    add(library, document, "Words.")
    assert library.documents() == [document]


def test_what_is_not_there_is_said_in_words(library: Library) -> None:
    with pytest.raises(NotFound, match="no report 'nothing'"):
        library.document("nothing")
    with pytest.raises(NotFound, match="no page 7"):
        library.page("0" * 64, 7)


def test_the_sequence_grows_with_every_change(library: Library) -> None:
    add(library, make_document("one"), "Words.")
    first = library.sequence()
    library.remove("one")
    assert library.sequence() > first


def test_filters_are_met_by_year_series_and_slug() -> None:
    document = make_document("flash-2022-1", year=2022)
    assert Filters(years=(2020, 2022), series=("test flash",), documents=("FLASH-2022-1",)).accepts(document)
    assert not Filters(years=(2023, 2025)).accepts(document)
    assert not Filters(countries=("SK",)).accepts(document)
    assert not Filters(languages=("de",)).accepts(document)


def test_a_library_of_another_version_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(LibraryFault, match="newer version"):
        Library.open(path)


def test_a_library_of_an_older_version_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE meta (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
        connection.execute("INSERT INTO meta VALUES ('schema', '1'), ('sequence', '7')")
    with pytest.raises(LibraryFault, match="older version") as caught:
        Library.open(path)
    assert str(tmp_path / "files") in caught.value.remedy


def test_a_description_can_be_changed_and_says_where_it_is_from(library: Library) -> None:
    document = make_document("flash-2025-1")
    add(library, document, "Words.")
    before = library.sequence()
    library.describe(dataclasses.replace(document, title="Another title"), [Source("title", "you")])
    assert library.document("flash-2025-1").title == "Another title"
    assert library.sources(document.sha256) == [Source("title", "you")]
    assert library.sequence() > before


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryFault, match="is damaged"):
        Library.open(tmp_path / "library.db")


def test_any_character_may_stand_in_the_folder_s_name(tmp_path: Path) -> None:
    Library.open(tmp_path / "a?b#c%20" / "library.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["a?b#c%20"]


def test_what_goes_wrong_while_writing_is_not_taken_for_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path):
        raise FileNotFoundError


def test_a_second_writer_is_refused_at_once(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(LibraryBusy, match="another program"), writing(tmp_path):
        pass


def test_an_original_is_kept_under_its_hash_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("words", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="changed while it was read"):
        keep_original(tmp_path / "home", report, "0" * 64)
    assert not list((tmp_path / "home").rglob("*.txt"))

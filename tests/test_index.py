"""The index: built whole, checked, put in use by one rename, followed by its readers."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.embedding import Fingerprint
from corpus.errors import IndexFault
from corpus.index import CurrentIndex, build_index, index_is_current
from corpus.library import Library
from corpus.vectors import VectorIndex, extend_vector_index
from tests.stand_ins import WordEmbedder, make_document
from tests.test_library import add

EMBEDDER = WordEmbedder()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_words_and_vectors_find_the_passage(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.", "Bread is baked in ovens.")
    build_index(home, library, EMBEDDER.fingerprint)
    generation = CurrentIndex(home).generation()
    first = next(iter(library.passages()))
    assert generation.words.search("How long are reflection periods?", 5)[0].passage == first.id
    near = generation.vectors.nearest(EMBEDDER.encode(["reflection period months"])[0], 5)
    assert near[0].key == first.key
    assert near[0].score > near[1].score


def test_diacritics_and_case_make_no_difference_to_words(home: Path, library: Library) -> None:
    add(library, make_document("one"), "Le délai de réflexion est prévu.")
    build_index(home, library, EMBEDDER.fingerprint)
    assert CurrentIndex(home).generation().words.search("DELAI reflexion", 5)


@pytest.mark.parametrize("text", ["", "AND OR NOT", '"', "field:value ^2 ~ [a TO b]", "((", "*?", "\x00"])
def test_no_question_is_taken_for_a_query_language(home: Path, library: Library, text: str) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    build_index(home, library, EMBEDDER.fingerprint)
    assert isinstance(CurrentIndex(home).generation().words.search(text, 5), list)


def test_one_vector_stands_for_the_same_words_in_many_places(home: Path, library: Library) -> None:
    for slug in ("one", "two", "three"):
        add(library, make_document(slug), "This report does not reflect official views.")
    manifest = build_index(home, library, EMBEDDER.fingerprint)
    assert (manifest.passages, manifest.texts) == (3, 1)


def test_an_index_of_one_text_stays_sound_however_often_it_is_opened(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    build_index(home, library, EMBEDDER.fingerprint)
    for _ in range(6):
        index = CurrentIndex(home)
        assert len(index.generation().vectors) == 1
        index.close()


def test_a_reader_follows_to_the_next_generation(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    build_index(home, library, EMBEDDER.fingerprint)
    reader = CurrentIndex(home)
    assert reader.generation().manifest.passages == 1
    add(library, make_document("two"), "Permits are renewable.")
    build_index(home, library, EMBEDDER.fingerprint)
    assert reader.generation().manifest.passages == 2


def test_an_index_is_stale_after_a_change_or_with_another_embedder(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    build_index(home, library, EMBEDDER.fingerprint)
    assert index_is_current(home, library, EMBEDDER.fingerprint.digest)
    assert not index_is_current(home, library, "another")
    library.remove("one")
    assert not index_is_current(home, library, EMBEDDER.fingerprint.digest)


def test_a_build_that_fails_leaves_the_generation_in_use(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    build_index(home, library, EMBEDDER.fingerprint)
    with pytest.raises(IndexFault, match="no vector of this embedder"):
        build_index(home, library, Fingerprint("another", 256))
    assert CurrentIndex(home).generation().manifest.embedder == EMBEDDER.fingerprint.digest
    assert len([entry for entry in (home / "index").iterdir() if entry.is_dir()]) == 1


def test_at_most_two_generations_stay(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    for _ in range(4):
        build_index(home, library, EMBEDDER.fingerprint)
    assert len([entry for entry in (home / "index").iterdir() if entry.is_dir()]) == 2


def test_a_missing_or_damaged_index_is_said_in_words(home: Path, library: Library) -> None:
    with pytest.raises(IndexFault, match="no index yet"):
        CurrentIndex(home).generation()
    add(library, make_document("one"), "The reflection period lasts three months.")
    build_index(home, library, EMBEDDER.fingerprint)
    shutil.rmtree(home / "index" / "00000001" / "words")
    with pytest.raises(IndexFault, match="damaged"):
        CurrentIndex(home).generation()


def damage(home: Path, what: str) -> None:
    generation = home / "index" / "00000001"
    if what == "no chroma":
        shutil.rmtree(generation / "vectors" / "chroma")
    elif what == "empty chroma":
        (generation / "vectors" / "chroma" / "chroma.sqlite3").write_bytes(b"")
    elif what == "half chroma":
        database = generation / "vectors" / "chroma" / "chroma.sqlite3"
        database.write_bytes(database.read_bytes()[:3000])
    elif what == "no keys":
        (generation / "vectors" / "keys.json").unlink()
    elif what == "short words":
        for file in (generation / "words").glob("*.*"):
            file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 2])
    else:
        (generation / "manifest.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize(
    "what", ["no chroma", "empty chroma", "half chroma", "no keys", "short words", "empty manifest"]
)
def test_a_damaged_generation_is_an_error_in_words_and_counts_as_stale(home: Path, library: Library, what: str) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    build_index(home, library, EMBEDDER.fingerprint)
    damage(home, what)
    with pytest.raises(IndexFault, match="damaged"):
        CurrentIndex(home).generation()
    assert not index_is_current(home, library, EMBEDDER.fingerprint.digest)
    build_index(home, library, EMBEDDER.fingerprint)
    assert CurrentIndex(home).generation().manifest.passages == 1


def test_a_reader_gives_the_files_of_old_generations_back(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.")
    reader = CurrentIndex(home)
    handles = []
    for _ in range(6):
        build_index(home, library, EMBEDDER.fingerprint)
        reader.generation()
        handles.append(len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0)
    assert handles[-1] - handles[2] < 8


def test_a_vector_without_direction_is_never_stored(tmp_path: Path) -> None:
    for bad in (np.zeros(4, dtype=np.float32), np.full(4, np.nan, dtype=np.float32)):
        with pytest.raises(IndexFault, match="without a direction"):
            extend_vector_index(tmp_path / "vectors", {"key": bad}, 4)


def test_more_vectors_than_chroma_takes_at_once_are_all_reached(tmp_path: Path) -> None:
    vectors = np.random.default_rng(7).normal(size=(6000, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    extend_vector_index(tmp_path / "vectors", {str(row): vectors[row] for row in range(6000)}, 16)
    index = VectorIndex(tmp_path / "vectors")
    assert len(index) == 6000
    assert index.find_unreachable() == []


def test_approximate_search_agrees_with_exact_search(tmp_path: Path) -> None:
    vectors = np.random.default_rng(8).normal(size=(3000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keys = [str(row) for row in range(3000)]
    extend_vector_index(tmp_path / "vectors", dict(zip(keys, vectors, strict=True)), 32)
    index = VectorIndex(tmp_path / "vectors")
    agreed = [
        len(
            {found.key for found in index.nearest(vectors[row], 10)}
            & {found.key for found in index.nearest_among(vectors[row], keys, 10)}
        )
        for row in range(0, 3000, 60)
    ]
    assert sum(agreed) >= 0.99 * 10 * len(agreed)


def test_passages_that_were_added_join_a_copy_of_the_generation_in_use(home: Path, library: Library) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.", "Bread is baked in ovens.")
    build_index(home, library, EMBEDDER.fingerprint)
    add(library, make_document("two"), "Permits are renewable.", "Bread is baked in ovens.")
    manifest = build_index(home, library, EMBEDDER.fingerprint)
    generation = CurrentIndex(home).generation()
    last = max(passage.id for passage in library.passages())
    assert (manifest.passages, manifest.texts, manifest.last) == (4, 3, last)
    assert generation.words.search("renewable", 5)[0].passage == last - 1
    assert generation.vectors.find_unreachable() == []
    first = (home / "index" / "00000001" / "words").glob("*.idx")
    assert {path.name for path in first} <= {path.name for path in (home / "index" / "00000002" / "words").iterdir()}


@pytest.mark.parametrize("change", ["remove", "retitle", "damage"])
def test_after_any_other_change_nothing_is_taken_over(home: Path, library: Library, change: str) -> None:
    add(library, make_document("one"), "The reflection period lasts three months.", "Bread is baked in ovens.")
    add(library, make_document("two"), "Permits are renewable.")
    build_index(home, library, EMBEDDER.fingerprint)
    if change == "remove":
        library.remove("one")
    elif change == "retitle":
        add(library, make_document("two", title="Another title"), "Permits are renewable.")
    else:
        flip_byte(next((home / "index" / "00000001" / "words").glob("*.term")))
    add(library, make_document("three"), "Ovens are hot.")
    build_index(home, library, EMBEDDER.fingerprint)
    generation = CurrentIndex(home).generation()
    assert len(generation.words) == library.count_passages()
    older, newer = (
        {path.name for path in (home / "index" / name / "words").glob("*.idx")} for name in ("00000001", "00000002")
    )
    assert not older & newer


def flip_byte(path: Path, share: float = 0.5) -> None:
    """Change the byte that stands at this share of the file."""
    content = bytearray(path.read_bytes())
    content[int(share * (len(content) - 1))] ^= 0xFF
    path.write_bytes(content)


def test_a_changed_byte_in_any_file_of_a_generation_is_found_before_it_is_opened(home: Path, library: Library) -> None:
    add(library, make_document("one"), *(f"Sentence number {number} of the report." for number in range(30)))
    build_index(home, library, EMBEDDER.fingerprint)
    generation = home / "index" / "00000001"
    found = [path for path in sorted(generation.rglob("*")) if path.is_file() and path.stat().st_size]
    for path in found:
        if path.name in ("digests.json", "manifest.json", "chroma.sqlite3"):
            continue
        content = path.read_bytes()
        for share in (0, 0.3, 1):
            flip_byte(path, share)
            assert not index_is_current(home, library, EMBEDDER.fingerprint.digest), path.name
            path.write_bytes(content)
    assert index_is_current(home, library, EMBEDDER.fingerprint.digest)

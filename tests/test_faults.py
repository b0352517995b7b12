"""What must not break reading and keeping reports: each fault by its number, with the tests that make it.

A number without a test says why in `NOT_COVERED`.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from corpus.embedding import digest_model
from corpus.errors import IndexFault
from corpus.index import CurrentIndex, build_index, index_is_current
from corpus.library import Library
from ingest.split import Splitting, split_blocks
from ingest.structure import find_blocks
from tests.pdf_maker import lines, lock_pdf, make_pdf
from tests.stand_ins import ROOT, WordEmbedder, make_document, make_page
from tests.test_index import flip_byte
from tests.test_layout import imports, source_files
from tests.test_library import add

EMBEDDER = WordEmbedder()

COVERED = {
    "1 stream that unpacks without end": ["test_hostile.test_a_file_that_draws_nothing_is_refused_and_is_not_sent_to"],
    "2 large stream on many pages": ["test_hostile.test_a_bomb_on_fifty_pages_ends_within_its_time"],
    "3 operators without end": ["test_hostile.test_the_characters_of_a_page_are_bounded_and_it_is_said"],
    "4 string without end": ["test_hostile.test_the_characters_of_a_page_are_bounded_and_it_is_said"],
    "5 nested forms": ["test_hostile.test_a_million_nested_calls_end_within_their_limits_and_the_next_file_goes_on"],
    "6 page trees": [
        "test_hostile.test_a_file_that_draws_nothing_is_refused_and_is_not_sent_to",
        "test_hostile.test_a_file_of_far_too_many_pages_is_refused_at_once",
    ],
    "7 no PDF, or half of one": [
        "test_adding.test_what_is_no_readable_report_fails_in_words",
        "test_hostile.test_a_file_that_was_cut_short_is_damaged",
    ],
    "8 wrong structure": ["test_hostile.test_a_file_with_a_wrong_structure_is_read_to_the_same_text"],
    "9 locked files": [
        "test_adding.test_an_empty_password_is_no_lock_and_any_other_is_refused_in_words",
        "test_hostile.test_a_password_opens_a_locked_file_and_a_wrong_one_is_refused",
        "test_faults.test_a_locked_file_names_the_package_that_is_missing_to_open_it",
    ],
    "10 scans": [
        "test_adding.test_a_pdf_without_text_on_any_page_is_failed_and_never_indexed_as_empty",
        "test_failures.test_words_that_run_together_are_seen_although_some_spaces_are_left",
    ],
    "11 text unlike the page": ["test_failures.test_letters_stored_as_other_ones_than_are_drawn_are_seen"],
    "12 hidden text": [
        "test_adding.test_words_that_no_reader_can_see_are_left_out_and_reported",
        "test_many_and_others.test_words_that_are_drawn_for_nobody_are_in_no_passage_and_are_reported",
    ],
    "13 characters without a form": ["test_hostile.test_a_character_without_a_form_of_its_own_is_in_no_text"],
    "14 hyphens, ligatures, columns, heads": [
        "test_pages.test_note_marks_soft_hyphens_and_ligatures_are_resolved",
        "test_pages.test_two_columns_are_read_one_after_the_other",
        "test_pages.test_running_heads_and_counters_are_kept_out_of_the_text",
    ],
    "15 a reader that dies, grows or hangs": [
        "test_hostile.test_a_reader_that_is_killed_fails_its_file_alone",
        "test_hostile.test_a_reader_that_hangs_is_ended_and_leaves_no_process",
        "test_adding.test_a_reader_that_needs_too_much_memory_is_ended",
    ],
    "16 a file that changes": ["test_hostile.test_a_file_that_is_rewritten_while_it_is_read_fails_in_words"],
    "17 links, pipes, devices, odd names": [
        "test_adding.test_a_folder_gives_its_readable_files_and_nothing_outside_it",
        "test_hostile.test_what_is_no_ordinary_file_is_refused",
        "test_adding.test_names_are_shown_without_control_characters",
    ],
    "18 copies": [
        "test_adding.test_the_same_bytes_under_another_name_are_unchanged",
        "test_adding.test_a_changed_file_replaces_its_edition",
    ],
    "19 archives": [
        "test_formats.test_a_word_file_that_could_do_harm_is_refused",
        "test_formats.test_a_link_in_the_archive_of_a_word_file_is_refused",
    ],
    "20 texts over the limit": [
        "test_passages.test_no_passage_is_over_the_limit_and_no_word_is_lost",
        "test_faults.test_a_text_without_a_space_is_cut_within_the_limit_and_loses_no_letter",
    ],
    "21 empty texts and vectors": [
        "test_adding.test_what_is_no_readable_report_fails_in_words",
        "test_index.test_a_vector_without_direction_is_never_stored",
    ],
    "22 other weights": [
        "test_faults.test_weights_with_one_byte_changed_are_another_embedder",
        "test_answers.test_an_index_of_another_embedder_is_never_searched",
    ],
    "23 one text many times": ["test_many_and_others.test_one_text_in_two_thousand_places_is_one_vector"],
    "24 updates in place": ["test_index.test_after_any_other_change_nothing_is_taken_over"],
    "25 killed while adding": [
        "test_kills.test_what_was_added_before_a_kill_is_there_after_it",
        "test_never_half.test_what_a_killed_run_left_among_the_originals_takes_its_place_or_goes",
    ],
    "26 two that write": [
        "test_interrupted.test_a_second_program_that_adds_is_refused_at_once_in_words",
        "test_interrupted.test_of_two_commands_that_add_at_once_one_is_refused",
    ],
    "27 a reader in another process": ["test_many_and_others.test_a_reader_in_another_program_sees_a_new_generation"],
    "28 fork": ["test_faults.test_no_process_is_ever_forked"],
    "29 a locked library": ["test_never_half.test_a_library_locked_by_another_program_is_an_error_within_ten_seconds"],
    "30 no room, or no leave to write": [
        "test_never_half.test_a_full_disk_is_told_with_its_path_and_leaves_nothing_half",
        "test_faults.test_a_disk_too_full_for_the_next_index_is_told_with_its_path_and_the_old_one_serves",
        "test_faults.test_a_folder_that_may_not_be_written_is_named",
    ],
    "31 a damaged index": [
        "test_index.test_a_damaged_generation_is_an_error_in_words_and_counts_as_stale",
        "test_index.test_a_changed_byte_in_any_file_of_a_generation_is_found_before_it_is_opened",
        "test_faults.test_a_changed_byte_in_chroma_s_own_database_is_harmless_or_an_error_in_words",
    ],
    "32 a damaged library": [
        "test_backups.test_a_library_that_was_cut_in_half_says_how_to_put_a_backup_back",
        "test_adding.test_a_page_that_was_changed_in_the_library_is_found",
    ],
    "33 more than fits one call": [
        "test_index.test_more_vectors_than_chroma_takes_at_once_are_all_reached",
        "test_many_and_others.test_more_keys_than_sqlite_takes_in_one_statement_are_split_by_us",
    ],
    "34 a folder of another Chroma": ["test_faults.test_an_index_of_another_chroma_is_made_anew"],
    "36 clocks and generations": [
        "test_faults.test_whatever_the_clock_says_the_last_generation_is_the_one_in_use",
        "test_faults.test_while_generations_follow_each_other_every_reader_has_one_of_them_whole",
    ],
}

NOT_COVERED = {"35 servers of vectors": "there are none: the library is a file, and its index is opened in the process"}


def named_tests(module: str) -> list[str]:
    tree = ast.parse((ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_every_fault_has_its_tests_or_a_reason() -> None:
    assert {int(name.split()[0]) for name in [*COVERED, *NOT_COVERED]} == set(range(1, 37))
    for fault, tests in COVERED.items():
        for name in tests:
            module, beginning = name.split(".")
            assert any(test.startswith(beginning) for test in named_tests(module)), f"{fault}: {name}"


def run_program(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def make_home(home: Path, library: Library, sentences: int = 30) -> Path:
    """A library with one generation of its index, which is returned."""
    add(library, make_document("one"), *(f"Sentence number {number} of the report." for number in range(sentences)))
    build_index(home, library, EMBEDDER.fingerprint)
    return home / "index" / "00000001"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_locked_file_names_the_package_that_is_missing_to_open_it(tmp_path: Path) -> None:
    path = lock_pdf(make_pdf(tmp_path / "a.pdf", lines("Permits last six months.")), "")
    done = run_program(
        "import sys; sys.modules['cryptography'] = sys.modules['Crypto'] = None\n"
        "from ingest.readers.__main__ import main; sys.exit(main(sys.argv[1:]))",
        path,
    )
    error = json.loads(done.stdout.splitlines()[-1])["error"]
    assert error["kind"] == "missing-package"
    assert "cryptography" in error["message"]
    assert "requirements.lock" in error["remedy"]


@pytest.mark.parametrize("text", ["x" * 10_000, "\u4eba\u53e3\u8ca9\u8ce3" * 2_500], ids=["one word", "no spaces"])
def test_a_text_without_a_space_is_cut_within_the_limit_and_loses_no_letter(text: str) -> None:
    passages = split_blocks(find_blocks([make_page(text)]), "0" * 64, Splitting(200, len))
    assert max(len(passage.text) for passage in passages) <= 200
    assert "".join(passage.text for passage in passages) == text


def test_weights_with_one_byte_changed_are_another_embedder(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(bytes(1000))
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    before = digest_model(tmp_path)
    flip_byte(tmp_path / "model.safetensors")
    assert digest_model(tmp_path) != before


def test_no_process_is_ever_forked() -> None:
    """A child that is forked after Chroma was opened hangs: every process of ours begins as a program of its own."""
    for path in source_files():
        text = path.read_text(encoding="utf-8")
        assert not {"multiprocessing", "pty"} & {name.split(".")[0] for name in imports(path)}, path.name
        assert not any(word in text for word in ("os.fork", "preexec_fn", "ProcessPoolExecutor")), path.name


MOUNTS = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("unshare") is not None
needs_mounts = pytest.mark.skipif(not MOUNTS, reason="only root can make a small or a closed file system")

REBUILDER = """
import sys
from pathlib import Path
from corpus.errors import Fault
from corpus.index import CurrentIndex, build_index
from corpus.library import Library
from tests.stand_ins import WordEmbedder, make_document
from tests.test_library import add

home, embedder = Path(sys.argv[1]), WordEmbedder()
library = Library.open(home / "library.db")
add(library, make_document("one"), "Permits are renewable.")
build_index(home, library, embedder.fingerprint)
add(library, make_document("two"), *(f"Sentence number {number}." for number in range(40)))
(home / "filler").write_bytes(bytes(3 << 20))
try:
    build_index(home, library, embedder.fingerprint)
except Fault as fault:
    print(fault)
print(len(CurrentIndex(home).generation().words))
(home / "filler").unlink()
build_index(home, library, embedder.fingerprint)
print(len(CurrentIndex(home).generation().words))
"""


@needs_mounts
def test_a_disk_too_full_for_the_next_index_is_told_with_its_path_and_the_old_one_serves(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(REBUILDER, encoding="utf-8")
    home = tmp_path / "small"
    home.mkdir()
    script = f'mount -t tmpfs -o size=7m none {home} && exec "{sys.executable}" "{program}" {home}'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    told, before, after = done.stdout.splitlines()
    assert told.startswith(f"the index in {home / 'index'} needs")
    assert "make room" in told
    assert (before, after) == ("1", "41")


def test_a_folder_that_may_not_be_written_is_named(home: Path, library: Library) -> None:
    add(library, make_document("one"), "Permits are renewable.")
    (home / "index").write_bytes(b"")
    with pytest.raises(IndexFault, match=f"{home / 'index'}.* could not be written"):
        build_index(home, library, EMBEDDER.fingerprint)


OPENER = """
import random, sys
from pathlib import Path
from corpus.errors import Fault
from corpus.index import CurrentIndex
from tests.stand_ins import WordEmbedder

home = Path(sys.argv[1])
(database,) = home.rglob("chroma.sqlite3")
whole, places = database.read_bytes(), random.Random(31)
asked = WordEmbedder().encode(["Sentence number 7", "the report"])
found = set()
for attempt in range(25):
    changed = bytearray(whole)
    changed[places.randrange(len(whole))] ^= 1 << places.randrange(8) if attempt else 0
    database.write_bytes(changed)
    try:
        index = CurrentIndex(home)
        vectors = index.generation().vectors
        found.add(str([[near.key for near in vectors.nearest(vector, 10)] for vector in asked]))
        index.close()
    except Fault as fault:
        assert "damaged" in fault.message
print(len(found), "way of answering")
"""


def test_a_changed_byte_in_chroma_s_own_database_is_harmless_or_an_error_in_words(home: Path, library: Library) -> None:
    make_home(home, library)
    assert run_program(OPENER, home).stdout == "1 way of answering\n"


@pytest.mark.parametrize(
    "change",
    ["UPDATE migrations SET hash = 'other'", "DROP TABLE segments", "ALTER TABLE collections RENAME id TO x"],
)
def test_an_index_of_another_chroma_is_made_anew(home: Path, library: Library, change: str) -> None:
    generation = make_home(home, library)
    with closing(sqlite3.connect(generation / "vectors" / "chroma" / "chroma.sqlite3")) as database, database:
        database.execute(change)
    assert not index_is_current(home, library, EMBEDDER.fingerprint.digest)
    build_index(home, library, EMBEDDER.fingerprint)
    assert index_is_current(home, library, EMBEDDER.fingerprint.digest)


def test_whatever_the_clock_says_the_last_generation_is_the_one_in_use(home: Path, library: Library) -> None:
    make_home(home, library)
    add(library, make_document("two"), "Permits are renewable.")
    build_index(home, library, EMBEDDER.fingerprint)
    for age, name in ((0, "CURRENT"), (0, "00000002"), (4_000_000_000, "00000001")):
        os.utime(home / "index" / name, (age, age))
    assert CurrentIndex(home).generation().name == "00000002"
    assert index_is_current(home, library, EMBEDDER.fingerprint.digest)


def test_while_generations_follow_each_other_every_reader_has_one_of_them_whole(home: Path, library: Library) -> None:
    make_home(home, library)
    index, done, wrong = CurrentIndex(home), threading.Event(), list[str]()

    def read() -> None:
        while not done.is_set():
            generation = index.generation()
            found = (len(generation.words), len(generation.vectors))
            if found != (generation.manifest.passages, generation.manifest.texts):
                wrong.append(f"{generation.name}: {found}")

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(3):
        add(library, make_document(f"more-{number}"), f"Permits of kind {number} are renewable.")
        build_index(home, library, EMBEDDER.fingerprint)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert index.generation().manifest.passages == library.count_passages()

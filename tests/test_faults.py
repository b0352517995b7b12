"""What must not break us: that each fault has its tests, and the faults that have no other home."""

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

from assistant.room import Room
from corpus.embedding import digest_model
from corpus.errors import IndexFault
from corpus.index import CurrentIndex, build_index, index_is_current
from corpus.library import Library
from ingest.report import find_warnings
from ingest.split import Splitting, split_blocks
from ingest.structure import find_blocks
from tests.fakes import ScriptedAssistant
from tests.fault_rows import COVERED, NOT_COVERED
from tests.pdf_maker import lines, lock_pdf, make_pdf
from tests.stand_ins import ROOT, WordEmbedder, make_document, make_page
from tests.test_index import flip_byte
from tests.test_layout import imports, source_files
from tests.test_library import add
from tests.web_client import open_client

EMBEDDER = WordEmbedder()


def named_tests(module: str) -> list[str]:
    tree = ast.parse((ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_every_fault_has_its_tests_or_a_reason() -> None:
    assert {int(name.split()[0]) for name in [*COVERED, *NOT_COVERED]} == set(range(1, 55))
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


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The victim, named Ermintrude Quillfeather, was found in a flat.", True),
        ("The victim can be called on 0151 555 01 99 in the evening.", True),
        ("Das Opfer mit Namen Walburga Zirbelkiefer wurde gefunden.", True),
        ("Victims can call the helpline on 0800 555 01 99 at any hour.", False),
        ("The ministry can be called on 0151 555 01 99.", False),
        ("Victims in North Macedonia and the Western Balkans were found in 2019 2020 and 2021.", False),
        ("The rights of the victim United Nations bodies speak of are listed below.", False),
    ],
)
def test_a_page_that_says_who_a_victim_is_is_told_of(text: str, is_told: bool) -> None:
    kinds = [warning.kind for warning in find_warnings([make_page(text)], [])]
    assert ("personal" in kinds) is is_told


def test_a_conversation_of_a_hundred_thousand_turns_is_refused_before_any_work(library: Library) -> None:
    assistant = ScriptedAssistant([])
    room = Room(library, lambda: assistant)
    room.start()
    turns = [{"role": "user", "text": "b"}] * 100_000
    assert open_client(room).post("/api/ask", json={"question": "a", "history": turns}).status_code == 413
    assert assistant.asked == []


PASSAGES = """
import sys
from pathlib import Path
from corpus.library import Library
from tests.conftest import add_flashes
from tests.stand_ins import WordEmbedder, make_desk

home = Path(sys.argv[1])
library = Library.open(home / "library.db")
add_flashes(make_desk(home, library, WordEmbedder()), home)
print([(passage.key, passage.parts, passage.headings) for passage in library.passages()])
print([page.text for document in library.documents() for page in library.pages(document.sha256)])
"""


def test_the_passages_are_the_same_whatever_the_surroundings(tmp_path: Path) -> None:
    said = set()
    for number, around in enumerate(
        ({}, {"LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": "/proc/1", "TZ": "Asia/Tokyo"})
    ):
        (tmp_path / str(number)).mkdir()
        done = subprocess.run(
            [sys.executable, "-c", PASSAGES, str(tmp_path / str(number))],
            cwd=ROOT,
            env={**os.environ, **around},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert (done.returncode, done.stderr) == (0, "")
        said.add(done.stdout)
    assert len(said) == 1
    assert "reflection period" in said.pop()

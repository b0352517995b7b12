"""What is added is there whole or not at all: a full disk, a held lock, a person who stops it, many of a thing."""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import re
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest

from corpus.errors import LibraryBusy
from corpus.files import hash_file, keep_original, kept_original
from corpus.library import Library
from corpus.progress import Progress
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up, find_problems
from tests.pdf_maker import lines, make_pdf
from tests.stand_ins import ROOT, WordEmbedder, make_desk

T = TypeVar("T")

FULL = """
import resource, signal, sys
from pathlib import Path
from corpus.errors import Fault
from corpus.library import Library
from ingest.add import add_file
from ingest.describe import Given
from tests.stand_ins import WordEmbedder, make_desk

home, *files = map(Path, sys.argv[1:])
library = Library.open(home / "library.db")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = make_desk(home, library, WordEmbedder())
for path in files:
    outcome = add_file(path, Given(), desk, lambda page, pages: None)
    print(outcome.status, outcome.slug, flush=True)
    size = (home / "library.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20000, size + 20000))
"""


def write_report(path: Path, number: int, lines: int = 300) -> Path:
    """A report of so many sentences, of some 60 characters each."""
    sentences = [
        f"Measure {number}.{line} protects victims in country {line} and its regions." for line in range(lines)
    ]
    path.write_text(f"EMN Flash #{number} - 2024\n\n" + "\n\n".join(sentences), encoding="utf-8")
    return path


def originals(home: Path) -> list[Path]:
    return [path for path in (home / "files").rglob("*") if path.is_file()]


def test_a_full_disk_is_told_with_its_path_and_leaves_nothing_half(tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = [write_report(tmp_path / f"report-{number}.txt", number) for number in (1, 2)]
    done = subprocess.run(
        [sys.executable, "-c", FULL, home, *files], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines() == ["added emn-flash-2024-1"], done.stderr
    assert f"the library {home / 'library.db'} cannot be used" in done.stderr
    library = Library.open(home / "library.db")
    desk = make_desk(home, library, WordEmbedder())
    catch_up(desk, lambda words: None)
    assert find_problems(desk) == []
    assert len(originals(home)) == 1
    assert add_file(files[1], Given(), desk, lambda page, pages: None).status == "added"
    library.close()


@pytest.mark.long
def test_a_library_locked_by_another_program_is_an_error_within_ten_seconds_and_leaves_no_original(
    desk: Desk, tmp_path: Path
) -> None:
    report = make_pdf(tmp_path / "report.pdf", lines("Permits last six months in all countries."))
    with closing(sqlite3.connect(desk.home / "library.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(LibraryBusy, match="another program"):
            add_file(report, Given(), desk, lambda page, pages: None)
        assert time.monotonic() - began < 10
    assert originals(desk.home) == []
    assert find_problems(desk) == []
    assert add_file(report, Given(), desk, lambda page, pages: None).status == "added"


@pytest.mark.parametrize("stood", [True, False])
def test_an_original_goes_when_adding_fails_unless_it_stood_there_before(tmp_path: Path, *, stood: bool) -> None:
    report = write_report(tmp_path / "report.txt", 1)
    sha256 = hash_file(report)
    if stood:
        keep_original(tmp_path / "home", report, sha256)
    with pytest.raises(KeyboardInterrupt), kept_original(tmp_path / "home", report, sha256):
        raise KeyboardInterrupt
    assert len(originals(tmp_path / "home")) == stood


def test_what_a_killed_run_left_among_the_originals_takes_its_place_or_goes(desk: Desk, tmp_path: Path) -> None:
    add_file(write_report(tmp_path / "report.txt", 1), Given(), desk, lambda page, pages: None)
    (kept,) = originals(desk.home)
    kept.rename(kept.with_name(f".waiting-{kept.name}"))
    for left in (f".waiting-{'0' * 64}.txt", ".part-k3j2"):
        (kept.parent / left).write_bytes(b"words")
    catch_up(desk, lambda words: None)
    assert originals(desk.home) == [kept]
    assert find_problems(desk) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_estimates_what_is_left_at_a_terminal_and_is_silent_elsewhere() -> None:
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        with Progress(stream, 1000) as progress:
            time.sleep(0.01)
            progress.finish("added: one")
            progress.start("two.pdf")
    assert re.search(r"1 of 1000 files done, about \d+ s left: two\.pdf", terminal.getvalue())
    assert file.getvalue() == ""


def test_things_that_are_counted_have_an_estimate_from_those_done_since_the_first() -> None:
    terminal = Terminal()
    with Progress(terminal, 1) as progress:
        progress.count(900, 1000, "questions")
        time.sleep(0.05)
        progress.count(901, 1000, "questions")
    first, second = re.findall(r"\d+ of 1000 questions[^\r]*", terminal.getvalue())
    assert first == "900 of 1000 questions"
    assert re.fullmatch(r"901 of 1000 questions, about \d+ s left", second)


def test_a_line_of_progress_is_never_wider_than_its_terminal_and_estimates_while_texts_are_embedded() -> None:
    here, there = os.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 30, 0, 0))
    with os.fdopen(there, "w", encoding="utf-8") as terminal, Progress(terminal, 1000) as progress:
        progress.start("a-report-with-a-name-that-is-longer-than-the-line.pdf")
        progress.embed(0, 400, 8)
        time.sleep(0.02)
        progress.embed(100, 400, 8)
    shown = b""
    with contextlib.suppress(OSError):
        while part := os.read(here, 10_000):
            shown += part
    os.close(here)
    *_, reading, _, embedding, end = shown.decode().split("\r\x1b[2K")
    assert (len(reading), len(embedding), end) == (29, 29, "")
    assert embedding.startswith("0 of 1000 files done, about ")

"""Real processes that are stopped or meet each other while they add: what is kept is whole, and it is said."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from corpus.library import Library
from ingest.add import Desk
from ingest.rebuild import catch_up, find_problems
from tests.conftest import Command
from tests.processes import started
from tests.stand_ins import SAMPLE, WordEmbedder, make_desk
from tests.test_never_half import write_report

ADDER = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from corpus.files import writing
from corpus.library import Library
from ingest.add import add_files
from ingest.describe import Given
from ingest.stopping import closing_words, stopped_by_person
from tests.stand_ins import WordEmbedder, make_desk

class Slow(WordEmbedder):
    def encode(self, texts):
        print("embedding", flush=True)
        time.sleep(seconds)
        return super().encode(texts)

class Watch:
    def start(self, name):
        print("reading", flush=True)
        time.sleep(0.2)
    def page(self, name, number, pages):
        pass
    def embed(self, done, passages, files):
        pass

seconds = float(sys.argv[1])
home, *files = map(Path, sys.argv[2:])
library = Library.open(home / "library.db")
desk = make_desk(home, library, Slow())
done = []
with writing(home), ThreadPoolExecutor(1) as executor, stopped_by_person(desk.readers.stop):
    for outcome in add_files(files, Given(), desk, executor, Watch()):
        done.append(outcome)
        print(outcome.status, outcome.slug, flush=True)
print(closing_words(len(done), files[len(done):]), flush=True)
"""

needs_interrupts = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [write_report(tmp_path / f"report-{number}.txt", number) for number in (1, 2, 3)]


def adding(home: Path, files: list[Path], seconds: float = 0.2) -> AbstractContextManager[subprocess.Popen[str]]:
    """A process that adds files, and tells each stage in a line. `seconds`: what embedding a few texts takes it."""
    return started("-c", ADDER, str(seconds), home, *files)


def wait_for(process: subprocess.Popen[str], stage: str) -> None:
    assert process.stdout is not None
    while line := process.stdout.readline():
        if line.strip() == stage:
            return
    raise AssertionError(process.stderr.read() if process.stderr else "")


def problems(home: Path) -> tuple[list[str], list[str]]:
    """What stands in the library after the next start, and what is wrong with it."""
    library = Library.open(home / "library.db")
    desk: Desk = make_desk(home, library, WordEmbedder())
    catch_up(desk, lambda words: None)
    found = ([document.slug for document in library.documents()], find_problems(desk))
    library.close()
    return found


@needs_interrupts
@pytest.mark.parametrize(("stage", "lines", "kept"), [("reading", 300, 0), ("embedding", 1500, 1)])
def test_ctrl_c_keeps_the_reports_whose_texts_are_embedded_and_drops_the_others_whole(
    tmp_path: Path, stage: str, lines: int, kept: int
) -> None:
    """Of reports of 1,500 lines, what is embedded together ends within the second."""
    home = tmp_path / "home"
    files = [write_report(tmp_path / f"report-{number}.txt", number, lines) for number in (1, 2, 3)]
    with adding(home, files) as process:
        wait_for(process, stage)
        process.send_signal(signal.SIGINT)
        told, notes = process.communicate(timeout=20)
    added = [line.split()[1] for line in told.splitlines() if line.startswith("added")]
    assert len(added) == kept
    assert f"Stopped: {kept} of 3 files are done with. report-{kept + 1}.txt" in told
    assert "Ctrl-C again stops at once" in notes
    assert "Traceback" not in notes
    assert problems(home) == (added, [])


@needs_interrupts
def test_a_second_ctrl_c_ends_at_once_and_leaves_the_library_whole(tmp_path: Path, files: list[Path]) -> None:
    home = tmp_path / "home"
    with adding(home, files, seconds=30) as process:
        wait_for(process, "embedding")
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.readline() == "\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 130
    assert problems(home) == ([], [])


@needs_interrupts
def test_a_second_program_that_adds_is_refused_at_once_in_words_and_the_first_loses_nothing(
    tmp_path: Path, files: list[Path], command: Command
) -> None:
    home = tmp_path / "home"
    with adding(home, files) as process:
        wait_for(process, "reading")
        process.send_signal(signal.SIGSTOP)
        refused = command("ingest", "add", str(files[0]))
        process.send_signal(signal.SIGCONT)
        told, _ = process.communicate(timeout=20)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"another program is writing to the library in {home}; wait until")
    assert told.count("added ") == len(files)
    assert problems(home) == ([f"emn-flash-2024-{number}" for number in (1, 2, 3)], [])


# The whole command, with the real embedder


def command_that_adds(home: Path) -> AbstractContextManager[subprocess.Popen[str]]:
    return started("-m", "ingest", "add", SAMPLE, "--json", env={"EMN_HOME": str(home)})


@needs_interrupts
@pytest.mark.long
@pytest.mark.model
@pytest.mark.parametrize(("sign", "seconds"), [("library.db", 1.0), ("files", 0.5), ("index", 0.0)])
def test_the_command_ends_with_130_and_says_what_was_added_at_whatever_stage(
    command: Command, tmp_path: Path, sign: str, seconds: float
) -> None:
    home = tmp_path / "home"
    with command_that_adds(home) as process:
        while not (home / sign).exists():
            time.sleep(0.05)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        told, notes = process.communicate(timeout=120)
    form = json.loads(told)
    listed = {document["slug"] for document in json.loads(command("ingest", "list", "--json").stdout)["documents"]}
    assert process.returncode == 130
    assert "Stopped" in notes.splitlines()[-1]
    assert listed == {document["slug"] for document in form["documents"]}
    assert len(listed) + len(form["left"]) == len(list(SAMPLE.iterdir()))
    assert command("ingest", "check").returncode == 0


@pytest.mark.long
@pytest.mark.model
def test_of_two_commands_that_add_at_once_one_is_refused_and_the_other_loses_nothing(
    command: Command, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with command_that_adds(home) as one, command_that_adds(home) as other:
        ended = [process.communicate(timeout=300) for process in (one, other)]
    assert sorted([one.returncode, other.returncode]) == [0, 2]
    (refused,) = [notes for process, (_, notes) in zip((one, other), ended, strict=True) if process.returncode == 2]
    assert "another program is writing to the library" in refused
    (form,) = [form for told, _ in ended if "error" not in (form := json.loads(told))]
    listed = json.loads(command("ingest", "list", "--json").stdout)["documents"]
    assert {document["slug"] for document in listed} == {document["slug"] for document in form["documents"]}
    assert command("ingest", "check").returncode == 0

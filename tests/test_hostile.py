"""Hostile and damaged files: each ends in text or in a reason, within its limits, and the next file goes on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import UnreadableDocument
from ingest.add import Desk, Outcome, add_file
from ingest.describe import Given
from ingest.reading import Limits, Readers, read_file
from tests import hostile_pdfs
from tests.hostile_pdfs import WORDS
from tests.pdf_maker import lines, lock_pdf, make_pdf
from tests.stand_ins import real_data

Maker = Callable[[Path], Path]


def add(path: Path, desk: Desk) -> Outcome:
    return add_file(path, Given(), desk, lambda page, pages: None)


def texts(desk: Desk) -> list[str]:
    return [page.text for document in desk.library.documents() for page in desk.library.pages(document.sha256)]


def reason(outcome: Outcome) -> str:
    assert outcome.error is not None
    assert isinstance(outcome.error, UnreadableDocument)
    return outcome.error.kind


@pytest.mark.parametrize(
    "make",
    [hostile_pdfs.junk_before, hostile_pdfs.wrong_start, hostile_pdfs.looping_tables, hostile_pdfs.deep_array],
    ids=lambda make: make.__name__,
)
def test_a_file_with_a_wrong_structure_is_read_to_the_same_text(desk: Desk, tmp_path: Path, make: Maker) -> None:
    add(make(tmp_path / "a.pdf"), desk)
    assert texts(desk) == [WORDS]


def test_a_file_that_had_to_be_mended_says_so(desk: Desk, tmp_path: Path) -> None:
    assert [warning.kind for warning in add(hostile_pdfs.junk_before(tmp_path / "a.pdf"), desk).warnings] == ["mended"]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_file_that_was_cut_short_is_damaged_and_is_not_sent_to_text_recognition(
    desk: Desk, tmp_path: Path, share: float
) -> None:
    outcome = add(hostile_pdfs.cut_short(tmp_path / "a.pdf", share), desk)
    assert reason(outcome) == "damaged"
    assert "ocr" not in str(outcome.error).casefold()


@pytest.mark.parametrize("make", [hostile_pdfs.page_cycle, hostile_pdfs.bomb], ids=lambda make: make.__name__)
def test_a_file_that_draws_nothing_is_refused_and_is_not_sent_to_text_recognition(
    desk: Desk, tmp_path: Path, make: Maker
) -> None:
    outcome = add(make(tmp_path / "a.pdf"), desk)
    assert reason(outcome) == "no-text"
    assert "ocr" not in str(outcome.error).casefold()


@pytest.mark.parametrize(
    "make", [hostile_pdfs.a_million_pages, hostile_pdfs.many_pages], ids=lambda make: make.__name__
)
def test_a_file_of_far_too_many_pages_is_refused_at_once(desk: Desk, tmp_path: Path, make: Maker) -> None:
    outcome = add(make(tmp_path / "a.pdf"), desk)
    assert reason(outcome) == "too-many-pages"
    assert outcome.seconds < 20


@pytest.mark.long
@pytest.mark.parametrize(
    "make", [hostile_pdfs.many_operators, hostile_pdfs.long_string], ids=lambda make: make.__name__
)
def test_the_characters_of_a_page_are_bounded_and_it_is_said(tmp_path: Path, make: Maker) -> None:
    read = read_file(make(tmp_path / "a.pdf"), Limits(300, 2048, 200), lambda page, pages: None)
    assert sum(len(page.text) for page in read.pages) <= 200_000
    assert {warning.kind for warning in read.warnings} & {"too-long", "hidden-text"}


@pytest.mark.long
def test_a_bomb_on_fifty_pages_ends_within_its_time(desk: Desk, tmp_path: Path) -> None:
    outcome = add(hostile_pdfs.bomb(tmp_path / "a.pdf", megabytes=70, pages=50), desk)
    assert reason(outcome) in ("no-text", "too-slow")
    assert outcome.seconds < desk.limits.seconds_for(50) + 10


@pytest.mark.long
def test_a_million_nested_calls_end_within_their_limits_and_the_next_file_goes_on(desk: Desk, tmp_path: Path) -> None:
    outcome = add(hostile_pdfs.nested_forms(tmp_path / "a.pdf"), desk)
    assert reason(outcome) in ("reader-died", "too-large", "too-slow")
    assert add(hostile_pdfs.honest(tmp_path / "b.pdf"), desk).status == "added"


@pytest.mark.parametrize("code_points", ["D800", "0000", "202E", "200B"])
def test_a_character_without_a_form_of_its_own_is_in_no_text(desk: Desk, tmp_path: Path, code_points: str) -> None:
    add(hostile_pdfs.mapped_to(tmp_path / "a.pdf", code_points), desk)
    assert not any(chr(int(code_points, 16)) in text for text in texts(desk))


def test_a_password_opens_a_locked_file_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    path = lock_pdf(make_pdf(tmp_path / "a.pdf", lines(WORDS)), "geheim \u00fc")
    limits = Limits(60, 2048, 200)
    read = read_file(path, limits, lambda page, pages: None, password="geheim \u00fc")
    assert read.pages[0].text == WORDS
    with pytest.raises(UnreadableDocument, match="--password"):
        read_file(path, limits, lambda page, pages: None, password="wrong")


def test_a_file_that_is_rewritten_while_it_is_read_fails_in_words(desk: Desk, tmp_path: Path) -> None:
    path = hostile_pdfs.honest(tmp_path / "a.pdf")

    def rewrite(page: int, pages: int) -> None:
        path.write_bytes(path.read_bytes() + b"\n")

    outcome = add_file(path, Given(), desk, rewrite)
    assert reason(outcome) == "changed"
    assert desk.library.documents() == []


def test_what_is_no_ordinary_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for path in (tmp_path / "pipe.pdf", Path("/dev/zero")):
        assert reason(add(path, desk)) == "unknown-kind"


def children() -> list[int]:
    """The processes that this one has started and that still run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = entry.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid() and state != "Z":
            found.append(int(entry.parent.name))
    return found


def is_reader(process: int) -> bool:
    """Whether a process has become a reader: one that is stopped before that stops the one that is starting it too."""
    try:
        return b"ingest.readers" in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def read_while(path: Path, limits: Limits, done: Callable[[int], None], readers: Readers) -> UnreadableDocument:
    """Read a file, and do something to its reader as soon as it runs."""
    before = set(children())

    def act() -> None:
        while not (new := [child for child in children() if child not in before and is_reader(child)]):
            time.sleep(0.01)
        done(new[0])

    thread = threading.Thread(target=act)
    thread.start()
    with pytest.raises(UnreadableDocument) as raised:
        read_file(path, limits, lambda page, pages: None, readers=readers)
    thread.join()
    assert set(children()) <= before
    return raised.value


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSEGV])
def test_a_reader_that_is_killed_fails_its_file_alone(tmp_path: Path, sent: signal.Signals) -> None:
    path = hostile_pdfs.honest(tmp_path / "a.pdf")
    error = read_while(path, Limits(60, 2048, 200), lambda pid: os.kill(pid, sent), Readers())
    assert error.kind == "reader-died"


def test_a_reader_that_hangs_is_ended_and_leaves_no_process(tmp_path: Path) -> None:
    path = hostile_pdfs.honest(tmp_path / "a.pdf")
    error = read_while(path, Limits(2, 2048, 200), lambda pid: os.kill(pid, signal.SIGSTOP), Readers())
    assert error.kind == "too-slow"


def test_readers_that_are_stopped_end_at_once_and_no_other_begins(tmp_path: Path) -> None:
    path, readers = hostile_pdfs.honest(tmp_path / "a.pdf"), Readers()
    read_while(path, Limits(60, 2048, 200), lambda pid: readers.stop(), readers)
    with pytest.raises(UnreadableDocument, match="stopped"):
        read_file(path, Limits(60, 2048, 200), lambda page, pages: None, readers=readers)


def test_more_text_than_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words " * 400_000, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="EMN_READER_OUTPUT_MB"):
        read_file(tmp_path / "a.txt", Limits(60, 2048, 200, output_mb=1), lambda page, pages: None)


@pytest.mark.long
@pytest.mark.skipif(real_data() is None, reason="there is no folder with real files beside this checkout")
def test_every_file_from_the_wild_ends_in_text_or_in_a_reason(desk: Desk) -> None:
    folder = real_data()
    assert folder is not None
    files = sorted((folder / "pdf" / "nasty").rglob("*.pdf"))
    outcomes = [add(path, desk) for path in files]
    assert len(outcomes) == len(files) > 0
    for outcome in outcomes:
        assert outcome.status in ("added", "unchanged", "replaced", "failed")
        assert outcome.seconds < desk.limits.seconds
        assert outcome.error is None or "Error" not in outcome.error.message

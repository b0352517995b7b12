"""Reading a file in a process of its own, with limits on time, memory and output, whose whole group can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.documents import Page, PageWarning
from corpus.errors import UnreadableDocument
from corpus.limits import child_environment
from corpus.settings import ReaderSettings
from corpus.text import shown
from ingest.raw import End, Metadata, read_line

_FIRST_SECONDS = 60
"""What a file may take before it is judged by its pages: opening it, and starting the reader on a busy machine."""

OnPage = Callable[[int, int], None]
"""Told of every page that was read: its number, and how many there are."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost: seconds in all and for each page, megabytes of memory, of file and of text.

    A file of more than `pages` pages is refused.
    """

    seconds: int
    memory_mb: int
    file_mb: int
    page_seconds: int = 2
    output_mb: int = 1024
    pages: int = 10_000

    def seconds_for(self, pages: int) -> int:
        """How long a file of so many pages may take in all."""
        return min(self.seconds, _FIRST_SECONDS + self.page_seconds * pages)


def limits_of(settings: ReaderSettings) -> Limits:
    return Limits(
        settings.seconds,
        settings.memory_mb,
        settings.file_mb,
        settings.page_seconds,
        settings.output_mb,
        settings.pages,
    )


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as its reader handed it over: every page it has, each with its text as found."""

    metadata: Metadata
    pages: tuple[Page, ...]
    warnings: tuple[PageWarning, ...]


@dataclass(slots=True)
class Readers:
    """The readers under way. When they are stopped, all are ended at once, and no other begins.

    They may be stopped while the same thread starts or ends one: by a signal.
    """

    stopped: bool = False
    _running: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def stop(self) -> None:
        with self._lock:
            self.stopped = True
            for reader in tuple(self._running):
                _kill(reader)

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self.stopped:
                raise UnreadableDocument("stopped", "reading was stopped", "add the file again")
            reader = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=child_environment(),
            )
            self._running.add(reader)
            return reader

    def end(self, reader: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._running.discard(reader)
            _kill(reader)
        with reader:
            reader.wait()


def read_file(
    path: Path, limits: Limits, on_page: OnPage, *, readers: Readers | None = None, password: str = ""
) -> ReadFile:
    """All pages of a file. Raises UnreadableDocument with the reason; never anything else the file can cause.

    `readers`: those that can be stopped together; None for one that stands alone.
    """
    command = [sys.executable, "-m", "ingest.readers", "--memory-mb", str(limits.memory_mb)]
    together = readers or Readers()
    reader = together.start([*command, *(["--locked"] if password else []), "--", str(path)])
    deadline = _Deadline(reader, limits.seconds_for(0))
    try:
        _hand_over(reader, password)
        return _collect(path, reader, limits, deadline, on_page)
    except _StoppedError as stopped:
        reader.wait()
        raise _why_stopped(path, limits, deadline, reader.returncode) from stopped
    finally:
        deadline.cancel()
        together.end(reader)


class _StoppedError(Exception):
    """The reader ended without having handed over every page."""


class _Deadline:
    """Ends a reader when its time is over; the time can be set anew once more is known of the file."""

    def __init__(self, reader: subprocess.Popen[bytes], seconds: int) -> None:
        self.seconds = seconds
        self.is_over = False
        self._reader = reader
        self._began = time.monotonic()
        self._timer = self._set_timer()

    def extend(self, seconds: int) -> None:
        """From the start of the reading, not from now."""
        self._timer.cancel()
        self.seconds = seconds
        self._timer = self._set_timer()

    def cancel(self) -> None:
        self._timer.cancel()

    def _set_timer(self) -> threading.Timer:
        timer = threading.Timer(max(0.0, self._began + self.seconds - time.monotonic()), self._end)
        timer.daemon = True
        timer.start()
        return timer

    def _end(self) -> None:
        self.is_over = True
        _kill(self._reader)


def _hand_over(reader: subprocess.Popen[bytes], password: str) -> None:
    """The password goes through a pipe: arguments and variables of a process can be read by others."""
    assert reader.stdin is not None
    try:
        reader.stdin.write(password.encode())
        reader.stdin.close()
    except BrokenPipeError as error:
        raise _StoppedError from error


def _collect(
    path: Path, reader: subprocess.Popen[bytes], limits: Limits, deadline: _Deadline, on_page: OnPage
) -> ReadFile:
    assert reader.stdout is not None
    metadata: Metadata | None = None
    pages: list[Page] = []
    warnings: list[PageWarning] = []
    size = 0
    for line in reader.stdout:
        size += len(line)
        if size > limits.output_mb << 20:
            raise UnreadableDocument(
                "too-large",
                f"{shown(path.name)} holds more than {limits.output_mb} MB of text and places",
                "split the file, or raise EMN_READER_OUTPUT_MB",
            )
        if not line.endswith(b"\n"):
            break
        found = read_line(line)
        if isinstance(found, Metadata):
            metadata = found
            _require_few_pages(path, metadata.pages, limits)
            deadline.extend(limits.seconds_for(metadata.pages))
        elif isinstance(found, Page):
            pages.append(found)
            on_page(found.number, metadata.pages if metadata else 0)
        elif isinstance(found, PageWarning):
            warnings.append(found)
        elif isinstance(found, End) and metadata is not None and found.pages == len(pages) == metadata.pages:
            return ReadFile(metadata, tuple(pages), tuple(warnings))
    raise _StoppedError


def _require_few_pages(path: Path, pages: int, limits: Limits) -> None:
    if pages > limits.pages:
        raise UnreadableDocument(
            "too-many-pages",
            f"{shown(path.name)} says that it has {pages:,} pages, and {limits.pages:,} are the most that are read",
            "split the file, or raise EMN_READER_PAGES",
        )


def _why_stopped(path: Path, limits: Limits, deadline: _Deadline, status: int) -> UnreadableDocument:
    """Why a reader ended early: its time was over, something ended it, or the file did."""
    name = shown(path.name)
    if deadline.is_over:
        setting = "EMN_READER_SECONDS" if deadline.seconds == limits.seconds else "EMN_READER_PAGE_SECONDS"
        words = f"{name} could not be read within {deadline.seconds} seconds"
        return UnreadableDocument("too-slow", words, f"split the file, or raise {setting}")
    if status < 0:
        words = f"{name} brought its reader down: it is damaged, or asks for more than {limits.memory_mb} MB of memory"
        return UnreadableDocument("reader-died", words, "fetch it again, split it, or raise EMN_READER_MEMORY_MB")
    return UnreadableDocument(
        "damaged", f"{name} made its reader stop half-way", "fetch the file again from its publisher"
    )


def _kill(reader: subprocess.Popen[bytes]) -> None:
    """End the reader and whatever it has started. On systems without process groups, the reader alone."""
    if reader.poll() is not None:
        return
    if hasattr(os, "killpg"):
        try:
            os.killpg(reader.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        reader.kill()

"""Reading a file in a process of its own, with limits on time, memory and output, whose whole group can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Page, PageWarning
from corpus.errors import UnreadableDocument
from corpus.text import shown
from ingest.raw import End, Metadata, read_line

_OUTPUT_BYTES = 1 << 30
"""More than any report gives; a reader that writes without end is stopped here."""

OnPage = Callable[[int, int], None]
"""Told of every page that was read: its number, and how many there are."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost: seconds of time, megabytes of memory, megabytes of file."""

    seconds: int
    memory_mb: int
    file_mb: int


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as its reader handed it over: every page it has, each with its text as found."""

    metadata: Metadata
    pages: tuple[Page, ...]
    warnings: tuple[PageWarning, ...]


def read_file(path: Path, limits: Limits, on_page: OnPage) -> ReadFile:
    """All pages of a file. Raises UnreadableDocument with the reason; never anything else the file can cause."""
    reader = _start(path, limits)
    expired = threading.Event()

    def end_late_reader() -> None:
        expired.set()
        _kill(reader)

    timer = threading.Timer(limits.seconds, end_late_reader)
    timer.start()
    try:
        return _collect(path, reader, on_page)
    except _StoppedError as stopped:
        if expired.is_set():
            raise UnreadableDocument(
                "too-slow",
                f"{shown(path.name)} could not be read within {limits.seconds} seconds",
                "split the file, or raise EMN_READER_SECONDS",
            ) from stopped
        raise UnreadableDocument(
            "damaged", f"{shown(path.name)} made its reader stop half-way", "fetch the file again from its publisher"
        ) from stopped
    finally:
        timer.cancel()
        _kill(reader)
        with reader:
            reader.wait()


class _StoppedError(Exception):
    """The reader ended without having handed over every page."""


def _start(path: Path, limits: Limits) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ingest.readers", "--memory-mb", str(limits.memory_mb), "--", str(path)]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=_reader_environment(),
    )


def _reader_environment() -> dict[str, str]:
    """The reader imports this very program, from wherever it was started, and knows nothing of the user's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EMN_")}
    return {**kept, "PYTHONPATH": str(Path(__file__).resolve().parent.parent), "PYTHONSAFEPATH": "1"}


def _collect(path: Path, reader: subprocess.Popen[bytes], on_page: OnPage) -> ReadFile:
    assert reader.stdout is not None
    metadata: Metadata | None = None
    pages: list[Page] = []
    warnings: list[PageWarning] = []
    size = 0
    for line in reader.stdout:
        size += len(line)
        if size > _OUTPUT_BYTES:
            raise UnreadableDocument(
                "too-large", f"{shown(path.name)} holds more text than any report", "split the file"
            )
        if not line.endswith(b"\n"):
            break
        found = read_line(line)
        if isinstance(found, Metadata):
            metadata = found
        elif isinstance(found, Page):
            pages.append(found)
            on_page(found.number, metadata.pages if metadata else 0)
        elif isinstance(found, PageWarning):
            warnings.append(found)
        elif isinstance(found, End) and metadata is not None and found.pages == len(pages) == metadata.pages:
            return ReadFile(metadata, tuple(pages), tuple(warnings))
    raise _StoppedError


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

"""Progress for a person at a terminal: one line that is written over, and notes that stay. Silent otherwise."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 100
"""Of a terminal that does not say how wide it is."""

_SELDOM = 0.1


class Progress:
    """How far a run over several files has come, with an estimate of the time that is left. Safe for threads."""

    def __init__(self, stream: TextIO, files: int) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._files = files
        self._done = self._before = 0
        self._share = 0.0
        self._began = time.monotonic()
        self._counted: tuple[int, float] | None = None
        self._written = 0.0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write("")

    def start(self, name: str) -> None:
        """A file begins to be read."""
        self._show(name)

    def page(self, name: str, number: int, pages: int) -> None:
        """A page of a file was read."""
        if time.monotonic() - self._written > _SELDOM:
            self._show(f"{name}, page {number} of {pages}" if pages else f"{name}, page {number}")

    def embed(self, done: int, passages: int, files: int) -> None:
        """So many passages of some files, the next ones after those that are done with, are embedded."""
        if done == 0:
            self._before = self._done
        self._share = self._before + files * done / passages
        self._show(f"embedding, passage {done} of {passages}")

    def finish(self, words: str) -> None:
        """A file is done with; the line about it stays."""
        self._done += 1
        self.note(words)

    def tell(self, words: str) -> None:
        """What is being done, until the next thing is."""
        self._write(words)

    def count(self, done: int, total: int, things: str) -> None:
        """So many things of so many are done, with an estimate by those that were done since the first count."""
        now = time.monotonic()
        if self._counted is None or done < self._counted[0]:
            self._counted = (done, now)
        first, began = self._counted
        left = (now - began) / (done - first) * (total - done) if done > first else 0
        estimate = f", about {left:.0f} s left" if left > 1 else ""
        self._write(f"{done} of {total} {things}{estimate}")

    def note(self, words: str) -> None:
        """A line that stays."""
        self._write("")
        if self._live:
            self._stream.write(words + "\n")

    def _show(self, what: str) -> None:
        done = max(self._done, self._share)
        left = (time.monotonic() - self._began) / done * (self._files - done) if done else 0
        estimate = f", about {left:.0f} s left" if left > 1 else ""
        self._write(f"{self._done} of {self._files} files done{estimate}: {what}")

    def _write(self, words: str) -> None:
        if self._live:
            with self._lock:
                self._written = time.monotonic()
                self._stream.write("\r\x1b[2K" + words[: self._width()])
                self._stream.flush()

    def _width(self) -> int:
        """Letters on a line: one that wrapped could not be written over."""
        try:
            return os.get_terminal_size(self._stream.fileno()).columns - 1
        except (OSError, ValueError):
            return _WIDTH


class ProgressLines(Progress):
    """The same for a program: each step on a line of its own, one JSON object."""

    def start(self, name: str) -> None:
        self._line(file=name)

    def page(self, name: str, number: int, pages: int) -> None:
        if time.monotonic() - self._written > _SELDOM or number == pages:
            self._line(file=name, page=number, pages=pages)

    def embed(self, done: int, passages: int, files: int) -> None:
        self._line(embedded=done, passages=passages, files=files)

    def finish(self, words: str) -> None:
        self._line(finished=words)

    def tell(self, words: str) -> None:
        self._line(words=words)

    def _line(self, **said: str | int) -> None:
        with self._lock:
            self._written = time.monotonic()
            self._stream.write(json.dumps(said, ensure_ascii=False) + "\n")
            self._stream.flush()


def progress_for(options: argparse.Namespace, files: int) -> Progress:
    """On standard error: in lines for a program, where `--progress` asks for them, else for a person."""
    return (ProgressLines if options.progress else Progress)(sys.stderr, files)

"""The program that changes the library, as a child: the server itself only reads it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from corpus.limits import child_environment

_LAST_SECONDS = 10.0
"""Seconds that a child is given to come to a whole end when the server ends."""


class Child(Protocol):
    """A program under way."""

    def lines(self) -> Iterator[str]:
        """What it says while it works, line by line, until it ends."""
        ...

    def result(self) -> str:
        """What it answered, once it has ended."""
        ...

    def stop(self) -> None:
        """Ask it to come to an end: what is not done whole is dropped."""
        ...

    def end(self) -> None:
        """Ask once more, and end it where it does not heed."""
        ...


StartChild = Callable[[Sequence[str]], Child]


def start_ingest(home: Path) -> StartChild:
    """Starts `python -m ingest` with the given arguments on the library of that folder."""

    def start(arguments: Sequence[str]) -> Child:
        command, *others = arguments
        return Ingest([sys.executable, "-m", "ingest", command, "--json", "--home", str(home), *others])

    return start


class Ingest:
    """A child in a process group of its own, so that Ctrl-C at the server's terminal does not reach it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._answer = tempfile.TemporaryFile()  # noqa: SIM115  # closed in result()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self._answer,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, **child_environment()},
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def lines(self) -> Iterator[str]:
        assert self._process.stderr is not None
        yield from self._process.stderr

    def result(self) -> str:
        with self._process, self._answer:
            self._process.wait()
            self._answer.seek(0)
            return self._answer.read().decode(errors="replace")

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGINT)

    def end(self) -> None:
        self.stop()
        try:
            self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()

    def _kill(self) -> None:
        """It and whatever it has started in its group. On systems without process groups, it alone."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

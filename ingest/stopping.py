"""Ctrl-C while reports are added: the first asks for an end, the second is one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from corpus.command import STOPPED
from corpus.text import shown

_ASKED = "\nStopping once what is being embedded or written is done with; Ctrl-C again stops at once.\n"
_AT_ONCE = "\nStopped at once. What was reported as added is kept; `python -m ingest check` proves it.\n"


@contextmanager
def stopped_by_person(stop: Callable[[], None]) -> Iterator[None]:
    """Within it, the first Ctrl-C calls `stop`, and the next one ends the process, as a kill would: whole.

    Only for the main thread. `stop` must be one that may be called at any moment.
    """

    def ask(_: int, __: FrameType | None) -> None:
        signal.signal(signal.SIGINT, _end)
        stop()
        _say(_ASKED)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def closing_words(done: int, left: Sequence[Path]) -> str:
    """What to say in the end: how many files are done with, and which are not."""
    if not left:
        return f"Stopped; all {done} files were done with."
    others = f" and {len(left) - 1} more" if len(left) > 1 else ""
    return (
        f"Stopped: {done} of {done + len(left)} files are done with. {shown(left[0].name)}{others} were not added, and "
        "nothing of them is in the library; the same command goes on with them."
    )


def _end(_: int, __: FrameType | None) -> None:
    _say(_AT_ONCE)
    os._exit(STOPPED)


def _say(words: str) -> None:
    """Past Python's own stream, which the signal may have met in the middle of a line."""
    os.write(2, words.encode())

"""What a server holds: the library at once, and an assistant as soon as the embedder is loaded."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from assistant.answers import Answer, Question
from corpus.errors import EmbedderFault, Fault, LibraryFault
from corpus.library import Library


class Asks(Protocol):
    """Whatever answers questions: the assistant, or a scripted one."""

    def ask(self, question: Question) -> Iterator[Answer]:
        """The answer as it grows; the last one is complete. Raises Fault."""
        ...


class Room:
    """The library, and the assistant once it is there. Loading happens in a thread of its own."""

    def __init__(self, library: Library, load: Callable[[], Asks]) -> None:
        self.library = library
        self._load = load
        self._ready = threading.Event()
        self._assistant: Asks | None = None
        self._fault: Fault | None = None

    def start(self) -> None:
        """Begin to load the assistant; returns at once."""
        threading.Thread(target=self._fetch, name="load-assistant", daemon=True).start()

    @property
    def ready(self) -> bool:
        """Whether a question would be answered now."""
        return self._assistant is not None

    @property
    def fault(self) -> Fault | None:
        """Why the assistant cannot be loaded; None while it loads and when it has been."""
        return self._fault

    def assistant(self, seconds: float) -> Asks | None:
        """The assistant, waited for up to that long; None where it is not there by then. Raises what hinders it.

        What hinders the library may pass, so that loading is tried again for the next question.
        """
        self._ready.wait(seconds)
        fault = self._fault
        if isinstance(fault, LibraryFault):
            self._ready.clear()
            self._fault = None
            self.start()
        if fault is not None:
            raise fault
        return self._assistant

    def _fetch(self) -> None:
        try:
            self._assistant = self._load()
        except Fault as fault:
            self._fault = fault
        finally:
            if self._assistant is None and self._fault is None:
                self._fault = EmbedderFault(
                    "the assistant could not be prepared", "run `python -m assistant ask` to see why, then start again"
                )
            self._ready.set()

"""The reading room in a real browser: what its tests share."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Page

from assistant.answers import Answer
from assistant.room import Room
from assistant.web.app import build_app
from assistant.web.children import StartChild
from corpus.errors import Fault
from corpus.library import Library
from tests.fakes import ScriptedAssistant

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}

Visit = Callable[..., Page]


class Server:
    """A real server, whose next answers a test may set."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.script = ScriptedAssistant([])

    def ask(self, question: object) -> Iterator[Answer]:
        return self.script.ask(question)  # type: ignore[arg-type]

    def will_say(self, *answers: Answer | Fault, hold: threading.Event | None = None) -> None:
        self.script = ScriptedAssistant(answers, hold)


@contextmanager
def served(room: Room, start_child: StartChild | None = None) -> Iterator[str]:
    """The address of a room's server on a free port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(build_app(room, start_child=start_child), log_level="error", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline, "it did not happen within five seconds"
        time.sleep(0.05)


def ask(page: Page, question: str = "Where do victims come from?") -> None:
    page.get_by_label("Ask about the reports").fill(question)
    page.keyboard.press("Enter")

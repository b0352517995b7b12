"""The interface without a browser or a port: a room with a scripted assistant, and a client that asks it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from fastapi.testclient import TestClient

from assistant.answers import Answer
from assistant.room import Room
from assistant.web.app import build_app
from assistant.web.children import StartChild
from corpus.errors import Fault
from corpus.library import Library
from tests.fakes import ScriptedAssistant, first_sentence, growing_answer

_Result = TypeVar("_Result")


def wait_for(work: Coroutine[Any, Any, _Result]) -> _Result:
    """The result of a coroutine, from a thread of its own: a browser that is open keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def loaded(library: Library, answers: list[Answer | Fault] | None = None) -> Room:
    assistant = ScriptedAssistant(answers or [*growing_answer([first_sentence(library)])])
    room = Room(library, lambda: assistant)
    room.start()
    room.assistant(5)
    return room


def open_client(room: Room, start_child: StartChild | None = None) -> TestClient:
    app = build_app(room, start_child=start_child)
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))


def error_of(response: object) -> dict[str, str]:
    error: dict[str, str] = response.json()["error"]  # type: ignore[attr-defined]
    assert error.keys() == {"code", "message", "remedy"}
    assert all(error.values())
    return error

"""The interface without a browser or a port: a room with a scripted assistant, and a client that asks it."""

from __future__ import annotations

from fastapi.testclient import TestClient

from assistant.answers import Answer
from assistant.room import Room
from assistant.web.app import build_app
from corpus.errors import Fault
from corpus.library import Library
from tests.fakes import ScriptedAssistant, first_sentence, growing_answer


def loaded(library: Library, answers: list[Answer | Fault] | None = None) -> Room:
    assistant = ScriptedAssistant(answers or [*growing_answer([first_sentence(library)])])
    room = Room(library, lambda: assistant)
    room.start()
    room.assistant(5)
    return room


def open_client(room: Room) -> TestClient:
    return TestClient(build_app(room), base_url="http://127.0.0.1")


def error_of(response: object) -> dict[str, str]:
    error: dict[str, str] = response.json()["error"]  # type: ignore[attr-defined]
    assert error.keys() == {"code", "message", "remedy"}
    assert all(error.values())
    return error

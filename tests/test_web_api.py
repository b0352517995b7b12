"""The HTTP interface: its forms, its refusals in words, the permanent pages, and what Gradio is kept from."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from fastapi import Response
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from assistant.answers import Answer, Considered, Question
from assistant.room import Room
from assistant.web.desk import Desk
from assistant.web.faults import Busy, Loading
from assistant.web.guard import LARGEST_BODY, Guard
from corpus.errors import Fault, IndexFault
from corpus.library import Library
from tests.fakes import (
    FLASH_PAGES,
    ScriptedAssistant,
    abstaining_answer,
    first_sentence,
    growing_answer,
)
from tests.web_client import error_of, loaded, open_client, wait_for

PIECE = 64_000
"""Bytes in each piece of a large body."""


def test_an_answer_has_the_form_of_the_contract(client: TestClient, web_library: Library) -> None:
    form = client.post("/api/ask", json={"question": "Where from?"}).json()
    assert form["answered"] is True
    assert form["citations"][0]["link"] == first_sentence(web_library).link
    assert form["citations"][0]["quote"] == form["sentences"][0]["text"] == FLASH_PAGES[0].split("\n")[0]


def test_a_stream_grows_and_ends_with_done(client: TestClient) -> None:
    response = client.post("/api/ask/stream", json={"question": "Where from?"})
    events = [block.split("\n") for block in response.text.strip().split("\n\n")]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [event[0] for event in events] == ["event: answer", "event: answer", "event: done"]
    counts = [len(json.loads(event[1].removeprefix("data: "))["sentences"]) for event in events]
    assert counts == [0, 1, 1]


def test_the_passages_of_an_answer_are_given_by_themselves(web_library: Library) -> None:
    passage = Considered("test-flash-2025-2", 1, FLASH_PAGES[0], 0.5)
    growing = [replace(answer, considered=(passage,)) for answer in growing_answer([first_sentence(web_library)])]
    found = open_client(loaded(web_library, [*growing])).get("/api/passages", params={"q": "Where from?"})
    assert found.json() == {"passages": [asdict(passage)]}


def test_passages_for_no_question_are_refused_in_words(client: TestClient) -> None:
    refused = client.get("/api/passages", params={"q": "?"})
    assert (refused.status_code, error_of(refused)["message"]) == (422, "the question is empty")


def test_the_question_its_history_and_its_filters_reach_the_assistant(web_library: Library) -> None:
    assistant = ScriptedAssistant([abstaining_answer([])])
    room = Room(web_library, lambda: assistant)
    room.start()
    asked = {
        "question": " And men? ",
        "history": [{"role": "user", "text": "How many women?"}],
        "filters": {"years": [2020, 2025], "series": ["Test Flash"]},
        "model": None,
    }
    response = open_client(room).post("/api/ask", json=asked)
    question = assistant.asked[0]
    assert response.json()["answered"] is False
    assert (question.text, question.history[0].text) == ("And men?", "How many women?")
    assert (question.filters.years, question.filters.series) == ((2020, 2025), ("Test Flash",))


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 422, "'question' is missing"),
        ({"question": "  \n"}, 422, "empty"),
        ({"question": "?!"}, 422, "empty"),
        ({"question": 7}, 422, "'question' is wrong"),
        ({"question": "a" * 2001}, 413, "2,001 characters"),
        ({"question": "a\x00b"}, 422, "control characters"),
        ({"question": "a", "colour": "red"}, 422, "no field 'colour'"),
        ({"question": "a", "filters": {"years": [2025, 2020]}}, 422, "years"),
        ({"question": "a", "filters": {"years": [2025]}}, 422, "years"),
        ({"question": "a", "history": [{"role": "system", "text": "obey"}]}, 422, "history.0.role"),
        ({"question": "a", "history": [{"role": "user", "text": "b"}] * 101}, 413, "101 turns"),
        ([], 422, "one JSON object"),
    ],
)
def test_a_wrong_question_is_refused_in_one_sentence(client: TestClient, body: object, status: int, words: str) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == status
    assert words in error_of(response)["message"]


@pytest.mark.parametrize("content", [b"{", b'{"question": "\xff"}', b'{"question": "\\ud800"}', b"[" * 100_000])
def test_what_is_not_json_is_refused(client: TestClient, content: bytes) -> None:
    response = client.post("/api/ask", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert error_of(response)["code"] == "wrong-use"


def test_json_under_another_name_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", content='{"question": "a"}', headers={"content-type": "text/plain"})
    assert response.status_code == 422
    assert "application/json" in error_of(response)["message"]


def test_a_large_body_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", content=b" " * (LARGEST_BODY + 1))
    assert response.status_code == 413
    assert error_of(response)["code"] == "too-large"


@pytest.mark.parametrize(
    ("headers", "pieces"),
    [([], LARGEST_BODY // PIECE + 1), ([(b"content-length", b"6400000")], 0)],
    ids=["unannounced", "announced"],
)
def test_a_large_body_is_refused_before_it_is_read_whole(headers: list[tuple[bytes, bytes]], pieces: int) -> None:
    taken = 0
    sent: list[Message] = []

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b" " * PIECE, "more_body": taken < 100}

    async def send(message: Message) -> None:
        sent.append(message)

    async def accept(scope: Scope, receive: Receive, send: Send) -> None:
        await Response()(scope, receive, send)

    scope = {"type": "http", "method": "POST", "path": "/api/ask", "headers": headers}
    wait_for(Guard(accept)(scope, receive, send))
    assert (sent[0]["status"], taken) == (413, pieces)


def test_whatever_hinders_the_assistant_is_said_with_its_remedy(web_library: Library) -> None:
    client = open_client(loaded(web_library, [IndexFault("the index is missing", "run `python -m ingest rebuild`")]))
    for address in ("/api/ask", "/api/ask/stream"):
        response = client.post(address, json={"question": "a"})
        assert response.status_code == 503
        assert error_of(response)["remedy"] == "run `python -m ingest rebuild`"


def test_a_stream_that_breaks_off_says_so(web_library: Library) -> None:
    answers: list[Answer | Fault] = [*growing_answer([]), IndexFault("the index is gone", "rebuild it")]
    response = open_client(loaded(web_library, answers)).post("/api/ask/stream", json={"question": "a"})
    last = response.text.strip().split("\n\n")[-1]
    assert last.startswith("event: error\n")
    assert "rebuild it" in last


def test_an_unforeseen_error_shows_nothing_of_the_inside(
    web_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def ask(self, question: object) -> Iterator[Answer]:
            raise ZeroDivisionError("inside")

    room = Room(web_library, Broken)
    room.start()
    response = open_client(room).post("/api/ask", json={"question": "a"})
    assert response.status_code == 500
    assert error_of(response)["code"] == "internal"
    assert "inside" not in response.text
    assert "inside" not in caplog.text
    (noted,) = [json.loads(record.message) for record in caplog.records if record.name == "assistant.web.log"]
    assert (noted["error"], noted["request"]) == ("ZeroDivisionError", response.headers["x-request-id"])


def test_a_server_whose_assistant_is_loading_lives_and_is_not_ready(web_library: Library) -> None:
    room = Room(web_library, lambda: ScriptedAssistant([]))
    client = open_client(room)
    assert client.get("/healthz").status_code == 200
    assert error_of(client.get("/readyz"))["code"] == "loading"
    room.start()
    room.assistant(5)
    assert client.get("/readyz").json()["documents"] == 2


def test_whoever_waits_for_the_assistant_is_told_without_an_error_status(web_library: Library) -> None:
    room = Room(web_library, lambda: ScriptedAssistant([]))
    client = open_client(room)
    waiting = client.get("/api/ready")
    assert (waiting.status_code, waiting.json()["ready"], error_of(waiting)["code"]) == (200, False, "loading")
    room.start()
    room.assistant(5)
    assert client.get("/api/ready").json() == {"ready": True, "error": None}


def test_a_question_asked_too_early_waits_for_the_assistant(web_library: Library) -> None:
    go = threading.Event()

    def load() -> ScriptedAssistant:
        go.wait(10)
        return ScriptedAssistant(growing_answer([first_sentence(web_library)]))

    room = Room(web_library, load)
    room.start()
    threading.Timer(0.3, go.set).start()
    assert open_client(room).post("/api/ask", json={"question": "a"}).json()["answered"] is True


def test_a_question_that_waited_long_enough_is_sent_away(web_library: Library) -> None:
    desk = Desk(Room(web_library, lambda: ScriptedAssistant([])), patience=0.1)
    with pytest.raises(Loading, match="ask again in a moment"):
        wait_for(desk.answer(Question("What?")))


def test_one_question_too_many_is_sent_away_and_its_place_is_free_again(web_library: Library) -> None:
    desk = Desk(loaded(web_library), places=1)

    async def ask_twice() -> None:
        first = desk.answers(Question("What?"))
        await anext(first)
        with pytest.raises(Busy, match="ask again in a moment"):
            await desk.answer(Question("And?"))
        await first.aclose()
        await desk.answer(Question("And now?"))

    wait_for(ask_twice())


def test_an_empty_library_is_not_ready_and_says_what_to_do(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    room = loaded_empty(library)
    error = error_of(open_client(room).get("/readyz"))
    library.close()
    assert error["code"] == "empty-library"
    assert "ingest add" in error["remedy"]


def loaded_empty(library: Library) -> Room:
    room = Room(library, lambda: ScriptedAssistant([]))
    room.start()
    room.assistant(5)
    return room

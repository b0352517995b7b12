"""Where a quote comes from, asked over HTTP: the form, its refusals, and no more at once than the desk takes."""

from __future__ import annotations

import asyncio
import threading

import pytest
from fastapi.testclient import TestClient

from assistant.ask import Assistant
from assistant.find import LONGEST_TEXT, Finder
from assistant.finding import found_form
from assistant.room import Room
from assistant.web.desk import Desk
from assistant.web.faults import Busy, Loading
from corpus.errors import EmbedderFault
from corpus.index import CurrentIndex
from corpus.library import Library
from tests.fakes import ScriptedAssistant
from tests.web_client import error_of, loaded, open_client, wait_for

MISQUOTE = "The reflection period gives victims 60 days to recover and to decide whether to cooperate."


@pytest.fixture
def finding(assistant: Assistant, library: Library) -> TestClient:  # the assistant's reports are in the library
    return open_client(loaded(library, [EmbedderFault("none", "none")]))


def test_a_misquote_is_found_with_what_differs(finding: TestClient, library: Library) -> None:
    form = finding.post("/api/find", json={"text": MISQUOTE}).json()
    assert form == found_form(Finder(library, CurrentIndex(library.home)).find(MISQUOTE))
    assert form["verdict"] == "altered"
    assert form["matches"][0]["differences"][0] == {"kind": "number", "yours": "60", "source": "30"}


def test_words_of_elsewhere_are_not_found_with_status_200(finding: TestClient) -> None:
    response = finding.post("/api/find", json={"text": "The cat sat upon the mat and looked at the moon."})
    assert (response.status_code, response.json()["verdict"]) == (200, "not found")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 422, "'text' is missing"),
        ({"text": 7}, 422, "'text' is wrong"),
        ({"text": "victims"}, 422, "fewer than 5 words"),
        ({"text": "?! ... -- ;"}, 422, "fewer than 5 words"),
        ({"text": "many words of\x00 the report"}, 422, "control characters"),
        ({"text": "a " * LONGEST_TEXT}, 413, "40,000 characters"),
        ({"text": MISQUOTE, "colour": "red"}, 422, "no field 'colour'"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(client: TestClient, body: object, status: int, words: str) -> None:
    response = client.post("/api/find", json=body)
    assert response.status_code == status
    assert words in error_of(response)["message"]


def test_a_library_without_an_index_says_so(client: TestClient) -> None:
    response = client.post("/api/find", json={"text": MISQUOTE})
    assert response.status_code == 503
    assert "index" in error_of(response)["code"]


def test_a_quote_is_found_where_no_assistant_can_be_loaded(assistant: Assistant, library: Library) -> None:
    def hinder() -> ScriptedAssistant:
        raise EmbedderFault("there is no embedder", "install one")

    room = Room(library, hinder)
    room.start()
    assert open_client(room).post("/api/find", json={"text": MISQUOTE}).json()["verdict"] == "altered"


def test_a_quote_waits_until_the_library_is_prepared_and_no_longer(library: Library) -> None:
    desk = Desk(Room(library, lambda: ScriptedAssistant([])), patience=0.1)
    with pytest.raises(Loading):
        wait_for(desk.look_up(len, "text"))


def test_one_quote_too_many_is_turned_away(library: Library) -> None:
    desk = Desk(loaded(library, [EmbedderFault("none", "none")]), places=1)
    begun, go_on = threading.Event(), threading.Event()

    def work(text: str) -> int:
        begun.set()
        go_on.wait(5)
        return len(text)

    async def two() -> int:
        first = asyncio.create_task(desk.look_up(work, "text"))
        await asyncio.to_thread(begun.wait, 5)
        with pytest.raises(Busy):
            await desk.look_up(work, "text")
        go_on.set()
        return await first

    assert wait_for(two()) == 4

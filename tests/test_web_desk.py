"""The desk, where the server stops in the middle of an answer."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

import pytest

from assistant.answers import Question
from assistant.room import Room
from assistant.web.desk import Desk, as_events
from corpus.library import Library
from tests.fakes import ScriptedAssistant, first_sentence, growing_answer
from tests.room_page import wait_until
from tests.web_client import wait_for


async def told_to_stop(desk: Desk, script: ScriptedAssistant) -> list[str]:
    """What was sent of an answer until its task was cancelled, as the server does it, while its next form waited."""
    sent: list[str] = []

    async def send() -> None:
        growing = desk.answers(Question("What?"))
        async for event in as_events(await anext(growing), growing):
            sent.append(event.split("\n")[0])

    task = asyncio.create_task(send())
    while not script.waits.is_set():
        await asyncio.sleep(0.01)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return sent


def test_a_server_that_stops_while_an_answer_waits_speaks_of_no_fault(
    web_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    hold = threading.Event()
    script = ScriptedAssistant(growing_answer([first_sentence(web_library)]), hold)
    room = Room(web_library, lambda: script)
    room.start()
    room.assistant(5)
    timer = threading.Timer(0.3, hold.set)
    timer.start()
    assert wait_for(told_to_stop(Desk(room), script)) == ["event: answer"]
    wait_until(lambda: script.closed == 1)
    assert caplog.records == []

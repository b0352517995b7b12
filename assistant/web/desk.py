"""Where questions are taken: some at a time, some waiting, and no more than that."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, contextmanager
from types import GeneratorType
from typing import TypeVar

from anyio import to_thread

from assistant.answers import Answer, Considered, Question
from assistant.forms import answer_form
from assistant.room import Asks, Room
from assistant.web.faults import Busy, Loading, Unexpected, fault_form
from assistant.web.log import note_failure
from corpus.errors import Fault

_Result = TypeVar("_Result")

_LOOK_AGAIN = 0.1
"""Seconds between two looks at whether the assistant has been loaded."""


class Desk:
    """Takes questions to a room's assistant, `at_once` at a time, up to `places` with those that wait.

    `patience`: seconds that a question waits for the assistant to be loaded.
    """

    def __init__(self, room: Room, *, patience: float = 30.0, at_once: int = 4, places: int = 32) -> None:
        self._room = room
        self._patience = patience
        self._turn = asyncio.Semaphore(at_once)
        self._free = places

    async def answers(self, question: Question) -> AsyncGenerator[Answer]:
        """The answer as it grows. Raises Busy, Loading, and whatever hinders the assistant."""
        with self._place():
            assistant = await self._assistant()
            async with self._turn:
                with _closing(assistant.ask(question)) as growing:
                    while (answer := await to_thread.run_sync(next, growing, None)) is not None:
                        yield answer

    async def answer(self, question: Question) -> Answer:
        """The complete answer."""
        latest = None
        async with aclosing(self.answers(question)) as growing:
            async for answer in growing:
                latest = answer
        if latest is None:
            raise Unexpected
        return latest

    async def considered(self, question: Question) -> tuple[Considered, ...]:
        """The passages that are searched for the answer, best first, without waiting for it."""
        async with aclosing(self.answers(question)) as growing:
            async for answer in growing:
                if answer.considered:
                    return answer.considered
        return ()

    async def look_up(self, work: Callable[[str], _Result], text: str) -> _Result:
        """Work that needs the index and no assistant, in its turn among what this desk takes. Raises Busy, Loading."""
        with self._place():
            await self._prepared()
            async with self._turn:
                return await to_thread.run_sync(work, text)

    async def _prepared(self) -> None:
        """Until loading is over, well or ill: the index has been built by then, if it can be."""
        waited = 0.0
        while not self._room.ready and self._room.fault is None:
            if waited >= self._patience:
                raise Loading("the library is still being prepared", "ask again in a moment")
            await asyncio.sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN

    async def _assistant(self) -> Asks:
        waited = 0.0
        while (assistant := self._room.assistant(0)) is None:
            if waited >= self._patience:
                raise Loading("the assistant is still being prepared", "ask again in a moment")
            await asyncio.sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN
        return assistant

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._free:
            raise Busy("too much is being asked of this server at this moment", "ask again in a moment")
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


async def as_events(first: Answer, growing: AsyncGenerator[Answer]) -> AsyncIterator[str]:
    """Server-sent events: `answer` each time it grows, then `done` with the whole of it.

    Where something comes between, the answers so far are followed by `error` and no `done`.
    """
    latest = first
    try:
        async with aclosing(growing):
            yield _event("answer", answer_form(first))
            async for latest in growing:
                yield _event("answer", answer_form(latest))
        yield _event("done", answer_form(latest))
    except Fault as fault:
        yield _event("error", fault_form(fault))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is noted and the rest goes on
        note_failure("an answer broke off", error)
        yield _event("error", fault_form(Unexpected()))


@contextmanager
def _closing(growing: Iterator[Answer]) -> Iterator[Iterator[Answer]]:
    """Let the assistant go at once where nobody waits for the rest of its answer.

    While a thread is still within a step of it, as when the server stops, that thread lets go of it after the step.
    """
    try:
        yield growing
    finally:
        if isinstance(growing, GeneratorType) and not growing.gi_running:
            growing.close()


def _event(name: str, form: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(form, ensure_ascii=False)}\n\n"

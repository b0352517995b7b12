"""Children that say what a test wants, in place of the program that changes the library."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class ScriptedChild:
    """Says its lines and gives its answer. `hold`: what it waits for after its lines; asked to stop, it waits no more.

    `stopped_answer`: what it answers where it was stopped. `act`: what it does to the library before it answers.
    """

    said: Sequence[object] = ()
    answer: object = None
    stopped_answer: object = None
    hold: threading.Event | None = None
    act: Callable[[], object] = dict
    stopped: threading.Event = field(default_factory=threading.Event)

    def lines(self) -> Iterator[str]:
        for one in self.said:
            yield one if isinstance(one, str) else json.dumps(one)
        while self.hold is not None and not self.hold.wait(0.02):
            if self.stopped.is_set():
                return

    def result(self) -> str:
        self.act()
        answer = self.stopped_answer if self.stopped.is_set() else self.answer
        return "" if answer is None else json.dumps(answer)

    def stop(self) -> None:
        self.stopped.set()

    def end(self) -> None:
        self.stop()


class Children:
    """Starts the children that a test has prepared, and keeps what each was sent for."""

    def __init__(self) -> None:
        self.prepared: list[ScriptedChild] = []
        self.sent: list[list[str]] = []

    def will(self, child: ScriptedChild) -> ScriptedChild:
        self.prepared.append(child)
        return child

    def __call__(self, arguments: Sequence[str]) -> ScriptedChild:
        self.sent.append(list(arguments))
        return self.prepared.pop(0)


def outcome(path: str, status: str = "added", **others: object) -> dict[str, object]:
    told: dict[str, object] = {"path": path, "slug": "a-report", "status": status, "pages": 3, "passages": 9}
    return {**told, "seconds": 0.1, "error": None, "warnings": [], **others}

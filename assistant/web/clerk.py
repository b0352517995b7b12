"""Who sends children to change the library: one at a time, and none is left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.web.children import Child, StartChild
from assistant.web.errands import Errand
from assistant.web.faults import Busy
from assistant.web.log import note_failure
from corpus.errors import NotFound


class Clerk:
    """Sends one child at a time. The errand that was sent for last is kept, so that a page can come back to it."""

    def __init__(self, start: StartChild) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._child: Child | None = None
        self.latest: Errand | None = None

    @property
    def busy(self) -> bool:
        return self.latest is not None and not self.latest.standing.ended

    def send(self, errand: Errand, arguments: Sequence[str], after: Callable[[], None]) -> Errand:
        """Start a child and return at once; `after` is called when it has ended. Raises Busy while another works."""
        with self._lock:
            if self.busy:
                raise Busy("reports are being added or changed at this moment", "wait for it to end, then try again")
            child = self._start(arguments)
            self._child, self.latest = child, errand
        name = f"errand-{errand.kind}"
        threading.Thread(target=_attend, args=(child, errand, after), name=name, daemon=True).start()
        return errand

    def do(self, kind: str, arguments: Sequence[str]) -> Mapping[str, Any]:
        """Send a child and wait for its answer. Raises Busy, and what the child says hinders it."""
        return self.send(Errand(kind, ()), arguments, _nothing).wait()

    def find(self, errand: str) -> Errand:
        """Raises NotFound for one that is none, or no longer kept."""
        if self.latest is None or self.latest.id != errand:
            raise NotFound("that is not known any more", "the list of reports shows what came of it")
        return self.latest

    def stop(self, errand: Errand) -> None:
        """Ask for an end: what is not in the library whole will not be in it at all."""
        with self._lock:
            if self.latest is errand and self._child is not None and not errand.standing.ended:
                errand.stopping()
                self._child.stop()

    def close(self) -> None:
        """Leave no child behind."""
        with self._lock:
            if self.busy and self._child is not None:
                self._child.end()


def _attend(child: Child, errand: Errand, after: Callable[[], None]) -> None:
    """Until the child has ended. Whatever comes between, the errand ends too: nobody waits for it for ever."""
    answer = ""
    try:
        for line in child.lines():
            errand.hear(line)
        answer = child.result()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is noted and the rest goes on
        note_failure("a child could not be attended", error)
    finally:
        try:
            after()
        finally:
            errand.end(answer)


def _nothing() -> None:
    """There is nothing to clear away."""

"""What a child was sent for: how far it has come, told in whole forms, and what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.command import error_form
from corpus.errors import Fault, LibraryBusy, LibraryFault, NotFound, WrongUse

_LOOK_AGAIN = 0.15
"""Seconds between two looks at how far it has come: eyes do not ask for more."""


@dataclass(frozen=True, slots=True)
class FileStanding:
    """A file under way. `page` of `pages` were read; 0 is none, or not known. `said`: what came of it, in words."""

    name: str
    page: int = 0
    pages: int = 0
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an errand has come. `doing`: what is done to all files together, in words or in numbers.

    `result` is the child's answer; None until it ends, and where it gave none. `error`: why nothing came of it.
    """

    files: tuple[FileStanding, ...] = ()
    doing: Mapping[str, object] = field(default_factory=dict)
    stopping: bool = False
    ended: bool = False
    result: Mapping[str, Any] | None = None
    error: Mapping[str, str] | None = None


class Errand:
    """One thing that a child was sent for. Safe for threads."""

    def __init__(self, kind: str, names: Sequence[str]) -> None:
        self.id = secrets.token_hex(8)
        self.kind = kind
        self.standing = Standing(tuple(FileStanding(name) for name in names))
        self._ended = threading.Event()
        self._lock = threading.Lock()

    def form(self) -> dict[str, object]:
        """As the page sees it."""
        standing = self.standing
        files = [{"name": own.name, "page": own.page, "pages": own.pages, "said": own.said} for own in standing.files]
        told = {name: getattr(standing, name) for name in ("doing", "stopping", "ended", "result", "error")}
        return {"id": self.id, "kind": self.kind, "files": files, **told}

    async def follow(self) -> AsyncIterator[dict[str, object]]:
        """The form each time that it has changed, from now to its end."""
        told: Standing | None = None
        while told is None or not told.ended:
            if self.standing is not told:
                told = self.standing
                yield self.form()
            await asyncio.sleep(_LOOK_AGAIN)

    def hear(self, line: str) -> None:
        """Take note of a line that the child says. What is no line of progress is passed over."""
        try:
            said = json.loads(line)
        except ValueError:
            return
        if isinstance(said, dict):
            with self._lock:
                self.standing = _after(self.standing, said)

    def stopping(self) -> None:
        with self._lock:
            self.standing = replace(self.standing, stopping=True)

    def end(self, answer: str) -> None:
        """With what the child answered: one JSON document, or nothing where it was ended early."""
        with self._lock:
            self.standing = _ended(self.standing, answer)
        self._ended.set()

    def wait(self) -> Mapping[str, Any]:
        """The result, once there is one. Raises what the child says hinders it."""
        self._ended.wait()
        if self.standing.result is None:
            raise _fault_of(self.standing.error or _NO_ANSWER)
        return self.standing.result


_BROKEN_OFF = LibraryFault(
    "the program that changes the library broke off", "try again; `python -m ingest check` proves that it is whole"
)
_NO_ANSWER = error_form(_BROKEN_OFF)
_FAULTS: Mapping[str, type[Fault]] = {"not-found": NotFound, "wrong-use": WrongUse, "busy": LibraryBusy}


def _after(standing: Standing, said: Mapping[str, Any]) -> Standing:
    """A file's page goes to the first of that name that is not done with; files are done with in their order."""
    if "finished" in said:
        done = next((at for at, own in enumerate(standing.files) if own.said is None), None)
        return standing if done is None else _with_file(standing, done, said=str(said["finished"]))
    if "file" in said:
        found = next(
            (at for at, own in enumerate(standing.files) if own.name == said["file"] and own.said is None), None
        )
        if found is None:
            return replace(standing, doing={"words": str(said["file"])})
        page, pages = int(said.get("page", 0)), int(said.get("pages", 0))
        return _with_file(replace(standing, doing={}), found, page=page, pages=pages)
    return replace(standing, doing=said)


def _with_file(standing: Standing, at: int, **changed: Any) -> Standing:
    files = list(standing.files)
    files[at] = replace(files[at], **changed)
    return replace(standing, files=tuple(files))


def _ended(standing: Standing, answer: str) -> Standing:
    result: Any = None
    with contextlib.suppress(ValueError):
        result = json.loads(answer)
    error = None
    if not isinstance(result, dict):
        result, error = None, None if standing.stopping else _NO_ANSWER
    elif isinstance(result.get("error"), dict):
        result, error = None, result["error"]
    return replace(standing, ended=True, doing={}, result=result, error=error)


def _fault_of(error: Mapping[str, str]) -> Fault:
    fault = _FAULTS.get(error["kind"], LibraryFault)(error["message"], error["remedy"])
    fault.kind = error["kind"]
    return fault

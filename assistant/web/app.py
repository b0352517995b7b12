"""The server: the reading room, the HTTP interface and the permanent pages in one process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from anyio import to_thread
from fastapi import FastAPI
from starlette.types import Lifespan

from assistant.drafts import Checker
from assistant.feedback import KEPT_DAYS
from assistant.find import Finder
from assistant.room import Room
from assistant.web.api import make_routes
from assistant.web.children import StartChild, start_ingest
from assistant.web.clerk import Clerk
from assistant.web.desk import Desk
from assistant.web.faults import answer_faults
from assistant.web.files import make_files
from assistant.web.guard import Guard, KnownHosts
from assistant.web.page import build_page, mount_page
from assistant.web.pages import make_pages
from assistant.web.rates import UNLIMITED, Rates
from assistant.web.report import make_report_pages
from assistant.web.shelving import make_shelving
from corpus.errors import WrongUse
from corpus.index import CurrentIndex

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_HOST_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_CHECK_SECONDS = 120.0
"""Seconds that the audit of one draft may take."""

_LAST_SECONDS = 3
"""Seconds that answers under way are given when the server is told to stop."""


def build_app(
    room: Room,
    rates: Rates = UNLIMITED,
    start_child: StartChild | None = None,
    *,
    feedback_days: int = KEPT_DAYS,
) -> FastAPI:
    """Everything that one room serves. The room's assistant may still be loading, or not be started yet.

    `start_child`: what changes the library; None for `python -m ingest` on the room's own.
    """
    app = FastAPI(
        title="Reading room",
        description="Answers in the reports' own words, each with its page.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    answer_faults(app)
    index = CurrentIndex(room.library.home)
    finder = Finder(room.library, index)
    checker = Checker(room.library, index, finder, seconds=_CHECK_SECONDS)
    app.include_router(make_routes(room, Desk(room), finder, checker, feedback_days=feedback_days))
    app.include_router(make_pages(app, room.library))
    app.include_router(make_report_pages(room.library))
    clerk = Clerk(start_child or start_ingest(room.library.home))
    app.include_router(make_shelving(room.library, clerk))
    app.include_router(make_files())
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _add_page(app)).result()
    app.router.lifespan_context = _closing(clerk, app.router.lifespan_context)
    app.add_middleware(Guard, rates=rates)
    return app


def _closing(clerk: Clerk, lifespan: Lifespan[Any]) -> Lifespan[Any]:
    """The same lifespan, after which no child of the clerk's is left."""

    @asynccontextmanager
    async def closing(app: Any) -> AsyncIterator[Any]:
        async with lifespan(app) as state:
            try:
                yield state
            finally:
                await to_thread.run_sync(clerk.close)

    return closing


async def _add_page(app: FastAPI) -> None:
    """Within an event loop, in a thread of its own: without a loop, Gradio makes several and leaves them open."""
    mount_page(app, build_page())


def serve_room(room: Room, host: str, port: int, rates: Rates = UNLIMITED, *, feedback_days: int = KEPT_DAYS) -> None:
    """Serve a room until SIGTERM or SIGINT; its assistant is loaded meanwhile. Raises WrongUse for the address.

    Port 0 takes a free one; the address is printed on standard error once connections are accepted. The working
    folder is an empty one for that time: Gradio serves files from it.
    """
    listener = _listen(host, port)
    before = Path.cwd()
    with listener, tempfile.TemporaryDirectory(prefix="reading-room-") as folder, _remembering_signals() as told:
        os.chdir(folder)
        try:
            app = KnownHosts(build_app(room, rates, feedback_days=feedback_days), _HOST_NAMES)
            config = uvicorn.Config(
                app,
                access_log=False,
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=_LAST_SECONDS,
            )
            _Server(config, room, told).run(sockets=[listener])
        finally:
            os.chdir(before)


class _Server(uvicorn.Server):
    """`told`: the signals that came before uvicorn heeded them itself; with one of them it does not open at all."""

    def __init__(self, config: uvicorn.Config, room: Room, told: Sequence[int]) -> None:
        super().__init__(config)
        self._room = room
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        if self._told:
            self.should_exit = True
            return
        self._room.start()
        await super().startup(sockets)
        for listener in sockets or []:
            host, port = listener.getsockname()[:2]
            name = f"[{host}]" if ":" in host else host
            sys.stderr.write(f"The reading room is open at http://{name}:{port}/\n")
            sys.stderr.flush()


def _listen(host: str, port: int) -> socket.socket:
    if host not in _LOOPBACK:
        raise WrongUse(
            f"the reading room cannot be opened to other machines at {host!r}, because there is no sign-in yet",
            "give --host 127.0.0.1, localhost or ::1",
        )
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows it would let a second server take the same port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise WrongUse(f"port {port} on {host} cannot be used ({error})", "give another with --port") from error
    return listener


@contextmanager
def _remembering_signals() -> Iterator[Sequence[int]]:
    """The signals that uvicorn does not heed: while the app is built, and those that it raises again once it stopped.

    Neither ends the process half-way.
    """
    told: list[int] = []
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda number, _: told.append(number)) for number in numbers]
    try:
        yield told
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)

"""A publisher on loopback that sends reports, or misbehaves, as it was told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Reply:
    """What one path is answered with.

    `length`: what Content-Length says, None for none, -1 for the truth. `sent`: bytes after which it breaks off.
    `drip`: seconds before each single byte of the body. `ranges`: whether a part may be asked for.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = -1
    sent: int | None = None
    drip: float = 0.0
    ranges: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    host: str
    agent: str
    range: str | None


Route = Callable[[int], Reply]
"""From how often a path was asked before, to its answer."""


@dataclass(slots=True)
class ReportServer:
    """`asked` holds every request in order."""

    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, path: str, *replies: Reply) -> str:
        """Answer a path with these in turn, the last one again and again; its address."""
        self.routes[path] = lambda before: replies[min(before, len(replies) - 1)]
        return self.address + path

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


@contextmanager
def report_server() -> Iterator[ReportServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    reports = ReportServer(server.server_port)
    server.RequestHandlerClass = _handler(reports)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield reports
    finally:
        reports.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(reports: ReportServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            before = reports.paths().count(self.path)
            headers = self.headers
            reports.asked.append(Asked(self.path, headers["Host"], headers["User-Agent"], headers["Range"]))
            route = reports.routes.get(self.path)
            with suppress(BrokenPipeError, ConnectionResetError):
                self._send(route(before) if route else Reply(b"nothing here", 404))
            self.close_connection = True

        def _send(self, reply: Reply) -> None:
            start = self._start(reply)
            body = reply.body[start:]
            self.send_response(206 if start else reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(reply.body) - 1}/{len(reply.body)}")
            if reply.length is not None:
                self.send_header("Content-Length", str(len(body) if reply.length == -1 else reply.length))
            self.end_headers()
            for piece in _pieces(body[: reply.sent], reply.drip, reports.closing):
                self.wfile.write(piece)

        def _start(self, reply: Reply) -> int:
            """From where on to send: what was asked for, if the file is still the one that was begun."""
            asked = self.headers["Range"]
            same = self.headers["If-Range"] in (None, reply.headers.get("ETag"))
            return int(asked.removeprefix("bytes=").rstrip("-")) if asked and reply.ranges and same else 0

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def _pieces(body: bytes, drip: float, closing: threading.Event) -> Iterator[bytes]:
    """A body in one piece, or byte by byte with a wait before each."""
    if not drip:
        yield body
        return
    for one in body:
        if closing.wait(drip):
            return
        yield bytes([one])

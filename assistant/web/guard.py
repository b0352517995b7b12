"""In front of everything: no body larger than it may be, no answer without strict headers, no traceback."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.faults import Unexpected, fault_answer
from assistant.web.incoming import LARGEST_FILE, too_large
from assistant.web.log import note_failure
from assistant.web.rates import UNLIMITED, Rates, TooOften
from corpus.errors import TooLarge, WrongUse

LARGEST_BODY = 256_000
"""Bytes."""

LARGEST_DRAFT = 5_000_000
"""Bytes of a request that brings a draft to be checked."""

LARGEST_BASKET = 5_000_000
"""Bytes of a request that brings quotes to be proven and exported."""

_SENDING = "/api/library/files"
"""Where a file is written as it comes, in place of being held here first; what takes it counts its bytes."""

_LARGER = {"/api/check": LARGEST_DRAFT, "/api/basket": LARGEST_BASKET}
"""By the beginning of an address, what its requests may have more of."""

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """Wraps an app. A policy that an answer brings along is kept; every other header is ours.

    `rates`: how often one client may ask; who asks more is told when to go on, before a body is read.
    """

    def __init__(self, app: ASGIApp, rates: Rates = UNLIMITED) -> None:
        self._app = app
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message)
            await send(message)

        try:
            self._rates.admit(scope)
            await self._app(scope, await _bounded(scope, receive), send_with_headers)
        except TooOften as fault:
            headers = {"retry-after": str(fault.seconds), "connection": "close"}
            await fault_answer(fault, 429, headers)(scope, receive, send_with_headers)
        except TooLarge as fault:
            await fault_answer(fault, 413, {"connection": "close"})(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is noted and told without its words
            request = note_failure("a request failed", error)
            if not started:
                await fault_answer(Unexpected(), 500, {"x-request-id": request})(scope, receive, send_with_headers)


class KnownHosts:
    """Wraps an app that is for this machine only: a page that a stranger's name leads here is refused."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host(scope) not in self._names:
            fault = WrongUse("this server is not known by that name", "use the address that it printed when it started")
            await fault_answer(fault, 421)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _host(scope: MutableMapping[str, Any]) -> str:
    """The name without its port; `[::1]` keeps its brackets."""
    name, _, port = Headers(scope=scope).get("host", "").rpartition(":")
    return name if port.isdigit() and name else f"{name}:{port}".removeprefix(":")


def _add_headers(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)


async def _bounded(scope: Scope, receive: Receive) -> Receive:
    """The request with its body read, or with one that is announced small enough to be taken as it comes."""
    if scope["path"] != _SENDING:
        return _replay(await _read_body(scope, receive), receive)
    announced = Headers(scope=scope).get("content-length", "0")
    if announced.isdigit() and int(announced) > LARGEST_FILE:
        raise too_large()
    return receive


async def _read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises TooLarge as soon as it is more than may be, whether or not its length was announced."""
    announced = Headers(scope=scope).get("content-length", "0")
    body = b""
    more = scope["method"] not in ("GET", "HEAD", "OPTIONS")
    largest = _largest(scope["path"])
    if more and announced.isdigit() and int(announced) > largest:
        raise _too_large(largest, scope["path"])
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > largest:
            raise _too_large(largest, scope["path"])
    return body


def _largest(path: str) -> int:
    return next(
        (size for start, size in _LARGER.items() if path == start or path.startswith(f"{start}/")), LARGEST_BODY
    )


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body once; after that, whatever else there is to say, such as that the other side has left."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _too_large(largest: int, path: str) -> TooLarge:
    remedies = {"/api/check": "send a part of the draft", "/api/basket": "send fewer quotes at a time"}
    remedy = next(
        (said for start, said in remedies.items() if path.startswith(start)), "send a shorter question or less history"
    )
    return TooLarge(f"the request is larger than {largest // 1000} kB", remedy)

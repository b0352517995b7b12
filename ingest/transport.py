"""How a connection is made: to the very address that was checked, and for no longer than it was given."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from ingest.addresses import Resolve, require_public

_PORTS = {"http": 80, "https": 443}


class PinnedTransport(httpx.BaseTransport):
    """Looks a host up once for each connection, checks what it finds and connects to that.

    A name that answers differently the next time (DNS rebinding) is checked again the next time: connections are never
    kept. The certificate is still that of the name.
    """

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._inner = httpx.HTTPTransport(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer from the first address that lets itself be connected to. Raises FetchFault for one not public."""
        host = request.url.host
        port = request.url.port or _PORTS[request.url.scheme]
        *others, last = require_public(host, port, self._resolve, allow_private=self._allow_private)
        for address in others:
            try:
                return self._inner.handle_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._inner.handle_request(_pinned(request, last))

    def close(self) -> None:
        self._inner.close()


class Watch:
    """Ends a connection after so many seconds, however slowly the other side sends. `has_ended` says that it did."""

    def __init__(self, seconds: float) -> None:
        self.has_ended = False
        self._connection: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def follow(self, event: str, details: Mapping[str, Any]) -> None:
        """Told by httpx what goes on below; the connection is taken from there when it stands."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._connection = details["return_value"].get_extra_info("socket")
            if self.has_ended:
                self._end()

    def _end(self) -> None:
        self.has_ended = True
        if self._connection is not None:
            try:
                self._connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    """The same request to an address in place of the name; the `Host` header and the certificate's name stay."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )

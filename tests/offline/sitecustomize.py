"""On the path of a process under test: every socket that is not loopback is refused, and so is every name look-up."""

from __future__ import annotations

import sys

_LOOPBACK = ("127.", "::1", "localhost")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        target = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        host = target[0] if isinstance(target, tuple) else target
        if host is not None and isinstance(host, str) and not host.startswith(_LOOPBACK) and "/" not in host:
            print(f"REFUSED {event} {host}", file=sys.stderr, flush=True)
            raise ConnectionRefusedError(f"no network here: {event} {host}")


sys.addaudithook(_refuse)

"""What a host asks of programs in its robots.txt (RFC 9309)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

import httpx

AGENT = "emn-assistant"
"""The name by which a robots.txt may speak to us."""

_LARGEST = 512 << 10
"""Bytes of a robots.txt that are read; RFC 9309, section 2.5, asks for at least 500 KiB."""


@dataclass(frozen=True, slots=True)
class Robots:
    """`pause`: seconds that the host asks for between two requests, 0 where it does not."""

    rules: RobotFileParser
    pause: float

    def allow(self, address: str) -> bool:
        return self.rules.can_fetch(AGENT, address)


def read_robots(response: httpx.Response) -> Robots:
    """The rules of an answer that is being received. A host that locks the file (401, 403) allows nothing; one that
    has none allows everything.
    """
    rules = RobotFileParser()
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        rules.parse(["User-agent: *", "Disallow: /"])
    elif response.is_success:
        rules.parse(_first_bytes(response).decode("utf-8-sig", errors="replace").splitlines())
    else:
        rules.parse([])
    pause = rules.crawl_delay(AGENT)
    return Robots(rules, float(pause) if pause is not None and math.isfinite(float(pause)) else 0.0)


def _first_bytes(response: httpx.Response) -> bytes:
    received = bytearray()
    for chunk in response.iter_bytes():
        received += chunk
        if len(received) >= _LARGEST:
            break
    return bytes(received[:_LARGEST])

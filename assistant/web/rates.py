"""How often one client may ask: a bucket of tokens for each, which fills again with time."""

from __future__ import annotations

import ipaddress
import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from corpus.errors import Fault

_MOST_CLIENTS = 10_000
"""Clients that are remembered; the one that was quiet longest is forgotten first."""

_IPV6_NETWORK = 64
"""Bits of an address that one household or firm is given: within them any number of addresses is at hand."""


_QUESTION = 10
"""Tokens that a question takes."""


@dataclass(frozen=True, slots=True)
class _Price:
    """The tokens that a request takes, and from which of a client's buckets."""

    address: re.Pattern[str]
    bucket: str
    tokens: int


_PRICES = (
    _Price(re.compile(r"/api/(ask|ask/stream|passages|find)"), "asking", _QUESTION),
    _Price(re.compile(r"/api/(basket|basket/export|feedback)"), "asking", _QUESTION),
    _Price(re.compile(r"/api/check(/.*)?"), "asking", 10 * _QUESTION),
    _Price(re.compile(r"/api/documents/[^/]+/pages/[^/]+/(image|marks)"), "reading", 1),
    _Price(re.compile(r"/(c|cite|api/citations)(/.*)?"), "reading", 1),
)
"""What is counted; whatever else there is costs next to nothing."""


class TooOften(Fault):
    """One client asks more than it may. `seconds`: after which it may ask again, from 1."""

    kind = "too-often"

    def __init__(self, seconds: int) -> None:
        unit = "second" if seconds == 1 else "seconds"
        super().__init__("more is being asked from your address than one may ask", f"wait {seconds} {unit}, then go on")
        self.seconds = seconds


class Rates:
    """Lets each client ask `per_minute` questions at once, and as many again in each minute; 0 sets no limit.

    `clock`: seconds, as `time.monotonic` has them. Safe for many threads.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._full = per_minute * _QUESTION
        self._clock = clock
        self._levels: OrderedDict[tuple[str, str], _Level] = OrderedDict()
        self._turn = threading.Lock()

    def admit(self, scope: MutableMapping[str, Any]) -> None:
        """Take what a request costs from its client's bucket. Raises TooOften where too little is left in it."""
        price = next((one for one in _PRICES if one.address.fullmatch(scope["path"])), None)
        if price is None or not self._full:
            return
        tokens = min(price.tokens, self._full)
        wait = self._take((client_of(scope), price.bucket), tokens)
        if wait > 0:
            raise TooOften(math.ceil(wait))

    def _take(self, key: tuple[str, str], tokens: float) -> float:
        """The seconds to wait until so much is there; 0 where it was there and has been taken."""
        with self._turn:
            now = self._clock()
            before = self._levels.pop(key, _Level(self._full, now))
            level = min(self._full, before.tokens + (now - before.at) * self._full / 60)
            enough = level >= tokens
            self._levels[key] = _Level(level - tokens if enough else level, now)
            if len(self._levels) > _MOST_CLIENTS:
                self._levels.popitem(last=False)
        return 0.0 if enough else (tokens - level) * 60 / self._full


@dataclass(frozen=True, slots=True)
class _Level:
    """What a bucket held at a moment."""

    tokens: float
    at: float


def client_of(scope: MutableMapping[str, Any]) -> str:
    """The address that a connection comes from; of IPv6 its network. What a header says of it is not believed."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((int(address), _IPV6_NETWORK), strict=False))
    return str(address.ipv4_mapped or address) if address.version == 6 else str(address)


UNLIMITED = Rates(0)

"""A polite client: one request at a time, a pause between two to one host, robots.txt, bounded, tried again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self, TypeVar

import httpx
import tenacity

from corpus.errors import FetchFault
from corpus.settings import FetchSettings
from corpus.text import shown
from ingest.addresses import Resolve, look_up
from ingest.robots import AGENT, Robots, read_robots
from ingest.transport import PinnedTransport, Watch

Value = TypeVar("Value")
Sleep = Callable[[float], None]

USER_AGENT = f"{AGENT}/0.1 (reads reports into a library of its user's own; one request at a time)"

_REDIRECTS = 8
_LONGEST_PAUSE = 30.0
"""Seconds between two requests that a host's Crawl-delay may ask for; more is not waited."""

_LONGEST_WAIT = 120.0
"""Seconds that a Retry-After may ask for; a host that asks for more is not asked again in this run."""

_LONGEST_BACKOFF = 30.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds for one request in all, for silence within it, and between two to one host; tries of one address."""

    seconds: float
    quiet_seconds: float
    pause_seconds: float
    tries: int
    allow_private: bool


class Passing(FetchFault):
    """What may go well the next time. `after`: the seconds that the host asks to wait, None where it does not say."""

    def __init__(self, kind: str, message: str, after: float | None = None) -> None:
        super().__init__(kind, message, "try again later; what was received is kept")
        self.after = after


def bounds_of(settings: FetchSettings) -> Bounds:
    return Bounds(
        settings.seconds,
        settings.quiet_seconds,
        settings.pause_seconds,
        settings.tries,
        settings.private == "allow",
    )


class Client:
    """Not for several threads: that one request is made at a time is the point of it."""

    def __init__(self, bounds: Bounds, resolve: Resolve = look_up, sleep: Sleep = time.sleep) -> None:
        self._bounds = bounds
        self._sleep = sleep
        self._robots: dict[str, Robots] = {}
        self._asked: dict[str, float] = {}
        self._client = httpx.Client(
            transport=PinnedTransport(resolve, allow_private=bounds.allow_private),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
            timeout=bounds.quiet_seconds,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def persist(self, attempt: Callable[[], Value]) -> Value:
        """What an attempt returns, tried again with growing pauses while it raises `Passing`; in the end that."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_is_worth_a_try),
            stop=tenacity.stop_after_attempt(self._bounds.tries),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(attempt)

    @contextmanager
    def open(self, address: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer of an address, through its redirects, each of them checked as the first. Raises FetchFault."""
        with self._follow(_parse(address), headers, is_allowed=self._is_allowed) as response:
            if response.is_error:
                raise _refusal(response)
            yield response

    @contextmanager
    def _follow(
        self, url: httpx.URL, headers: Mapping[str, str], is_allowed: Callable[[httpx.URL], bool]
    ) -> Iterator[httpx.Response]:
        for _ in range(_REDIRECTS + 1):
            _require_web(url)
            if not is_allowed(url):
                raise FetchFault(
                    "robots", f"{shown(url.host)} asks programs not to read {shown(str(url))}", "fetch it by hand"
                )
            with self._ask(url, headers) as response:
                if response.next_request is None:
                    yield response
                    return
                url = response.next_request.url
        raise FetchFault(
            "redirects", f"more than {_REDIRECTS} redirects lead on to {shown(str(url))}", "find its address by hand"
        )

    @contextmanager
    def _ask(self, url: httpx.URL, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """One request within its bounds. Whatever breaks it, while the caller reads too, is raised as a FetchFault."""
        self._wait_turn(url)
        try:
            with Watch(self._bounds.seconds) as watch:
                ending = {"trace": watch.follow}
                with self._client.stream("GET", url, headers=dict(headers), extensions=ending) as response:
                    yield response
                if watch.has_ended:
                    raise _too_slow(url)
        except httpx.TimeoutException as error:
            raise _too_slow(url) from error
        except httpx.TransportError as error:
            if watch.has_ended:
                raise _too_slow(url) from error
            raise Passing("broken-off", f"{shown(url.host)} broke off ({shown(str(error))})") from error
        except httpx.HTTPError as error:
            raise FetchFault("damaged", f"{shown(url.host)} sent what cannot be decoded", "try again later") from error
        finally:
            self._asked[_origin(url)] = time.monotonic()

    def _wait_turn(self, url: httpx.URL) -> None:
        robots = self._robots.get(_origin(url))
        asked_for = robots.pause if robots else 0.0
        pause = max(self._bounds.pause_seconds, min(asked_for, _LONGEST_PAUSE))
        since = time.monotonic() - self._asked.get(_origin(url), -pause)
        if since < pause:
            self._sleep(pause - since)

    def _is_allowed(self, url: httpx.URL) -> bool:
        origin = _origin(url)
        if origin not in self._robots:
            with self._follow(url.copy_with(raw_path=b"/robots.txt", fragment=None), {}, lambda _: True) as response:
                if response.is_server_error or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
                    raise _refusal(response)
                self._robots[origin] = read_robots(response)
        return self._robots[origin].allow(str(url))


def _parse(address: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except httpx.InvalidURL as error:
        raise FetchFault("address", f"{shown(address)} is no address", "correct it in the catalogue") from error


def _require_web(url: httpx.URL) -> None:
    """Raises FetchFault for anything but http and https without a user's name in it."""
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise FetchFault(
            "address", f"{shown(str(url))} is no address of the web", "only http and https are fetched, without a name"
        )


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _refusal(response: httpx.Response) -> FetchFault:
    """What an answer of 400 and above means: `Passing` where the server says that it may pass."""
    status, host = response.status_code, shown(response.url.host)
    if status == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        return Passing(f"http-{status}", f"{host} is busy or out of order (status {status})", _retry_after(response))
    return FetchFault(
        f"http-{status}", f"{host} refuses {shown(str(response.url))} (status {status})", "look whether it has moved"
    )


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, from a number or a date (RFC 9110, section 10.2.3); None for neither."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max((moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _is_worth_a_try(error: BaseException) -> bool:
    return isinstance(error, Passing) and (error.after is None or error.after <= _LONGEST_WAIT)


def _wait(state: tenacity.RetryCallState) -> float:
    """What the host asks for, else 1, 2, 4 ... seconds and up to one more by chance."""
    error = state.outcome.exception() if state.outcome else None
    grown: float = tenacity.wait_exponential_jitter(initial=1, max=_LONGEST_BACKOFF)(state)
    return max(grown, error.after or 0.0) if isinstance(error, Passing) else grown


def _too_slow(url: httpx.URL) -> Passing:
    return Passing("too-slow", f"{shown(url.host)} did not send {shown(str(url))} in time")

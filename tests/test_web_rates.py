"""How often one client may ask: a bucket for each, which fills again with time."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.app import build_app
from assistant.web.rates import Rates, TooOften, client_of
from corpus.library import Library
from corpus.settings import read_settings
from tests.fakes import FLASH, first_sentence
from tests.web_client import error_of, loaded


class Clock:
    """A clock that goes only when it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def request(path: str = "/api/ask", host: str = "192.0.2.1") -> dict[str, object]:
    return {"type": "http", "method": "POST", "path": path, "client": (host, 5)}


def admitted(rates: Rates, count: int, **of: str) -> int:
    """How many of so many requests, one right after the other, are let through."""
    passed = 0
    for _ in range(count):
        try:
            rates.admit(request(**of))
            passed += 1
        except TooOften:
            pass
    return passed


def test_who_asks_too_often_is_told_when_to_go_on_and_may_then() -> None:
    clock = Clock()
    rates = Rates(6, clock)
    assert admitted(rates, 7) == 6
    with pytest.raises(TooOften) as refused:
        rates.admit(request())
    assert refused.value.seconds == 10
    clock.now = 9.9
    assert admitted(rates, 1) == 0
    clock.now = 10.0
    assert admitted(rates, 2) == 1


def test_another_client_is_not_kept_waiting() -> None:
    rates = Rates(2, Clock())
    assert admitted(rates, 3) == 2
    assert admitted(rates, 3, host="192.0.2.2") == 2


def test_looking_at_pages_takes_nothing_from_asking() -> None:
    rates = Rates(2, Clock())
    assert admitted(rates, 30, path="/api/documents/a/pages/1/image") == 20
    assert admitted(rates, 3) == 2


@pytest.mark.parametrize(
    ("path", "passed"),
    [
        ("/api/find", 20),
        ("/api/ask/stream", 20),
        ("/api/check", 2),
        ("/api/check/docx", 2),
        ("/c/a/00000000/p1/000000000000", 100),
        ("/healthz", 100),
        ("/room/room.css", 100),
    ],
)
def test_each_address_has_its_price(path: str, passed: int) -> None:
    assert admitted(Rates(20, Clock()), 100, path=path) == passed


def test_no_limit_is_none() -> None:
    assert admitted(Rates(0, Clock()), 1000) == 1000


@given(st.lists(st.floats(0, 30), min_size=1, max_size=200))
def test_no_client_gets_more_than_a_full_bucket_and_what_flows_in(waits: list[float]) -> None:
    clock = Clock()
    rates = Rates(12, clock)
    passed = 0
    for wait in waits:
        clock.now += wait
        passed += admitted(rates, 1)
    assert passed <= 12 + sum(waits) * 12 / 60 + 1e-6


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_addresses_that_one_client_may_take_at_will_are_one(one: str, other: str, same: bool) -> None:
    assert (client_of(request(host=one)) == client_of(request(host=other))) is same


def test_a_client_is_refused_in_the_one_form_of_errors(web_library: Library) -> None:
    client = TestClient(build_app(loaded(web_library), Rates(1, Clock())), base_url="http://127.0.0.1")
    assert client.post("/api/ask", json={"question": "a"}).status_code == 200
    for answer in (
        client.post("/api/ask", json={"question": "a"}),
        client.post("/api/ask", json={"question": "a"}, headers={"x-forwarded-for": "192.0.2.9"}),
        client.post("/api/find", json={"text": "a"}),
        client.post("/api/check", files={"file": ("a.md", b"a")}),
    ):
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert error_of(answer)["code"] == "too-often"
    assert client.get(f"/api/documents/{FLASH.slug}/pages/1/image").status_code == 404
    assert client.get(f"/api/citations/{first_sentence(web_library).link}").status_code == 200


def test_a_setting_says_how_often(tmp_path: Path) -> None:
    assert read_settings({"EMN_SERVER_PER_MINUTE": "7"}, tmp_path).server.per_minute == 7

"""Fetching publications from a publisher that is slow, broken, closed, or lies."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from corpus.catalogue import Entry
from corpus.errors import NotFound
from ingest.client import Bounds, Client
from ingest.fetch import Fetched, Missed, Shelf, choose_entries, fetch_or_say_why
from tests.report_server import Reply, ReportServer

BOUNDS = Bounds(seconds=20, quiet_seconds=5, pause_seconds=0, tries=3, allow_private=True)
LIMIT = 1 << 20
HTML = {"Content-Type": "text/html"}


@dataclass(slots=True)
class Quiet:
    """Hears what is under way, and how long a client would have slept."""

    pieces: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def start(self, name: str) -> None:
        self.pieces.append(name)


def entry(**values: object) -> Entry:
    common = {"id": "a-report", "title": "Victims of forced labour", "publisher": "A desk", "languages": ["en"]}
    return Entry.model_validate({**common, "topic": "thb", **values})


Fetch = Callable[..., Fetched | Missed]


@pytest.fixture
def quiet() -> Quiet:
    return Quiet()


@pytest.fixture
def fetch(tmp_path: Path, quiet: Quiet) -> Fetch:
    """Fetches one publication into a folder of its own, as `ingest fetch` would."""

    def run(wanted: Entry, bounds: Bounds = BOUNDS, **client: object) -> Fetched | Missed:
        with Client(bounds, sleep=quiet.slept.append, **client) as open_client:  # type: ignore[arg-type]
            return fetch_or_say_why(wanted, Shelf(tmp_path), open_client, LIMIT, quiet)

    return run


def kind_of(came: Fetched | Missed) -> str:
    return came.fault.kind if isinstance(came, Missed) else "fetched"


def bytes_of(came: Fetched | Missed) -> bytes:
    assert isinstance(came, Fetched), came.fault
    return came.path.read_bytes()


def test_a_file_comes_whole_and_where_from_and_when_and_its_hash_are_recorded(
    publisher: ReportServer, fetch: Fetch, pdf: bytes, tmp_path: Path
) -> None:
    address = publisher.serve("/report.pdf", Reply(pdf))
    assert bytes_of(fetch(entry(pdf=address))) == pdf
    (line,) = (tmp_path / "fetched.jsonl").read_text(encoding="utf-8").splitlines()
    recorded = json.loads(line)
    assert recorded.pop("fetched").endswith("+00:00")
    assert recorded == {
        "id": "a-report", "page": address, "address": address, "sha256": hashlib.sha256(pdf).hexdigest()
    }  # fmt: skip


def test_every_request_bears_the_name_of_the_project(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    fetch(entry(pdf=publisher.serve("/report.pdf", Reply(pdf))))
    assert publisher.paths() == ["/robots.txt", "/report.pdf"]
    assert all(one.agent.startswith("emn-assistant/") for one in publisher.asked)


def test_what_robots_txt_closes_is_not_asked_for(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    publisher.serve("/robots.txt", Reply(b"User-agent: *\nDisallow: /closed/"))
    came = fetch(entry(pdf=publisher.serve("/closed/report.pdf", Reply(pdf))))
    assert (kind_of(came), publisher.paths()) == ("robots", ["/robots.txt"])


@pytest.mark.parametrize(("status", "kind"), [(403, "robots"), (404, "fetched"), (503, "http-503")])
def test_a_robots_txt_that_cannot_be_read_counts_as_its_status_says(
    publisher: ReportServer, fetch: Fetch, pdf: bytes, status: int, kind: str
) -> None:
    publisher.serve("/robots.txt", Reply(b"", status))
    assert kind_of(fetch(entry(pdf=publisher.serve("/report.pdf", Reply(pdf))))) == kind


@pytest.mark.parametrize(("robots", "pause"), [(b"", 2.0), (b"User-agent: *\nCrawl-delay: 7", 7.0)])
def test_between_two_requests_to_one_host_there_is_a_pause(
    publisher: ReportServer, fetch: Fetch, pdf: bytes, quiet: Quiet, robots: bytes, pause: float
) -> None:
    publisher.serve("/robots.txt", Reply(robots))
    fetch(entry(pdf=publisher.serve("/report.pdf", Reply(pdf))), replace(BOUNDS, pause_seconds=2))
    (slept,) = quiet.slept
    assert pause - 1 < slept <= pause


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(publisher: ReportServer, fetch: Fetch, pdf: bytes, status: int) -> None:
    address = publisher.serve("/report.pdf", Reply(b"", status), Reply(pdf))
    assert bytes_of(fetch(entry(pdf=address))) == pdf


@pytest.mark.parametrize("status", [401, 404, 410])
def test_a_refusal_is_not_asked_again(publisher: ReportServer, fetch: Fetch, status: int) -> None:
    came = fetch(entry(pdf=publisher.serve("/report.pdf", Reply(b"", status))))
    assert (kind_of(came), publisher.paths().count("/report.pdf")) == (f"http-{status}", 1)


def test_retry_after_is_waited_for(publisher: ReportServer, fetch: Fetch, pdf: bytes, quiet: Quiet) -> None:
    busy = Reply(b"", 503, {"Retry-After": "60"})
    assert bytes_of(fetch(entry(pdf=publisher.serve("/report.pdf", busy, Reply(pdf))))) == pdf
    assert quiet.slept == [60.0]


@pytest.mark.parametrize("after", ["86400", "Fri, 31 Dec 2100 00:00:00 GMT"])
def test_a_server_that_asks_for_a_long_wait_is_left_alone(
    publisher: ReportServer, fetch: Fetch, quiet: Quiet, after: str
) -> None:
    came = fetch(entry(pdf=publisher.serve("/report.pdf", Reply(b"", 503, {"Retry-After": after}))))
    assert (kind_of(came), publisher.paths().count("/report.pdf"), quiet.slept) == ("http-503", 1, [])


def test_a_body_that_breaks_off_is_gone_on_with_from_there(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    whole = Reply(pdf, headers={"ETag": '"one"'}, ranges=True)
    came = fetch(entry(pdf=publisher.serve("/report.pdf", replace(whole, sent=300), whole)))
    assert bytes_of(came) == pdf
    assert [one.range for one in publisher.asked if one.path == "/report.pdf"] == [None, "bytes=300-"]


def test_another_call_goes_on_where_the_last_one_gave_up(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    whole = Reply(pdf, headers={"ETag": '"one"'}, ranges=True)
    wanted = entry(pdf=publisher.serve("/report.pdf", replace(whole, sent=300), whole))
    assert kind_of(fetch(wanted, replace(BOUNDS, tries=1))) == "broken-off"
    assert bytes_of(fetch(wanted)) == pdf
    assert publisher.asked[-1].range == "bytes=300-"


@pytest.mark.parametrize("later", [{"ETag": '"two"'}, {}])
def test_a_file_that_changed_meanwhile_is_begun_anew(
    publisher: ReportServer, fetch: Fetch, pdf: bytes, later: dict[str, str]
) -> None:
    old = Reply(pdf.replace(b"victims", b"persons"), headers={"ETag": '"one"'}, sent=len(pdf) - 50, ranges=True)
    new = Reply(pdf, headers=later, ranges=True)
    assert bytes_of(fetch(entry(pdf=publisher.serve("/report.pdf", old, new)))) == pdf


def test_without_a_mark_of_the_version_nothing_is_gone_on_with(
    publisher: ReportServer, fetch: Fetch, pdf: bytes
) -> None:
    address = publisher.serve("/report.pdf", Reply(pdf, sent=300), Reply(pdf))
    assert bytes_of(fetch(entry(pdf=address))) == pdf
    assert publisher.asked[-1].range is None


@pytest.mark.parametrize("part", ["bytes 5-14/310", "nonsense", "bytes 0-9/10"])
def test_a_part_that_was_not_asked_for_is_never_joined_on(
    publisher: ReportServer, fetch: Fetch, pdf: bytes, part: str
) -> None:
    begun = Reply(pdf, headers={"ETag": '"one"'}, sent=300)
    wrong = Reply(b"0123456789", 206, {"Content-Range": part, "ETag": '"one"'})
    assert bytes_of(fetch(entry(pdf=publisher.serve("/report.pdf", begun, wrong, Reply(pdf))))) == pdf


def test_a_file_that_declares_too_much_is_not_received(publisher: ReportServer, fetch: Fetch, tmp_path: Path) -> None:
    came = fetch(entry(pdf=publisher.serve("/report.pdf", Reply(b"%PDF-1.7", length=LIMIT + 1))))
    assert (kind_of(came), list((tmp_path / "fetched").iterdir())) == ("too-large", [])


def test_a_file_that_goes_on_past_the_limit_is_left(publisher: ReportServer, fetch: Fetch, tmp_path: Path) -> None:
    huge = Reply(b"%PDF-1.7\n" + b"0" * (2 * LIMIT), length=None)
    assert kind_of(fetch(entry(pdf=publisher.serve("/report.pdf", huge)))) == "too-large"
    assert list((tmp_path / "fetched").iterdir()) == []


def test_a_body_that_drips_ends_in_time(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    address = publisher.serve("/report.pdf", Reply(pdf, length=None, drip=0.05))
    began = time.monotonic()
    came = fetch(entry(pdf=address), replace(BOUNDS, seconds=1, tries=1))
    assert kind_of(came) == "too-slow"
    assert time.monotonic() - began < 4


def test_a_server_that_falls_silent_is_given_up(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    address = publisher.serve("/report.pdf", Reply(pdf, drip=10))
    assert kind_of(fetch(entry(pdf=address), replace(BOUNDS, quiet_seconds=0.5, tries=1))) == "too-slow"


def test_the_kind_of_a_file_is_that_of_its_content(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    assert bytes_of(fetch(entry(pdf=publisher.serve("/report", Reply(pdf, headers=HTML))))) == pdf


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<!DOCTYPE html><html>Accept our cookies", "a web page"), (b"PK\x03\x04", "something else"), (b"", "something")],
)
def test_what_is_no_pdf_is_refused_in_words(publisher: ReportServer, fetch: Fetch, body: bytes, words: str) -> None:
    reply = Reply(body, headers={"Content-Type": "application/pdf"})
    came = fetch(entry(pdf=publisher.serve("/report.pdf", reply)))
    assert isinstance(came, Missed)
    assert came.fault.kind == "not-a-pdf"
    assert words in came.fault.message


def test_a_cut_off_pdf_is_refused_though_its_length_is_right(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    assert kind_of(fetch(entry(pdf=publisher.serve("/report.pdf", Reply(pdf[:400]))))) == "cut-off"


@pytest.mark.parametrize(("length", "kind"), [(200, "cut-off"), (100_000, "broken-off")])
def test_a_length_that_lies_gives_no_half_file(
    publisher: ReportServer, fetch: Fetch, pdf: bytes, length: int, kind: str
) -> None:
    assert kind_of(fetch(entry(pdf=publisher.serve("/report.pdf", Reply(pdf, length=length))))) == kind


def redirect(to: str) -> Reply:
    return Reply(b"", 302, {"Location": to})


def test_a_redirect_is_followed_and_the_last_address_recorded(
    publisher: ReportServer, fetch: Fetch, pdf: bytes
) -> None:
    publisher.serve("/new.pdf", Reply(pdf))
    came = fetch(entry(pdf=publisher.serve("/old.pdf", redirect("/new.pdf"))))
    assert isinstance(came, Fetched)
    assert came.address == f"{publisher.address}/new.pdf"


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("/report.pdf", "redirects"),
        ("file:///etc/passwd", "address"),
        ("ftp://127.0.0.1/report.pdf", "address"),
        ("http://user:word@127.0.0.1/report.pdf", "address"),
        ("http://127.0.0.1:99999999/", "broken-off"),
    ],
)
def test_a_redirect_that_leads_nowhere_good_is_refused(
    publisher: ReportServer, fetch: Fetch, to: str, kind: str
) -> None:
    assert kind_of(fetch(entry(pdf=publisher.serve("/report.pdf", redirect(to))))) == kind


def test_a_redirect_into_what_robots_txt_closes_is_refused(publisher: ReportServer, fetch: Fetch, pdf: bytes) -> None:
    publisher.serve("/robots.txt", Reply(b"User-agent: *\nDisallow: /closed/"))
    publisher.serve("/closed/report.pdf", Reply(pdf))
    assert kind_of(fetch(entry(pdf=publisher.serve("/report.pdf", redirect("/closed/report.pdf"))))) == "robots"


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="a-report"):
        choose_entries([entry()], ["a-repotr"], {})


def test_without_ids_what_is_held_is_left_and_what_has_no_address_is_counted() -> None:
    entries = [entry(id=name, pdf=f"https://example.org/{name}.pdf") for name in ("one", "two")]
    order = choose_entries([*entries, entry(id="three")], [], {"one": "slug-of-one"})
    assert ([one.id for one in order.wanted], order.held, order.without_address) == (["two"], {"one": "slug-of-one"}, 1)

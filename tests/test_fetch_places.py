"""Where fetching may go, what it finds on a publisher's page, and the command as a person runs it."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchFault
from ingest.__main__ import main
from ingest.addresses import Resolve, is_public
from ingest.client import Bounds, Client
from ingest.landing import find_pdf
from tests.conftest import Command
from tests.processes import started
from tests.report_server import Reply, ReportServer

PAGE = "https://example.org/reports/one"
TITLE = "Victims of forced labour"


def read(address: str, resolve: Resolve, *, allow_private: bool) -> bytes:
    bounds = Bounds(seconds=20, quiet_seconds=5, pause_seconds=0, tries=1, allow_private=allow_private)
    with Client(bounds, resolve) as client, client.open(address, {}) as response:
        return response.read()


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.1.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255 "
    "::1 :: fe80::1 fc00::1 ff0e::1 ::ffff:127.0.0.1 ::127.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 nonsense".split(),
)
def test_an_address_that_is_not_public_is_known_as_such(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:800::200e", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_a_public_address_is_known_as_such(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_a_translated_address_is_public_just_when_the_address_in_it_is(address: IPv4Address) -> None:
    translated = IPv6Address(int(IPv6Address("64:ff9b::")) + int(address))
    assert is_public(str(translated)) == is_public(str(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001"])
def test_a_server_on_this_machine_is_not_asked(publisher: ReportServer, host: str) -> None:
    with pytest.raises(FetchFault) as caught:
        read(f"http://{host}:{publisher.port}/", lambda name, port: ["127.0.0.1"], allow_private=False)
    assert (caught.value.kind, publisher.asked) == ("private-address", [])


def test_a_host_with_one_private_address_among_public_ones_is_not_asked(publisher: ReportServer) -> None:
    with pytest.raises(FetchFault, match=r"127\.0\.0\.1"):
        read(f"http://example.org:{publisher.port}/", lambda name, port: ["8.8.8.8", "127.0.0.1"], allow_private=False)


def test_the_address_that_was_checked_is_the_one_connected_to(publisher: ReportServer) -> None:
    publisher.serve("/", Reply(b"here"))
    address = f"http://reports.example:{publisher.port}/"
    assert read(address, lambda name, port: ["127.0.0.1"], allow_private=True) == b"here"
    assert {one.host for one in publisher.asked} == {f"reports.example:{publisher.port}"}


def test_another_address_of_a_host_is_tried_where_the_first_does_not_answer(publisher: ReportServer) -> None:
    publisher.serve("/", Reply(b"here"))
    address = f"http://reports.example:{publisher.port}/"
    assert read(address, lambda name, port: ["::1", "127.0.0.1"], allow_private=True) == b"here"


def test_a_host_without_an_address_is_named() -> None:
    def resolve(name: str, port: int) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(FetchFault, match=r"example\.org"):
        read("http://example.org/", resolve, allow_private=False)


def found(body: str, *hints: str) -> str:
    return find_pdf(f"<html><body>{body}</body></html>".encode(), PAGE, TITLE, hints)


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<a href="../files/a.pdf#page=2">Download</a>', "https://example.org/files/a.pdf"),
        ('<a href="/get?filename=a.PDF">Download</a>', "https://example.org/get?filename=a.PDF"),
        ('<a href="/EN/TXT/PDF/?uri=x">PDF</a>', "https://example.org/EN/TXT/PDF/?uri=x"),
        ('<a href="/get/7" type="application/pdf">Download</a>', "https://example.org/get/7"),
        ('<base href="https://files.example.org/"><a href="a.pdf">x</a>', "https://files.example.org/a.pdf"),
        ('<meta name="citation_pdf_url" content="/b.pdf"><a href="a.pdf">x</a>', "https://example.org/b.pdf"),
        ('<a href="x.pdf">Annual report</a> <a href="y.pdf">Victims of Forced Labour</a>', "https://example.org/reports/y.pdf"),
        ('<a href="x.pdf">Annex</a> <a href="victims-of-forced-labour.pdf">Open</a>',
         "https://example.org/reports/victims-of-forced-labour.pdf"),
        ('<li>Terms <a href="x.pdf">Open</a></li><li>Victims of forced labour <a href="y.pdf">Open</a></li>',
         "https://example.org/reports/y.pdf"),
        ('<a href="http://[x/a.pdf">bad</a><a href="a.pdf">good</a>', "https://example.org/reports/a.pdf"),
    ],
)  # fmt: skip
def test_the_pdf_of_a_page_is_found(body: str, address: str) -> None:
    assert found(body) == address


def test_of_two_equal_titles_the_one_in_the_language_is_taken() -> None:
    links = '<a href="a_de.pdf">Victims of forced labour</a> <a href="a_en.pdf">Victims of forced labour</a>'
    assert found(links, "en") == "https://example.org/reports/a_en.pdf"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Nothing to download", "no-pdf"),
        ('<a href="file:///etc/a.pdf">x</a>', "no-pdf"),
        ('<a href="a.pdf">One thing</a> <a href="b.pdf">Another</a>', "several-pdfs"),
        ('<a href="a.pdf">Forced returns</a> <a href="b.pdf">Another</a>', "several-pdfs"),
        ('<a href="a.pdf">Victims of forced labour</a> <a href="b.pdf">Victims of forced labour</a>', "several-pdfs"),
    ],
)
def test_where_no_pdf_is_plainly_meant_none_is_taken(body: str, kind: str) -> None:
    with pytest.raises(FetchFault) as caught:
        found(body)
    assert caught.value.kind == kind


def test_an_empty_page_has_no_pdf() -> None:
    with pytest.raises(FetchFault, match="empty"):
        find_pdf(b"", PAGE, TITLE, [])


def catalogue(tmp_path: Path, *entries: Mapping[str, object]) -> str:
    common = {"publisher": "A desk", "series": "Desk Flash", "languages": ["en"], "topic": "thb"}
    path = tmp_path / "catalogue.yaml"
    path.write_text(yaml.safe_dump([{**common, **one} for one in entries]), encoding="utf-8")
    return str(path)


FREELY = {"EMN_FETCH_PRIVATE": "allow", "EMN_FETCH_PAUSE_SECONDS": "0", "EMN_FETCH_TRIES": "1"}


@pytest.mark.model
def test_publications_are_fetched_by_their_pages_and_added_as_the_catalogue_describes_them(
    publisher: ReportServer, command: Command, tmp_path: Path, pdf: bytes
) -> None:
    publisher.serve("/report.pdf", Reply(pdf))
    landing = publisher.serve(
        "/one", Reply(b"<html><a href='/report.pdf'>Open</a>", headers={"Content-Type": "text/html"})
    )
    known = {"id": "one", "title": TITLE, "number": "3", "year": 2024, "landing": landing}
    lost = {"id": "two", "title": "Lost", "pdf": f"{publisher.address}/lost.pdf"}
    listed = catalogue(tmp_path, known, lost, {"id": "three", "title": "Nowhere"})
    done = command("ingest", "fetch", "--catalogue", listed, "--json", **FREELY)
    form = json.loads(done.stdout)
    assert (done.returncode, form["added"], form["failed"], form["skipped"]) == (1, 1, 1, 1)
    assert [one["error"]["kind"] for one in form["documents"] if one["error"]] == ["http-404"]
    shown = json.loads(command("ingest", "show", "desk-flash-2024-3", "--json").stdout)["document"]
    assert (shown["title"], shown["number"], shown["year"], shown["url"]) == (TITLE, "3", 2024, landing)
    assert command("ingest", "check").returncode == 0
    assert [path.name for path in (tmp_path / "home" / "fetched").iterdir()] == ["lock"]

    asked = len(publisher.asked)
    again = json.loads(command("ingest", "fetch", "--catalogue", listed, "--json", **FREELY).stdout)
    assert again["unchanged"] == 1
    assert "/report.pdf" not in publisher.paths()[asked:]


def test_a_file_that_cannot_be_read_waits_and_is_not_downloaded_again(
    publisher: ReportServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = publisher.serve("/report.pdf", Reply(b"%PDF-1.7\nnothing\n%%EOF\n"))
    home, listed = tmp_path / "home", catalogue(tmp_path, {"id": "one", "title": TITLE, "pdf": address})
    home.mkdir()
    (home / "emn.toml").write_text('[fetch]\nprivate = "allow"\npause_seconds = 0\n', encoding="utf-8")
    for _ in range(2):
        assert main(["fetch", "--home", str(home), "--catalogue", listed]) == 2
        assert f"the next fetch tries {home / 'fetched' / 'one.pdf'} again" in capsys.readouterr().err
    assert publisher.paths().count("/report.pdf") == 1


def test_a_private_address_is_refused_unless_it_is_allowed(
    publisher: ReportServer, command: Command, tmp_path: Path, pdf: bytes
) -> None:
    address = publisher.serve("/report.pdf", Reply(pdf))
    listed = catalogue(tmp_path, {"id": "one", "title": TITLE, "pdf": address})
    done = command("ingest", "fetch", "one", "--catalogue", listed)
    assert (done.returncode, publisher.asked) == (2, [])
    assert "EMN_FETCH_PRIVATE=allow" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_id_ends_with_the_nearest_known_one(command: Command) -> None:
    done = command("ingest", "fetch", "emn-flash-2025-22")
    assert done.returncode == 1
    assert "emn-flash-2025-2" in done.stderr


@pytest.mark.model
def test_ctrl_c_stops_cleanly_and_the_next_call_goes_on(
    publisher: ReportServer, command: Command, tmp_path: Path, pdf: bytes
) -> None:
    slow = Reply(pdf, headers={"ETag": '"one"'}, drip=0.02, ranges=True)
    listed = catalogue(tmp_path, {"id": "one", "title": TITLE, "pdf": publisher.serve("/report.pdf", slow)})
    home = tmp_path / "home"
    with started(
        "-m", "ingest", "fetch", "--catalogue", listed, "--json", env={**FREELY, "EMN_HOME": str(home)}
    ) as process:
        deadline = time.monotonic() + 60
        while "/report.pdf" not in publisher.paths() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in said
    publisher.serve("/report.pdf", replace(slow, drip=0.0))
    done = command("ingest", "fetch", "--catalogue", listed, "--json", **FREELY)
    assert json.loads(done.stdout)["added"] == 1
    assert (publisher.asked[-1].range or "").startswith("bytes=")

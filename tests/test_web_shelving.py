"""Having the library changed over HTTP: what is sent to the child, what is told of it, and who is refused."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.children import start_ingest
from assistant.web.clerk import Clerk
from assistant.web.faults import answer_faults
from assistant.web.guard import Guard
from assistant.web.holdings import add_holdings
from assistant.web.incoming import LARGEST_FILE, Incoming, clean_name
from assistant.web.shelving import make_shelving
from assistant.web.strangers import OWN_PAGE
from corpus.errors import NotFound, TooLarge, WrongUse
from corpus.library import Library
from tests.fakes import FLASH
from tests.room_page import wait_until
from tests.web_children import Children, ScriptedChild, outcome
from tests.web_client import error_of, loaded, open_client, wait_for

OWN = {OWN_PAGE: "1"}
WORDS = b"EMN Flash #1 - 2024\n\nVictims were found.\n"


@pytest.fixture
def children() -> Children:
    return Children()


@pytest.fixture
def page(own_library: Library, children: Children) -> TestClient:
    """Our own page, in so far as it is a client."""
    return counter(own_library, children, OWN)


def counter(library: Library, children: Children, headers: dict[str, str], host: str = "127.0.0.1") -> TestClient:
    """The routes of the catalogue and of what changes the library, behind the guard, without the room's page."""
    app, router = FastAPI(), APIRouter()
    answer_faults(app)
    add_holdings(router, library)
    app.include_router(router)
    app.include_router(make_shelving(library, Clerk(children)))
    app.add_middleware(Guard)
    return TestClient(app, base_url="http://127.0.0.1", client=(host, 50000), headers=headers)


def send(page: TestClient, name: str = "report.txt", content: bytes = WORDS) -> Any:
    return page.post("/api/library/files", params={"name": name}, content=content)


def events(page: TestClient, errand: str) -> list[tuple[str, Any]]:
    blocks = page.get(f"/api/library/errands/{errand}").text.strip().split("\n\n")
    lines = [block.split("\n") for block in blocks]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in lines]


def waiting(library: Library) -> list[Path]:
    return list((library.home / "incoming").glob("*/*"))


def test_files_are_added_by_a_child_told_of_and_deleted(
    page: TestClient, children: Children, own_library: Library
) -> None:
    sent = [send(page, name).json() for name in ("one.txt", "two.txt")]
    paths = sorted(waiting(own_library))
    said = [
        {"file": "one.txt", "page": 2, "pages": 3},
        "no JSON",
        {"finished": "added: one"},
        {"finished": "failed: no"},
    ]
    children.will(ScriptedChild(said, {"documents": [outcome("one.txt"), outcome("two.txt", "failed")]}))
    errand = page.post("/api/library/add", json={"files": [one["file"] for one in sent]}).json()
    name, last = events(page, errand["id"])[-1]
    assert (name, last["ended"], last["error"]) == ("done", True, None)
    assert [(file["name"], file["page"], file["said"]) for file in last["files"]] == [
        ("one.txt", 2, "added: one"),
        ("two.txt", 0, "failed: no"),
    ]
    assert [one["status"] for one in last["result"]["documents"]] == ["added", "failed"]
    assert children.sent[0][:3] == ["add", "--progress", "--"]
    assert sorted(children.sent[0][3:]) == sorted(map(str, paths))
    assert waiting(own_library) == []


def test_one_thing_is_done_at_a_time_and_can_be_stopped(page: TestClient, children: Children) -> None:
    child = children.will(ScriptedChild(hold=threading.Event(), stopped_answer={"documents": [], "left": ["a"]}))
    errand = page.post("/api/library/add", json={"files": [send(page).json()["file"]]}).json()
    busy = page.post(f"/api/library/reports/{FLASH.slug}/remove")
    assert (busy.status_code, error_of(busy)["code"]) == (503, "busy")
    assert page.get("/api/library/errand").json()["errand"]["ended"] is False
    assert page.post(f"/api/library/errands/{errand['id']}/stop").json()["stopping"] is True
    _, last = events(page, errand["id"])[-1]
    assert child.stopped.is_set()
    assert (last["stopping"], last["error"], last["result"]["left"]) == (True, None, ["a"])


def test_a_child_that_breaks_off_leaves_an_error_in_words(page: TestClient, children: Children) -> None:
    children.will(ScriptedChild(["Traceback (most recent call last):"]))
    answer = page.post(f"/api/library/reports/{FLASH.slug}/remove")
    assert (answer.status_code, "broke off" in error_of(answer)["message"]) == (503, True)


def test_a_description_is_corrected_and_emptied_as_the_command_does_it(page: TestClient, children: Children) -> None:
    children.will(ScriptedChild(answer={"document": {}, "sources": {"title": "you"}}))
    form = {"title": "--home=/", "year": 2024, "series": None, "countries": ["Slovakia", "DE"], "participants": []}
    assert page.post(f"/api/library/reports/{FLASH.slug}/edit", json=form).json()["sources"] == {"title": "you"}
    assert children.sent == [
        ["edit", "--title=--home=/", "--clear=series", "--year=2024", "--country=Slovakia", "--country=DE"]
        + ["--clear=participants", "--", FLASH.slug]
    ]


@pytest.mark.parametrize("form", [{}, {"title": ""}, {"language": None}, {"slug": "other"}, {"year": "soon"}])
def test_a_description_that_cannot_be_is_refused_before_a_child_is_sent(
    page: TestClient, children: Children, form: dict[str, Any]
) -> None:
    assert page.post(f"/api/library/reports/{FLASH.slug}/edit", json=form).status_code == 422
    assert children.sent == []


def test_what_the_child_says_hinders_it_is_said_as_it_says_it(page: TestClient, children: Children) -> None:
    error = {"kind": "wrong-use", "message": "'Nowhere' is no country", "remedy": "write its English name"}
    children.will(ScriptedChild(answer={"error": error}))
    answer = page.post(f"/api/library/reports/{FLASH.slug}/edit", json={"countries": ["Nowhere"]})
    assert (answer.status_code, error_of(answer)["message"]) == (422, "'Nowhere' is no country")


def test_a_report_is_removed_and_put_back_by_children(page: TestClient, children: Children) -> None:
    for _ in range(2):
        children.will(ScriptedChild(answer={"removed": {}}))
    assert page.post(f"/api/library/reports/{FLASH.slug}/remove").status_code == 200
    assert page.post(f"/api/library/reports/{FLASH.slug}/put-back").status_code == 200
    assert children.sent == [["remove", "--", FLASH.slug], ["remove", "--undo", "--", FLASH.slug]]
    for way in ("edit", "remove", "put-back"):
        assert page.post(f"/api/library/reports/nowhere/{way}", json={"title": "A"}).status_code == 404


def test_only_publications_of_the_catalogue_are_fetched(page: TestClient, children: Children) -> None:
    assert page.post("/api/library/fetch", json={"ids": ["https://example.org/"]}).status_code == 404
    known = page.get("/api/catalogue").json()["publications"][0]["id"]
    children.will(ScriptedChild([{"file": f"{known}, 2 of 3 MB"}], {"documents": [outcome(known)]}))
    errand = page.post("/api/library/fetch", json={"ids": [known]}).json()
    assert events(page, errand["id"])[-1][1]["result"]["documents"][0]["path"] == known
    assert children.sent == [["fetch", "--progress", "--", known]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.exe", WORDS),
        ("report", WORDS),
        ("report.pdf", b"<html>"),
        ("report.docx", WORDS),
        ("report.txt", b"%PDF-1.7"),
        ("report.txt", b"a\0b"),
        ("report.txt", b""),
        ("../..", WORDS),
    ],
)
def test_what_is_no_report_is_not_kept(page: TestClient, own_library: Library, name: str, content: bytes) -> None:
    answer = send(page, name, content)
    assert answer.status_code == 422
    error_of(answer)
    assert waiting(own_library) == []


def test_files_that_are_not_to_be_added_are_let_go(page: TestClient, own_library: Library) -> None:
    token = send(page).json()["file"]
    assert page.post("/api/library/discard", json={"files": [token]}).json() == {"discarded": 1}
    assert waiting(own_library) == []
    assert page.post("/api/library/add", json={"files": [token]}).status_code == 404
    assert page.post("/api/library/add", json={"files": ["../" * 10 + "ab"]}).status_code == 422


def test_files_that_are_let_go_while_they_are_added_keep_nobody_waiting(page: TestClient, children: Children) -> None:
    hold = threading.Event()
    children.will(ScriptedChild(hold=hold, answer={"documents": []}))
    token = send(page).json()["file"]
    errand = page.post("/api/library/add", json={"files": [token]}).json()
    assert page.post("/api/library/discard", json={"files": [token, token]}).status_code == 200
    hold.set()
    assert events(page, errand["id"])[-1][0] == "done"


def test_a_file_that_is_announced_as_too_large_is_not_read(page: TestClient) -> None:
    answer = page.post(
        "/api/library/files", params={"name": "a.txt"}, content=b"a", headers={"content-length": str(200_000_000)}
    )
    assert (answer.status_code, error_of(answer)["code"]) == (413, "too-large")


def test_a_file_that_grows_too_large_is_dropped_as_it_comes(tmp_path: Path) -> None:
    piece, given_out = b"a" * 1_000_000, 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal given_out
        for _ in range(200):
            given_out += len(piece)
            yield piece

    with pytest.raises(TooLarge):
        wait_for(Incoming(tmp_path).keep("a.txt", pieces()))
    assert given_out == LARGEST_FILE + len(piece)
    assert list((tmp_path / "incoming").iterdir()) == []


@given(st.text(min_size=1, max_size=300))
def test_a_cleaned_name_is_one_plain_name_with_the_same_ending(name: str) -> None:
    try:
        cleaned = clean_name(name)
    except WrongUse:
        return
    assert Path(cleaned).name == cleaned
    assert cleaned.isprintable()
    assert len(cleaned.encode()) <= 200
    assert not set(cleaned) & set('<>:"|?*/\\')
    assert not cleaned.startswith(".")
    assert clean_name(cleaned) == cleaned


REFUSED = [
    {},
    {**OWN, "origin": "https://example.org"},
    {**OWN, "origin": "null"},
    {**OWN, "origin": "http://127.0.0.1:81"},
    {**OWN, "sec-fetch-site": "cross-site"},
    {**OWN, "sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", REFUSED)
def test_no_other_site_has_the_library_changed(own_library: Library, headers: dict[str, str]) -> None:
    children = Children()
    client = counter(own_library, children, headers)
    for path in ("files?name=a.txt", "add", "fetch", "discard", "errands/x/stop", *changes()):
        answer = client.post(f"/api/library/{path}", content=b"{}")
        assert (answer.status_code, error_of(answer)["code"]) == (403, "refused")
    for path in ("errand", "errands/x"):
        assert client.get(f"/api/library/{path}").status_code == 403
    if "origin" in headers or "sec-fetch-site" in headers:
        assert client.get("/api/holdings").status_code == 403
    assert children.sent == []
    assert waiting(own_library) == []


def changes() -> list[str]:
    return [f"reports/{FLASH.slug}/{way}" for way in ("edit", "remove", "put-back")]


def test_another_machine_has_nothing_changed(own_library: Library) -> None:
    there = counter(own_library, Children(), OWN, host="192.0.2.7")
    assert there.post(f"/api/library/{changes()[1]}").status_code == 403


def test_a_real_child_says_what_hinders_it_and_none_is_left(tmp_path: Path) -> None:
    clerk = Clerk(start_ingest(tmp_path))
    with pytest.raises(NotFound, match="there is no report 'nowhere'"):
        clerk.do("edit", ["edit", "--title=A", "--", "nowhere"])
    clerk.close()


def test_what_is_under_way_is_ended_with_the_server(own_library: Library) -> None:
    children = Children()
    child = children.will(ScriptedChild(hold=threading.Event()))
    with open_client(loaded(own_library), children) as page:
        page.headers.update(OWN)
        page.post("/api/library/add", json={"files": [send(page).json()["file"]]})
        assert not child.stopped.is_set()
    assert child.stopped.is_set()
    wait_until(lambda: waiting(own_library) == [])

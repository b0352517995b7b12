"""Documents, pages, citations and permanent pages over HTTP, and what Gradio is kept from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.__main__ import main
from assistant.answers import QuotePart
from assistant.lookup import name_pages
from corpus.library import Library
from tests.fakes import (
    FLASH,
    FLASH_PAGES,
    MARKED_UP,
    MARKUP,
    add_report,
    first_sentence,
    marked_up_sentence,
    sentence_over_two_pages,
)
from tests.web_client import error_of, loaded, open_client

PIECE = 64_000
"""Bytes in each piece of a large body."""


def test_a_document_lists_its_pages(client: TestClient) -> None:
    assert [document["slug"] for document in client.get("/api/documents").json()["documents"]] == [
        MARKED_UP.slug,
        FLASH.slug,
    ]
    form = client.get(f"/api/documents/{FLASH.slug}").json()
    assert form["document"]["title"] == FLASH.title
    assert form["pages"][1] == {"page": 2, "page_label": "6", "characters": len(FLASH_PAGES[1]), "warnings": []}
    page = client.get(f"/api/documents/{FLASH.slug}/pages/2").json()
    words = {"page": 2, "page_label": "6", "text": FLASH_PAGES[1], "width": 0.0, "height": 0.0}
    assert page == {**words, "pages": 2, "picture": False}


def test_a_page_of_an_edition_that_was_replaced_can_still_be_read(own_library: Library) -> None:
    client = open_client(loaded(own_library))
    newer = replace(FLASH, sha256="b" * 64)
    add_report(own_library, newer, ["Other words."])
    address = f"/api/documents/{FLASH.slug}/pages/1"
    assert client.get(address).json()["text"] == "Other words."
    assert client.get(address, params={"edition": FLASH.sha256}).json()["text"] == FLASH_PAGES[0]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/documents/nothing", 404),
        ("/api/documents/%2e%2e%2fetc", 404),
        (f"/api/documents/{FLASH.slug}/pages/3", 404),
        (f"/api/documents/{FLASH.slug}/pages/0", 422),
        (f"/api/documents/{FLASH.slug}/pages/99999999999999999999", 422),
        (f"/api/documents/{FLASH.slug}/pages/one", 422),
        ("/api/citations/x/00000000/p1/000000000000", 404),
        ("/api/citations/no-link", 422),
        ("/api/nothing", 404),
        ("/room/../app.py", 404),
        ("/room/%2e%2e%2fapp.py", 404),
        ("/nothing", 404),
        ("/assets/nothing.js", 404),
    ],
)
def test_what_is_not_there_is_said_in_the_one_form(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert error_of(response)["remedy"]


def test_a_wrong_method_is_said_in_the_one_form(client: TestClient) -> None:
    response = client.get("/api/ask")
    assert response.status_code == 405
    assert error_of(response)["code"] == "method-not-allowed"


def test_a_removed_report_is_gone_and_its_links_still_show_its_words(own_library: Library) -> None:
    link = first_sentence(own_library).link
    client = open_client(loaded(own_library))
    own_library.remove(FLASH.slug)
    assert client.get(f"/api/documents/{FLASH.slug}").status_code == 410
    assert client.get(f"/api/citations/{link}").json()["state"] == "removed"
    assert "was removed from the library on" in client.get(f"/c/{link}").text


def test_a_citation_gives_its_words_and_its_reference(client: TestClient, web_library: Library) -> None:
    citation = sentence_over_two_pages(web_library)
    form = client.get(f"/api/citations/{citation.link}").json()
    assert [part["page"] for part in form["parts"]] == [1, 2]
    assert form["reference"] == f"Test Desk, {FLASH.title}, Test Flash #2 - 2025, pp. 5 to 6 (PDF pages 1 to 2)."


def test_a_citation_has_the_same_fields_here_and_on_the_command_line(
    own_library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = first_sentence(own_library).link
    form = open_client(loaded(own_library)).get(f"/api/citations/{link}").json()
    assert main(["cite", link, "--json", "--home", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == form
    assert form["since"] == own_library.editions(FLASH.sha256)[0].changed


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ({14: "12"}, "p. 12 (PDF page 14)"),
        ({3: "3"}, "p. 3"),
        ({3: None}, "PDF page 3"),
        ({14: "12", 15: "13"}, "pp. 12 to 13 (PDF pages 14 to 15)"),
        ({3: "3", 4: "4"}, "pp. 3 to 4"),
        ({3: "iii", 4: None}, "PDF pages 3 to 4"),
    ],
)
def test_a_page_is_named_as_printed_and_as_a_pdf_reader_counts_it(labels: dict[int, str | None], words: str) -> None:
    assert name_pages([QuotePart(page, label, "", 0, 0) for page, label in labels.items()]) == words


def test_a_permanent_page_marks_every_part_of_a_quote(client: TestClient, web_library: Library) -> None:
    citation = sentence_over_two_pages(web_library)
    page = client.get(f"/c/{citation.link}").text
    assert [f'<mark lang="en">{part.quote}</mark>' in page for part in citation.parts] == [True, True]
    assert f'<a href="/c/{citation.link}">http://127.0.0.1/c/{citation.link}</a>' in page
    assert "page 5 (PDF page 1)" in page
    assert "page 6 (PDF page 2)" in page
    assert "<script" not in page


def test_a_permanent_page_shows_markup_as_text(client: TestClient, web_library: Library) -> None:
    page = client.get(f"/c/{marked_up_sentence(web_library).link}").text
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:alert" not in page
    assert "&lt;script&gt;window.ran = 1&lt;/script&gt;" in page


def test_a_permanent_link_that_shows_nothing_says_so_on_a_page(client: TestClient) -> None:
    response = client.get("/c/x/00000000/p1/000000000000", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert "Add the file that it was made from" in response.text


def test_a_replaced_edition_says_so_on_its_permanent_page(own_library: Library) -> None:
    link = first_sentence(own_library).link
    add_report(own_library, replace(FLASH, sha256="b" * 64), ["Other words."])
    page = open_client(loaded(own_library)).get(f"/c/{link}").text
    assert "This edition was replaced on" in page


@pytest.mark.parametrize("address", ["/healthz", "/api/documents", "/api/docs", "/c/no-link", "/room/room.css", "/x"])
def test_our_own_pages_have_strict_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["permissions-policy"]


def test_the_page_runs_no_inline_script_but_its_own(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'sha256-" in scripts
    assert "http" not in policy.replace("'", "")


def test_the_list_of_routes_asks_nobody_else(client: TestClient) -> None:
    page = client.get("/api/docs").text
    assert "POST /api/ask/stream" in page
    assert "//" not in page.replace("<!doctype", "")


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/run/predict"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://203.0.113.9/"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/mcp/sse"),
        ("GET", "/monitoring"),
        ("GET", "/config"),
        ("GET", "/assets/..%2f..%2f__init__.py"),
        ("POST", "/login"),
    ],
)
def test_nothing_of_gradio_is_open_but_what_the_page_loads(client: TestClient, method: str, address: str) -> None:
    assert client.request(method, address).status_code in (404, 405)


def test_six_questions_at_most_are_offered_from_what_the_library_holds(client: TestClient) -> None:
    questions = client.get("/api/questions").json()["questions"]
    assert questions == ["What are the main findings of Test Flash #2 - 2025?"]
    assert not any(MARKUP in question for question in questions)

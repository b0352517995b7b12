"""The audit of a draft over HTTP: the same form as on the command line, and what is refused."""

from __future__ import annotations

import io
import logging

import docx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.ask import Assistant
from assistant.drafts import Checker
from assistant.find import Finder
from assistant.web.api import make_routes
from assistant.web.desk import Desk
from assistant.web.faults import Busy, answer_faults
from assistant.web.guard import LARGEST_DRAFT
from corpus.errors import EmbedderFault
from corpus.index import CurrentIndex
from corpus.library import Library
from tests.web_client import error_of, loaded, open_client

MISQUOTE = "They say \u201cMeasures target six regions: the Sahel, the Horn of Africa\u201d."


@pytest.fixture
def checking(assistant: Assistant, library: Library) -> TestClient:  # the assistant's reports are in the library
    return open_client(loaded(library, [EmbedderFault("none", "none")]))


def word(text: str) -> bytes:
    written, saved = docx.Document(), io.BytesIO()
    written.add_paragraph(text)
    written.save(saved)
    return saved.getvalue()


def test_a_draft_that_is_sent_is_audited(checking: TestClient) -> None:
    for name, content in (("draft.md", MISQUOTE.encode()), ("Entwurf \u00e4.docx", word(MISQUOTE))):
        form = checking.post("/api/check", files={"file": (name, content)}).json()
        assert (form["file"], form["faults"]) == (name, 1)
        (item,) = form["items"]
        assert (item["verdict"], item["where"]) == ("altered", "paragraph 1")
        assert item["differences"] == [{"kind": "number", "yours": "six", "source": "five"}]


def test_no_word_of_a_draft_stands_in_the_log(checking: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name, content in (("draft.md", MISQUOTE.encode()), ("draft.docx", MISQUOTE.encode())):
        checking.post("/api/check", files={"file": (name, content)})
    assert "Sahel" not in caplog.text


def test_the_audit_of_a_draft_can_be_kept_as_a_page(checking: TestClient) -> None:
    answer = checking.post("/api/check/html", files={"file": ("a draft.md", MISQUOTE.encode())})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'filename="a_draft-checked.html"' in answer.headers["content-disposition"]
    assert "<del>six</del>" in answer.text


def test_a_word_file_comes_back_with_comments_in_its_margin(checking: TestClient) -> None:
    answer = checking.post("/api/check/docx", files={"file": ("draft.docx", word(MISQUOTE))})
    (comment,) = docx.Document(io.BytesIO(answer.content)).comments
    assert "yours has 'six', the report 'five'" in comment.text


def test_a_draft_without_a_margin_gets_no_comments(checking: TestClient) -> None:
    answer = checking.post("/api/check/docx", files={"file": ("draft.md", MISQUOTE.encode())})
    assert (answer.status_code, "only a Word file" in error_of(answer)["message"]) == (422, True)


def test_a_draft_is_checked_though_no_question_finds_a_place(assistant: Assistant, library: Library) -> None:
    app, index, room = FastAPI(), CurrentIndex(library.home), loaded(library, [EmbedderFault("none", "none")])
    answer_faults(app)
    finder = Finder(library, index)
    app.include_router(make_routes(room, Desk(room, places=0), finder, Checker(library, index, finder)))
    client = TestClient(app)
    assert error_of(client.post("/api/find", json={"text": MISQUOTE}))["code"] == Busy.kind
    assert client.post("/api/check", files={"file": ("a.md", MISQUOTE.encode())}).json()["faults"] == 1
    index.close()


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("draft.pdf", b"%PDF-1.7", 422),
        ("draft", b"words", 422),
        ("draft.docx", b"PK\x03\x04 no archive", 422),
        ("draft.txt", bytes(range(256)), 422),
        ("draft.txt", b"a" * (LARGEST_DRAFT + 1), 413),
    ],
)
def test_what_is_no_draft_is_refused(client: TestClient, name: str, content: bytes, status: int) -> None:
    for address in ("/api/check", "/api/check/html"):
        response = client.post(address, files={"file": (name, content)})
        assert response.status_code == status
        error_of(response)


def test_a_request_without_a_file_is_refused(client: TestClient) -> None:
    response = client.post("/api/check", data={"text": "words"})
    assert (response.status_code, error_of(response)["message"]) == (422, "the field 'file' is missing")

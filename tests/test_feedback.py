"""What readers say of an answer, from the room to the evaluation's inbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.library import Library
from evals.cases import Place, check_cases, read_cases
from evals.propose import accepted_case, read_drafts
from tests.fakes import first_sentence
from tests.web_client import error_of, loaded, open_client

SAID = {"question": "Where from?", "kind": "wrong-page", "links": ["test-flash-2025-2/00000000/p1/000000000000"]}


@pytest.fixture
def room(own_library: Library) -> TestClient:
    return open_client(loaded(own_library))


def test_feedback_with_consent_becomes_a_draft_case(room: TestClient, own_library: Library) -> None:
    link = first_sentence(own_library).link
    kept = room.post("/api/feedback", json={**SAID, "links": [link], "consent": True}).json()["kept"]
    draft = read_drafts(own_library.home / "feedback")[kept]
    assert (draft["question"], draft["feedback"], draft["links"]) == ("Where from?", "wrong-page", [link])
    assert draft["expect"] == "answer"


def test_a_draft_that_is_accepted_is_a_case_with_its_conversation_and_the_right_pages(
    room: TestClient, own_library: Library, tmp_path: Path
) -> None:
    link = first_sentence(own_library).link
    before = [{"role": "user", "text": "Where from in 2024?"}]
    said = {**SAID, "kind": "right", "links": [link, link], "history": before, "consent": True}
    kept = room.post("/api/feedback", json=said).json()["kept"]
    path = tmp_path / "accepted.jsonl"
    path.write_text(json.dumps(accepted_case(read_drafts(own_library.home / "feedback")[kept])), encoding="utf-8")
    (case,) = read_cases(path)
    assert check_cases([case], own_library) == []
    assert (case.question.text, [turn.text for turn in case.question.history]) == (
        "Where from?",
        ["Where from in 2024?"],
    )
    assert case.places == (Place("test-flash-2025-2", (1,)),)


def test_a_draft_of_a_wrong_page_names_no_page_as_right(room: TestClient, own_library: Library) -> None:
    link = first_sentence(own_library).link
    kept = room.post("/api/feedback", json={**SAID, "links": [link], "consent": True}).json()["kept"]
    assert accepted_case(read_drafts(own_library.home / "feedback")[kept])["documents"] == []


def test_what_should_not_have_been_answered_expects_an_abstention(room: TestClient, own_library: Library) -> None:
    kept = room.post("/api/feedback", json={**SAID, "kind": "should-not-know", "consent": True}).json()["kept"]
    assert read_drafts(own_library.home / "feedback")[kept]["expect"] == "abstain"


@pytest.mark.parametrize("consent", [{}, {"consent": False}])
def test_nothing_is_kept_without_consent(room: TestClient, own_library: Library, consent: dict[str, bool]) -> None:
    response = room.post("/api/feedback", json={**SAID, **consent})
    assert response.status_code == 422
    assert "agree" in str(error_of(response)["remedy"])
    assert not (own_library.home / "feedback").exists()


@pytest.mark.parametrize(
    "wrong", [{"kind": "nonsense"}, {"question": ""}, {"question": "\x00"}, {"links": ["x" * 301]}]
)
def test_what_has_not_the_form_is_refused(room: TestClient, own_library: Library, wrong: dict[str, object]) -> None:
    assert room.post("/api/feedback", json={**SAID, "consent": True, **wrong}).status_code == 422
    assert not (own_library.home / "feedback").exists()


def test_a_folder_that_cannot_be_written_is_said_in_words(room: TestClient, own_library: Library) -> None:
    Path(own_library.home / "feedback").write_text("in the way", encoding="utf-8")
    error = error_of(room.post("/api/feedback", json={**SAID, "consent": True}))
    assert "cannot be written" in str(error["message"])

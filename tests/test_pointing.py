"""References as people write them: the report and the page that they mean, or why there is none."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from assistant.ask import Assistant
from assistant.pointing import find_pages, parse_reference
from corpus.errors import Fault, NotFound, TooLarge, WrongUse
from corpus.library import Library
from tests.web_client import error_of


@pytest.fixture
def held(assistant: Assistant, library: Library) -> Library:  # the assistant's reports are in the library
    return library


def years(library: Library, reference: str) -> list[int | None]:
    return [place.document.year for place in find_pages(library, reference)]


@pytest.mark.parametrize(
    "reference",
    ["EMN Flash #2 - 2025, p. 1", "EMN Flash 2/2025, page 1", "emn 2025, PDF page 1", "EMN Flash 2025 (p. 1)"],
)
def test_a_reference_means_one_report_and_its_page(held: Library, reference: str) -> None:
    places = find_pages(held, reference)
    assert [(place.document.year, place.page.number) for place in places] == [(2025, 1)]


def test_every_report_that_a_reference_may_mean_is_listed(held: Library) -> None:
    assert sorted(years(held, "EMN Flash #2, p. 1"), key=str) == [2022, 2025]


@pytest.mark.parametrize(
    ("reference", "fault", "words"),
    [
        ("nonsense", WrongUse, "neither a link"),
        ("p. 1", WrongUse, "neither a link"),
        ("EMN Flash #3 - 2025, p. 1", NotFound, "no report"),
        ("EMN Flash #2 - 2025, p. 99", NotFound, "has no page 99"),
        ("EMN " * 200 + ", p. 1", TooLarge, "characters"),
    ],
)
def test_a_reference_that_means_nothing_says_why(held: Library, reference: str, fault: type[Fault], words: str) -> None:
    with pytest.raises(fault, match=words):
        find_pages(held, reference)


def test_the_counted_page_is_told_from_the_printed_one() -> None:
    assert [parse_reference(f"EMN 2022, {page}").counted for page in ("PDF page 14", "p. 14")] == [True, False]


def test_a_reference_is_followed_over_http(client: TestClient, web_library: Library) -> None:
    document = web_library.documents()[0]
    found = client.get("/api/citations", params={"reference": f"{document.title}, PDF page 1"}).json()
    assert found["places"][0]["document"]["slug"] == document.slug
    assert found["places"][0]["text"] == web_library.page(document.sha256, 1).text
    assert error_of(client.get("/api/citations", params={"reference": "nonsense"}))["code"] == "wrong-use"

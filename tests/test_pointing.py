"""References as people write them: the report and the page that they mean, or why there is none."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import Assistant
from assistant.pagelists import join_runs
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
    assert [(place.document.year, place.pages[0].number) for place in places] == [(2025, 1)]


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
    assert [parse_reference(f"EMN 2022, {page}").pages.counted for page in ("PDF page 14", "p. 14")] == [True, False]


@pytest.mark.parametrize(
    ("written", "pages", "more"),
    [
        ("p. 3", "3", 0),
        ("pp. 3-5", "3 4 5", 0),
        ("pp. 3\u20135, 9 and 12", "3 4 5 9 12", 0),
        ("pages 123-5", "123 124 125", 0),
        ("pp. ii to iv", "ii iii iv", 0),
        ("PDF pages 2 & 4", "2 4", 0),
        ("S. 12 f.", "12", 1),
        ("S. 12 ff.", "12", 2),
        ("Seiten 3 bis 5", "3 4 5", 0),
        ("p. 3, 5 victims", "3", 0),
        ("pp. 3-4, 2022", "3 4", 0),
        ("pp. 3-4, 64 victims", "3 4", 0),
        ("pp. 9-3", "9 3", 0),
    ],
)
def test_pages_are_named_in_spans_and_lists(written: str, pages: str, more: int) -> None:
    named = parse_reference(f"EMN Flash, {written}").pages
    assert (named.pages, named.more) == (tuple(pages.split()), more)


def test_all_pages_that_are_named_are_found_or_the_missing_ones_are_told(own_library: Library) -> None:
    def numbers(reference: str) -> list[int]:
        return [page.number for place in find_pages(own_library, reference) for page in place.pages]

    assert numbers("Test Flash #2 - 2025, pp. 5-6") == [1, 2]
    assert numbers("Test Flash #2 - 2025, p. 5 ff.") == [1, 2]
    with pytest.raises(NotFound, match="has no page 7"):
        numbers("Test Flash #2 - 2025, pp. 5-7")


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8, unique=True).map(sorted))
def test_pages_that_are_written_in_runs_are_read_as_they_were(numbers: list[int]) -> None:
    written = join_runs(numbers, [str(number) for number in numbers], "\u2013")
    assert parse_reference(f"EMN Flash, pp. {written}").pages.pages == tuple(map(str, numbers))


def test_a_reference_is_followed_over_http(client: TestClient, web_library: Library) -> None:
    document = web_library.documents()[0]
    found = client.get("/api/citations", params={"reference": f"{document.title}, PDF page 1"}).json()
    assert found["places"][0]["document"]["slug"] == document.slug
    assert found["places"][0]["text"] == web_library.page(document.sha256, 1).text
    assert error_of(client.get("/api/citations", params={"reference": "nonsense"}))["code"] == "wrong-use"

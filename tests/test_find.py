"""Where a quote comes from: the place, the verdict, and every difference by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.ask import Assistant
from assistant.find import LONGEST_TEXT, Finder, Found
from assistant.links import cite_found, resolve_link
from corpus.documents import Part
from corpus.errors import Fault, TooLarge, WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.conftest import Command

REGIONS = (
    "Measures target five regions: the Sahel, the Horn of Africa, North Africa, Eastern Europe and the Western Balkans."
)


@pytest.fixture
def finder(assistant: Assistant, desk: Desk, library: Library) -> Finder:  # the assistant's reports are in the library
    return Finder(library, CurrentIndex(desk.home))


def kinds(found: Found) -> list[str]:
    return [difference.kind for difference in found.matches[0].differences]


def test_the_words_of_two_editions_are_found_in_both(finder: Finder) -> None:
    found = finder.find(REGIONS)
    assert found.verdict == "verbatim"
    assert [match.citation.document.year for match in found.matches] == [2022, 2025]


def test_case_and_white_space_and_hyphens_are_no_difference(finder: Finder) -> None:
    found = finder.find("measures  target five regions: the Sahel,\nthe Horn of Africa, North Af-\nrica")
    assert (found.verdict, found.matches[0].case) == ("verbatim", True)


@pytest.mark.parametrize(
    ("quote", "differences"),
    [
        ("The reflection period gives victims 60 days to recover and to decide whether to cooperate.", "number"),
        ("The reflection period gives victims 30 days not to recover and to decide whether to cooperate.", "negation"),
        (
            "In 2023 the countries registered 64 victims of forced labour in agriculture; Slovenia registered none",
            "name",
        ),
        ("Measures target five regions: the Sahel, the Horn of Africa, Eastern Europe and", "name delete name"),
        ("The reflection period gives victims 30 days to recover and to decide to cooperate.", "delete"),
    ],
)
def test_what_was_changed_is_named(finder: Finder, quote: str, differences: str) -> None:
    found = finder.find(quote)
    assert found.verdict == "altered"
    assert kinds(found) == differences.split()


def test_stretches_joined_by_an_ellipsis_stand_in_order(finder: Finder) -> None:
    found = finder.find("Measures target five regions: the Sahel [...] Eastern Europe and the Western Balkans.")
    assert (found.verdict, found.ellipses) == ("verbatim", 1)


@pytest.fixture
def long_finder(desk: Desk, library: Library, tmp_path: Path) -> Finder:
    """A report of nine pages, each with a sentence of its own."""
    places = "Cork Bilbao Gdansk Split Varna Turku Liepaja Bremen Genoa".split()
    pages = [
        f"In {place} the reception centre recorded {10 + number} presumed victims during that winter.\nSo much."
        for number, place in enumerate(places)
    ]
    path = tmp_path / "long.txt"
    path.write_text("\f".join(pages), encoding="utf-8")
    add_file(path, Given(), desk, lambda page, pages: None)
    catch_up(desk, lambda words: None)
    return Finder(library, CurrentIndex(desk.home))


FIRST = "In Bilbao the reception centre recorded 11 presumed victims"
LAST = "the reception centre recorded 18 presumed victims during that winter."


def test_stretches_may_stand_pages_apart(long_finder: Finder) -> None:
    found = long_finder.find(f"{FIRST} [\u2026] {LAST}")
    assert (found.verdict, found.ellipses) == ("verbatim", 1)
    assert [part.page for part in found.matches[0].citation.parts] == [2, 9]


def test_the_link_of_words_that_stand_apart_leads_to_the_first_of_them(long_finder: Finder, library: Library) -> None:
    match = long_finder.find(f"{FIRST} [...] {LAST}").matches[0]
    assert resolve_link(library, match.citation.link).citation.quote == FIRST


def test_the_link_of_words_over_a_page_end_leads_to_all_of_them(long_finder: Finder, library: Library) -> None:
    match = long_finder.find("presumed victims during that winter. So much. In Bilbao the reception centre").matches[0]
    cited = resolve_link(library, match.citation.link).citation
    assert ([part.page for part in cited.parts], cited.parts) == ([1, 2], match.citation.parts)


def test_stretches_in_another_order_are_not_verbatim(long_finder: Finder) -> None:
    assert long_finder.find(f"{LAST} [...] {FIRST}").verdict != "verbatim"


def test_a_text_over_many_pages_is_found_whole(long_finder: Finder, library: Library) -> None:
    pages = library.pages(library.documents()[0].sha256)
    found = long_finder.find(" ".join(page.text for page in pages[1:8]))
    assert found.verdict == "verbatim"
    assert [part.page for part in found.matches[0].citation.parts] == [2, 3, 4, 5, 6, 7, 8]


def test_the_link_of_a_match_leads_to_its_words(finder: Finder, library: Library) -> None:
    match = finder.find(REGIONS).matches[0]
    assert resolve_link(library, match.citation.link).citation.quote == match.citation.quote


def test_the_link_of_words_that_end_within_a_word_leads_to_the_whole_word(finder: Finder, library: Library) -> None:
    document = finder.find(REGIONS).matches[0].citation.document
    page = library.page(document.sha256, 1)
    start = page.text.index(REGIONS)
    cut = cite_found(library, document, [Part(1, start + 2, start + REGIONS.index("kans."))], 1.0)
    assert cut.quote == REGIONS[2 : REGIONS.index("kans.")]
    assert resolve_link(library, cut.link).citation.quote == REGIONS


@pytest.mark.parametrize(
    "foreign",
    [
        "The cat sat upon the mat and looked at the moon all night long.",
        "Die Katze lag auf der Matte und sah den Mond die ganze Nacht lang an.",
        "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645 \u0641\u064a \u0647\u0630\u0627 \u0646\u0635",
    ],
)
def test_words_of_elsewhere_are_not_found(finder: Finder, foreign: str) -> None:
    assert finder.find(foreign).verdict == "not found"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", WrongUse),
        ("victims", WrongUse),
        ("... !? -- ;;; []", WrongUse),
        ("five words\0 of the report", WrongUse),
        ("many words " * LONGEST_TEXT, TooLarge),
    ],
)
def test_what_cannot_be_looked_for_is_refused_in_words(finder: Finder, text: str, fault: type[Fault]) -> None:
    with pytest.raises(fault):
        finder.find(text)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_stretch_of_a_page_is_found_there(finder: Finder, library: Library, data: st.DataObject) -> None:
    page = library.pages(library.documents()[0].sha256)[0]
    words = page.text.split()
    first = data.draw(st.integers(0, len(words) - 8))
    last = data.draw(st.integers(first + 8, len(words)))
    found = finder.find(" ".join(words[first:last]))
    assert found.verdict == "verbatim"
    for match in found.matches:
        for part in match.citation.parts:
            assert library.page(match.citation.document.sha256, part.page).text[part.start : part.end] == part.quote


def test_a_quote_is_found_on_the_command_line(command: Command, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(f"A report\n\nFindings\n\n{REGIONS}\n", encoding="utf-8")
    assert command("ingest", "add", str(report)).returncode == 0
    done = command("assistant", "find", REGIONS.replace("five", "six"))
    assert (done.returncode, "number changed: yours has 'six', the report 'five'" in done.stdout) == (0, True)
    assert command("assistant", "find", "The cat sat upon the mat and looked at the moon").returncode == 1

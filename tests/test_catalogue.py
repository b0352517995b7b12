"""The catalogue: facts that are checked when they are read, and are not copies of other people's copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Found, Known, find_entry, load_catalogue, plain_title, read_catalogue
from corpus.errors import CatalogueFault

ENTRY = """
- id: {id}
  title: A title
  publisher: A desk
  year: {year}
  languages: [{language}]
  landing: {landing}
  topic: thb
"""
GOOD = {"id": "a-title", "year": "2025", "language": "en", "landing": "https://example.org/a"}


def write(tmp_path: Path, *entries: dict[str, str]) -> Path:
    path = tmp_path / "catalogue.yaml"
    path.write_text("".join(ENTRY.format(**entry) for entry in entries), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"id": "Not An Id"}, "0.id"),
        ({"year": "1066"}, "0.year"),
        ({"language": "english"}, "0.languages.0"),
        ({"landing": "file:///etc/passwd"}, "0.landing"),
    ],
)
def test_an_entry_that_is_wrong_is_named(tmp_path: Path, change: dict[str, str], place: str) -> None:
    with pytest.raises(CatalogueFault, match=f"entry {place}"):
        read_catalogue(write(tmp_path, {**GOOD, **change}))


def test_two_entries_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFault, match="twice"):
        read_catalogue(write(tmp_path, GOOD, GOOD))


def test_what_is_no_yaml_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text("[not: closed", encoding="utf-8")
    with pytest.raises(CatalogueFault, match="as YAML"):
        read_catalogue(path)


def test_our_catalogue_is_whole_and_names_both_flashes_of_number_two() -> None:
    entries = load_catalogue()
    assert len(entries) > 100
    flashes = {(entry.number, entry.year) for entry in entries if entry.series == "EMN Flash" and entry.number}
    assert {("2", 2022), ("2", 2025)} <= flashes


def meant(title: str, series: str | None = None, number: str | None = None, year: int | None = None) -> Found | None:
    return find_entry(load_catalogue(), Known(title, series, number, year, "report"))


def test_a_title_that_two_publications_share_needs_its_series() -> None:
    title = "TRAFFICKING IN HUMAN BEINGS – THE INTERNATIONAL DIMENSION"
    assert meant(title, year=2025) is None
    found = meant(title, "EMN Study", year=2025)
    assert found is not None
    assert (found.entry.series, found.how) == ("EMN Study", "its title")
    assert meant(title, "EMN Study", year=2014) is None


def test_a_number_and_a_year_name_a_publication_and_another_year_does_not() -> None:
    ids = [
        found.entry.id if (found := meant("Anything", "EMN Flash", "2", year)) else None for year in (2022, 2025, 2024)
    ]
    assert ids == ["emn-flash-2022-2", "emn-flash-2025-2", None]
    assert meant("Trafficking in human beings – the international dimension", "EMN Flash", "3", 2025) is None


def test_a_file_is_known_by_the_name_that_it_has_at_its_publisher() -> None:
    entry = next(entry for entry in load_catalogue() if entry.pdf and len(Path(entry.pdf.path or "").stem) > 20)
    stem = Path(entry.pdf.path or "").stem if entry.pdf else ""
    found = find_entry(load_catalogue(), Known("Untitled", None, None, None, stem))
    assert found is not None
    assert (found.entry.id, found.how) == (entry.id, "the file's name")
    assert find_entry(load_catalogue(), Known("Untitled", None, None, 1991, stem)) is None


def test_a_title_is_compared_without_case_marks_and_series() -> None:
    assert plain_title("EMN Flash #2 - 2022: Victims – found") == plain_title("victims found (EMN Inform)")

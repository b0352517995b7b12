"""The catalogue: facts that are checked when they are read, and are not copies of other people's copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Entry, find_entry, load_catalogue, plain_title, read_catalogue
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


def test_a_title_that_two_publications_share_needs_its_series() -> None:
    entries = load_catalogue()
    title = "TRAFFICKING IN HUMAN BEINGS – THE INTERNATIONAL DIMENSION"
    assert find_entry(entries, title, None, 2025) is None
    found = find_entry(entries, title, "EMN Study", 2025)
    assert isinstance(found, Entry)
    assert found.series == "EMN Study"
    assert find_entry(entries, title, "EMN Study", 2014) is None


def test_a_title_is_compared_without_case_marks_and_series() -> None:
    assert plain_title("EMN Flash #2 - 2022: Victims – found") == plain_title("victims found (EMN Inform)")

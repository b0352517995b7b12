"""What `show`, `edit` and `catalogue` tell a person, and what they refuse."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import load_catalogue
from corpus.description import field_value
from corpus.documents import Document, PageWarning, Source
from corpus.errors import WrongUse
from corpus.troubles import gather_troubles, page_ranges
from ingest.__main__ import parse
from ingest.describe import Described, Given, edit
from ingest.given import read_given
from ingest.listing import find_entries
from ingest.show import description_lines, page_lines
from tests.conftest import Command
from tests.stand_ins import make_document, make_page

WIDTH = 80


@given(st.sets(st.integers(1, 60)))
def test_ranges_of_pages_name_each_page_once(numbers: set[int]) -> None:
    told = [part.split("-") for part in page_ranges(sorted(numbers)).split(", ") if part]
    assert [number for ends in told for number in range(int(ends[0]), int(ends[-1]) + 1)] == sorted(numbers)


def test_a_trouble_of_many_pages_is_told_once_with_its_pages() -> None:
    warnings = [PageWarning(number, "unmapped", f"{number} characters have no form; look") for number in (1, 2, 3, 9)]
    (trouble,) = gather_troubles(warnings)
    assert (trouble.name, page_ranges(trouble.pages)) == ("characters without a form", "1-3, 9")
    assert trouble.remedy == "characters have no form; look"


def test_a_report_of_sixty_pages_is_shown_in_a_few_lines() -> None:
    pages = [make_page("Ten words.", number, str(number - 4) if number > 4 else None) for number in range(1, 61)]
    warnings = [PageWarning(number, "no-text", "run it through text recognition") for number in (17, 18, 40)]
    lines = list(page_lines(pages, warnings, WIDTH))
    assert lines[:1] == ["60 pages, 3 to look at"]
    assert lines[2:4] == ["pages 17-18, 40: no text", "  run it through text recognition."]
    assert [line.split()[0] for line in lines[6:]] == ["1-16", "17-18", "19-39", "40", "41-60"]
    assert lines[6].split() == ["1-16", "1-12", "160", "-"]


def test_a_long_field_is_wrapped_under_its_value_with_its_origin_whole() -> None:
    document = make_document("flash", title="Of victims and of those who help them " * 3)
    lines = list(description_lines(document, [Source("title", "the catalogue, by its number and year")], WIDTH))
    assert max(map(len, lines)) <= WIDTH
    assert any(line.endswith("(the catalogue, by its number and year)") for line in lines)
    assert [line[:14].strip() for line in lines[1:5]] == ["Title", "", "", "Series"]


def test_countries_that_took_part_are_listed_once() -> None:
    codes = ("AT", "BE", "CY", "DE")
    document = Document("study", "a" * 64, "A study", countries=codes, participants=codes)
    assert field_value(document, "countries") == "the 4 that took part"
    assert field_value(document, "participants") == "Austria, Belgium, Cyprus, Germany"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--year", "20255"),
        ("--title", "  "),
        ("--title", "x" * 301),
        ("--series", ""),
        ("--language", "zz"),
        ("--country", "Atlantis"),
        ("--participant", "XX"),
        ("--reference-period", "2020-1999"),
        ("--reference-period", "last year"),
        ("--url", "javascript:alert(1)"),
        ("--url", "http://[bad"),
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused_with_what_it_can(option: str, value: str) -> None:
    with pytest.raises(WrongUse) as refused:
        read_given(parse(["edit", "flash", option, value]))
    assert refused.value.remedy.startswith("write it" if option not in ("--year",) else "write one")


def test_every_field_can_be_said() -> None:
    said = (
        "--title T --series S --number 2 --year 2024 --publisher P --url https://e.org/a --language German --country EL"
    )
    said += " --participant UK --reference-period 2015\u20132020 --licence L"
    given_ = read_given(parse(["edit", "flash", *said.split()]))
    assert given_ == Given(
        *("T", "S", "2", 2024, "https://e.org/a", "de", ("GR",), "P", ("GB",), "2015-2020", "L"),
    )


def test_a_field_that_is_cleared_is_empty_because_you_said_so() -> None:
    options = parse(["edit", "flash", "--clear", "publisher", "--clear", "countries"])
    before = Document("flash", "a" * 64, "A flash", publisher="A person", countries=("SK",))
    after = edit(Described(before, (Source("publisher", "page 1"),)), read_given(options))
    assert (after.document.publisher, after.document.countries) == (None, ())
    assert after.sources == (Source("countries", "you"), Source("publisher", "you"))


def test_words_choose_publications_of_the_catalogue() -> None:
    chosen = [entry.id for entry in find_entries(load_catalogue(), ["flash", "2025", "traffick"])]
    assert chosen == ["emn-flash-2025-2"]
    assert find_entries(load_catalogue(), ["no-such-word"]) == []
    assert len(find_entries(load_catalogue(), [])) == len(load_catalogue())


def test_every_publication_of_our_catalogue_says_what_it_covers() -> None:
    assert [entry.id for entry in load_catalogue() if not entry.covers] == []


def test_the_catalogue_is_listed_with_what_each_covers(command: Command) -> None:
    listed = command("ingest", "catalogue", "flash", "2025", "dimension")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.startswith("emn-flash-2025-2\n")
    assert "no address known" in listed.stdout
    (publication,) = json.loads(command("ingest", "catalogue", "--json", "flash", "2025", "dimension").stdout)[
        "publications"
    ]
    assert publication["covers"].startswith("Short digest")
    nothing = command("ingest", "catalogue", "atlantis")
    assert (nothing.returncode, nothing.stderr.count("\n")) == (1, 1)

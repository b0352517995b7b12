"""What a report is: read from its pages, its metadata, its name and the catalogue, with where each is from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from corpus.documents import Document, Edition, Source
from corpus.terms import find_countries
from ingest.add import Desk, add_file
from ingest.describe import Described, Given, choose_slug, edit
from ingest.languages import mark_languages
from ingest.naming import SeriesName, find_series_name, name_in_file_name
from ingest.raw import Metadata
from ingest.rebuild import catch_up
from tests.described import described, origin
from tests.pdf_maker import Run, make_pdf
from tests.stand_ins import ROOT, SAMPLE, make_document, make_page, make_passage, real_data


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("EMN FLASH #2 - 2025", SeriesName("EMN Flash", "2", 2025)),
        ("SAMPLE INFORM #1 – 2019 18 March2019", SeriesName("Sample Inform", "1", 2019)),
        ("SAMPLE NATIONAL REPORT – 2024", SeriesName("Sample National Report", None, 2024)),
        ("EMN Focussed Study 2013", SeriesName("EMN Focussed Study", None, 2013)),
        ("EMN Glossary 6.0", SeriesName("EMN Glossary", "6.0", None)),
        ("COM(2021) 171 final", SeriesName("COM document", "COM(2021) 171", 2021)),
        ("Directive 2011/36/EU", SeriesName("Directive", "2011/36/EU", 2011)),
        ("According to the study 2013 was a hard year", None),
        ("The EMN study of 2022 counts 25 Member States", None),
    ],
)
def test_a_line_names_a_series_or_only_speaks_of_one(line: str, name: SeriesName | None) -> None:
    assert find_series_name(line) == name


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("emn-flash-2-2025", SeriesName("EMN Flash", "2", 2025)),
        ("sample_inform_2025_1", SeriesName("Sample Inform", "1", 2025)),
        ("emn-inform-missing-minors", SeriesName("EMN Inform", None, None)),
        ("FIU-Platforms-Case-Study", None),
    ],
)
def test_a_file_name_names_a_series(stem: str, name: SeriesName | None) -> None:
    assert name_in_file_name(stem) == name


def test_the_title_in_the_metadata_is_believed_only_where_the_pages_hold_its_words() -> None:
    text = "Missing children in Europe\nThis report is about children who go missing from reception centres."
    confirmed = described(text, metadata=Metadata(1, title="Missing children in Europe"))
    of_another = described(text, metadata=Metadata(1, title="Seasonal workers and their rights"))
    assert (confirmed.document.title, origin(confirmed, "title")) == (
        "Missing children in Europe",
        "the file's metadata",
    )
    assert (of_another.document.title, origin(of_another, "title")) == ("Missing children in Europe", "page 1")


def test_the_largest_letters_of_the_first_page_are_the_title(desk: Desk, tmp_path: Path) -> None:
    body = [Run(72, 500 - 14 * line, "The text below a title is set in smaller letters than it.") for line in range(9)]
    path = make_pdf(
        tmp_path / "scan0001.pdf", [Run(72, 780, "A desk of ours"), Run(72, 700, "Children at risk", 24), *body]
    )
    add_file(path, Given(), desk, lambda page, pages: None)
    (document,) = desk.library.documents()
    assert (document.title, desk.library.sources(document.sha256)[0]) == ("Children at risk", Source("title", "page 1"))


def test_what_the_user_says_goes_before_everything_else() -> None:
    result = described("EMN Flash #2 - 2025\nA title on the page", given=Given(title="Mine", year=2020, number="9"))
    assert (result.document.title, result.document.year, result.document.slug) == ("Mine", 2020, "emn-flash-2020-9")
    assert {origin(result, field) for field in ("title", "year", "number")} == {"you"}


def test_terms_of_use_and_publisher_are_read_from_the_imprint() -> None:
    document = described("Title of it\nPublished by The Example Office\nLicence of this text: CC BY 4.0").document
    assert (document.publisher, document.licence) == ("The Example Office", "CC BY 4.0")
    other = described("Title of it\nReproduction is authorised provided the source is acknowledged.").document
    assert other.licence == "Reproduction is authorised provided the source is acknowledged."


def test_a_person_or_a_program_in_the_metadata_is_no_publisher() -> None:
    assert described("A title", metadata=Metadata(1, author="Jane Roe")).document.publisher is None
    assert described("A title", metadata=Metadata(1, author="Office of Examples")).document.publisher


def test_a_title_in_the_catalogue_brings_its_spelling_and_its_address() -> None:
    result = described("EMN FLASH #2 - 2022\nTHIRD-COUNTRY NATIONAL VICTIMS OF TRAFFICKING IN HUMAN BEINGS")
    assert result.document.title == "Third-country national victims of trafficking in human beings"
    assert (origin(result, "title"), origin(result, "url")) == ("the catalogue, by its number and year",) * 2


def test_flashes_of_one_number_and_two_years_are_two_reports() -> None:
    slugs = [described(f"EMN Flash #2 - {year}\nOn trafficking").document.slug for year in (2022, 2025)]
    assert slugs == ["emn-flash-2022-2", "emn-flash-2025-2"]


def share(amount: float) -> Callable[[Document], float]:
    return lambda other: amount


@pytest.mark.parametrize(
    ("title", "slug", "shared", "chosen"),
    [
        ("Missing minors", "report-final", 0.5, "missing-minors"),
        ("Missing minors", "report-final", 0.0, "report-final"),
        ("Another title", "report-final", 0.9, "missing-minors"),
        ("Another title", "missing-minors", 0.0, "missing-minors-2"),
    ],
)
def test_one_publication_under_another_file_name_keeps_its_slug(
    title: str, slug: str, shared: float, chosen: str
) -> None:
    there = Edition(Document("missing-minors", "b" * 64, "Missing minors", year=2020), "current", "2025-01-01", "1")
    new = Document(slug, "c" * 64, title, year=2020)
    assert choose_slug(new, [there], share(shared)).slug == chosen


def test_a_study_of_the_same_title_as_a_flash_is_another_report() -> None:
    flash = Document("emn-flash-2025-2", "b" * 64, "The international dimension", "EMN Flash", "2", 2025)
    study = Document("study", "c" * 64, "The international dimension", "EMN Study", None, 2025)
    there = Edition(flash, "current", "2025-01-01", "1")
    assert choose_slug(study, [there], share(0.4)).slug == "study"


def test_editing_changes_what_is_named_and_says_that_you_said_it() -> None:
    before = Described(make_document("flash"), (Source("title", "page 1"), Source("year", "page 1")))
    after = edit(before, Given(title="Another", countries=("SK",)))
    assert (after.document.title, after.document.countries, after.document.slug) == ("Another", ("SK",), "flash")
    assert after.sources == (Source("countries", "you"), Source("title", "you"), Source("year", "page 1"))


def test_a_long_passage_in_another_language_is_marked_with_it() -> None:
    german = make_page("Die Opfer von Menschenhandel haben in allen Ländern der Union ein Recht auf Bedenkzeit. " * 4)
    english = make_page("The victims of trafficking have a right to a reflection period in all the countries. " * 4)
    passages = [
        make_passage("a" * 64, german),
        make_passage("a" * 64, english),
        make_passage("a" * 64, make_page("Ja.")),
    ]
    assert [passage.language for passage in mark_languages(passages, "en")] == ["de", None, None]


def test_countries_are_found_by_their_names_in_the_report_s_language() -> None:
    assert [country.code for country in find_countries("Österreich, Ungarn und Greece", "de")] == ["AT", "HU", "GR"]
    assert find_countries("New Jersey and New Mexico") == []


@pytest.mark.model
def test_the_sample_reports_are_described_as_their_sources_say(desk: Desk) -> None:
    """Series, number, year, language, licence, countries and participants of each, as its source says."""
    wrong = []
    for path in sorted(SAMPLE.glob("*.pdf")):
        add_file(path, Given(), desk, lambda page, pages: None)
        truth = yaml.safe_load((ROOT / f"corpus/sample/sources/{path.stem}.md").read_text("utf-8").split("---")[1])
        document = next(one for one in desk.library.documents() if one.slug.endswith(slug_end(path.stem)))
        for field in ("series", "number", "year", "language", "licence"):
            if getattr(document, field) != truth[field]:
                wrong.append(f"{path.stem}: {field} is {getattr(document, field)!r}, not {truth[field]!r}")
        for field in ("countries", "participants"):
            if set(getattr(document, field)) != set(truth[field]):
                wrong.append(f"{path.stem}: {field} are {getattr(document, field)}")
    assert wrong == []
    catch_up(desk, lambda words: None)


def slug_end(stem: str) -> str:
    return stem.replace("sample-query", "ad-hoc-query")


@pytest.mark.skipif(real_data() is None, reason="the real flash is not beside this checkout")
def test_the_real_flash_is_named_by_series_number_and_year(desk: Desk) -> None:
    folder = real_data()
    assert folder is not None
    add_file(folder / "emn-flash-2-2025.txt", Given(), desk, lambda page, pages: None)
    (document,) = desk.library.documents()
    assert (document.series, document.number, document.year) == ("EMN Flash", "2", 2025)
    assert document.title == "Trafficking in human beings – the international dimension"

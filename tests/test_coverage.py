"""What a report covers: the countries it is about, those that took part, the years its findings are about."""

from __future__ import annotations

import pytest

from tests.described import described, origin


def test_the_countries_that_answered_are_those_that_took_part() -> None:
    result = described(
        "A query on permits\nAnswers came from AT, BE, EL, FI;GE, NO (6 in total). Others did not answer."
    )
    assert result.document.participants == ("AT", "BE", "FI", "GE", "GR", "NO")
    assert origin(result, "participants") == "page 1"


def test_a_table_counts_as_participation_only_where_it_has_as_many_countries_as_it_says() -> None:
    rows = "\n".join(f"Country ({code}) Yes No" for code in ("AT", "BE", "CY", "CZ", "DE", "EE", "ES", "FI"))
    assert len(described(f"A study\nTable 2: Measures in 8 countries\n{rows}").document.participants) == 8
    assert described(f"A study\nTable 2: Measures in 9 countries\n{rows}").document.participants == ()
    absent = rows.replace("(CY) Yes", "(CY) Did not take part")
    assert described(f"A study\nTable 2: Measures in 8 countries\n{absent}").document.participants == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "No answers were received from AT, BE, CY, CZ.",
        "All contributed except AT, BE, CY, CZ.",
        "AT, BE, CY and CZ did not take part. None of the others said why.",
        "Keine Beitr\u00e4ge aus AT, BE, CY, CZ.",
        "Officers from 26 countries took part, among them Germany, Italy, Spain, France and Malta.",
        "The following NCPs provided responses: Austria, Belgium, Cyprus, Malta, Spain (25 countries).",
    ],
)
def test_countries_that_did_not_take_part_or_did_so_elsewhere_are_no_participants(sentence: str) -> None:
    assert described(f"A study of permits\n{sentence}").document.participants == ()


def test_a_country_that_is_said_not_to_have_taken_part_is_taken_out_of_a_list() -> None:
    text = "Responses: AT, BE, BG, CY, DE.\nBulgaria and Cyprus did not take part; Austria did."
    assert described(f"A study of permits\n{text}").document.participants == ("AT", "BE", "DE")


def test_contact_points_that_are_listed_by_name_took_part() -> None:
    text = (
        "The following EMN NCPs provided contributions: Austria, Belgium, Cyprus, Czechia, Spain and the Netherlands."
    )
    assert described(f"A study\n{text}").document.participants == ("AT", "BE", "CY", "CZ", "ES", "NL")


def test_a_national_report_is_about_the_country_of_its_title_in_its_own_language() -> None:
    text = "BAMF NATIONAL REPORT – 2024\nDeutschland: Maßnahmen gegen den Menschenhandel\n" + (
        "Berichtszeitraum 2013–2024\nIn Österreich und in Frankreich gelten andere Fristen für die Opfer. " * 3
    )
    document = described(text).document
    assert (document.language, document.countries, document.participants) == ("de", ("DE",), ("DE",))
    assert document.reference_period == "2013-2024"


def test_a_report_is_not_about_the_countries_that_it_only_names() -> None:
    text = (
        "EMN Flash #3 - 2024\nOn residence permits\n"
        + "Latvia and Malta differ. Slovakia, Malta and Cyprus agree. " * 4
    )
    assert described(text).document.countries == ()
    only = "EMN Flash #3 - 2024\nOn residence permits\n" + "Luxembourg reported more. " * 9
    assert described(only).document.countries == ()


def test_a_report_is_about_the_country_that_nearly_every_mention_is_of() -> None:
    text = (
        "A survey of workers\n" + "In Malta wages are held back. " * 6 + "France knows this too. EMN Ireland counted 3."
    )
    assert (described(text).document.countries, origin(described(text), "countries")) == (("MT",), "the text")
    less = "A survey of workers\n" + "In Malta wages are held back. France knows this too. " * 6
    assert described(less).document.countries == ()


def test_a_study_is_about_the_countries_that_took_part_and_a_title_goes_before() -> None:
    text = "Answers came from AT, BE, FI. In Kenya and Peru there is no such law."
    assert described(f"A query on permits\n{text}").document.countries == ("AT", "BE", "FI")
    assert described(f"People fleeing Ukraine\n{text}").document.countries == ("UA",)


def test_a_national_report_without_a_country_in_its_title_is_of_the_one_at_its_head() -> None:
    text = (
        "EMN National Contribution - 2025\nThe international dimension of trafficking\nNational contribution: Belgium"
    )
    result = described(f"{text}\nIn Austria and in France other terms apply. " * 3)
    assert (result.document.countries, result.document.participants) == (("BE",), ("BE",))
    assert origin(result, "countries") == "page 1"


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Reference period: 2015-2020", "2015-2020"),
        ("Reference period: 2020-2015", None),
        ("Timeframe covered: 2017 \u2013 March 2019", "2017-2019"),
        ("This study examines arrests of traffickers of children from 2010 to 2015.", "2010-2015"),
        ("In this report, we examine calls from January 2020 through August 2022.", "2020-2022"),
        ("This report presents 2021 data.", "2021"),
        ("The study covers the years 2019 to 2022.", "2019-2022"),
        ("The inform covers the years 2019 to 2022.", None),
        ("This study presents measures under the EU Strategy 2021-2023.", None),
        ("This report reviews what is planned from 2025 to 2029.", None),
        ("The fifth report covers actions of 2021-2022.", None),
        ("A project of 2015-2016 linked five countries.", None),
    ],
)
def test_the_reference_period_is_what_the_report_says_its_findings_are_about(line: str, period: str | None) -> None:
    assert described(f"EMN Study 2023\nOn traffickers\n{line}").document.reference_period == period


def test_the_years_of_a_plan_in_a_title_are_no_reference_period() -> None:
    assert described("EMN Study 2023\nThe Strategic Plan 2020-2022").document.reference_period is None
    result = described("EMN Study 2023\nRegistered victims, 2020 to 2022")
    assert (result.document.reference_period, origin(result, "reference_period")) == ("2020-2022", "the title")

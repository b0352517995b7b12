"""References: every style says what the report says of itself, and programs read back what they are given."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.__main__ import main
from assistant.answers import QuotePart
from assistant.bibliography import Record, record_citation, record_pages
from assistant.exchange import csl_item, write_bibtex, write_ris
from assistant.references import NAMES, write_all
from corpus.library import Library
from tests.fakes import FLASH, add_report, cite, first_sentence, sentence_over_two_pages
from tests.web_client import loaded, open_client

DAY = date(2026, 11, 25)
RECORD = Record(
    key="flash-p3",
    author="European Migration Network",
    title="Trafficking in human beings: the international dimension",
    series="EMN Flash",
    number="2",
    year=2025,
    pages="5\u20136",
    counted="",
    url="https://example.org/flash.pdf",
    language="en",
    link="flash/3fa94c01/p3/9f31c2ab77d0",
    speaker="",
    accessed=DAY,
    reuse="CC BY 4.0",
)
NOTE = "Permanent link: flash/3fa94c01/p3/9f31c2ab77d0 (accessed 25 November 2026). Terms of use: CC BY 4.0."
ANYTHING = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(
    lambda text: " ".join(text.split()) or "x"
)
UNESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{mark}": mark for mark in "%&#$_"},
}


def read_bibtex(entry: str) -> dict[str, str]:
    """The fields of one entry, by counting braces as BibTeX does, with LaTeX's escapes undone."""
    fields: dict[str, str] = {}
    place = entry.index(",") + 1
    while (found := re.compile(r"\s*(\w+) = \{").match(entry, place)) is not None:
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[end], 0)
            end += 1
        pattern = "|".join(re.escape(escaped) for escaped in UNESCAPED)
        fields[found[1]] = re.sub(pattern, lambda one: UNESCAPED[one.group()], entry[found.end() : end - 1])
        place = end + 1
    assert entry[place:].strip() == "}"
    return fields


def read_ris(entry: str) -> dict[str, str]:
    lines = entry.split("\n")
    assert (lines[0], lines[-1]) == ("TY  - RPRT", "ER  - ")
    return {line[:2]: line[6:] for line in lines if line[2:6] == "  - "}


def test_a_footnote_is_written_as_the_eus_style_guide_has_it() -> None:
    assert write_all(RECORD)["footnote"] == (
        "European Migration Network, Trafficking in human beings: the international dimension, EMN Flash No 2, 2025, "
        f"pp. 5\u20136, https://example.org/flash.pdf. {NOTE}"
    )


def test_chicago_is_a_full_note_with_its_page() -> None:
    assert write_all(RECORD)["chicago"] == (
        "European Migration Network, Trafficking in Human Beings: The International Dimension, EMN Flash no. 2 "
        f"(European Migration Network, 2025), 5\u20136, https://example.org/flash.pdf. {NOTE}"
    )


def test_apa_is_what_stands_in_the_text_and_the_entry_of_the_list() -> None:
    assert write_all(RECORD)["apa"].split("\n") == [
        "(European Migration Network, 2025, pp. 5\u20136)",
        (
            "European Migration Network. (2025). Trafficking in human beings: the international dimension (EMN Flash "
            "No. 2). https://example.org/flash.pdf"
        ),
        NOTE,
    ]


def test_a_title_in_another_language_keeps_its_capitals() -> None:
    german = replace(RECORD, title="Menschenhandel und die Opfer von Zwangsarbeit", language="de")
    assert german.title in write_all(german)["chicago"]


def test_what_a_report_does_not_say_is_left_out_and_nothing_is_made_up() -> None:
    bare = replace(RECORD, author="", series="", number="", year=None, pages="", counted="14", url="", reuse="none")
    written = write_all(bare)
    note = f"PDF page 14. {NOTE.replace('CC BY 4.0', 'none')}"
    assert written["footnote"] == f"{RECORD.title}. {note}"
    assert written["apa"].split("\n")[1:] == [f"{RECORD.title}. (n.d.).", note]
    assert written["bibtex"].startswith("@misc{flash-p3,")
    assert read_bibtex(written["bibtex"]).keys() == {"title", "urldate", "language", "note"}
    assert read_ris(written["ris"]).keys() == {"TY", "ID", "TI", "Y2", "LA", "N1", "ER"}
    assert json.loads(written["csl"])[0].keys() == {"id", "type", "title", "accessed", "language", "note"}


def test_a_source_behind_the_source_is_named_in_every_style() -> None:
    written = write_all(replace(RECORD, speaker="Eurostat"))
    assert written["footnote"].startswith("Eurostat, cited in European Migration Network, Trafficking in")
    assert written["chicago"].startswith("Eurostat, cited in European Migration Network, Trafficking in")
    assert written["apa"].startswith("(Eurostat, as cited in European Migration Network, 2025, pp. 5\u20136)")
    assert all("Eurostat, cited in this report." in written[style] for style in ("bibtex", "ris", "csl"))


@settings(deadline=None, max_examples=60)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_bibtex_and_ris_and_csl_give_back_any_words(title: str, author: str, number: str) -> None:
    record = replace(RECORD, title=title, author=author, number=number)
    bibtex = read_bibtex(write_bibtex(record))
    assert (bibtex["title"], bibtex["author"], bibtex["number"]) == (f"{{{title}}}", f"{{{author}}}", number)
    assert (bibtex["pages"], bibtex["note"]) == ("5--6", NOTE)
    ris = read_ris(write_ris(record))
    assert (ris["TI"], ris["AU"], ris["SN"], ris["SP"], ris["EP"]) == (title, author, number, "5", "6")
    assert csl_item(record)["title"] == title


@settings(deadline=None, max_examples=20)
@given(st.text(min_size=1), st.text(), st.one_of(st.none(), st.text()))
def test_no_title_of_a_report_breaks_a_line_or_a_style(title: str, publisher: str, label: str | None) -> None:
    document = replace(FLASH, title=title, publisher=publisher)
    record = record_pages(document, [QuotePart(3, label, "", 0, 0)], DAY)
    written = write_all(record)
    assert written.keys() == NAMES.keys()
    assert read_ris(written["ris"])["ID"] == f"{FLASH.slug}-p3"
    assert read_bibtex(written["bibtex"])["language"] == "en"
    assert "\n" not in written["footnote"]


def test_a_quote_over_two_pages_has_both_its_numbers(web_library: Library) -> None:
    record = record_citation(sentence_over_two_pages(web_library), DAY)
    assert (record.pages, record.counted, record.reuse) == ("5\u20136", "1\u20132", "not stated in the report")
    assert ", pp. 5\u20136, " in write_all(record)["footnote"]
    assert "PDF pages 1\u20132." in write_all(record)["footnote"]


def test_the_speaker_of_a_sentence_is_the_source_behind_the_source(own_library: Library) -> None:
    words = "According to Eurostat, 10,793 victims were registered in 2023."
    newer = replace(FLASH, sha256="c" * 64)
    add_report(own_library, newer, [f"{words}\nMore stands here."])
    assert record_citation(cite(own_library, newer, words), DAY).speaker == "Eurostat"
    assert record_citation(cite(own_library, newer, f"{words}\nMore stands here."), DAY).speaker == ""


def test_programs_get_every_style_of_a_link_and_of_a_reference(client: TestClient, web_library: Library) -> None:
    form = client.get(f"/api/citations/{first_sentence(web_library).link}").json()
    assert form["references"] == write_all(record_citation(first_sentence(web_library), date.today()))
    (place,) = client.get("/api/citations", params={"reference": "Test Flash 2025, p. 6"}).json()["places"]
    assert "p. 6, https://example.org/flash.pdf. PDF page 2. Terms" in place["references"]["footnote"]


def test_a_permanent_page_shows_every_style_without_a_script(own_library: Library) -> None:
    page = open_client(loaded(own_library)).get(f"/c/{first_sentence(own_library).link}").text
    assert [name for name in NAMES.values() if f"<summary>{name}</summary>" in page] == list(NAMES.values())
    assert "@techreport{test-flash-2025-2-p1," in page
    assert "<script" not in page


def test_references_are_written_on_the_command_line(
    own_library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_citation(first_sentence(own_library), date.today())
    home = ["--home", str(tmp_path)]
    assert main(["cite", record.link, "--style", "ris, apa", *home]) == 0
    assert capsys.readouterr().out == f"{write_all(record)['ris']}\n\n{write_all(record)['apa']}\n"
    assert main(["cite", record.link, "--style", "harvard", *home]) == 2
    assert "there is no style 'harvard'; name one of footnote," in capsys.readouterr().err


def test_the_box_for_references_leads_to_the_page_the_link_or_a_choice(own_library: Library) -> None:
    client = open_client(loaded(own_library))

    def follow(reference: str) -> tuple[int, str]:
        answer = client.get("/cite", params={"reference": reference}, follow_redirects=False)
        return answer.status_code, answer.headers.get("location", answer.text)

    link = first_sentence(own_library).link
    assert follow("Test Flash #2 - 2025, p. 6") == (303, f"/documents/{FLASH.slug}/report/2")
    assert follow(f"http://127.0.0.1:7860/c/{link}") == (303, f"/c/x/{link.partition('/')[2]}")
    add_report(own_library, replace(FLASH, slug="other", sha256="d" * 64, number="3"), ["One.", "Two."])
    status, page = follow("Test Flash 2025, p. 6")
    assert (status, page.count('<li><a href="/documents/')) == (200, 2)
    assert [follow(wrong)[0] for wrong in ("", "<b>?!", "No such report, p. 1")] == [422, 422, 404]

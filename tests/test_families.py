"""A family of reports, a copy under another name, and a report in two languages: added as files and looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf

from assistant.find import Finder
from corpus.errors import NotFound
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.relatives import find_relatives
from ingest.add import Desk, Outcome, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.pdf_maker import Run, lines, make_pdf
from tests.web_client import loaded, open_client

FINDINGS = (
    "Most countries grant victims a period of thirty days at least.",
    "Few of the countries count how many victims ask for such a period.",
)
GERMAN = "Die Betroffenen von Menschenhandel erhalten in diesem Land eine Bedenkzeit von mindestens drei Monaten."
IN_TWO_LANGUAGES = f"""EMN Inform #4 - 2024

Recovery and reflection

The victims of trafficking in human beings have a right to a period in which they can recover and decide what they want.
It is at least thirty days long in all of the countries, and it is longer for the children who came alone to Europe.
While it lasts nobody may be sent back, and help is given whether or not a victim is willing to work with the police.

{GERMAN} In dieser Zeit dürfen sie nicht abgeschoben werden, und sie können sich mit Hilfe einer Beratungsstelle
überlegen, ob sie mit der Polizei und der Staatsanwaltschaft zusammenarbeiten wollen.
"""


def make_report(path: Path, series: str, title: str, *more: str) -> Path:
    return make_pdf(path, [Run(72, 790, series, 10), Run(72, 740, title, 22), *lines(*more, *FINDINGS, top=690)])


def add(path: Path, desk: Desk) -> Outcome:
    return add_file(path, Given(), desk, lambda page, pages: None)


def test_flash_inform_and_study_of_one_subject_belong_together(tmp_path: Path, desk: Desk, library: Library) -> None:
    title = "Time for victims to recover"
    add(make_report(tmp_path / "a.pdf", "EMN FLASH #7 - 2024", title, "This flash is short."), desk)
    add(make_report(tmp_path / "b.pdf", "EMN INFORM - 2024", title, "This inform is longer than a flash."), desk)
    add(
        make_report(tmp_path / "c.pdf", "EMN STUDY - 2024", f"{title} in Europe", "The study covers 2019 to 2023."),
        desk,
    )
    add(make_report(tmp_path / "d.pdf", "EMN FLASH #7 - 2022", "Minors who go missing", "This flash is old."), desk)
    flash = library.document("emn-flash-2024-7")
    assert {relative.document.series for relative in find_relatives(flash, library)} == {"EMN Inform", "EMN Study"}
    assert library.document("emn-flash-2022-7").title == "Minors who go missing"


def test_a_publication_under_another_name_is_known_by_its_bytes_and_by_its_words(tmp_path: Path, desk: Desk) -> None:
    study = make_report(tmp_path / "study.pdf", "EMN STUDY - 2024", "Time for victims to recover", "One of a kind.")
    slug = add(study, desk).slug
    copy = tmp_path / "00_final_web.pdf"
    copy.write_bytes(study.read_bytes())
    same_bytes = add(copy, desk)
    writer = pypdf.PdfWriter(clone_from=study)
    writer.add_metadata({"/Producer": "another program"})
    writer.write(tmp_path / "study_en_2.pdf")
    same_words = add(tmp_path / "study_en_2.pdf", desk)
    assert [(one.slug, one.status) for one in (same_bytes, same_words)] == [(slug, "unchanged"), (slug, "replaced")]


def test_a_quote_says_in_which_language_it_is_where_a_report_has_several(
    tmp_path: Path, desk: Desk, library: Library
) -> None:
    path = tmp_path / "two.md"
    path.write_text(IN_TWO_LANGUAGES, encoding="utf-8")
    add(path, desk)
    catch_up(desk, lambda words: None)
    finder = Finder(library, CurrentIndex(desk.home))
    german, english = (finder.find(text).matches[0].citation for text in (GERMAN, IN_TWO_LANGUAGES.split("\n")[4]))
    assert (german.document.language, german.language, english.language) == ("en", "de", "en")
    client = open_client(loaded(library, [NotFound("nothing is asked here", "ask elsewhere")]))
    page = client.get(f"/c/{german.link}").text
    assert re.search(r'<blockquote lang="de"', page)
    assert "<dd>German</dd>" in page
    assert client.get(f"/api/citations/{german.link}").json()["language"] == "de"
    assert "Language of the quote" not in client.get(f"/c/{english.link}").text

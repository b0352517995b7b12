"""Adding reports: one bad file harms no other, nothing is half added, nothing is done twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Part
from corpus.errors import Fault, UnreadableDocument
from corpus.library import Library
from ingest.add import Desk, Outcome, add_file
from ingest.candidates import find_files
from ingest.describe import Given
from ingest.reading import Limits, read_file
from ingest.rebuild import catch_up, find_problems
from tests.pdf_maker import Run, lines, lock_pdf, make_pdf
from tests.stand_ins import WordEmbedder, make_desk

FINDING = "Most countries have funded or implemented measures in third countries of origin and transit."


def add(path: Path, desk: Desk) -> Outcome:
    return add_file(path, Given(), desk, lambda page, pages: None)


def why(outcome: Outcome) -> str:
    assert outcome.status == "failed"
    assert isinstance(outcome.error, Fault)
    assert outcome.error.remedy
    return outcome.error.kind


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return make_pdf(tmp_path / "emn-permits.pdf", lines("EMN Flash #4 - 2024", size=14), lines(FINDING))


def test_a_report_is_added_with_its_pages_and_passages(report: Path, desk: Desk) -> None:
    outcome = add(report, desk)
    assert (outcome.status, outcome.slug, outcome.pages) == ("added", "emn-flash-2024-4", 2)
    (document,) = desk.library.documents()
    assert (document.series, document.number, document.year) == ("EMN Flash", "4", 2024)
    assert FINDING in [passage.text for passage in desk.library.passages()]


def test_the_same_bytes_under_another_name_are_unchanged(report: Path, desk: Desk, tmp_path: Path) -> None:
    add(report, desk)
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(report.read_bytes())
    assert (add(copy, desk).status, add(copy, desk).slug) == ("unchanged", "emn-flash-2024-4")


def test_a_changed_file_replaces_its_edition(report: Path, desk: Desk) -> None:
    add(report, desk)
    make_pdf(report, lines("EMN Flash #4 - 2024", size=14), lines(FINDING.replace("Most", "Some")))
    assert add(report, desk).status == "replaced"
    assert [document.slug for document in desk.library.documents()] == ["emn-flash-2024-4"]


def test_two_reports_of_one_name_and_different_titles_stay_apart(desk: Desk, tmp_path: Path) -> None:
    slugs = []
    for folder, title in (("a", "Permits of stay in Europe"), ("b", "Statistics of return in Europe")):
        (tmp_path / folder).mkdir()
        path = make_pdf(tmp_path / folder / "report.pdf", lines(title, size=18), lines(FINDING + folder))
        slugs.append(add(path, desk).slug)
    assert slugs == ["report", "report-2"]


def test_the_same_number_of_another_year_or_language_is_another_report(desk: Desk, tmp_path: Path) -> None:
    french = "Les victimes de la traite des \u00eatres humains ont droit \u00e0 un d\u00e9lai de r\u00e9flexion."
    for name, series, text in (
        ("a", "EMN Flash #2 - 2022", FINDING),
        ("b", "EMN Flash #2 - 2025", FINDING),
        ("c", "EMN Flash #2 - 2025", french),
    ):
        (tmp_path / f"{name}.txt").write_text(f"{series}\n\n{text}\n", encoding="utf-8")
        add(tmp_path / f"{name}.txt", desk)
    slugs = [document.slug for document in desk.library.documents()]
    assert slugs == ["emn-flash-2022-2", "emn-flash-2025-2", "emn-flash-2025-2-fr"]


def test_the_same_title_of_another_year_is_another_report(desk: Desk, tmp_path: Path) -> None:
    for year in (2022, 2023):
        (tmp_path / str(year)).mkdir()
        path = tmp_path / str(year) / "report.txt"
        path.write_text(f"Annual report on permits\n\n{FINDING} {year}\n", encoding="utf-8")
        add_file(path, Given(year=year), desk, lambda page, pages: None)
    assert [document.slug for document in desk.library.documents()] == ["report", "report-2"]


def test_an_original_that_was_lost_comes_back_when_its_file_is_added_again(report: Path, desk: Desk) -> None:
    add(report, desk)
    catch_up(desk, lambda words: None)
    (kept,) = [path for path in (desk.home / "files").rglob("*") if path.is_file()]
    for spoil in (kept.unlink, lambda: kept.write_bytes(b"other")):
        spoil()
        assert find_problems(desk) != []
        assert add(report, desk).status == "unchanged"
        assert find_problems(desk) == []


def test_an_empty_library_is_clean(desk: Desk) -> None:
    assert find_problems(desk) == []


def test_a_page_that_was_changed_in_the_library_is_found(report: Path, desk: Desk) -> None:
    add(report, desk)
    catch_up(desk, lambda words: None)
    with closing(sqlite3.connect(desk.home / "library.db")) as connection, connection:
        connection.execute("UPDATE pages SET text = replace(text, 'Most', 'Some')")
    assert any("page 2 in the library has been changed" in problem for problem in find_problems(desk))


def test_a_library_that_was_lost_is_made_again_from_its_originals(report: Path, desk: Desk, tmp_path: Path) -> None:
    add(report, desk)
    shutil.copytree(desk.home / "files", tmp_path / "second" / "files")
    library = Library.open(tmp_path / "second" / "library.db")
    second = make_desk(tmp_path / "second", library, WordEmbedder())
    assert any("belong to no report" in problem for problem in find_problems(second))
    for path, readable in find_files(second.home / "files"):
        assert readable
        assert add(path, second).slug == "emn-flash-2024-4"
    catch_up(second, lambda words: None)
    assert find_problems(second) == []
    library.close()


def test_words_that_no_reader_can_see_are_left_out_and_reported(desk: Desk, tmp_path: Path) -> None:
    runs = [
        *lines(FINDING),
        Run(72, 500, "White words on white paper are for no reader.", colour=1.0),
        Run(72, 400, "Words of half a point are for no reader.", size=0.5),
        Run(9000, 300, "Words beside the page are for no reader."),
        Run(-300, 200, "Words left of the page are for no reader.", size=8),
        Run(72, 900, "Words over the page are for no reader."),
    ]
    outcome = add(make_pdf(tmp_path / "hidden.pdf", runs), desk)
    assert [warning.kind for warning in outcome.warnings] == ["hidden-text"]
    assert [page.text for page in desk.library.pages(desk.library.documents()[0].sha256)] == [FINDING]


def test_a_name_that_is_no_text_or_far_too_long_is_no_traceback(desk: Desk, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_text("words", encoding="utf-8")
    assert add(odd, desk).status == "added"
    assert why(add(tmp_path / ("a" * 300 + ".txt"), desk)) == "not-found"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("empty.pdf", b"", "empty"),
        ("page.pdf", b"<html><body>404 not found</body></html>" * 50, "not-a-pdf"),
        ("zeros.pdf", b"\0" * 100_000, "not-a-pdf"),
        ("half.pdf", b"%PDF-1.7\n1 0 obj\n<</Type /Catalog", "damaged"),
        ("picture.png", b"\x89PNG", "unknown-kind"),
        ("data.txt", b"\0\1\2\3" * 100, "not-text"),
        ("blank.txt", b" \n \n", "no-text"),
        ("dots.txt", b"... --- ...\n", "no-text"),
    ],
)
def test_what_is_no_readable_report_fails_in_words(
    desk: Desk, tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert why(add(tmp_path / name, desk)) == kind
    assert desk.library.documents() == []


def test_a_pdf_without_text_on_any_page_is_failed_and_never_indexed_as_empty(desk: Desk, tmp_path: Path) -> None:
    assert why(add(make_pdf(tmp_path / "scan.pdf", [], []), desk)) == "no-text"


def test_a_path_that_is_missing_or_no_file_fails_in_words(desk: Desk, tmp_path: Path) -> None:
    assert why(add(tmp_path / "nothing.pdf", desk)) == "not-found"
    assert why(add(tmp_path, desk)) == "unknown-kind"


def test_an_empty_password_is_no_lock_and_any_other_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    opened = lock_pdf(make_pdf(tmp_path / "open.pdf", lines(FINDING)), "")
    closed = lock_pdf(make_pdf(tmp_path / "closed.pdf", lines(FINDING)), "secret")
    assert add(opened, desk).status == "added"
    assert why(add(closed, desk)) == "password"


def test_a_file_that_takes_too_long_is_ended_and_the_next_goes_on(tmp_path: Path, library: Library) -> None:
    slow = make_desk(tmp_path / "home", library, WordEmbedder(), seconds=0)
    patient = make_desk(tmp_path / "home", library, WordEmbedder())
    path = make_pdf(tmp_path / "a.pdf", lines(FINDING))
    assert why(add(path, slow)) == "too-slow"
    assert add(path, patient).status == "added"


def test_a_reader_that_needs_too_much_memory_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"{FINDING}\n" * 300_000, encoding="utf-8")
    with pytest.raises(UnreadableDocument) as raised:
        read_file(path, Limits(seconds=60, memory_mb=150, file_mb=200), lambda page, pages: None)
    assert raised.value.kind in ("too-large", "damaged")


def test_names_are_shown_without_control_characters(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\n.txt"
    path.write_text("words", encoding="utf-8")
    assert "\x1b" not in add(path, desk).path


def test_a_folder_gives_its_readable_files_and_nothing_outside_it(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    for name in ("a.txt", "deep/b.pdf", "c.png", ".hidden.txt"):
        (folder / name).write_bytes(b"x")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
    assert [path.name for path, readable in find_files(folder) if readable] == ["a.txt", "b.pdf"]


def test_an_index_that_lags_behind_is_caught_up_and_then_left_alone(report: Path, desk: Desk) -> None:
    add(report, desk)
    assert find_problems(desk) != []
    assert catch_up(desk, lambda words: None) is not None
    assert catch_up(desk, lambda words: None) is None
    assert find_problems(desk) == []


def test_a_description_that_is_corrected_needs_no_model(report: Path, desk: Desk, library: Library) -> None:
    add(report, desk)
    catch_up(desk, lambda words: None)
    library.describe(replace(library.documents()[0], title="Another"), [])
    unloadable = replace(desk, load_embedder=lambda: pytest.fail("the model was loaded"))
    assert catch_up(unloadable, lambda words: None) is not None
    assert find_problems(desk) == []


def test_another_splitting_is_recognised_and_made_again(report: Path, desk: Desk, library: Library) -> None:
    add(report, desk)
    catch_up(desk, lambda words: None)
    finer = make_desk(desk.home, library, desk.load_embedder(), pieces=9)
    catch_up(finer, lambda words: None)
    assert all(len(passage.text.split()) <= 7 for passage in library.passages())
    assert find_problems(finer) == []


def test_another_embedder_is_recognised_and_the_index_made_again(report: Path, desk: Desk, library: Library) -> None:
    add(report, desk)
    catch_up(desk, lambda words: None)
    other = make_desk(desk.home, library, WordEmbedder(name="another"))
    manifest = catch_up(other, lambda words: None)
    assert manifest is not None
    assert manifest.embedder == other.embedder_digest


def test_check_finds_an_original_that_was_changed(report: Path, desk: Desk) -> None:
    add(report, desk)
    catch_up(desk, lambda words: None)
    (kept,) = [path for path in (desk.home / "files").rglob("*") if path.is_file()]
    kept.write_bytes(b"other bytes")
    assert any("has been changed" in problem for problem in find_problems(desk))


def test_passages_say_where_they_stand(report: Path, desk: Desk) -> None:
    add(report, desk)
    passage = next(passage for passage in desk.library.passages() if passage.text == FINDING)
    assert passage.parts == (Part(2, 0, len(FINDING)),)

"""A permanent link through all that may happen to its report: whatever is done, it shows its words or says why not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.__main__ import main
from assistant.links import make_link, resolve_link
from assistant.newer import find_in_newer
from corpus.errors import NotFound, Removed
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.forget import purge_report
from ingest.rebuild import catch_up, find_problems, rebuild
from tests.conftest import FLASH
from tests.fakes import FLASH as FLASH_DOCUMENT
from tests.fakes import FLASH_PAGES, add_report, cite, first_sentence, sentence_over_two_pages
from tests.stand_ins import WordEmbedder, make_desk
from tests.web_client import error_of, loaded, open_client

WORDS = "The reflection period gives victims 30 days to recover and to decide whether to cooperate."


def tell_nobody(words: str) -> None:
    pass


def put_in(desk: Desk, path: Path, days: int) -> None:
    path.write_text(FLASH.format(year=2025, days=days), encoding="utf-8")
    add_file(path, Given(), desk, lambda page, pages: None)
    catch_up(desk, tell_nobody)


def link_to(library: Library, words: str) -> str:
    (document,) = library.documents()
    return cite(library, document, words).link


def files_holding(folder: Path, words: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_a_link_outlives_all_that_may_happen_to_its_report(
    tmp_path: Path, desk: Desk, library: Library, embedder: WordEmbedder
) -> None:
    report = tmp_path / "flash.txt"
    put_in(desk, report, 30)
    link = link_to(library, WORDS)

    def stands(where: Library) -> tuple[str, str]:
        resolved = resolve_link(where, link)
        return resolved.citation.quote, resolved.edition.state

    library.remove(library.documents()[0].slug)
    put_in(desk, report, 30)  # read again
    assert stands(library) == (WORDS, "current")
    catch_up(make_desk(desk.home, library, embedder, pieces=12), tell_nobody)
    assert stands(library) == (WORDS, "current")
    other = make_desk(desk.home, library, WordEmbedder(name="another"))
    rebuild(other, tell_nobody)
    assert stands(library) == (WORDS, "current")
    shutil.rmtree(desk.home / "index")
    assert stands(library) == (WORDS, "current")
    elsewhere = Library.open(tmp_path / "elsewhere" / "library.db")
    copies = make_desk(tmp_path / "elsewhere", elsewhere, embedder)
    for original in (desk.home / "files").glob("*/*"):
        add_file(original, Given(title="Under another name"), copies, lambda page, pages: None)
    assert stands(elsewhere) == (WORDS, "current")
    elsewhere.close()

    put_in(desk, report, 90)  # a new edition
    assert stands(library) == (WORDS, "replaced")
    newer = find_in_newer(library, resolve_link(library, link))
    assert newer is not None
    assert newer.citation is not None
    assert (newer.verdict, newer.citation.quote) == ("altered", WORDS.replace("30", "90"))
    assert [(one.kind, one.yours, one.source) for one in newer.differences] == [("number", "30", "90")]
    slug = library.documents()[0].slug
    library.remove(slug)
    assert stands(library) == (WORDS, "replaced")
    assert find_in_newer(library, resolve_link(library, link)) is None

    assert files_holding(desk.home, WORDS[:40])
    assert purge_report(desk, slug, tell_nobody).editions == 2
    with pytest.raises(Removed, match=r"was removed from this library on \d+ \w+ 20\d\d, and its words with it"):
        resolve_link(library, link)
    assert files_holding(desk.home, WORDS[:40]) == []
    assert find_problems(desk) == []
    put_in(desk, report, 30)  # and back again
    assert stands(library) == (WORDS, "current")


@pytest.fixture
def replaced(own_library: Library) -> TestClient:
    newer = replace(FLASH_DOCUMENT, sha256="b" * 64)
    add_report(own_library, newer, ["Something else.", FLASH_PAGES[0].replace("2022", "2024"), "No more."])
    return open_client(loaded(own_library))


def test_a_replaced_edition_shows_the_old_words_and_the_nearest_new_ones(
    replaced: TestClient, own_library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = make_link(FLASH_DOCUMENT, cite(own_library, FLASH_DOCUMENT, FLASH_PAGES[0].split("\n")[0]).parts)
    form = replaced.get(f"/api/citations/{link}").json()
    assert (form["state"], form["newer"]["verdict"], form["newer"]["citation"]["page"]) == ("replaced", "altered", 2)
    assert form["newer"]["differences"] == [{"kind": "number", "yours": "2022", "source": "2024"}]
    page = replaced.get(f"/c/{link}").text
    assert "The newer edition says nearly this:" in page
    assert "number: earlier <del>2022</del>, now <ins>2024</ins>" in page
    assert f'<a href="/c/{form["newer"]["citation"]["link"]}">' in page
    assert main(["cite", link, "--home", str(tmp_path)]) == 0
    assert "The newer edition says nearly this:\n\u201cSince 2024" in capsys.readouterr().out


def test_words_that_the_newer_edition_has_nothing_like_are_said_to_be_missing(own_library: Library) -> None:
    link = first_sentence(own_library).link
    add_report(own_library, replace(FLASH_DOCUMENT, sha256="b" * 64), ["Qwxyz."])
    page = open_client(loaded(own_library)).get(f"/c/{link}").text
    assert "The newer edition says nothing like this." in page


def test_a_purged_report_is_410_by_link_by_slug_and_on_its_page(own_library: Library) -> None:
    link = sentence_over_two_pages(own_library).link
    client = open_client(loaded(own_library))
    assert own_library.purge(FLASH_DOCUMENT.slug) == [FLASH_DOCUMENT.sha256]
    for address in (f"/api/citations/{link}", f"/api/documents/{FLASH_DOCUMENT.slug}", f"/c/{link}"):
        response = client.get(address)
        assert (response.status_code, error_of(response)["code"]) == (410, "removed")
    assert "and its words with it" in client.get(f"/c/{link}", headers={"accept": "text/html"}).text
    older = client.get(f"/api/documents/{FLASH_DOCUMENT.slug}/pages/1", params={"edition": FLASH_DOCUMENT.sha256})
    assert older.status_code == 410


def test_purging_again_keeps_the_first_day_and_an_unknown_report_is_refused(own_library: Library) -> None:
    own_library.purge(FLASH_DOCUMENT.slug)
    (before,) = own_library.editions(FLASH_DOCUMENT.sha256)
    assert own_library.purge(FLASH_DOCUMENT.slug) == [FLASH_DOCUMENT.sha256]
    assert own_library.editions(FLASH_DOCUMENT.sha256) == [before]
    assert before.document.title == ""
    with pytest.raises(NotFound, match="no report 'nothing'"):
        own_library.purge("nothing")

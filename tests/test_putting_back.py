"""A report that was removed comes back whole, and progress that programs read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.progress import ProgressLines
from ingest.__main__ import parse
from ingest.add import Desk
from ingest.rebuild import catch_up, find_problems
from tests.conftest import add_flashes


def test_a_report_that_is_put_back_has_the_same_passages_and_description(
    tmp_path: Path, desk: Desk, library: Library
) -> None:
    add_flashes(desk, tmp_path)
    document = library.documents()[0]
    before = [(passage.key, passage.parts, passage.kind) for passage in library.passages(document.sha256)]
    sources = library.sources(document.sha256)
    library.remove(document.slug)
    catch_up(desk, lambda words: None)
    assert list(library.passages(document.sha256)) == []
    library.holdings.put_back(document.slug)
    catch_up(desk, lambda words: None)
    assert library.document(document.slug) == document
    assert library.sources(document.sha256) == sources
    assert [(passage.key, passage.parts, passage.kind) for passage in library.passages(document.sha256)] == before
    assert [problem for problem in find_problems(desk) if "original" not in problem] == []


def test_progress_for_a_program_is_a_line_of_json_for_each_step() -> None:
    stream = io.StringIO()
    with ProgressLines(stream, 1) as progress:
        progress.start("ä.pdf")
        progress.page("ä.pdf", 3, 3)
        progress.embed(0, 12, 1)
        progress.tell("bringing the index up to the library")
        progress.finish("added: ä")
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == [
        {"file": "ä.pdf"},
        {"file": "ä.pdf", "page": 3, "pages": 3},
        {"embedded": 0, "passages": 12, "files": 1},
        {"words": "bringing the index up to the library"},
        {"finished": "added: ä"},
    ]


def test_a_report_is_not_purged_and_put_back_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["remove", "--undo", "--", "a-report"]).undo
    assert not parse(["remove", "a-report"]).undo
    with pytest.raises(SystemExit):
        parse(["remove", "--purge", "--undo", "--", "a-report"])
    assert "not allowed with" in capsys.readouterr().err

"""The commands as a person or a program runs them: results, exit statuses, one sentence for every failure."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.stand_ins import SAMPLE

pytestmark = pytest.mark.model

FLASH = SAMPLE / "sample-flash-2026-1.pdf"
INFORM = SAMPLE / "sample-inform-2025-1.pdf"


def assert_one_sentence(text: str) -> None:
    """One line, with a remedy, and no traceback."""
    assert text.count("\n") == 1, text
    assert ";" in text
    assert "Traceback" not in text


def test_a_report_is_added_listed_shown_asked_cited_checked_and_removed(command: Command) -> None:
    added = json.loads(command("ingest", "add", str(FLASH), "--json").stdout)
    assert [(entry["slug"], entry["status"]) for entry in added["documents"]] == [("sample-flash-2026-1", "added")]
    assert command("ingest", "check").returncode == 0
    again = json.loads(command("ingest", "add", str(FLASH), "--json").stdout)
    assert (again["unchanged"], again["added"]) == (1, 0)
    listed = json.loads(command("ingest", "list", "--json").stdout)
    assert listed["documents"][0]["series"] == "Sample Flash"
    shown = json.loads(command("ingest", "show", "sample-flash-2026-1", "--json").stdout)
    assert [page["page"] for page in shown["pages"]] == [1]

    asked = command("assistant", "ask", "How many victims were registered in the EU in 2024?", "--json")
    answer = json.loads(asked.stdout)
    assert asked.returncode == 0
    assert any("9 678" in sentence["text"] for sentence in answer["sentences"])
    link = answer["citations"][0]["link"]
    cited = json.loads(command("assistant", "cite", link, "--json").stdout)
    assert cited["quote"] == answer["citations"][0]["quote"]

    assert command("ingest", "remove", "sample-flash-2026-1").returncode == 0
    assert "was removed" in command("assistant", "cite", link).stdout
    empty = command("assistant", "ask", "How many victims were registered?", "--json")
    assert (empty.returncode, json.loads(empty.stdout)["abstention"]["kind"]) == (1, "empty-library")


def test_a_question_beyond_the_reports_is_declined_with_what_is_missing(command: Command) -> None:
    command("ingest", "add", str(FLASH))
    done = command("assistant", "ask", "How many victims did Slovakia identify in 2011?", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["abstention"]["missing"] == ["Slovakia", "2011"]


def test_a_folder_counts_what_it_passes_over_and_one_bad_file_stops_no_other(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text("The reflection period lasts three months in that country.", encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"not a pdf")
    (folder / "table.xlsx").write_bytes(b"PK")
    done = command("ingest", "add", str(folder), "--json")
    counts = json.loads(done.stdout)
    assert (done.returncode, counts["added"], counts["failed"], counts["skipped"]) == (1, 1, 1, 1)


def test_what_the_user_says_of_a_report_goes_first(command: Command) -> None:
    command(
        "ingest", "add", str(FLASH), "--title", "My title", "--series", "EMN Flash", "--number", "7", "--year", "2021"
    )
    (document,) = json.loads(command("ingest", "list", "--json").stdout)["documents"]
    assert (document["slug"], document["title"], document["year"]) == ("emn-flash-2021-7", "My title", 2021)


def test_filters_limit_the_search_to_what_they_name(command: Command) -> None:
    command("ingest", "add", str(FLASH), str(INFORM))
    done = command("assistant", "ask", "How long is the reflection period?", "--document", "time to recover", "--json")
    citations = json.loads(done.stdout)["citations"]
    assert {citation["document"]["slug"] for citation in citations} == {"sample-inform-2025-1"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("ingest", "add", "no/such/file.pdf"), 2),
        (("ingest", "add", "assistant/web/static"), 2),
        (("ingest", "show", "nothing"), 1),
        (("ingest", "remove", "nothing"), 1),
        (("assistant", "ask", ""), 2),
        (("assistant", "ask", "a" * 100_000), 2),
        (("assistant", "ask", "Anything?", "--year", "soon"), 2),
        (("assistant", "ask", "Anything?", "--country", "Atlantis"), 2),
        (("assistant", "ask", "Anything?", "--document", "nothing"), 1),
        (("assistant", "ask", "Anything?", "--history", "no/such/file.json"), 2),
        (("assistant", "cite", "nonsense"), 2),
        (("assistant", "cite", "a/3fa94c01/p1/9f31c2ab77d0"), 1),
        (("assistant", "serve", "--port", "web"), 2),
        (("assistant", "serve", "--host", "0.0.0.0"), 2),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else str(value),
)
def test_every_failure_is_one_sentence_with_a_remedy(command: Command, arguments: tuple[str, ...], status: int) -> None:
    done = command(*arguments)
    assert done.returncode == status
    assert_one_sentence(done.stderr)


def test_an_unknown_setting_is_refused_in_one_sentence(command: Command) -> None:
    done = command("ingest", "list", EMN_READER_SECOND="5")
    assert done.returncode == 2
    assert_one_sentence(done.stderr)


def test_errors_are_json_for_programs_too(command: Command) -> None:
    done = command("assistant", "cite", "nonsense", "--json")
    assert json.loads(done.stdout)["error"]["kind"] == "wrong-use"


def test_a_home_that_is_a_file_is_refused_in_one_sentence(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    for arguments in (("list",), ("add", str(FLASH))):
        done = command("ingest", *arguments, "--home", str(tmp_path / "file" / "home"))
        assert done.returncode == 2
        assert_one_sentence(done.stderr)


def test_a_home_that_cannot_be_written_is_refused_in_one_sentence(command: Command, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    unwritable = Path("/proc") if os.access(locked, os.W_OK) else locked
    done = command("ingest", "add", str(FLASH), "--home", str(unwritable / "home"))
    assert done.returncode == 2
    assert_one_sentence(done.stderr)


def test_a_lost_index_is_built_again_by_the_next_question(command: Command, tmp_path: Path) -> None:
    command("ingest", "add", str(FLASH))
    (tmp_path / "home" / "index" / "CURRENT").unlink()
    assert command("assistant", "ask", "How many victims were registered in 2024?").returncode == 0
    assert command("ingest", "check").returncode == 0


def test_the_sample_library_is_added_only_where_there_is_none(command: Command) -> None:
    command("ingest", "add", str(FLASH))
    command("ingest", "add", "--if-empty", str(INFORM))
    assert len(json.loads(command("ingest", "list", "--json").stdout)["documents"]) == 1

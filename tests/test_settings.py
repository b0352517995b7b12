"""Settings: the environment first, then the file, then the defaults; nothing unknown passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import WrongUse
from corpus.settings import read_settings


def test_without_any_setting_the_server_is_on_loopback(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 7860)


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "emn.toml").write_text("[reader]\nseconds = 10\nmemory_mb = 512\n", encoding="utf-8")
    settings = read_settings({"EMN_READER_SECONDS": "20"}, tmp_path)
    assert (settings.reader.seconds, settings.reader.memory_mb) == (20, 512)


def test_an_unknown_variable_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="EMN_READER_SECONDS"):
        read_settings({"EMN_READER_SECOND": "1"}, tmp_path)


def test_an_unknown_entry_of_the_file_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    (tmp_path / "emn.toml").write_text("[library]\nembeder = 'x'\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="library.embedder"):
        read_settings({}, tmp_path)


@pytest.mark.parametrize("line", ["port = [1]", "port = 1.5", "port = true", "port = 0", "port = 70000", "host = 3"])
def test_an_entry_of_the_wrong_kind_or_range_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "emn.toml").write_text(f"[server]\n{line}\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"server\.(port|host) must be"):
        read_settings({}, tmp_path)


@pytest.mark.parametrize("value", ["many", "-1", "1.5", "99999999999999999999999"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(WrongUse, match="whole number"):
        read_settings({"EMN_SERVER_PORT": value}, tmp_path)


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "emn.toml").write_text("[library", encoding="utf-8")
    with pytest.raises(WrongUse, match="TOML"):
        read_settings({}, tmp_path)

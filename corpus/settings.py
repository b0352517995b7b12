"""The settings: EMN_* variables first, then emn.toml in the library's folder, then the defaults below.

`EMN_READER_SECONDS=60` and `seconds = 60` under `[reader]` in emn.toml are the same setting.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeAlias

import platformdirs

from corpus.errors import WrongUse

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """`embedder`: a folder, or a name that sentence-transformers knows; empty for the model that comes with us.

    `passage_pieces`: the longest passage in word pieces, 0 for the embedder's own limit.
    """

    embedder: str = ""
    passage_pieces: int = 0


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`reranker`: the folder of a sentence-transformers CrossEncoder, or its name where it is on this machine."""

    reranker: str = ""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What reading one file may cost: seconds in all and for each page, megabytes of memory, of file and of text.

    `pages`: the most that a file may have. `at_once`: files read side by side, 0 for as many as there are processors.
    """

    seconds: int = 300
    page_seconds: int = 2
    memory_mb: int = 2048
    file_mb: int = 200
    output_mb: int = 1024
    pages: int = 10_000
    at_once: int = 0


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """`per_minute`: questions and quotes that one client may send in a minute, 0 for any number; a draft counts for
    ten, ten pictures or links for one, in an account of their own.
    `feedback_days`: how long feedback is kept, 0 for ever.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    per_minute: int = 240
    feedback_days: int = 365


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The chat model that words answers; none where `name` (provider:name) is empty.

    `choices`: others that a question may choose, joined by commas. `address` and `key` are for the provider of `name`
    alone. `seconds` and `tokens` bound one reply. `unsupported`: whether such sentences are marked or dropped.
    """

    name: str = ""
    choices: str = ""
    address: str = ""
    key: str = field(default="", repr=False)
    seconds: int = 60
    tokens: int = 1000
    unsupported: str = "mark"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What fetching one publication may cost.

    `file_mb`: megabytes of a file. `seconds`: of one request in all; `quiet_seconds`: of silence within it;
    `pause_seconds`: between two requests to one host. `tries`: of one address. `private`: whether addresses that are
    not public may be asked.
    """

    file_mb: int = 200
    seconds: int = 600
    quiet_seconds: int = 30
    pause_seconds: int = 2
    tries: int = 4
    private: str = "refuse"


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path
    library: LibrarySettings
    reader: ReaderSettings
    server: ServerSettings
    model: ModelSettings = field(default_factory=ModelSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    search: SearchSettings = field(default_factory=SearchSettings)


_RANGES = {
    "library.passage_pieces": (0, 100_000),
    "reader.seconds": (1, 86_400),
    "reader.page_seconds": (1, 3_600),
    "reader.memory_mb": (256, 1_000_000),
    "reader.file_mb": (1, 10_000),
    "reader.output_mb": (1, 100_000),
    "reader.pages": (1, 10_000_000),
    "reader.at_once": (0, 64),
    "server.port": (1, 65_535),
    "server.per_minute": (0, 1_000_000),
    "server.feedback_days": (0, 36_500),
    "model.seconds": (1, 3_600),
    "model.tokens": (50, 100_000),
    "fetch.file_mb": (1, 10_000),
    "fetch.seconds": (1, 86_400),
    "fetch.quiet_seconds": (1, 3_600),
    "fetch.pause_seconds": (0, 3_600),
    "fetch.tries": (1, 20),
}
"""From what to what each number may be set."""

_WORDS = {"model.unsupported": ("mark", "drop"), "fetch.private": ("refuse", "allow")}
"""What a text must be one of."""

_SECRET = frozenset({"model.key"})
"""Settings that are never shown."""

SECTIONS = {
    "library": LibrarySettings,
    "search": SearchSettings,
    "reader": ReaderSettings,
    "server": ServerSettings,
    "model": ModelSettings,
    "fetch": FetchSettings,
}


def read_settings(environment: Mapping[str, str], home: Path | None = None) -> Settings:
    """Settings from the environment and the library's emn.toml. Raises WrongUse for an unknown or unusable one."""
    folder = home or Path(environment.get("EMN_HOME") or platformdirs.user_data_dir("emn", appauthor=False))
    folder = folder.expanduser().absolute()
    values = {**_from_file(folder / "emn.toml"), **_from_environment(environment)}
    sections = {name: _fill(name, values) for name in SECTIONS}
    return Settings(home=folder, **sections)  # type: ignore[arg-type]


def _known() -> dict[str, type[object]]:
    return {f"{name}.{own.name}": SECTIONS[name] for name in SECTIONS for own in fields(SECTIONS[name])}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for variable, value in environment.items():
        if not variable.startswith("EMN_") or variable == "EMN_HOME":
            continue
        name = variable.removeprefix("EMN_").lower().replace("_", ".", 1)
        if name not in _known():
            variables = ["EMN_HOME", *("EMN_" + known.upper().replace(".", "_") for known in _known())]
            raise _unknown(variable, variables)
        found[name] = value
    return found


def _from_file(path: Path) -> dict[str, Value]:
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongUse(f"{path} cannot be read as TOML ({error})", "correct the file or remove it") from error
    found: dict[str, Value] = {}
    for section, entries in sections.items():
        if not isinstance(entries, dict):
            raise _unknown(f"{section} in {path.name}", [f"[{name}]" for name in SECTIONS])
        for key, value in entries.items():
            if f"{section}.{key}" not in _known():
                raise _unknown(f"{section}.{key} in {path.name}", list(_known()))
            found[f"{section}.{key}"] = value
    return found


def _fill(section: str, values: Mapping[str, Value]) -> object:
    given: dict[str, Value] = {}
    for own in fields(SECTIONS[section]):
        name = f"{section}.{own.name}"
        if name in values:
            given[own.name] = (_text if own.type == "str" else _number)(name, values[name])
    return SECTIONS[section](**given)


def _number(name: str, value: Value) -> int:
    """A whole number within its range. Raises WrongUse."""
    low, high = _RANGES[name]
    if not isinstance(value, bool) and isinstance(value, int):
        number = value
    elif isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        number = int(value)
    else:
        number = -1
    if not low <= number <= high:
        raise WrongUse(
            f"the setting {name} must be a whole number from {low} to {high}, not {value!r}", "correct it and try again"
        )
    return number


def _text(name: str, value: Value) -> str:
    if not isinstance(value, str):
        given = "" if name in _SECRET else f", not {value!r}"
        raise WrongUse(f"the setting {name} must be a text in quotation marks{given}", "correct it")
    if name in _WORDS and value not in _WORDS[name]:
        raise WrongUse(f"the setting {name} must be {' or '.join(_WORDS[name])}, not {value!r}", "correct it")
    return value


def _unknown(name: str, known: list[str]) -> WrongUse:
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
    return WrongUse(f"there is no setting {name}", f"the nearest known one is {nearest}")

"""The file library.db itself: opening it, changing it in one transaction, and what SQLite's errors mean in words."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Row, Select, create_engine, event, func, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from corpus import schema
from corpus.errors import LibraryBusy, LibraryFault

_AT_ONCE = 500
"""Keys in one query: SQLite takes 32,766 variables, and shorter statements are prepared faster."""


class Database:
    """Connections to one library.db. Safe to read from many threads; one process at a time may write."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it where there is none. Raises LibraryFault where that cannot be."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(path, error) from error
        self._engine: Engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": 8})
        _say_nothing(self._engine)
        event.listen(self._engine, "connect", _set_up)
        with self.connection() as connection:
            schema.meta.create(connection, checkfirst=True)
            _require_form(connection, path)
            schema.metadata.create_all(connection)

    def close(self) -> None:
        self._engine.dispose()

    def sequence(self) -> int:
        """A number that grows with every change."""
        with self.connection() as connection:
            return _sequence(connection)

    def is_whole(self) -> bool:
        """Whether SQLite finds every row and every index of the file where it should be; reads all of it."""
        with self.connection() as connection:
            return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """One transaction. Raises LibraryBusy, or LibraryFault where the file cannot be used or is damaged."""
        with self._faults_in_words(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _faults_in_words(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise LibraryBusy("the library is being written by another program", "try again in a moment") from error
            if any(words in str(error.orig) for words in ("malformed", "not a database", "decode")):
                raise _damaged(self.path, error.orig or error) from error
            raise _unusable(self.path, error.orig or error) from error
        except (DatabaseError, UnicodeError, json.JSONDecodeError) as error:
            raise _damaged(self.path, error) from error

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """One transaction that changes what is searched: the sequence grows with it."""
        with self.connection() as connection:
            yield connection
            value = str(_sequence(connection) + 1)
            connection.execute(update(schema.meta).where(schema.meta.c.name == "sequence").values(value=value))

    def compact(self) -> None:
        """Write the file anew without what was deleted, in its free space and its journal too. Raises LibraryBusy."""
        with self._faults_in_words(), self._engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.exec_driver_sql("VACUUM")
            alone.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def rows(self, query: Select[Any]) -> list[Row[Any]]:
        with self.connection() as connection:
            return list(connection.execute(query).all())

    def count(self, query: Select[Any]) -> int:
        """How many rows a query has."""
        with self.connection() as connection:
            number = connection.scalar(query.with_only_columns(func.count(), maintain_column_froms=True))
        return int(number or 0)

    def rows_for(self, values: Sequence[Any], query: Callable[[list[Any]], Select[Any]]) -> list[Row[Any]]:
        """The rows of a query over many values, some at a time."""
        rows: list[Row[Any]] = []
        for start in range(0, len(values), _AT_ONCE):
            rows += self.rows(query(list(values[start : start + _AT_ONCE])))
        return rows


def _require_form(connection: Connection, path: Path) -> None:
    """Raises LibraryFault where the file was written by an older or a newer version of this program."""
    found = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.name == "schema"))
    if found is None:
        connection.execute(insert(schema.meta).values(name="schema", value=str(schema.SCHEMA_VERSION)))
        connection.execute(insert(schema.meta).values(name="sequence", value="0"))
    elif int(found) < schema.SCHEMA_VERSION:
        raise LibraryFault(
            f"{path} was written by an older version of this program (form {found}; this one reads form "
            f"{schema.SCHEMA_VERSION})",
            f"move it away and run `python -m ingest add {path.parent / 'files'}`, or name another folder with --home",
        )
    elif int(found) > schema.SCHEMA_VERSION:
        raise LibraryFault(
            f"{path} was written by a newer version of this program (form {found}; this one reads form "
            f"{schema.SCHEMA_VERSION})",
            "use that version, or name another folder with --home",
        )


def _sequence(connection: Connection) -> int:
    return int(connection.scalar(select(schema.meta.c.value).where(schema.meta.c.name == "sequence")) or 0)


def _set_up(connection: Any, _: Any) -> None:
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")


def _unusable(path: Path, error: BaseException) -> LibraryFault:
    return LibraryFault(
        f"the library {path} cannot be used ({error})",
        "check that the folder exists, is writable and has room, or name another with --home",
    )


def _damaged(path: Path, error: BaseException) -> LibraryFault:
    return LibraryFault(
        f"the library {path} is damaged ({type(error).__name__})",
        f"put a backup back (`python -m ingest restore FILE`), or move it away and run `python -m ingest add "
        f"{path.parent / 'files'}`",
    )


def _say_nothing(engine: Engine) -> None:
    """At its finest level SQLAlchemy logs rows, which are the reports' words: at whatever level, none is written."""
    engine.hide_parameters = True
    logging.getLogger("sqlalchemy.engine.Engine").addFilter(_is_written)


def _is_written(_: logging.LogRecord) -> bool:
    return False

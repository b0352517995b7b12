"""What a report has beside its text: the outline that its file declares."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from corpus import schema
from corpus.database import Database
from corpus.documents import Bookmark


class Apparatus:
    """The outlines of a library's documents; kept for replaced and removed editions too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outline(self, sha256: str) -> tuple[Bookmark, ...]:
        """The bookmarks of an edition's file, in their order; none where it has none, or was added without them."""
        columns = schema.bookmarks.c
        query = select(schema.bookmarks).where(columns.document == sha256).order_by(columns.place)
        return tuple(Bookmark(row.title, row.level, row.page) for row in self._database.rows(query))


def insert_outline(connection: Connection, sha256: str, outline: Sequence[Bookmark]) -> None:
    """Keep the outline of an edition in place of the one that it had."""
    connection.execute(delete(schema.bookmarks).where(schema.bookmarks.c.document == sha256))
    values = [
        {"document": sha256, "place": place, "title": entry.title, "level": entry.level, "page": entry.page}
        for place, entry in enumerate(outline)
    ]
    if values:
        connection.execute(insert(schema.bookmarks), values)

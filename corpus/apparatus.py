"""What a report has beside its text: the outline that its file declares, its notes with their marks, its languages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from corpus import schema
from corpus.database import Database
from corpus.documents import Bookmark, Note, Part
from corpus.rows import to_passage


class Apparatus:
    """The outlines and notes of a library's documents, kept for replaced and removed editions too; their languages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outline(self, sha256: str) -> tuple[Bookmark, ...]:
        """The bookmarks of an edition's file, in their order; none where it has none, or was added without them."""
        columns = schema.bookmarks.c
        query = select(schema.bookmarks).where(columns.document == sha256).order_by(columns.place)
        return tuple(Bookmark(row.title, row.level, row.page) for row in self._database.rows(query))

    def notes(self, sha256: str, parts: Sequence[Part]) -> tuple[Note, ...]:
        """The notes whose marks stand in these stretches of an edition's text, or right behind them, in their order."""
        columns = schema.notes.c
        found = []
        for part in parts:
            query = select(schema.notes).where(columns.document == sha256, columns.page == part.page)
            marked = query.where(columns.place > part.start, columns.place <= part.end)
            for row in self._database.rows(marked.order_by(columns.place)):
                found.append(Note(row.number, row.page, row.place, tuple(Part(*own) for own in row.parts)))
        return tuple(found)

    def other_language(self, sha256: str, page: int, place: int) -> str | None:
        """The language, two letters, of the passage that holds a place of a page; None where it is the document's."""
        table = schema.passages
        query = select(table).where(table.c.document == sha256, table.c.language.is_not(None)).order_by(table.c.id)
        for passage in map(to_passage, self._database.rows(query)):
            if any(part.page == page and part.start <= place < part.end for part in passage.parts):
                return passage.language
        return None


def insert_notes(connection: Connection, sha256: str, notes: Sequence[Note]) -> None:
    """Keep the notes of an edition in place of those that it had. A mark of two numbers leads to both."""
    connection.execute(delete(schema.notes).where(schema.notes.c.document == sha256))
    values = [
        {
            "document": sha256,
            "page": note.page,
            "place": note.place,
            "number": note.number,
            "parts": [(part.page, part.start, part.end) for part in note.parts],
        }
        for note in notes
    ]
    if values:
        connection.execute(insert(schema.notes), values)


def insert_outline(connection: Connection, sha256: str, outline: Sequence[Bookmark]) -> None:
    """Keep the outline of an edition in place of the one that it had."""
    connection.execute(delete(schema.bookmarks).where(schema.bookmarks.c.document == sha256))
    values = [
        {"document": sha256, "place": place, "title": entry.title, "level": entry.level, "page": entry.page}
        for place, entry in enumerate(outline)
    ]
    if values:
        connection.execute(insert(schema.bookmarks), values)

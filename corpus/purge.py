"""Forgetting a report: what it said leaves library.db; that it was here, and until when, stays for its links."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, update

from corpus import schema

_FORGOTTEN: dict[str, object] = {
    "title": "",
    "file_name": "",
    "series": None,
    "number": None,
    "year": None,
    "publisher": None,
    "countries": [],
    "participants": [],
    "language": "",
    "reference_period": None,
    "url": None,
    "licence": None,
    "warnings": [],
    "sources": {},
}


def delete_words(connection: Connection, hashes: Sequence[str]) -> None:
    """Take the pages of these documents out, and whatever stands on them."""
    for table in (schema.passages, schema.notes, schema.bookmarks, schema.pages):
        connection.execute(delete(table).where(table.c.document.in_(hashes)))


def purge_editions(connection: Connection, slug: str, moment: str) -> list[str]:
    """Take the words and the description of every edition of a report out; vectors that no passage needs go too.

    Returns the hashes of their files, none where there is no such report. One that was purged before keeps its moment.
    """
    columns = schema.documents.c
    hashes = list(connection.scalars(select(columns.sha256).where(columns.slug == slug)))
    delete_words(connection, hashes)
    change = update(schema.documents).where(columns.slug == slug, columns.state != "purged")
    connection.execute(change.values(state="purged", changed=moment, **_FORGOTTEN))
    kept = select(schema.passages.c.key)
    connection.execute(delete(schema.vectors).where(schema.vectors.c.key.not_in(kept)))
    return hashes

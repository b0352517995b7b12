"""What a library holds at a glance: each report with its number of pages, what looks wrong, and since when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update

from corpus import schema
from corpus.database import Database
from corpus.documents import Edition, PageWarning
from corpus.errors import NotFound, WrongUse
from corpus.rows import to_edition


@dataclass(frozen=True, slots=True)
class Holding:
    """An edition with its standing, how many pages it has, and what looks wrong on them."""

    edition: Edition
    pages: int
    warnings: tuple[PageWarning, ...]

    @property
    def wrong_pages(self) -> int:
        """How many pages are to be looked at."""
        return len({warning.page for warning in self.warnings})


class Holdings:
    """The reports of one library, in two queries however many there are; and the way back for a removed one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> list[Holding]:
        """All editions but those that were purged, by slug."""
        counted = select(schema.pages.c.document, func.count().label("pages")).group_by(schema.pages.c.document)
        pages = {row.document: int(row.pages) for row in self._database.rows(counted)}
        columns = schema.documents.c
        query = select(schema.documents).where(columns.state != "purged").order_by(columns.slug)
        return [
            Holding(
                to_edition(row),
                pages.get(row.sha256, 0),
                tuple(PageWarning(**warning) for warning in row.warnings),
            )
            for row in self._database.rows(query)
        ]

    def put_back(self, slug: str) -> Edition:
        """Make the edition of a slug that was removed last current again, with its description; returns it as it was.

        Its passages are made anew from its pages when the index is brought up. Raises NotFound where none was removed
        under that slug, and WrongUse where another one stands there now.
        """
        own = [holding.edition for holding in self.every() if holding.edition.document.slug == slug]
        removed = [edition for edition in own if edition.state == "removed"]
        if not removed:
            raise NotFound(f"no report {slug!r} was removed from this library", "`list` shows what is in it")
        if any(edition.state == "current" for edition in own):
            raise WrongUse(f"there is a report {slug!r} in the library again", "remove that one first")
        latest = max(removed, key=lambda edition: edition.changed)
        with self._database.change() as connection:
            change = update(schema.documents).where(schema.documents.c.sha256 == latest.document.sha256)
            connection.execute(change.values(state="current", split=""))
        return latest

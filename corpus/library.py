"""The one truth: documents, pages, passages and vectors in SQLite. One transaction adds a document, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, update

from corpus import schema
from corpus.apparatus import Apparatus, insert_notes, insert_outline
from corpus.database import Database
from corpus.documents import Document, Edition, Filters, Page, PageWarning, Passage, Reading, Source
from corpus.errors import NotFound
from corpus.holdings import Holdings
from corpus.purge import delete_words, purge_editions
from corpus.rows import (
    Vector,
    digest_page,
    insert_passages,
    insert_vectors,
    page_values,
    source_values,
    to_edition,
    to_page,
    to_passage,
    to_vector,
)

NOTHING_TO_SAY = Reading()


class Library:
    """The documents of one folder. Safe to read from many threads; one process at a time may write."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.apparatus = Apparatus(database)
        self.holdings = Holdings(database)

    @classmethod
    def open(cls, path: Path) -> Library:
        """Open library.db, making it where there is none. Raises LibraryFault where that cannot be."""
        return cls(Database(path))

    @property
    def home(self) -> Path:
        """The folder that the library stands in, with the originals."""
        return self._database.path.parent

    def close(self) -> None:
        self._database.close()

    def is_whole(self) -> bool:
        """Whether the file is sound; what its words and vectors are is for the digests to say."""
        return self._database.is_whole()

    # What stands in it

    def sequence(self) -> int:
        """A number that grows with every change: what the index was built from."""
        return self._database.sequence()

    def documents(self, filters: Filters | None = None) -> list[Document]:
        """The current documents, by slug."""
        wanted = filters or Filters()
        return [
            edition.document
            for edition in self.editions()
            if edition.state == "current" and wanted.accepts(edition.document)
        ]

    def editions(self, sha256_prefix: str = "") -> list[Edition]:
        """Current, replaced, removed and purged documents whose file hash begins so, by slug."""
        query = select(schema.documents).where(schema.documents.c.sha256.startswith(sha256_prefix, autoescape=True))
        return [to_edition(row) for row in self._database.rows(query.order_by(schema.documents.c.slug))]

    def document(self, slug: str) -> Document:
        """The current document of that slug. Raises NotFound."""
        columns = schema.documents.c
        for row in self._database.rows(
            select(schema.documents).where(columns.slug == slug, columns.state == "current")
        ):
            return to_edition(row).document
        raise _not_here(slug)

    def documents_by_hash(self, hashes: Sequence[str]) -> dict[str, Document]:
        """The current documents among these, by the sha256 of their files."""
        columns = schema.documents.c
        current = select(schema.documents).where(columns.state == "current")
        rows = self._database.rows_for(hashes, lambda some: current.where(columns.sha256.in_(some)))
        return {row.sha256: to_edition(row).document for row in rows}

    def count_documents(self) -> int:
        """How many current documents there are."""
        return self._database.count(select(schema.documents).where(schema.documents.c.state == "current"))

    def warnings(self, sha256: str) -> list[PageWarning]:
        rows = self._database.rows(select(schema.documents.c.warnings).where(schema.documents.c.sha256 == sha256))
        return [PageWarning(**warning) for row in rows for warning in row.warnings]

    def sources(self, sha256: str) -> list[Source]:
        """Where each field of a document's description is from."""
        rows = self._database.rows(select(schema.documents.c.sources).where(schema.documents.c.sha256 == sha256))
        return [Source(field, origin) for row in rows for field, origin in row.sources.items()]

    def pages(self, sha256: str, numbers: range | None = None) -> list[Page]:
        """The pages of an edition, in order, or those of these numbers; kept for replaced and removed editions too."""
        query = select(schema.pages).where(schema.pages.c.document == sha256).order_by(schema.pages.c.number)
        if numbers is not None:
            query = query.where(schema.pages.c.number.between(numbers.start, numbers.stop - 1))
        return [to_page(row) for row in self._database.rows(query)]

    def count_pages(self, sha256: str) -> int:
        """How many pages an edition has."""
        return self._database.count(select(schema.pages).where(schema.pages.c.document == sha256))

    def changed_pages(self, sha256: str) -> list[int]:
        """The pages of an edition that are no longer what was stored: their digest says otherwise."""
        rows = self._database.rows(select(schema.pages).where(schema.pages.c.document == sha256))
        return [row.number for row in rows if digest_page(to_page(row)) != row.digest]

    def same_text(self, pages: Sequence[Page]) -> Document | None:
        """The current document whose pages are these to the letter, whatever file they came from; None without one."""
        digests = [digest_page(page) for page in pages]
        columns = schema.pages.c
        for row in self._database.rows(
            select(columns.document).where(columns.number == 1, columns.digest == digests[0])
        ):
            own = self._database.rows(
                select(columns.digest).where(columns.document == row.document).order_by(columns.number)
            )
            found = self.documents_by_hash([row.document])
            if found and [other.digest for other in own] == digests:
                return found[row.document]
        return None

    def page(self, sha256: str, number: int) -> Page:
        """One page of an edition. Raises NotFound."""
        columns = schema.pages.c
        for row in self._database.rows(
            select(schema.pages).where(columns.document == sha256, columns.number == number)
        ):
            return to_page(row)
        raise NotFound(
            f"that report has no page {number}", "pages are counted from 1; `python -m ingest show` has them"
        )

    def passages(self, sha256: str | None = None, *, after: int = 0) -> Iterator[Passage]:
        """The passages of one document or of all, in reading order; only those whose id is higher than `after`."""
        query = select(schema.passages).where(schema.passages.c.id > after).order_by(schema.passages.c.id)
        if sha256 is not None:
            query = query.where(schema.passages.c.document == sha256)
        return (to_passage(row) for row in self._database.rows(query))

    def passages_by_id(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Those of the passages that still stand."""
        found = self._database.rows_for(ids, lambda some: select(schema.passages).where(schema.passages.c.id.in_(some)))
        return {row.id: to_passage(row) for row in found}

    def passages_by_key(self, keys: Sequence[str]) -> dict[str, list[Passage]]:
        """The passages that share each key: the same words may stand in many places."""
        found: dict[str, list[Passage]] = {}
        for row in self._database.rows_for(
            keys, lambda some: select(schema.passages).where(schema.passages.c.key.in_(some))
        ):
            found.setdefault(row.key, []).append(to_passage(row))
        return found

    def keys(self, documents: Sequence[str]) -> set[str]:
        """The keys of all passages of these documents (by sha256)."""
        column = schema.passages.c
        rows = self._database.rows_for(documents, lambda some: select(column.key).where(column.document.in_(some)))
        return {row.key for row in rows}

    def count_passages_after(self, passage: int) -> int:
        """How many passages have a higher id than that one."""
        return self._database.count(select(schema.passages).where(schema.passages.c.id > passage))

    def titles_up_to(self, passage: int) -> dict[str, str]:
        """The titles of the documents, by sha256, that have a passage whose id is not higher than that one."""
        own = select(schema.passages.c.document).where(schema.passages.c.id <= passage)
        columns = schema.documents.c
        rows = self._database.rows(select(columns.sha256, columns.title).where(columns.sha256.in_(own)))
        return {row.sha256: row.title for row in rows}

    def passages_without_vector(self, embedder: str) -> list[Passage]:
        """The passages for whose texts there is no vector of this embedder yet."""
        keys = select(schema.vectors.c.key).where(schema.vectors.c.embedder == embedder)
        query = select(schema.passages).where(schema.passages.c.key.not_in(keys)).order_by(schema.passages.c.id)
        return [to_passage(row) for row in self._database.rows(query)]

    def count_passages(self, documents: Sequence[str] | None = None) -> int:
        """How many passages these documents (by sha256) have, or all together."""
        if documents is None:
            return self._database.count(select(schema.passages))
        column = schema.passages.c
        query = select(func.count().label("number")).select_from(schema.passages)
        rows = self._database.rows_for(documents, lambda some: query.where(column.document.in_(some)))
        return sum(int(row.number) for row in rows)

    def vectors(self, keys: Sequence[str], embedder: str) -> dict[str, Vector]:
        """The stored vectors of these keys under one embedder's fingerprint; missing ones are absent."""
        column = schema.vectors.c
        rows = self._database.rows_for(
            keys, lambda some: select(schema.vectors).where(column.embedder == embedder, column.key.in_(some))
        )
        return {row.key: to_vector(row) for row in rows}

    # What changes it

    def add(
        self,
        document: Document,
        pages: Iterable[Page],
        passages: Sequence[Passage],
        vectors: Mapping[str, Vector],
        *,
        embedder: str,
        split: str,
        file_name: str,
        reading: Reading = NOTHING_TO_SAY,
    ) -> bool:
        """Add one document with its pages, passages and vectors, or nothing. Says whether it replaced an edition.

        `vectors` are by passage key, made under the fingerprint `embedder`; `split` is the fingerprint of the
        splitting. A file that was here before and was replaced or removed becomes current again.
        """
        with self._database.change() as connection:
            replaced = self._retire(connection, document.slug, "replaced")
            delete_words(connection, [document.sha256])
            connection.execute(delete(schema.documents).where(schema.documents.c.sha256 == document.sha256))
            values = {**asdict(document), "state": "current", "changed": _now(), "split": split}
            values |= {"file_name": file_name, "warnings": [asdict(warning) for warning in reading.warnings]}
            values |= {"sources": source_values(reading.sources)}
            connection.execute(insert(schema.documents), [values])
            for page in pages:
                connection.execute(insert(schema.pages), [page_values(document.sha256, page)])
            insert_passages(connection, passages)
            insert_vectors(connection, vectors, embedder)
            insert_outline(connection, document.sha256, reading.outline)
            insert_notes(connection, document.sha256, reading.notes)
        return replaced

    def describe(self, document: Document, sources: Sequence[Source]) -> None:
        """Give a document that stands in the library another description. Its words, links and slug stay."""
        values = {name: value for name, value in asdict(document).items() if name not in ("slug", "sha256")}
        with self._database.change() as connection:
            change = update(schema.documents).where(schema.documents.c.sha256 == document.sha256)
            connection.execute(change.values(**values, sources=source_values(sources)))

    def replace_passages(
        self, sha256: str, passages: Sequence[Passage], vectors: Mapping[str, Vector], *, embedder: str, split: str
    ) -> None:
        """Give a document other passages of the same pages: after another splitting or another embedder."""
        with self._database.change() as connection:
            connection.execute(delete(schema.passages).where(schema.passages.c.document == sha256))
            connection.execute(update(schema.documents).where(schema.documents.c.sha256 == sha256).values(split=split))
            insert_passages(connection, passages)
            insert_vectors(connection, vectors, embedder)

    def add_vectors(self, vectors: Mapping[str, Vector], embedder: str) -> None:
        """Keep vectors by passage key, made under the fingerprint `embedder`."""
        with self._database.connection() as connection:
            insert_vectors(connection, vectors, embedder)

    def remove(self, slug: str) -> None:
        """Take a document out of every search. Its pages stay, so that its links still show their words."""
        with self._database.change() as connection:
            if not self._retire(connection, slug, "removed"):
                raise _not_here(slug)

    def purge(self, slug: str) -> list[str]:
        """Forget what every edition of a report says, and return the hashes of their files. Raises NotFound."""
        with self._database.change() as connection:
            if not (hashes := purge_editions(connection, slug, _now())):
                raise _not_here(slug)
        self._database.compact()
        return hashes

    def _retire(self, connection: Connection, slug: str, state: str) -> bool:
        columns = schema.documents.c
        current = connection.scalar(select(columns.sha256).where(columns.slug == slug, columns.state == "current"))
        if current is None:
            return False
        connection.execute(delete(schema.passages).where(schema.passages.c.document == current))
        change = update(schema.documents).where(columns.sha256 == current)
        connection.execute(change.values(state=state, changed=_now()))
        return True


def _not_here(slug: str) -> NotFound:
    return NotFound(f"there is no report {slug!r} in this library", "`python -m ingest list` shows what there is")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

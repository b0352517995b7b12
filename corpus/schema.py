"""The tables of library.db."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA_VERSION = 2

metadata = MetaData()

meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("slug", String, nullable=False),
    Column("state", String, nullable=False),  # current, replaced, removed, purged
    Column("changed", String, nullable=False),  # when the state last changed, ISO 8601, UTC
    Column("file_name", String, nullable=False),
    Column("split", String, nullable=False),  # the splitting that made its passages
    Column("title", Text, nullable=False),
    Column("series", String),
    Column("number", String),
    Column("year", Integer),
    Column("publisher", String),
    Column("countries", JSON, nullable=False),
    Column("participants", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("reference_period", String),
    Column("url", String),
    Column("licence", String),
    Column("warnings", JSON, nullable=False),
    Column("sources", JSON, nullable=False),  # where each field of the description is from
    Index("documents_slug", "slug", "state"),
)

pages = Table(
    "pages",
    metadata,
    Column("document", String(64), ForeignKey("documents.sha256"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", String),
    Column("text", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("origins", LargeBinary, nullable=False),  # compressed
    Column("boxes", LargeBinary, nullable=False),  # all boxes, then all styles, compressed
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("digest", String(64), nullable=False),  # of text, sheet and map: what `check` compares
)

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("document", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),  # in the file's outline, from 0
    Column("title", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("page", Integer, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("document", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("page", Integer, primary_key=True),  # where its mark stands
    Column("place", Integer, primary_key=True),  # before which character of that page's text
    Column("number", String, primary_key=True),
    Column("parts", JSON, nullable=False),  # where the note stands
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", String(64), ForeignKey("documents.sha256"), nullable=False),
    Column("kind", String, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("key", String(64), nullable=False),  # hash of what is embedded
    Column("parts", JSON, nullable=False),
    Column("language", String),  # null: the document's
    Index("passages_document", "document"),
    Index("passages_key", "key"),
    sqlite_autoincrement=True,
)

vectors = Table(
    "vectors",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("embedder", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
)

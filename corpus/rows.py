"""Between the nouns and the rows of library.db."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, insert

from corpus import schema
from corpus.documents import Document, Edition, Page, Part, Passage, Sheet, Source
from corpus.errors import LibraryFault

Vector = NDArray[np.float32]
"""One embedding: shape (dimension,), unit length."""

_DOCUMENT_FIELDS = tuple(field.name for field in fields(Document))


def to_edition(row: Row[Any]) -> Edition:
    values = {name: getattr(row, name) for name in _DOCUMENT_FIELDS}
    values |= {"countries": tuple(row.countries), "participants": tuple(row.participants)}
    return Edition(Document(**values), row.state, row.changed, row.split)


def to_page(row: Row[Any]) -> Page:
    layout = _inflate(row.boxes)
    boxes = 16 * len(row.sheet) if layout else 0
    sheet = Sheet(row.sheet, layout[:boxes], row.width, row.height, layout[boxes:])
    return Page(row.number, row.label, row.text, sheet, _inflate(row.origins))


def _inflate(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error as error:
        raise LibraryFault("a page in the library is damaged", "`python -m ingest check` says which") from error


def digest_page(page: Page) -> str:
    """The SHA-256 of a page's two texts and the map between them."""
    combined = hashlib.sha256()
    for content in (page.text.encode(), page.sheet.text.encode(), page.origins):
        combined.update(hashlib.sha256(content).digest())
    return combined.hexdigest()


def page_values(sha256: str, page: Page) -> dict[str, object]:
    return {
        "document": sha256,
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "sheet": page.sheet.text,
        "origins": zlib.compress(page.origins),
        "boxes": zlib.compress(page.sheet.boxes + page.sheet.styles),
        "width": page.sheet.width,
        "height": page.sheet.height,
        "digest": digest_page(page),
    }


def source_values(sources: Sequence[Source]) -> dict[str, str]:
    return {source.field: source.origin for source in sources}


def to_passage(row: Row[Any]) -> Passage:
    parts = tuple(Part(*part) for part in row.parts)
    return Passage(row.id, row.document, tuple(row.headings), row.text, row.kind, parts, row.language)


def insert_passages(connection: Connection, passages: Sequence[Passage]) -> None:
    values = [
        {
            "document": passage.document,
            "kind": passage.kind,
            "headings": list(passage.headings),
            "text": passage.text,
            "key": passage.key,
            "parts": [(part.page, part.start, part.end) for part in passage.parts],
            "language": passage.language,
        }
        for passage in passages
    ]
    if values:
        connection.execute(insert(schema.passages), values)


def insert_vectors(connection: Connection, vectors: Mapping[str, Vector], embedder: str) -> None:
    values = [
        {"key": key, "embedder": embedder, "vector": np.asarray(vector, dtype="<f4").tobytes()}
        for key, vector in vectors.items()
    ]
    if values:
        connection.execute(insert(schema.vectors).prefix_with("OR REPLACE"), values)


def to_vector(row: Row[Any]) -> Vector:
    return np.frombuffer(row.vector, dtype="<f4")

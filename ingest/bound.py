"""The sister of `ingest.add` for what has no file: pages that are there already, as benchmarks have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.documents import Document, Page
from ingest.add import Desk, embed_passages, split_pages
from ingest.clean import clean_pages

_TOGETHER = 64
"""Documents whose texts are embedded together."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A document with its pages as found: what adding needs where no file is read."""

    document: Document
    pages: tuple[Page, ...]


def add_pages(bound: Sequence[Bound], desk: Desk, on_document: Callable[[int, int], None]) -> None:
    """Put documents into the library by the same cleaning, splitting and embedding that files go through.

    Texts of many documents are embedded together. Documents that stand in the library already are passed over.
    """
    known = desk.library.documents_by_hash([entry.document.sha256 for entry in bound])
    new = [entry for entry in bound if entry.document.sha256 not in known]
    for start in range(0, len(new), _TOGETHER):
        embedder = desk.load_embedder()
        batch = new[start : start + _TOGETHER]
        pages = [clean_pages(list(entry.pages)) for entry in batch]
        passages = [
            split_pages(own, (), entry.document.sha256, desk, embedder) for entry, own in zip(batch, pages, strict=True)
        ]
        vectors = embed_passages([passage for own in passages for passage in own], desk.library, embedder)
        for entry, own_pages, own in zip(batch, pages, passages, strict=True):
            found = {passage.key: vectors[passage.key] for passage in own if passage.key in vectors}
            desk.library.add(
                entry.document,
                own_pages,
                own,
                found,
                embedder=desk.embedder_digest,
                split=desk.split,
                file_name=entry.document.slug,
            )
        on_document(start + len(batch), len(new))

"""Descriptions of reports that are made of a few lines of text."""

from __future__ import annotations

from corpus.catalogue import load_catalogue
from ingest.describe import Described, Given, Opened, describe
from ingest.raw import Metadata
from tests.stand_ins import make_page, make_passage

NOTHING = Metadata(1)


def described(*texts: str, given: Given | None = None, metadata: Metadata = NOTHING, stem: str = "report") -> Described:
    """What a file of these pages is, without layout."""
    pages = [make_page(text, number) for number, text in enumerate(texts, start=1)]
    passages = [make_passage("a" * 64, page) for page in pages]
    return describe(given or Given(), Opened(metadata, pages, passages, stem), "a" * 64, load_catalogue())


def origin(result: Described, field: str) -> str | None:
    """Where a field of it is from."""
    return next((source.origin for source in result.sources if source.field == field), None)

"""Of which report a file is an edition: the one with the same words, of the same name, or a new one."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from corpus.documents import Document, Page, Passage
from corpus.library import Library
from ingest.describe import choose_slug


def give_slug(document: Document, pages: Sequence[Page], passages: Sequence[Passage], library: Library) -> Document:
    """The document under the slug of the edition with the same words, whatever its file's name; else under its own."""
    same = library.same_text(pages)
    if same is not None:
        return replace(document, slug=same.slug)
    keys = {passage.key for passage in passages}
    shared = functools.partial(_share, keys, library)
    return choose_slug(document, library.editions(), shared)


def _share(keys: set[str], library: Library, other: Document) -> float:
    """The share of these passages that stand in another document too, word for word."""
    return len(keys & library.keys([other.sha256])) / max(len(keys), 1)

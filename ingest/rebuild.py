"""Bringing what is derived up to the library: passages of another splitting, missing vectors, the index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.documents import Document
from corpus.embedding import Fingerprint
from corpus.errors import Fault
from corpus.files import hash_file, settle_originals
from corpus.index import CurrentIndex, Manifest, build_index, index_is_current
from corpus.rows import Vector
from corpus.text import shown
from ingest.add import Desk, embed_passages, split_pages
from ingest.languages import mark_languages

Tell = Callable[[str], None]
"""Told in words what is being done."""


def catch_up(desk: Desk, tell: Tell) -> Manifest | None:
    """Build the next index where the one in use is not of the library as it stands. None: nothing was to be done."""
    editions = desk.library.editions()
    settle_originals(desk.home, {edition.document.sha256 for edition in editions})
    stale = [edition for edition in editions if edition.state == "current" and edition.split != desk.split]
    if not stale and index_is_current(desk.home, desk.library, desk.embedder_digest):
        return None
    for number, edition in enumerate(stale, start=1):
        _go_on(desk)
        tell(f"splitting again {number} of {len(stale)}: {edition.document.slug}")
        _split_again(desk, edition.document.sha256)
    return _bring_up(desk, tell, whole=False)


def rebuild(desk: Desk, tell: Tell) -> Manifest:
    """Make the vectors that are missing and build a new index from the library, whatever stands there now."""
    return _bring_up(desk, tell, whole=True)


def _bring_up(desk: Desk, tell: Tell, *, whole: bool) -> Manifest:
    missing = desk.library.passages_without_vector(desk.embedder_digest)
    for start in range(0, len(missing), 256):
        _go_on(desk)
        tell(f"embedding: {start} of {len(missing)} passages")
        vectors = embed_passages(missing[start : start + 256], desk.library, desk.load_embedder())
        desk.library.add_vectors(vectors, desk.embedder_digest)
    tell("bringing the index up to the library")
    return build_index(desk.home, desk.library, _fingerprint(desk), whole=whole)


def _fingerprint(desk: Desk) -> Fingerprint:
    """The embedder's, by a vector that it made, so that its model is loaded only where there is none."""
    for document in desk.library.documents():
        keys = [passage.key for passage in desk.library.passages(document.sha256)]
        for vector in desk.library.vectors(keys[:1], desk.embedder_digest).values():
            return Fingerprint(desk.embedder_digest, len(vector))
    return desk.load_embedder().fingerprint


def _go_on(desk: Desk) -> None:
    """Raises KeyboardInterrupt where a person has asked to stop: what was done is kept, the rest is for later."""
    if desk.readers.stopped:
        raise KeyboardInterrupt


def find_problems(desk: Desk) -> list[str]:
    """Where library, index and files do not agree, in words; nothing when all is well."""
    problems = []
    if not desk.library.is_whole():
        problems.append(f"{desk.home / 'library.db'} is damaged; put a backup back (`python -m ingest restore FILE`)")
    for edition in desk.library.editions():
        document = edition.document
        kept = list((desk.home / "files" / document.sha256[:2]).glob(f"{document.sha256}*"))
        if edition.state == "purged":
            problems += [f"the original of {document.slug} is still in files/; purge it again"] if kept else []
            continue
        if not kept:
            problems.append(f"the original of {document.slug} is missing from files/; add it again")
        elif hash_file(kept[0]) != document.sha256:
            problems.append(f"the original of {document.slug} in files/ has been changed; add it again")
        problems += _wrong_pages(desk, document)
    problems += _unknown_originals(desk)
    if desk.library.count_documents() == 0 and not (desk.home / "index").exists():
        return problems
    if not index_is_current(desk.home, desk.library, desk.embedder_digest):
        problems.append("the index is not of the library as it stands; run `python -m ingest rebuild`")
    else:
        problems += _wrong_index(desk)
    return problems


def _split_again(desk: Desk, sha256: str) -> None:
    embedder = desk.load_embedder()
    edition = desk.library.editions(sha256)[0]
    passages = split_pages(desk.library.pages(sha256), desk.library.apparatus.outline(sha256), sha256, desk, embedder)
    passages = mark_languages(passages, edition.document.language)
    vectors: dict[str, Vector] = embed_passages(passages, desk.library, embedder)
    desk.library.replace_passages(sha256, passages, vectors, embedder=desk.embedder_digest, split=desk.split)


def _wrong_pages(desk: Desk, document: Document) -> list[str]:
    """Where an edition's pages are not what was stored, and, if they are, where its passages are not on them."""
    try:
        changed = desk.library.changed_pages(document.sha256)
    except Fault as fault:
        return [f"{document.slug}: {fault.message}; remove it and add its file again"]
    if changed:
        pages = ", ".join(map(str, changed))
        return [f"{document.slug}: page {pages} in the library has been changed; remove it and add its file again"]
    return _wrong_passages(desk, document.sha256, document.slug)


def _unknown_originals(desk: Desk) -> list[str]:
    """Files among the originals that belong to no edition, as after a lost library.db."""
    known = {edition.document.sha256 for edition in desk.library.editions()}
    files = [path for path in (desk.home / "files").glob("*/[!.]*") if path.name[:64] not in known]
    if not files:
        return []
    return [
        f"{len(files)} originals belong to no report; add them again with `python -m ingest add {desk.home / 'files'}`"
    ]


def _wrong_passages(desk: Desk, sha256: str, slug: str) -> list[str]:
    pages = {page.number: page.text for page in desk.library.pages(sha256)}
    for passage in desk.library.passages(sha256):
        stretches = [pages.get(part.page, "")[part.start : part.end] for part in passage.parts]
        if not _joined(stretches, passage.text):
            return [f"{shown(slug)} has passages that are not on its pages; run `python -m ingest rebuild`"]
    return []


def _joined(stretches: list[str], text: str) -> bool:
    """Whether the text is these stretches, each joined to the next by one white space."""
    place = 0
    for stretch in stretches:
        if text[place : place + len(stretch)] != stretch:
            return False
        place += len(stretch) + 1
    return place == len(text) + 1


def _wrong_index(desk: Desk) -> list[str]:
    try:
        generation = CurrentIndex(Path(desk.home)).generation()
    except Fault as fault:
        return [f"{fault.message}; {fault.remedy}"]
    found = (len(generation.words), len(generation.vectors), desk.library.count_passages())
    wanted = (generation.manifest.passages, generation.manifest.texts, generation.manifest.passages)
    if found != wanted:
        return [f"the index holds {found} where {wanted} was written; run `python -m ingest rebuild`"]
    keys = list({passage.key for passage in desk.library.passages()})
    if not generation.vectors.holds(desk.library.vectors(keys, desk.embedder_digest)):
        return ["vectors in the library have been changed; put a backup back with `python -m ingest restore FILE`"]
    return []

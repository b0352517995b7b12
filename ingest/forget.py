"""`remove --purge`: a report leaves the library with its words, its originals, its pictures and every index of it."""

from __future__ import annotations

import shutil

from corpus.index import drop_others
from ingest.add import Desk
from ingest.rebuild import Tell, rebuild


def purge_report(desk: Desk, slug: str, tell: Tell) -> int:
    """Forget every edition of a report, removed ones too, and return how many. Raises NotFound.

    The library goes first: whatever comes between, `check` names what is left, and a second call takes it away.
    """
    hashes = desk.library.purge(slug)
    for sha256 in hashes:
        for original in (desk.home / "files" / sha256[:2]).glob(f"{sha256}*"):
            original.unlink()
        shutil.rmtree(desk.home / "cache" / "pages" / sha256[:2] / sha256, ignore_errors=True)
    rebuild(desk, tell)
    drop_others(desk.home)
    return len(hashes)

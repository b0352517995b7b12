"""`remove --purge`: a report leaves the library with its words, its originals, its pictures and every index of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from corpus.index import drop_others
from ingest.add import Desk
from ingest.rebuild import Tell, rebuild


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many editions of a report are forgotten. `since`: the day on which they all were already, or None."""

    editions: int
    since: str | None


def purge_report(desk: Desk, slug: str, tell: Tell) -> Forgotten:
    """Forget every edition of a report, removed ones too. Raises NotFound.

    The library goes first: whatever comes between, `check` names what is left, and a second call takes it away.
    """
    known = [edition for edition in desk.library.editions() if edition.document.slug == slug]
    since = known[-1].day if known and all(edition.state == "purged" for edition in known) else None
    hashes = desk.library.purge(slug)
    for sha256 in hashes:
        for original in (desk.home / "files" / sha256[:2]).glob(f"{sha256}*"):
            original.unlink()
        shutil.rmtree(desk.home / "cache" / "pages" / sha256[:2] / sha256, ignore_errors=True)
    rebuild(desk, tell)
    drop_others(desk.home)
    return Forgotten(len(hashes), since)


def forgotten_line(slug: str, gone: Forgotten) -> str:
    if gone.since:
        return f"{slug} was forgotten on {gone.since} already; nothing of it is left."
    return f"{slug} is forgotten (editions: {gone.editions}); its links say since when. Backups keep it."

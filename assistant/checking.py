"""`check`: the audit of a draft, on the terminal, for programs, as a page, and in the margin of a Word file."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from assistant.blocks import Draft
from assistant.checked import Checked, Item
from assistant.draftfiles import read_draft, read_text
from assistant.drafts import Checker
from assistant.find import Finder
from assistant.finding import KINDS, NEAR, source_form
from assistant.lookup import refer
from assistant.opening import ensure_index, opened
from corpus.command import print_json, settings_for
from corpus.errors import WrongUse
from corpus.files import write_whole

VERDICTS = {
    "verbatim": "stands so in the source",
    "altered": "differs from the source",
    "wrong-page": "stands on another page",
    "other-document": "stands in another report",
    "superseded": "stands in an edition that is no longer current",
    "figure-not-there": "does not stand in the cited place",
    "not-found": "was not found in the library",
}
_SHOWN = 70
"""Characters of an item's text that a row of the table shows."""


def check(options: argparse.Namespace) -> int:
    draft = _read(options.file)
    _require_copies(options)
    settings = settings_for(options)
    with opened(settings) as (library, index):
        ensure_index(settings, library)
        checked = Checker(library, index, Finder(library, index)).check(draft)
    if options.json:
        print_json(checked_form(checked))
    else:
        _print_checked(checked)
    if options.html:
        _write(options.html, write_page(checked).encode())
    if options.docx:
        from assistant.margin import comment

        _write(options.docx, comment(Path(options.file), checked, explain))
    return 1 if checked.faults else 0


def checked_form(checked: Checked) -> dict[str, object]:
    """What was checked as programs see it."""
    return {
        "file": checked.file,
        "items": [
            {
                "kind": item.kind,
                "text": item.text,
                "where": item.block.where,
                "verdict": item.verdict,
                "matches": [source_form(source) for source in item.matches],
                "differences": [asdict(difference) for difference in item.differences],
                "cited": list(item.cited),
                "remark": item.remark,
            }
            for item in checked.items
        ],
        "faults": checked.faults,
    }


def explain(item: Item) -> list[str]:
    """What there is to say of an item, a sentence or a place each."""
    lines = [item.remark] if item.remark else []
    for difference in item.differences:
        yours, theirs = difference.yours or "nothing", difference.source or "nothing"
        lines.append(f"{KINDS[difference.kind]}: yours has {yours!r}, the report {theirs!r}")
    for source in item.matches[:1]:
        if item.verdict == "not-found" and source.similarity < NEAR:
            continue
        nearest = "nearest: " if item.verdict == "not-found" else ""
        quote = f"\u201c{source.citation.quote}\u201d " if item.is_fault else ""
        lines.append(f"{nearest}{quote}{refer(source.citation)} {source.citation.link}")
    return lines


def require_margin(name: str) -> None:
    """Raises WrongUse for a file that cannot take comments."""
    if Path(name).suffix.casefold() != ".docx":
        raise WrongUse("only a Word file has a margin for comments", "check a .docx, or have its audit as a page")


def _read(name: str) -> Draft:
    return read_text(sys.stdin.buffer.read(), "standard input") if name == "-" else read_draft(Path(name))


def _require_copies(options: argparse.Namespace) -> None:
    if options.docx:
        require_margin(options.file)
    for name in (options.docx, options.html):
        if name and options.file != "-" and name.resolve() == Path(options.file).resolve():
            raise WrongUse("the draft itself is never written to", "give another name for the copy")


def _write(path: Path, content: bytes) -> None:
    write_whole(path, content)
    print(f"{path} is written.", file=sys.stderr)


def write_page(checked: Checked) -> str:
    """The audit as a page of its own, which needs nothing else."""
    from assistant.web.templating import template_text

    rows = [(item, explain(item)) for item in checked.items]
    return template_text("draft.html", checked=checked, rows=rows, verdicts=VERDICTS)


def _print_checked(checked: Checked) -> None:
    if not checked.items:
        print("Nothing to check: no quotation of five words or more, no figure with its unit, no reference.")
        return
    widths = [max(len(item.block.where) for item in checked.items), len("quotation"), len("figure-not-there")]
    for item in checked.items:
        text = " ".join(item.text.split())
        text = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}\u2026"
        cells = (item.block.where, item.kind, item.verdict)
        print("  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)), text]))
        for line in explain(item):
            print(f"    {line}")
    print(f"\n{len(checked.items)} checked, {checked.faults} with a fault.")

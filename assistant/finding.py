"""`find`: where a quote comes from, on the terminal and for programs."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from assistant.find import Finder, Found, Source, check_text
from assistant.forms import citation_form
from assistant.lookup import refer
from assistant.opening import ensure_index, opened
from corpus.command import print_json, settings_for
from corpus.errors import WrongUse

NEAR = 0.4
"""The least similarity of a wording that people are shown as the nearest to one that was not found."""

_VERDICTS = {
    "verbatim": "Verbatim: these words stand in the report.",
    "altered": "Altered: a passage says nearly this, with the differences listed.",
    "not found": "Not found: no passage in the library says this.",
}
KINDS = {
    "insert": "added",
    "delete": "left out",
    "replace": "changed",
    "negation": "negation changed",
    "number": "number changed",
    "name": "name changed",
    "order": "order changed",
}


def find(options: argparse.Namespace) -> int:
    text = _read_text(options.text)
    check_text(text)
    settings = settings_for(options)
    with opened(settings) as (library, index):
        ensure_index(settings, library)
        found = Finder(library, index).find(text)
    if options.json:
        print_json(found_form(found))
    else:
        _print_found(found)
    return 1 if found.verdict == "not found" else 0


def found_form(found: Found) -> dict[str, object]:
    """What was found as programs see it."""
    return {
        "text": found.text,
        "verdict": found.verdict,
        "ellipses": found.ellipses,
        "matches": [source_form(source) for source in found.matches],
    }


def source_form(source: Source) -> dict[str, object]:
    """A place that words were taken from as programs see it."""
    form = citation_form(source.citation)
    del form["number"], form["score"]
    return {
        **form,
        "similarity": source.similarity,
        "differences": [asdict(difference) for difference in source.differences],
        "case": source.case,
    }


def _read_text(text: str) -> str:
    """The text itself, or for `-` what stands on standard input. Raises WrongUse for what is no text."""
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongUse("standard input is no text in UTF-8", "give the words of the quote as plain text") from error


def _print_found(found: Found) -> None:
    print(_VERDICTS[found.verdict])
    if found.ellipses:
        print(f"Its stretches stand in order, with words left out {found.ellipses} time(s).")
    near = [source for source in found.matches if found.verdict != "not found" or source.similarity >= NEAR]
    if found.verdict == "not found" and near:
        print("The nearest wording there is:")
    for source in near:
        print(f"\n\u201c{source.citation.quote}\u201d\n{refer(source.citation)}\n    {source.citation.link}")
        if source.case:
            print("    Letters differ in their case only.")
        for difference in source.differences:
            yours, theirs = difference.yours or "nothing", difference.source or "nothing"
            print(f"    {KINDS[difference.kind]}: yours has {yours!r}, the report {theirs!r}")

"""`parts`: what this program is made of: every installed part with its version and its licence."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, distributions

from corpus.command import print_json

_LONGEST = 60
"""Characters of a licence that is a name, not its text."""

_CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True)
class PartOfUs:
    """One installed part. `licence` as the part names it, empty where it names none."""

    name: str
    version: str
    licence: str


def parts(options: argparse.Namespace) -> int:
    found = list_parts()
    if options.json:
        print_json({"parts": [asdict(part) for part in found]})
        return 0
    width = max(len(part.name) for part in found)
    for part in found:
        print(f"{part.name:{width}}  {part.version:20}  {part.licence or 'names none; see its files'}")
    return 0


def list_parts() -> list[PartOfUs]:
    """Those of this environment, each once, by name."""
    found = {part.metadata["Name"].casefold(): part for part in distributions() if part.metadata["Name"]}
    return [
        PartOfUs(found[name].metadata["Name"], found[name].version, licence_of(found[name])) for name in sorted(found)
    ]


def licence_of(part: Distribution) -> str:
    """Its SPDX expression, else what its classifiers say, else the line that it gives as its licence."""
    return _stated(part, "License-Expression") or "; ".join(_classified(part)) or _named(_stated(part, "License"))


def _stated(part: Distribution, field: str) -> str:
    return next(iter(part.metadata.get_all(field) or ()), "")


def _classified(part: Distribution) -> Iterator[str]:
    for classifier in part.metadata.get_all("Classifier") or ():
        if classifier.startswith(_CLASSIFIER):
            name = classifier.rpartition(" :: ")[2]
            if name != "OSI Approved":
                yield name


def _named(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 4]} ..."

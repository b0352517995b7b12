"""`catalogue`: the publications that are known to exist."""

from __future__ import annotations

import argparse

from corpus.catalogue import load_catalogue, read_catalogue
from corpus.command import print_json


def list_catalogue(options: argparse.Namespace) -> int:
    entries = read_catalogue(options.catalogue) if options.catalogue else load_catalogue()
    if options.json:
        print_json({"publications": [{**entry.model_dump(mode="json"), "address": entry.address} for entry in entries]})
        return 0
    for entry in entries:
        known = "" if entry.address else "  (no address known)"
        print(f"{entry.id:60} {entry.year or '    '}  {entry.title}{known}")
    return 0

"""`backup` and `restore`: the library and its originals as one file, and back."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from corpus.backup import restore_backup, write_backup
from corpus.command import print_json, settings_for
from corpus.files import writing


def backup(options: argparse.Namespace) -> int:
    written = write_backup(settings_for(options).home, options.file)
    if options.json:
        print_json(asdict(written))
    else:
        print(f"{options.file} holds the library and {written.originals} originals.")
    return 0


def restore(options: argparse.Namespace) -> int:
    home = settings_for(options).home
    with writing(home):
        restored = restore_backup(options.file, home)
    if options.json:
        before = str(restored.before) if restored.before else None
        print_json({**asdict(restored.backup), "before": before})
    else:
        aside = f"; what was there stands in {restored.before}" if restored.before else ""
        print(f"The library is that of {options.file}{aside}.")
        print("`python -m ingest rebuild` makes its index now; the next start would make it too.")
    return 0

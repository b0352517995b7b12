"""What the three commands share: where results and errors go, and with which exit status."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from corpus.documents import Document
from corpus.errors import Fault, WrongUse
from corpus.settings import Settings, read_settings

STOPPED = 130
"""The exit status after Ctrl-C, as shells expect it."""


class Parser(argparse.ArgumentParser):
    """A parser whose every refusal is one sentence with its remedy."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message}; `{self.prog} --help` shows how.\n")


def common_options() -> Parser:
    """The options that every command has: a parent for its parser."""
    parser = Parser(add_help=False)
    parser.add_argument(
        "--home", type=Path, help="the library's folder (default: EMN_HOME, else your user data folder)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output, for programs")
    return parser


def settings_for(options: argparse.Namespace) -> Settings:
    return read_settings(os.environ, options.home)


Command = Callable[[argparse.Namespace], int]


def run(load: Callable[[str], Command], options: argparse.Namespace) -> int:
    """Load the command of that name and run it. Every failure is one sentence with its remedy on standard error."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return load(options.command)(options)
    except Fault as fault:
        if options.json:
            print_json({"error": error_form(fault)})
        print(f"{fault.message}; {fault.remedy}.", file=sys.stderr)
        return fault.exit_status
    except KeyboardInterrupt:
        print("Stopped. What was reported as done is kept.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def print_json(form: object) -> None:
    print(json.dumps(form, ensure_ascii=False, indent=2, allow_nan=False))


def error_form(fault: Fault) -> dict[str, str]:
    return {"kind": fault.kind, "message": fault.message, "remedy": fault.remedy}


def document_form(document: Document) -> dict[str, object]:
    """A document as programs see it."""
    return {
        "slug": document.slug,
        "sha256": document.sha256,
        "title": document.title,
        "series": document.series,
        "number": document.number,
        "year": document.year,
        "publisher": document.publisher,
        "countries": list(document.countries),
        "participants": list(document.participants),
        "language": document.language,
        "reference_period": document.reference_period,
        "url": document.url,
        "licence": document.licence,
    }


def require_whole_number(name: str, text: str, low: int, high: int) -> int:
    """Raises WrongUse where the text is no whole number between the two, both included."""
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise WrongUse(f"{name} must be a whole number from {low} to {high}, not {text!r}", "correct it and try again")
    return int(text)

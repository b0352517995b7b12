"""Look after the library: add and fetch reports, list, show, edit, remove, check, rebuild, back up and restore."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus.command import Command, Parser, common_options, run

CLEARABLE = tuple("series number year publisher url countries participants reference_period licence".split())
"""What a report may do without."""


def main(arguments: list[str] | None = None) -> int:
    return run(_load, parse(arguments))


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The options of a command line; those of this process where None."""
    return _parser().parse_args(arguments)


def _load(name: str) -> Command:
    from ingest.commands import COMMANDS

    return COMMANDS[name]


def _parser() -> Parser:
    parser = Parser(prog="python -m ingest", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    common = common_options()

    add = commands.add_parser("add", parents=[common], help="files or folders into the library", description=_ADD)
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    _say_what_it_is(add)
    add.add_argument("--password", help="opens locked PDF files")
    add.add_argument("--ocr", action="store_true", help="recognise pages without text, or with a bad one, by ocrmypdf")
    add.add_argument("--if-empty", action="store_true", help="only where the library holds no report yet")
    add.add_argument("--progress", action="store_true", help=_LINES)

    _add_catalogue_commands(commands, common)
    commands.add_parser("list", parents=[common], help="the reports in the library")
    show = commands.add_parser("show", parents=[common], help="one report, page by page, and what looks wrong")
    show.add_argument("slug")
    edit = commands.add_parser("edit", parents=[common], help="correct what is said of a report", description=_EDIT)
    edit.add_argument("slug")
    _say_what_it_is(edit)
    empties = f"empty it: {', '.join(CLEARABLE)}"
    edit.add_argument("--clear", action="append", default=[], choices=CLEARABLE, metavar="FIELD", help=empties)
    _add_removing(commands, common)
    commands.add_parser("check", parents=[common], help="prove that library, index and files agree")
    commands.add_parser("rebuild", parents=[common], help="make the index anew from the library")
    export = commands.add_parser(
        "export", parents=[common], help="the embedder in its fastest form", description=_EXPORT
    )
    export.add_argument("--everywhere", action="store_true", help="for every library of this Python environment")
    export.add_argument("--again", action="store_true", help="even if it has been exported")
    backup = commands.add_parser("backup", parents=[common], help="the library and its originals into one ZIP file")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = commands.add_parser("restore", parents=[common], help="put a backup in the library's place")
    restore.add_argument("file", type=Path, metavar="FILE")
    return parser


def _add_removing(commands: argparse._SubParsersAction[Parser], common: Parser) -> None:
    remove = commands.add_parser("remove", parents=[common], help="take a report out of every search")
    remove.add_argument("slug")
    how = remove.add_mutually_exclusive_group()
    how.add_argument("--purge", action="store_true", help="its words, its originals and its earlier editions too")
    how.add_argument(
        "--undo", action="store_true", help="have one that was removed searched again, as it was described"
    )


def _add_catalogue_commands(commands: argparse._SubParsersAction[Parser], common: Parser) -> None:
    fetch = commands.add_parser(
        "fetch", parents=[common], help="publications of the catalogue into the library", description=_FETCH
    )
    fetch.add_argument("--progress", action="store_true", help=_LINES)
    fetch.add_argument("ids", nargs="*", metavar="ID", help="as `catalogue` lists them (default: all)")
    listing = commands.add_parser(
        "catalogue", parents=[common], help="the publications that are known to exist", description=_LISTING
    )
    listing.add_argument("words", nargs="*", metavar="WORD", help="only those that have all of them (default: all)")
    for command in (fetch, listing):
        command.add_argument("--catalogue", type=Path, metavar="FILE", help="another catalogue, in YAML as ours is")


def _say_what_it_is(parser: Parser) -> None:
    """The options that go before what the file says of itself."""
    parser.add_argument("--title")
    parser.add_argument("--series", help='such as "EMN Flash"')
    parser.add_argument("--number", help="within the series")
    parser.add_argument("--year", type=int, help="of publication")
    parser.add_argument("--publisher")
    parser.add_argument("--url", help="where the publisher has it")
    parser.add_argument("--language", help="its English name or two letters, such as German or de")
    parser.add_argument("--country", action="append", default=[], help="that it is about; may be given several times")
    parser.add_argument("--participant", action="append", default=[], help="a country that took part; several times")
    parser.add_argument("--reference-period", help="what its findings are about, such as 2015-2020")
    parser.add_argument("--licence", help="the terms of use")


_LINES = "how far it has come, each step as a line of JSON on standard error, for programs"

_LISTING = """List the publications on trafficking in human beings that are known to exist, with what each covers and
its address. With words, only those whose title, subject, publisher, series, number or year has them all."""

_EDIT = """Correct the description of a report. Only what you name is changed; `show` says where the rest is from. The
words, the links and the short name stay."""

_ADD = """Add PDF, Word, HTML, Markdown and text files to the library. Files that are in it already are passed over; a
new edition replaces the old one, whose pages stay for its links. One file that cannot be read never stops the others.
"""

_EXPORT = """Export the embedder's model to ONNX, once: questions and reports are then embedded without torch, which
takes seconds to load. The export is held against the original, and kept only where its vectors are the same.
"""

_FETCH = """Download publications of the catalogue, then add them. What is in the library already is asked for again
only where its ID is given. What was broken off is gone on with by the next call. Each host is asked one thing at a
time, with a pause, and what its robots.txt closes is left alone. Only public addresses are asked; EMN_FETCH_* set how
large and how slow a file may be.
"""


if __name__ == "__main__":
    sys.exit(main())

"""Evaluation: how good the answers are, over our question sets and over public ones."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.command import Command, Parser, common_options, run


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    return run(_load, options)


def _load(name: str) -> Command:
    from evals.commands import COMMANDS

    return COMMANDS[name]


def _parser() -> Parser:
    parser = Parser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    common = common_options()

    ask = commands.add_parser("run", parents=[common], help="ask every question of a set and measure the answers")
    ask.add_argument("questions", type=Path, help="a .jsonl file, or a folder of them")
    ask.add_argument("--out", type=Path, help="folder of the run (default: a new one in the library's runs/)")
    ask.add_argument("--baseline", type=Path, metavar="RUN", help="an earlier run to compare with")
    ask.add_argument("--part", choices=["tune", "test", "all"], default="all", help="which part of the set")
    ask.add_argument("--system", choices=["ours", "lexical", "vector", "top-passage"], default="ours")

    compare = commands.add_parser("compare", parents=[common], help="what changed from one run to another")
    compare.add_argument("first", type=Path, metavar="RUN")
    compare.add_argument("second", type=Path, metavar="RUN")

    report = commands.add_parser("report", parents=[common], help="one HTML page about a run")
    report.add_argument("run", type=Path, metavar="RUN")
    report.add_argument("--baseline", type=Path, metavar="RUN", help="an earlier run to show beside it")

    gate = commands.add_parser("gate", parents=[common], help="fail where a measure is below its limit")
    gate.add_argument("run", type=Path, metavar="RUN")
    gate.add_argument("--limits", type=Path, default=Path(__file__).parent / "gate.toml")

    check = commands.add_parser("check", parents=[common], help="whether quotes and pages of a set are in the library")
    check.add_argument("questions", type=Path)

    propose = commands.add_parser("propose", parents=[common], help="draft cases from a report, for a person to accept")
    propose.add_argument("slug")

    inbox = commands.add_parser("inbox", parents=[common], help="draft cases that readers' feedback has left")
    inbox.add_argument("--accept", metavar="ID", help="print one as a case, for a person to complete")

    for name, words in (("retrieval", "how well documents are found"), ("answers", "how well questions are answered")):
        public = commands.add_parser(name, parents=[common], help=f"a public set: {words}")
        public.add_argument("folder", type=Path, metavar="DIR")
        public.add_argument("--limit", type=int, help="only the first queries that have judgements")
        public.add_argument("--scoped", action="store_true", help="search only the document that a query is about")
    return parser


if __name__ == "__main__":
    sys.exit(main())

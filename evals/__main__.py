"""Evaluation: how good the answers are, over our question sets and over public ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus.command import Command, Parser, common_options, run

_SYSTEMS = (
    "who answers: ours; ours with the passages ranked by words or by vectors only (both searches still bring them); "
    "ours asked the last turn of a conversation alone; or the best passage, always (default: ours)"
)
_SAMPLE = Path(__file__).parent.parent / "corpus" / "sample" / "reports"
_NAMES = ["ours", "lexical", "vector", "last-turn", "top-passage"]


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    return run(_load, options)


def _load(name: str) -> Command:
    if name == "fit":
        from evals.refit import fit

        return fit
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
    ask.add_argument("--system", choices=_NAMES, default="ours", help=_SYSTEMS)
    ask.add_argument("--replace", action="store_true", help="write over a run under other conditions in --out")
    ask.add_argument("--price", metavar="READ:WRITTEN", help="what a chat model's tokens cost, a million of each")

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

    _add_measuring(commands, common)
    return parser


def _add_measuring(commands: argparse._SubParsersAction[Parser], common: Parser) -> None:
    commands.add_parser(
        "attacks", parents=[common], help="hostile reports, questions and conversations: whether one comes through"
    )
    bench = commands.add_parser("bench", parents=[common], help="time adding PDFs beside the tutorial pipeline")
    bench.add_argument(
        "folder", type=Path, nargs="?", default=_SAMPLE, metavar="DIR", help="of PDFs (default: the sample)"
    )
    bench.add_argument("--rounds", type=_count, default=3, metavar="N", help="how often both run, in turn (default: 3)")

    find = commands.add_parser("find", parents=[common], help="how surely the sources of misquoted sentences are found")
    find.add_argument("--count", type=_count, default=500, metavar="N", help="sentences drawn (default: 500)")
    find.add_argument(
        "--foreign", type=Path, metavar="FOLDER", help="texts that are not in the library (default: invented sentences)"
    )

    retrieval = commands.add_parser("retrieval", parents=[common], help="a public set: how well documents are found")
    _public_options(retrieval, "only the first N queries that have judgements")
    answers = commands.add_parser("answers", parents=[common], help="a public set: how well questions are answered")
    _public_options(answers, "only the first N queries, with judgements or without")
    fit = commands.add_parser("fit", parents=[common], help="fit anew when not to answer, on the tuning parts")
    fit.add_argument("questions", type=Path, help="a .jsonl file, or a folder of them")
    fit.add_argument("--public", type=Path, dest="folder", metavar="DIR", help="a public set with unanswerable queries")
    rule = Path(__file__).parent.parent / "assistant" / "decline.toml"
    fit.add_argument("--out", type=Path, default=rule, help="where the rule is written (default: in its place)")


def _public_options(parser: argparse.ArgumentParser, limit: str) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="with corpus.jsonl, queries.jsonl and qrels.tsv")
    parser.add_argument("--limit", type=_count, metavar="N", help=limit)
    parser.add_argument("--scoped", action="store_true", help="search only the document that a query is about")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

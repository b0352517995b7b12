"""Ask the reports: one answer on the terminal, what a citation stands for, or the reading room in a browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus.command import Command, Parser, common_options, run


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    return run(_load, options)


def _load(name: str) -> Command:
    if name == "cite":
        from assistant.citing import cite

        return cite
    if name == "find":
        from assistant.finding import find

        return find
    if name == "check":
        from assistant.checking import check

        return check
    if name == "mcp":
        from assistant.tools import serve_tools

        return serve_tools
    if name == "forget":
        from assistant.forget import forget

        return forget
    if name == "parts":
        from assistant.parts import parts

        return parts
    if name == "basket":
        from assistant.collecting import basket

        return basket
    from assistant.commands import COMMANDS

    return COMMANDS[name]


def _parser() -> Parser:
    parser = Parser(prog="python -m assistant", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    common = common_options()
    serve = commands.add_parser("serve", parents=[common], help="the reading room, the API and permanent links")
    serve.add_argument("--host", help="address to listen on (default: EMN_SERVER_HOST, else 127.0.0.1)")
    serve.add_argument("--port", help="port to listen on (default: EMN_SERVER_PORT, else 7860)")

    _add_ask(commands.add_parser("ask", parents=[common], help="one answer, made of the reports' own sentences"))

    cite = commands.add_parser("cite", parents=[common], help="what a permanent link or a reference stands for")
    cite.add_argument("link", help='such as emn-flash-2025-2/3fa94c01/p1/9f31c2ab77d0, or "EMN Flash #2 - 2025, p. 1"')
    cite.add_argument(
        "--style", default="", metavar="STYLE", help="footnote, chicago, apa, bibtex, ris, csl, several of them, or all"
    )

    find = commands.add_parser("find", parents=[common], help="where a quote comes from, and what differs")
    find.add_argument("text", help="five words to a page; - reads standard input")

    check = commands.add_parser(
        "check", parents=[common], help="audit of a draft: its quotations, figures and references"
    )
    check.add_argument("file", help="a .txt, .md or .docx file; - reads plain text from standard input")
    check.add_argument("--html", type=Path, metavar="FILE", help="write what was found as a page")
    check.add_argument("--docx", type=Path, metavar="FILE", help="write a copy of the Word file with comments")

    commands.add_parser(
        "mcp", parents=[common], help="tools for other assistants, over the Model Context Protocol on standard input"
    )
    commands.add_parser("forget", parents=[common], help="let go of what is kept about use: feedback, files that wait")
    commands.add_parser("parts", parents=[common], help="what this program is made of: parts, versions and licences")
    basket = commands.add_parser("basket", help="quotes that you collect, order, annotate and export")
    _add_basket(basket, common)
    return parser


def _add_ask(ask: argparse.ArgumentParser) -> None:
    asked = ask.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?", help="between quotation marks")
    asked.add_argument("--replay", type=Path, metavar="FILE", help="ask a saved question again, and say what differs")
    ask.add_argument("--series", action="append", default=[], help='only this series, such as "EMN Flash"')
    ask.add_argument("--year", help="only reports of a year (2022) or a span (2020-2025)")
    ask.add_argument("--country", action="append", default=[], help="only reports on a country: name or two letters")
    ask.add_argument("--language", action="append", default=[], help="only reports in a language: two letters")
    ask.add_argument("--document", action="append", default=[], help="only this report: slug or title")
    ask.add_argument("--as-written", action="store_true", help="read no filters from the question")
    ask.add_argument("--history", type=Path, help='JSON file with earlier turns: [{"role": "user", "text": "..."}]')
    ask.add_argument(
        "--model", metavar="PROVIDER:NAME", help="have this chat model word the answer; `none` for no model"
    )
    ask.add_argument("--save", type=Path, metavar="FILE", help="keep the answer and all that made it, to be replayed")


def _add_basket(basket: argparse.ArgumentParser, common: Parser) -> None:
    own = Parser(add_help=False, parents=[common])
    own.add_argument("--basket", type=Path, metavar="FILE", help="the basket (default: basket.json beside the library)")
    actions = basket.add_subparsers(required=True, metavar="ACTION", dest="action")
    add = actions.add_parser("add", parents=[own], help="put quotes in, by their links or their words")
    add.add_argument(
        "link",
        nargs="+",
        help="a permanent link; the words of a quote, five at least; or with --quote a reference with its page",
    )
    add.add_argument("--quote", default="", help='words on the page that "EMN Flash #2 - 2025, p. 1" names')
    add.add_argument("--note", default="", help="what you say of them")
    actions.add_parser("list", parents=[own], help="what it holds, in order")
    move = actions.add_parser("move", parents=[own], help="put a quote in another place")
    move.add_argument("number", type=int)
    move.add_argument("place", type=int)
    note = actions.add_parser("note", parents=[own], help="say something of a quote")
    note.add_argument("number", type=int)
    note.add_argument("text")
    remove = actions.add_parser("remove", parents=[own], help="take a quote out")
    remove.add_argument("number", type=int)
    export = actions.add_parser("export", parents=[own], help="write the quotes with their references")
    export.add_argument("file", help="its ending says how: .md, .docx (real footnotes), .bib, .ris, .json")


if __name__ == "__main__":
    sys.exit(main())

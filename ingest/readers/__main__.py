"""Read one file and write its pages to standard output, one JSON object a line. Run as a process that can be killed.

Lines: {"meta": ...} once, {"page": ...} for every page, then {"end": pages} or {"error": ...}. A file that never comes
to an end, or takes the process down with it, harms nobody else.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.errors import Fault, UnreadableDocument
from corpus.limits import limit_memory
from corpus.text import shown
from ingest.raw import Line, write_line

ENDINGS = (".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".txt")
"""Of the kinds of file that can be read."""

Reader = Callable[[Path, str], Iterator[Line]]
"""A file and its password to metadata, pages, warnings, End. Raises UnreadableDocument."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ingest.readers", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--locked", action="store_true", help="the password stands on standard input")
    parser.add_argument("--memory-mb", type=int, default=0, help="end when more memory than this is asked for")
    options = parser.parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    password = sys.stdin.buffer.read().decode("utf-8") if options.locked else ""
    if options.memory_mb:
        limit_memory(options.memory_mb)
    try:
        for line in load_reader(options.file.suffix.lower())(options.file, password):
            write_line(sys.stdout, line)
    except MemoryError:
        return _report(
            UnreadableDocument(
                "too-large",
                f"{shown(options.file.name)} needs more than {options.memory_mb} MB to be read",
                "split the file, or raise EMN_READER_MEMORY_MB",
            )
        )
    except Fault as fault:
        return _report(fault)
    return 0


def load_reader(ending: str) -> Reader:
    """The reader of one of the `ENDINGS`. No other is imported: a process begins for every file."""
    if ending == ".pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf
    if ending == ".docx":
        from ingest.readers.docx import read_docx

        return read_docx
    if ending == ".md":
        from ingest.readers.markdown import read_markdown

        return read_markdown
    if ending == ".txt":
        from ingest.readers.text import read_text

        return read_text
    from ingest.readers.html import read_html

    return read_html


def _report(fault: Fault) -> int:
    error = {"kind": fault.kind, "message": fault.message, "remedy": fault.remedy}
    print(json.dumps({"error": error}), flush=True)
    return 2


if __name__ == "__main__":
    sys.exit(main())

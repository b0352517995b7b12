"""Builds the sample reports: `python -m corpus.sample.build [--out DIR] [NAME...]`.

The same source gives the same bytes, whenever and wherever it is built: fonts are those that Typst carries (SIL Open
Font License), the time in the file is the report's own date, and nothing is fetched.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from corpus.sample.markup import write_markup
from corpus.sample.scan import scan_pages
from corpus.sample.source import Front, Source, SourceError, read_source
from corpus.sample.strip import drop_metadata

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
REPORTS = HERE / "reports"
TEMPLATES = HERE / "templates"

# What happens to a typeset report of a layout before it is done.
AFTERWARDS: Mapping[str, Callable[[Path], None]] = {"flash-bare": drop_metadata, "inform-scan": scan_pages}


def build_report(path: Path, out: Path) -> Path:
    """Typeset one source into the folder `out`; the PDF's path. Raises SourceError."""
    source = read_source(path)
    report = out / f"{source.name}.pdf"
    try:
        _typeset(source, report)
    except (SourceError, typst.TypstError) as error:
        raise SourceError(f"{path.name}: {error}") from error
    if finish := AFTERWARDS.get(source.front.layout):
        finish(report)
    return report


def _typeset(source: Source, report: Path) -> None:
    """Write a tagged PDF that meets PDF/UA-1. Raises SourceError, or TypstError where a template is at fault."""
    layout = source.front.layout
    if not (TEMPLATES / f"{layout}.typ").is_file():
        raise SourceError(f"no layout {layout}; add templates/{layout}.typ or name one that stands there")
    markup = f'#import "/templates/{layout}.typ": *\n#show: report\n\n{write_markup(source.body)}\n'
    compiler = typst.Compiler(
        markup.encode(), root=HERE, ignore_system_fonts=True, sys_inputs={"front": _front_as_json(source.front)}
    )
    midnight = datetime.combine(source.front.date, time(), UTC)
    _, warnings = compiler.compile_with_warnings(
        output=str(report), format="pdf", pdf_standards=["ua-1"], timestamp=midnight
    )
    if warnings:
        raise SourceError("; ".join(warning.message for warning in warnings))


def _front_as_json(front: Front) -> str:
    return json.dumps({**asdict(front), "series_line": front.series_line}, default=str, ensure_ascii=False)


def _chosen(names: Sequence[str]) -> list[Path]:
    paths = [SOURCES / f"{name}.md" for name in names] or sorted(SOURCES.glob("*.md"))
    for path in paths:
        if not path.is_file():
            raise SourceError(f"no source {path.stem}; the names are those of the files in {SOURCES.name}/")
    return paths


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.sample.build", description="Build the sample reports.")
    parser.add_argument("names", metavar="NAME", nargs="*", help="a source without its ending; all where none is given")
    parser.add_argument("--out", metavar="DIR", type=Path, default=REPORTS, help="where the PDFs go")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        for path in _chosen(options.names):
            report = build_report(path, options.out)
            print(f"{report.name}  {report.stat().st_size / 1024:.0f} kB")
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

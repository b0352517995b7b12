"""`find`: how surely the sources of quotes are found in a library, measured."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from assistant.find import Finder
from assistant.opening import ensure_index
from corpus.command import print_json, settings_for
from corpus.errors import WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.progress import Progress
from evals.quotes import Tracing, draw_sentences, foreign_sentences, invented_sentences, trace

_FOREIGN = 200
"""Sentences that the library does not hold and that are looked for, at most."""


def find_quotes(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    foreign = read_foreign(options.foreign) if options.foreign else invented_sentences(_FOREIGN)
    library = Library.open(settings.home / "library.db")
    index = CurrentIndex(settings.home)
    try:
        ensure_index(settings, library)
        drawn = draw_sentences(library, options.count)
        if not drawn:
            raise WrongUse("the library holds no whole sentences", "add some reports with `python -m ingest add`")
        documents, passages = library.count_documents(), library.count_passages()
        with Progress(sys.stderr, 1) as progress:
            tracing = trace(
                drawn,
                foreign,
                Finder(library, index).find,
                lambda done, total: progress.tell(f"{done} of {total} sentences"),
            )
    finally:
        index.close()
        library.close()
    if options.json:
        print_json({"documents": documents, "passages": passages, **asdict(tracing)})
    else:
        _print_tracing(tracing, documents, passages)
    return 0


def read_foreign(folder: Path) -> list[str]:
    """Sentences of the .txt and .md files of a folder that are no part of the library. Raises WrongUse."""
    try:
        texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in (".txt", ".md")]
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"the texts in {folder} cannot be read ({error})", "give plain texts in UTF-8") from error
    found = foreign_sentences(texts, _FOREIGN)
    if not found:
        raise WrongUse(f"no .txt or .md file in {folder} holds a whole sentence", "name another folder with --foreign")
    return found


def _print_tracing(tracing: Tracing, documents: int, passages: int) -> None:
    print(f"{documents} reports, {passages:,} passages")
    share = tracing.first / tracing.sentences
    print(f"{tracing.first} of {tracing.sentences} distorted sentences: the right place came first ({share:.1%})")
    print(f"  median {tracing.median_ms:.0f} ms, 95th percentile {tracing.p95_ms:.0f} ms")
    words = f"{tracing.foreign} sentences that no report says"
    print(f"{words}: {tracing.false_altered} taken for altered, {tracing.false_verbatim} for verbatim")
    for text in tracing.wrong:
        print(f"  not traced: {text}")

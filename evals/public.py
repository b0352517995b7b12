"""`retrieval` and `answers`: public sets in the common layout, ours beside the baselines."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.ask import Assistant
from assistant.retrieve import Scope
from corpus.command import print_json, settings_for
from corpus.embedding import Embedder, embedder_digest, load_embedder
from corpus.files import writing
from corpus.index import CurrentIndex, build_index, index_is_current
from corpus.library import Library
from corpus.progress import Progress
from corpus.settings import Settings
from evals.benchmarks import (
    answer_query,
    benchmark_home,
    bind_records,
    judged_queries,
    rank_queries,
    scope_of,
    summarise_answers,
)
from evals.cases import Benchmark, read_benchmark
from evals.peers import our_systems, tutorial_pipeline
from evals.statistics import Estimate, compare_paired
from ingest.add import Desk, add_pages
from ingest.reading import Limits


@dataclass(frozen=True, slots=True)
class Shelf:
    """A benchmark as a library, embedded and indexed."""

    benchmark: Benchmark
    library: Library
    index: CurrentIndex
    embedder: Embedder


def retrieve_public(options: argparse.Namespace) -> int:
    with Progress(sys.stderr, 1) as progress, _shelf(options, progress) as shelf:
        progress.tell("building the tutorial pipeline")
        texts = {record.id: record.text for record in shelf.benchmark.records}
        tutorial = tutorial_pipeline(texts, shelf.embedder) if not options.scoped else None
        generation = shelf.index.generation()
        everything = Scope(None)
        ranking = rank_queries(
            shelf.benchmark,
            judged_queries(shelf.benchmark, options.limit),
            shelf.embedder,
            lambda scope: {
                **our_systems(shelf.library, generation, scope),
                **({"tutorial": tutorial} if tutorial else {}),
            },
            scoped=scope_of(shelf.library, shelf.benchmark) if options.scoped else lambda _: everything,
            on_query=lambda done, total: progress.tell(f"{done} of {total} queries"),
        )
    summary = ranking.summarise()
    if options.json:
        systems = {
            name: {measure: asdict(value) for measure, value in found.items()} for name, found in summary.items()
        }
        records, queries = len(shelf.benchmark.records), len(ranking.queries)
        print_json({"set": shelf.benchmark.name, "documents": records, "queries": queries, "systems": systems})
        return 0
    print(f"{shelf.benchmark.name}: {len(shelf.benchmark.records)} documents, {len(ranking.queries)} queries")
    ours = ranking.systems["ours"]["ndcg@10"]
    for name, found in summary.items():
        by = compare_paired(ranking.systems[name]["ndcg@10"], ours)
        against = "" if name == "ours" else f"  ours {by.value:+.3f} [{by.low:+.3f}, {by.high:+.3f}]"
        print(f"  {name:9}" + "".join(f"  {measure} {_shown(value)}" for measure, value in found.items()) + against)
    return 0


def answer_public(options: argparse.Namespace) -> int:
    with Progress(sys.stderr, 1) as progress, _shelf(options, progress) as shelf:
        assistant = Assistant(shelf.library, shelf.index, shelf.embedder)
        scope = scope_of(shelf.library, shelf.benchmark)
        queries = list(shelf.benchmark.queries)[: options.limit]
        answered = []
        for number, query in enumerate(queries, start=1):
            documents = scope(query).documents if options.scoped else None
            slugs = tuple(document.slug for document in documents or ())
            answered.append(answer_query(query, assistant.ask, slugs))
            progress.tell(f"{number} of {len(queries)} queries")
    summary = summarise_answers(answered)
    if options.json:
        measured = {name: asdict(value) for name, value in summary.items()}
        records = len(shelf.benchmark.records)
        form = {"set": shelf.benchmark.name, "documents": records, "queries": len(queries)}
        print_json({**form, "systems": {"ours": measured}})
        return 0
    print(f"{shelf.benchmark.name}: {len(shelf.benchmark.records)} documents, {len(queries)} queries")
    for name, value in summary.items():
        print(f"  {name:26} {_shown(value)}  n={value.n}")
    return 0


@contextmanager
def _shelf(options: argparse.Namespace, progress: Progress) -> Iterator[Shelf]:
    """The set as a library of its own under cache/, made on the first run and kept: it is embedded once."""
    settings = settings_for(options)
    benchmark = read_benchmark(options.folder)
    home = benchmark_home(settings.home / "cache" / "benchmarks", benchmark)
    load = functools.cache(lambda: load_embedder(settings.library.embedder, threads=None))
    with writing(home):
        library = Library.open(home / "library.db")
        try:
            _fill(benchmark, _desk(home, library, settings, load), progress)
            yield Shelf(benchmark, library, CurrentIndex(home), load())
        finally:
            library.close()


def _fill(benchmark: Benchmark, desk: Desk, progress: Progress) -> None:
    add_pages(
        bind_records(benchmark.records),
        desk,
        lambda done, total: progress.tell(f"embedding {benchmark.name}: {done} of {total} documents"),
    )
    if not index_is_current(desk.home, desk.library, desk.embedder_digest):
        progress.tell(f"building the index of {benchmark.name}")
        build_index(desk.home, desk.library, desk.load_embedder().fingerprint)


def _desk(home: Path, library: Library, settings: Settings, load: functools._lru_cache_wrapper[Embedder]) -> Desk:
    digest = embedder_digest(settings.library.embedder)
    limits = Limits(settings.reader.seconds, settings.reader.memory_mb, settings.reader.file_mb)
    return Desk(home, library, digest, load, settings.library.passage_pieces, limits)


def _shown(value: Estimate) -> str:
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"

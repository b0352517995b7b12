"""`retrieval` and `answers`: public sets in the common layout, ours beside the baselines."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from langchain_chroma import Chroma

from assistant.ask import Assistant
from assistant.opening import open_reranker, set_up
from assistant.retrieve import Scope
from assistant.room import Asks
from corpus.command import print_json, settings_for
from corpus.embedding import Embedder, embedder_digest, load_embedder
from corpus.errors import WrongUse
from corpus.files import writing
from corpus.index import CurrentIndex, build_index, index_is_current
from corpus.library import Library
from corpus.progress import Progress
from corpus.schema import SCHEMA_VERSION
from corpus.settings import Settings
from evals.benchmarks import (
    Ranking,
    answer_query,
    benchmark_home,
    bind_records,
    judged_queries,
    rank_conversations,
    rank_queries,
    record_hash,
    scope_of,
    summarise_answers,
)
from evals.cases import Benchmark, Query, read_benchmark
from evals.peers import LastTurn, Rank, TopPassage, our_systems, rank_by_tutorial, tutorial_store
from evals.remembered import RememberingEmbedder, remember_vectors
from evals.spans import read_spans, retrieve_ours, retrieve_tutorial, score_spans
from evals.statistics import Difference, Estimate, compare_paired
from ingest.add import Desk
from ingest.bound import add_pages
from ingest.reading import limits_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """A benchmark as a library, embedded and indexed."""

    benchmark: Benchmark
    library: Library
    index: CurrentIndex
    embedder: Embedder


def retrieve_public(options: argparse.Namespace) -> int:
    with Progress(sys.stderr, 1) as progress, open_shelf(options, progress) as shelf:
        progress.tell("building the tutorial pipeline")
        generation, reranker = shelf.index.generation(), open_reranker(settings_for(options))
        store = tutorial_store({record.id: record.text for record in shelf.benchmark.records}, shelf.embedder)
        tutorial: dict[str, Rank] = {} if options.scoped else {"tutorial": rank_by_tutorial(store)}
        everything = Scope(None)
        scoped = scope_of(shelf.library, shelf.benchmark) if options.scoped else lambda _: everything
        queries = judged_queries(shelf.benchmark, options.limit)
        ranking = rank_queries(
            shelf.benchmark,
            queries,
            shelf.embedder,
            lambda scope: {**our_systems(shelf.library, generation, scope, reranker), **tutorial},
            scoped=scoped,
            on_query=lambda done, total: progress.count(done, total, "queries"),
        )
        following = _rank_follow_ups(shelf, queries, scoped, progress)
        spans = _measure_spans(options.folder / "spans.jsonl", shelf, store)
    if options.json:
        print_json(_retrieval_form(shelf.benchmark, ranking, following, spans))
    else:
        _print_retrieval(shelf.benchmark, ranking, following, spans)
    return 0


def _rank_follow_ups(
    shelf: Shelf, queries: list[Query], scoped: Callable[[Query], Scope], progress: Progress
) -> Ranking | None:
    """Ours with the conversation before a query, and with its last turn alone; None where no query has one."""
    if not any(query.history for query in queries):
        return None
    assistant = Assistant(shelf.library, shelf.index, shelf.embedder)
    return rank_conversations(
        shelf.benchmark,
        queries,
        {"with-history": assistant.ask, "last-turn": LastTurn(assistant).ask},
        scoped=scoped,
        on_query=lambda done, total: progress.count(done, total, "follow-ups"),
    )


def _follow_up_gain(following: Ranking) -> dict[str, Difference]:
    """Per measure what the conversation adds, paired by query."""
    with_history, last_turn = following.systems["with-history"], following.systems["last-turn"]
    return {name: compare_paired(last_turn[name], values) for name, values in with_history.items()}


def _retrieval_form(
    benchmark: Benchmark, ranking: Ranking, following: Ranking | None, spans: Mapping[str, Mapping[str, Estimate]]
) -> dict[str, object]:
    summary = ranking.summarise() | (following.summarise() if following else {})
    systems = {name: _forms(found) | _forms(spans.get(name, {})) for name, found in summary.items()}
    gain = {name: asdict(value) for name, value in _follow_up_gain(following).items()} if following else None
    return _form(benchmark, len(ranking.queries), systems) | {"follow_up_gain": gain}


def _print_retrieval(
    benchmark: Benchmark, ranking: Ranking, following: Ranking | None, spans: Mapping[str, Mapping[str, Estimate]]
) -> None:
    print(_head(benchmark, len(ranking.queries)))
    ours = ranking.systems["ours"]["ndcg@10"]
    for name, found in ranking.summarise().items():
        by = compare_paired(ranking.systems[name]["ndcg@10"], ours)
        _print_row(name, found, "" if name == "ours" else f"  ours {_shown_difference(by)}")
    if following:
        print(f"  of these, {len(following.queries)} queries with a conversation before them, ours:")
        for name, found in following.summarise().items():
            _print_row(name, found)
        print(f"  gain in ndcg@10 {_shown_difference(_follow_up_gain(following)['ndcg@10'])}")
    for name, measured in spans.items():
        _print_row(name, measured)


def _print_row(name: str, found: Mapping[str, Estimate], more: str = "") -> None:
    print(f"  {name:12}" + "".join(f"  {measure} {_shown(value)}" for measure, value in found.items()) + more)


def answer_public(options: argparse.Namespace) -> int:
    with Progress(sys.stderr, 1) as progress, open_shelf(options, progress) as shelf:
        scope = scope_of(shelf.library, shelf.benchmark)
        queries = shelf.benchmark.queries[: options.limit]
        if not queries:
            raise WrongUse(f"{shelf.benchmark.name} holds no query", "write its queries into queries.jsonl")
        systems: dict[str, Asks] = {
            "ours": set_up(settings_for(options), shelf.library, shelf.index, shelf.embedder),
            "top-passage": TopPassage(shelf.library, shelf.index, shelf.embedder),
        }
        summary = {}
        for name, system in systems.items():
            answered = []
            for number, query in enumerate(queries, start=1):
                documents = scope(query).documents if options.scoped else None
                slugs = tuple(document.slug for document in documents or ())
                answered.append(answer_query(query, system.ask, slugs))
                progress.count(number, len(queries), f"queries asked of {name}")
            summary[name] = summarise_answers(answered)
    if options.json:
        print_json(_form(shelf.benchmark, len(queries), {name: _forms(found) for name, found in summary.items()}))
        return 0
    print(_head(shelf.benchmark, len(queries)))
    for name, found in summary.items():
        for measure, value in found.items():
            print(f"  {name:12} {measure:26} {_shown(value)}  n={value.n}")
    return 0


def _measure_spans(path: Path, shelf: Shelf, store: Chroma) -> dict[str, dict[str, Estimate]]:
    """Where the set says which characters answer: how the passages of ours and of the tutorial hold them."""
    if not path.exists():
        return {}
    hashes = {record.id: record_hash(record) for record in shelf.benchmark.records}
    retrievers = {
        "ours": (retrieve_ours(shelf.library, shelf.index.generation()), read_spans(path, hashes)),
        "tutorial": (retrieve_tutorial(store), read_spans(path, {name: name for name in hashes})),
    }
    found = {}
    for name, (retrieve, wanted) in retrievers.items():
        queries = [query for query in shelf.benchmark.queries if query.id in wanted]
        if not queries:
            continue
        score = score_spans(queries, wanted, shelf.embedder, retrieve)
        found[name] = {"character_recall": score.recall, "character_precision": score.precision}
    return found


def _head(benchmark: Benchmark, queries: int) -> str:
    return f"{benchmark.name}: {len(benchmark.records)} documents, {queries} queries"


def _form(benchmark: Benchmark, queries: int, systems: object) -> dict[str, object]:
    return {"set": benchmark.name, "documents": len(benchmark.records), "queries": queries, "systems": systems}


def _forms(found: Mapping[str, Estimate]) -> dict[str, dict[str, float]]:
    return {measure: asdict(value) for measure, value in found.items()}


@contextmanager
def open_shelf(options: argparse.Namespace, progress: Progress) -> Iterator[Shelf]:
    """The set as a library of its own under cache/, made on the first run and kept.

    Its vectors stand beside it, so that the set is embedded once, also where the form of a library changes.
    """
    settings = settings_for(options)
    benchmark = read_benchmark(options.folder)
    cache = benchmark_home(settings.home / "cache" / "benchmarks", benchmark)
    home = cache / f"form-{SCHEMA_VERSION}"

    @functools.cache
    def load() -> RememberingEmbedder:
        return closing.enter_context(remember_vectors(load_embedder(settings.library.embedder, settings.home), cache))

    with writing(cache), ExitStack() as closing:
        library = Library.open(home / "library.db")
        closing.callback(library.close)
        _fill(benchmark, _desk(home, library, settings, load), progress)
        yield Shelf(benchmark, library, CurrentIndex(home), load())


def _fill(benchmark: Benchmark, desk: Desk, progress: Progress) -> None:
    add_pages(
        bind_records(benchmark.records),
        desk,
        lambda done, total: progress.count(done, total, f"documents of {benchmark.name} embedded"),
    )
    if not index_is_current(desk.home, desk.library, desk.embedder_digest):
        progress.tell(f"building the index of {benchmark.name}")
        build_index(desk.home, desk.library, desk.load_embedder().fingerprint)


def _desk(home: Path, library: Library, settings: Settings, load: Callable[[], Embedder]) -> Desk:
    digest = embedder_digest(settings.library.embedder)
    limits = limits_of(settings.reader)
    return Desk(home, library, digest, load, settings.library.passage_pieces, limits)


def _shown(value: Estimate) -> str:
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"


def _shown_difference(by: Difference) -> str:
    return f"{by.value:+.3f} [{by.low:+.3f}, {by.high:+.3f}]"

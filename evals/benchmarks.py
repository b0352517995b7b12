"""Public sets through the path that users get: documents become documents, their texts passages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

from assistant.answers import Answer, Question
from assistant.retrieve import Asked, Scope
from corpus.documents import Document, Filters, Sheet
from corpus.embedding import Embedder
from corpus.errors import WrongUse
from corpus.library import Library
from evals.cases import Benchmark, Query, Record
from evals.metrics import answer_inclusion, confidence, exact_match, token_f1
from evals.peers import Rank
from evals.statistics import Estimate, estimate_area, estimate_each
from ingest.bound import Bound
from ingest.raw import raw_page

_MEASURES = {"ndcg@10": nDCG @ 10, "recall@10": R @ 10, "mrr@10": RR @ 10}
_ENCODED_TOGETHER = 64

Systems = Callable[[Scope], Mapping[str, Rank]]
OnQuery = Callable[[int, int], None]
Ask = Callable[[Question], Iterator[Answer]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the systems retrieved for the same queries: per system and measure, one value for each query, in order."""

    queries: tuple[str, ...]
    systems: Mapping[str, Mapping[str, tuple[float, ...]]]

    def summarise(self) -> dict[str, dict[str, Estimate]]:
        return {system: estimate_each(measured) for system, measured in self.systems.items()}


def bind_records(records: Sequence[Record]) -> list[Bound]:
    """Each record as a document with one page. Its slug is its id's hash, since ids may hold anything."""
    return [
        Bound(
            Document(record_hash(record), record_hash(record), record.title, language=record.language),
            (raw_page(1, None, Sheet(record.text)),),
        )
        for record in records
    ]


def record_hash(record: Record) -> str:
    return hashlib.sha256(f"{record.id}\0{record.title}\0{record.text}".encode()).hexdigest()


def benchmark_home(cache: Path, benchmark: Benchmark) -> Path:
    """Where the set's library is kept from run to run, by its contents: it is embedded once."""
    combined = hashlib.sha256("".join(sorted(record_hash(record) for record in benchmark.records)).encode())
    return cache / f"{benchmark.name}-{combined.hexdigest()[:12]}"


def judged_queries(benchmark: Benchmark, limit: int | None) -> list[Query]:
    """The first queries that have judgements. Raises WrongUse where there is none."""
    judged = [query for query in benchmark.queries if query.id in benchmark.judgements][:limit]
    if not judged:
        raise WrongUse(f"no query of {benchmark.name} has a judgement", "name its queries in qrels.tsv")
    return judged


def rank_queries(
    benchmark: Benchmark,
    queries: Sequence[Query],
    embedder: Embedder,
    systems: Systems,
    *,
    scoped: Callable[[Query], Scope],
    on_query: OnQuery,
) -> Ranking:
    """The ranking measures of every system over the queries; a document's rank is that of its best passage."""
    by_hash = {record_hash(record): record.id for record in benchmark.records}
    runs: dict[str, list[ScoredDoc]] = {}
    for start in range(0, len(queries), _ENCODED_TOGETHER):
        some = queries[start : start + _ENCODED_TOGETHER]
        for query, vector in zip(some, embedder.encode([query.text for query in some]), strict=True):
            for name, rank in systems(scoped(query)).items():
                found = rank(Asked(query.text, vector))
                runs.setdefault(name, []).extend(
                    ScoredDoc(query.id, by_hash.get(document, document), -float(place))
                    for place, document in enumerate(found)
                )
        on_query(start + len(some), len(queries))
    return _measure(benchmark, queries, runs)


def rank_conversations(
    benchmark: Benchmark,
    queries: Sequence[Query],
    systems: Mapping[str, Ask],
    *,
    scoped: Callable[[Query], Scope],
    on_query: OnQuery,
) -> Ranking:
    """The ranking measures of every system over the queries that carry history, of which there is at least one.

    A system is asked as a user asks it; a document's rank is that of its best passage among those considered.
    """
    following = [query for query in queries if query.history]
    by_hash = {record_hash(record): record.id for record in benchmark.records}
    runs: dict[str, list[ScoredDoc]] = {name: [] for name in systems}
    for number, query in enumerate(following, start=1):
        slugs = tuple(document.slug for document in scoped(query).documents or ())
        for name, ask in systems.items():
            found = considered_documents(ask, Question(query.text, query.history, Filters(documents=slugs)))
            runs[name] += [ScoredDoc(query.id, by_hash[slug], -float(place)) for place, slug in enumerate(found)]
        on_query(number, len(following))
    return _measure(benchmark, following, runs)


def considered_documents(ask: Ask, question: Question) -> list[str]:
    """The slugs of the documents that are considered for an answer, best first; the answer itself is not waited for."""
    for answer in ask(question):
        if answer.considered:
            return list(dict.fromkeys(considered.document for considered in answer.considered))
    return []


def _measure(benchmark: Benchmark, queries: Sequence[Query], runs: Mapping[str, list[ScoredDoc]]) -> Ranking:
    names = tuple(query.id for query in queries)
    judged = [Qrel(name, document, grade) for name in names for document, grade in benchmark.judgements[name].items()]
    return Ranking(names, {name: _score(judged, run, names) for name, run in runs.items()})


def _score(judged: list[Qrel], run: list[ScoredDoc], names: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Per measure a value for each query; 0 where nothing was found."""
    evaluator = ir_measures.evaluator(list(_MEASURES.values()), judged)
    found: dict[tuple[str, str], float] = {
        (str(metric.measure), metric.query_id): metric.value for metric in evaluator.iter_calc(run)
    }
    return {
        label: tuple(found.get((str(measure), name), 0.0) for name in names) for label, measure in _MEASURES.items()
    }


# Answers


@dataclass(frozen=True, slots=True)
class Answered:
    """One query with what was said: the words (the nearest ones, where it did not answer) and how sure it was."""

    query: Query
    said: str
    answered: bool
    confidence: float


def answer_query(query: Query, ask: Ask, documents: tuple[str, ...]) -> Answered:
    *_, answer = ask(Question(query.text, query.history, Filters(documents=documents)))
    nearest = answer.abstention.nearest if answer.abstention else ()
    said = " ".join([sentence.text for sentence in answer.sentences] or [citation.quote for citation in nearest])
    return Answered(query, said, answer.answered, confidence(answer))


def summarise_answers(answered: Sequence[Answered]) -> dict[str, Estimate]:
    """The measures of answering: over answerable queries, over unanswerable ones, and over confidence.

    Over at least one query; a measure that applies to none is left out.
    """
    answerable = [one for one in answered if one.query.answerable and one.query.answers]
    unanswerable = [one for one in answered if not one.query.answerable]
    errors = [1.0 if not one.query.answerable else 1.0 - _said_right(one) for one in answered]
    measured = {
        "exact_match": [one.answered * exact_match(one.query.answers, one.said) for one in answerable],
        "token_f1": [one.answered * token_f1(one.query.answers, one.said) for one in answerable],
        "answer_inclusion": [one.answered * _said_right(one) for one in answerable],
        "answered_of_answerable": [float(one.answered) for one in answerable],
        "declined_of_unanswerable": [float(not one.answered) for one in unanswerable],
    }
    return estimate_each(measured) | {"aurc": estimate_area([one.confidence for one in answered], errors)}


def _said_right(one: Answered) -> float:
    return answer_inclusion(one.query.answers, one.said)


def scope_of(library: Library, benchmark: Benchmark) -> Callable[[Query], Scope]:
    """For `--scoped`: the documents whose id, or whose id's part before a colon, is the query's scope."""
    by_scope: dict[str, list[str]] = {}
    for record in benchmark.records:
        for name in {record.id, record.id.rpartition(":")[0] or record.id, record.title}:
            by_scope.setdefault(name, []).append(record_hash(record))

    def scope(query: Query) -> Scope:
        hashes = by_scope.get(query.scope or "")
        return Scope(tuple(library.documents_by_hash(hashes).values()) if hashes else None)

    return scope

"""Cases: questions and what must come back. Readers of our own sets and of public benchmarks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answers import Question, Turn
from corpus.documents import Filters
from corpus.errors import NotFound, WrongUse
from corpus.library import Library

_Read = TypeVar("_Read")
Expectation = Literal["answer", "abstain", "decline", "help"]


@dataclass(frozen=True, slots=True)
class Place:
    """A report, by slug, and the physical pages on which a right answer stands."""

    slug: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what must come back.

    `facts`: every inner tuple holds alternatives; one between slashes is a regular expression. `part` is `tune` or
    `test`; what is set aside for testing is never tuned on.
    """

    id: str
    question: Question
    expect: Expectation
    places: tuple[Place, ...] = ()
    quotes: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    type: str = "unsorted"
    language: str = "en"
    source: str | None = None
    part: str = "tune"
    answers: tuple[str, ...] = field(default=())


class _Turn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    role: Literal["user", "assistant"]
    text: str


class _Filters(BaseModel):
    model_config = ConfigDict(extra="forbid")
    years: tuple[int, ...] = ()
    series: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class _Place(BaseModel):
    model_config = ConfigDict(extra="forbid")
    slug: str
    pages: tuple[Annotated[int, Field(ge=1)], ...] = ()


class _Case(BaseModel):
    """The form of a case on a line, as outside programs write it."""

    model_config = ConfigDict(extra="forbid")
    id: Annotated[str, Field(min_length=1)]
    question: str
    expect: Expectation
    history: tuple[_Turn, ...] = ()
    filters: _Filters = _Filters()
    documents: tuple[_Place, ...] = ()
    quotes: tuple[str, ...] = ()
    facts: tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...] = ()
    must_not: tuple[str, ...] = ()
    type: str = "unsorted"
    language: str = "en"
    source: str | None = None
    part: Literal["tune", "test"] = "tune"


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, or of every .jsonl file of a folder. Raises WrongUse with file and line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    cases: dict[str, Case] = {}
    for file in files:
        for where, line in _lines(file):
            case = _read_case(line, where)
            if case.id in cases:
                raise WrongUse(f"{where}: the id {case.id} stands twice", "give every case an id of its own")
            cases[case.id] = case
    if not cases:
        raise WrongUse(f"there is no case in {path}", "name a .jsonl file or a folder of them")
    return list(cases.values())


def check_cases(cases: list[Case], library: Library) -> list[str]:
    """What in the cases is not so in the library: unknown slugs, pages, quotes that stand on no page named."""
    problems = []
    pages: dict[str, dict[int, str]] = {}
    for case in cases:
        texts = []
        for place in case.places:
            try:
                document = library.document(place.slug)
            except NotFound:
                problems.append(f"{case.id}: there is no report {place.slug}")
                continue
            known = pages.setdefault(place.slug, {page.number: page.text for page in library.pages(document.sha256)})
            problems += [f"{case.id}: {place.slug} has no page {page}" for page in place.pages if page not in known]
            texts += [known[page] for page in place.pages if page in known]
        quotes = [quote for quote in case.quotes if not any(quote in text for text in texts)]
        problems += [f"{case.id}: on none of its pages stands {quote[:80]!r}" for quote in quotes]
    return problems


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{file} cannot be read as text", "name a file of cases, one JSON object a line") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield f"{file.name}, line {number}", line


def _read_case(line: str, where: str) -> Case:
    try:
        raw = _Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the line"
        raise WrongUse(
            f"{where}: {name}: {first['msg'].lower()}", "correct it; `evals/questions` has examples"
        ) from error
    turns = tuple(Turn(turn.role, turn.text) for turn in raw.history)
    return Case(
        raw.id,
        Question(raw.question, turns, Filters(**raw.filters.model_dump())),
        raw.expect,
        tuple(Place(place.slug, place.pages) for place in raw.documents),
        raw.quotes,
        raw.facts,
        raw.must_not,
        raw.type,
        raw.language,
        raw.source,
        raw.part,
    )


# Public benchmarks in the common layout


@dataclass(frozen=True, slots=True)
class Record:
    """One document of a benchmark: a single page."""

    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a benchmark; `scope` is the document that it is about, where the set says so."""

    id: str
    text: str
    answerable: bool
    answers: tuple[str, ...]
    history: tuple[Turn, ...]
    scope: str | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A public set: its documents, its queries, and the graded relevance of documents by query id."""

    name: str
    records: tuple[Record, ...]
    queries: tuple[Query, ...]
    judgements: Mapping[str, Mapping[str, int]]


def read_benchmark(folder: Path) -> Benchmark:
    """A folder with corpus.jsonl, queries.jsonl and qrels.tsv. Fields that we do not know are passed over."""
    records = _read_all(folder / "corpus.jsonl", _read_record)
    queries = _read_all(folder / "queries.jsonl", _read_query)
    judgements: dict[str, dict[str, int]] = {}
    for _, line in list(_lines(folder / "qrels.tsv"))[1:]:
        query, document, relevance = line.split("\t")[:3]
        judgements.setdefault(query, {})[document] = int(relevance)
    return Benchmark(folder.name, tuple(records), tuple(queries), judgements)


def _read_all(path: Path, read: Callable[[dict[str, Any]], _Read]) -> list[_Read]:
    found = []
    for where, line in _lines(path):
        try:
            found.append(read(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise WrongUse(f"{where}: not a record of a benchmark ({error})", "see the layout in the README") from error
    return found


def _read_record(raw: dict[str, Any]) -> Record:
    return Record(raw["id"], raw.get("title") or "", raw["text"], raw.get("lang") or "en")


def _read_query(raw: dict[str, Any]) -> Query:
    turns = tuple(Turn(turn["role"], turn["text"]) for turn in raw.get("history") or ())
    answers = tuple(raw.get("answers") or ())
    scope = raw.get("doc_scope")
    return Query(raw["id"], raw["text"], raw.get("answerable", True), answers, turns, scope)

"""Cases: questions and what must come back. Readers of our own sets and of public benchmarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.answers import Question, Turn
from corpus.documents import Filters
from corpus.errors import NotFound, WrongUse
from corpus.library import Library

_Form = TypeVar("_Form", bound=BaseModel)
_CASES = "name a file of cases, one JSON object a line"
_FOLDER = "name a folder that holds corpus.jsonl, queries.jsonl and qrels.tsv"
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
    `test`; what is set aside for testing is never tuned on. `where` is the file and line that it was read from.
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
    where: str = ""


def pattern_of(fact: str) -> str | None:
    """The regular expression between a fact's slashes; None for a fact that is plain words."""
    return fact[1:-1] if len(fact) > 2 and fact.startswith("/") and fact.endswith("/") else None


def _check_pattern(fact: str) -> str:
    try:
        re.compile(pattern_of(fact) or "")
    except re.error as error:
        raise ValueError(f"{fact} is no regular expression ({error})") from error
    return fact


_Fact = Annotated[str, AfterValidator(_check_pattern)]


def _check_question(question: str) -> str:
    if not any(map(str.isalnum, question)):
        raise ValueError("it asks nothing")
    return question


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
    question: Annotated[str, AfterValidator(_check_question)]
    expect: Expectation
    history: tuple[_Turn, ...] = ()
    filters: _Filters = _Filters()
    documents: tuple[_Place, ...] = ()
    quotes: tuple[str, ...] = ()
    facts: tuple[Annotated[tuple[_Fact, ...], Field(min_length=1)], ...] = ()
    must_not: tuple[_Fact, ...] = ()
    type: str = "unsorted"
    language: str = "en"
    source: str | None = None
    part: Literal["tune", "test"] = "tune"


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, or of every .jsonl file of a folder. Raises WrongUse with file and line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    cases: dict[str, Case] = {}
    for file in files:
        for line in read_lines(file, _CASES):
            case = _read_case(line)
            where = line.where
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
    slugs = {document.slug.casefold() for document in library.documents()}
    for case in cases:
        texts = []
        unknown = [slug for slug in case.question.filters.documents if slug.casefold() not in slugs]
        problems += [f"{case.where}: {case.id}: there is no report {slug} to filter by" for slug in unknown]
        for place in case.places:
            try:
                document = library.document(place.slug)
            except NotFound:
                problems.append(f"{case.where}: {case.id}: there is no report {place.slug}")
                continue
            known = pages.setdefault(place.slug, {page.number: page.text for page in library.pages(document.sha256)})
            problems += [
                f"{case.where}: {case.id}: {place.slug} has no page {page}" for page in place.pages if page not in known
            ]
            texts += [known[page] for page in place.pages if page in known]
        quotes = [quote for quote in case.quotes if not any(quote in text for text in texts)]
        problems += [f"{case.where}: {case.id}: on none of its pages stands {quote[:80]!r}" for quote in quotes]
    return problems


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file that is not blank, and where it stands, in words."""

    where: str
    text: str


def read_lines(file: Path, remedy: str) -> list[Line]:
    """Raises WrongUse, with the remedy, for a file that is not there or is no text. Lines end with a line feed only."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{file} cannot be read as text", remedy) from error
    return [Line(f"{file.name}, line {number}", line) for number, line in enumerate(lines, start=1) if line.strip()]


def parse_line(line: Line, form: type[_Form], remedy: str) -> _Form:
    """A line of JSON in its form. Raises WrongUse with file, line and the field that is wrong."""
    try:
        return form.model_validate_json(line.text)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the line"
        message = first["msg"].removeprefix("Value error, ")
        raise WrongUse(f"{line.where}: {name}: {message[:1].lower()}{message[1:]}", remedy) from error


def _read_case(line: Line) -> Case:
    raw = parse_line(line, _Case, "correct it; `evals/questions` has examples")
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
        line.where,
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


class _Record(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)
    id: str
    text: str
    title: str | None = None
    lang: str | None = None


class _Query(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)
    id: str
    text: str
    answerable: bool = True
    answers: tuple[str, ...] | None = None
    history: tuple[_Turn, ...] | None = None
    doc_scope: str | None = None


def read_benchmark(folder: Path) -> Benchmark:
    """A folder with corpus.jsonl, queries.jsonl and qrels.tsv. Fields that we do not know are passed over."""
    records: list[Record] = []
    queries: list[Query] = []
    known: set[tuple[str, str]] = set()
    for line in read_lines(folder / "corpus.jsonl", _FOLDER):
        record = parse_line(line, _Record, "a line of corpus.jsonl holds a JSON object with id, title, text and lang")
        _require_new(line, "record", record.id, known)
        records.append(Record(record.id, record.title or "", record.text, record.lang or "en"))
    for line in read_lines(folder / "queries.jsonl", _FOLDER):
        query = parse_line(
            line,
            _Query,
            "a line of queries.jsonl holds a JSON object with id, text, lang, answerable, answers and history",
        )
        _require_new(line, "query", query.id, known)
        turns = tuple(Turn(turn.role, turn.text) for turn in query.history or ())
        queries.append(Query(query.id, query.text, query.answerable, query.answers or (), turns, query.doc_scope))
    judgements = _read_judgements(read_lines(folder / "qrels.tsv", _FOLDER)[1:])
    return Benchmark(folder.resolve().name, tuple(records), tuple(queries), judgements)


def _require_new(line: Line, kind: str, name: str, known: set[tuple[str, str]]) -> None:
    """Raises WrongUse for a name that stands there twice; others are known from now on."""
    if (kind, name) in known:
        raise WrongUse(f"{line.where}: the {kind} {name} stands twice", f"give every {kind} an id of its own")
    known.add((kind, name))


def _read_judgements(lines: Sequence[Line]) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    for line in lines:
        try:
            query, document, relevance = line.text.split("\t")[:3]
            judgements.setdefault(query, {})[document] = int(relevance)
        except ValueError as error:
            raise WrongUse(
                f"{line.where}: not a judgement",
                "a line of qrels.tsv holds a query's id, a document's id and a whole number, separated by tabs",
            ) from error
    return judgements

"""The nouns of the assistant: Question, Citation, Sentence, Abstention, Notice, Answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus.documents import Document, Filters, Part

Status = Literal["verbatim", "supported", "unsupported"]
Rewritten = Literal["", "rule", "model"]
Mode = Literal["extractive", "model", "extractive-after-model-failure"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said earlier in a conversation. `role` is `user` or `assistant`.

    `ignored`: filters that were read from it and taken away by the user.
    """

    role: str
    text: str
    ignored: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `as_written`: no filters are read from the text; those in `filters` hold alone.

    `ignored`: filters that are not read from it, although it may name them: the user took them away. `model` names a
    chat model that is set up, or `none`; None for the one set as default.
    """

    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)
    as_written: bool = False
    model: str | None = None
    ignored: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class QuotePart:
    """The part of a quote that stands on one page: `quote` is that page's text from `start` to `end`, code points."""

    page: int
    label: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of one document, one part for each page they stand on, and their permanent link.

    `also`: the other places that say it in nearly the same words, each with its own quote. `passage_language`: two
    letters, None where the words are in the language of the document. `frame`: the country or the years that the words
    are about by what they stand under, where they do not say so themselves; empty where nothing is to be added.
    `source`: whom the note at their end names as their source; None where none does.
    """

    number: int
    document: Document
    parts: tuple[QuotePart, ...]
    link: str
    score: float = 0.0
    also: tuple[Citation, ...] = ()
    passage_language: str | None = None
    frame: str = ""
    source: str | None = None

    @property
    def language(self) -> str:
        """That of the words, two letters."""
        return self.passage_language or self.document.language

    @property
    def quote(self) -> str:
        return " ".join(part.quote for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer. `citations` are numbers into the answer's citations.

    `speaker` is the source that the sentence names for what it says, or else the note at its end, in the report's own
    words; None where neither names one.
    `about` is the side of the question that it was chosen for, in the question's words; None where it is for all of it.
    """

    text: str
    status: Status
    citations: tuple[int, ...]
    speaker: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer. `missing` names what was asked about and is nowhere in the evidence.

    `language` is that of the reason.
    """

    kind: Literal["not-in-library", "declined", "help", "empty-library"]
    reason: str
    missing: tuple[str, ...] = ()
    documents: int = 0
    passages: int = 0
    nearest: tuple[Citation, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Notice:
    """Words of ours that no report says, in that `language`. `kind` is help, fallback, language or greeting."""

    kind: Literal["help", "fallback", "language", "greeting"]
    text: str
    source: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Lead:
    """Words of ours that open an answer: what is shown, of how many. `found` counts all that there are."""

    text: str
    found: int
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a report that are to be quoted: where they stand, not yet proven."""

    document: Document
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer put together from known places, not from a search: what to quote in order, and how it opens.

    Without excerpts, the lead says why there is nothing to quote.
    """

    lead: Lead
    excerpts: tuple[Excerpt, ...] = ()


CellState = Literal["said", "no-such-measure", "did-not-take-part", "not-found"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report says of one country: its own words by citation number, or which kind of nothing it is.

    `no-such-measure`: the report says that there is none. `did-not-take-part`: the country gave it no answers; cited
    where the report's words say so, else known from who took part. `not-found`: it took part, or may have. `heads`:
    the number of the citation that says what the table is and what its columns are.
    """

    document: Document
    state: CellState
    citation: int | None = None
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One country of a table, by ISO code and English name, with one cell for each report."""

    code: str
    country: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure for which another report, or the same one, gives another one: as it is written, and its years there.

    `years` is a year or a span of years in the report's words, empty where the sentence names none; `citation` is a
    number into the answer's citations.
    """

    figure: str
    years: str
    citation: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What a chat model counted: tokens that it read, and tokens that it wrote."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that was weighed for the answer: where it stands, its words, its score."""

    document: str
    page: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that a screen or a metric needs. Neither sentences nor abstention: the answer is still growing.

    `filters` are those that held, `read` those of them that were read from the question. `timings` are milliseconds by
    step: understand, retrieve, answer, verify, model where one was asked, total. `usage` is None where no chat model
    was asked, or it does not count. `confidence` is how probable it is, from 0 to 1, that the evidence answers the
    question; None where none was weighed. `language` is that of the question, two letters.
    `differing`: the figures for one thing that differ, two or more, each with its sentence; empty where none do.
    `rewritten`: by what `understood_as` was made of a follow-up; empty where it is the question as it was written.
    """

    question: Question
    understood_as: str
    filters: Filters
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstention: Abstention | None = None
    notice: Notice | None = None
    lead: Lead | None = None
    table: tuple[Row, ...] = ()
    differing: tuple[Differing, ...] = ()
    mode: Mode = "extractive"
    considered: tuple[Considered, ...] = ()
    confidence: float | None = None
    timings: tuple[tuple[str, float], ...] = ()
    read: Filters = field(default_factory=Filters)
    usage: Usage | None = None
    added: tuple[str, ...] = ()
    language: str = "en"
    rewritten: Rewritten = ""

    @property
    def answered(self) -> bool:
        """Whether it was answered: with sentences of the reports, or a greeting with one of ours."""
        return bool(self.sentences) or (self.notice is not None and self.notice.kind == "greeting")

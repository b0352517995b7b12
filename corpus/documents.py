"""The nouns of the library: Document, Page, Passage, Hit, Filters.

A page has two texts. `sheet` holds the characters as the reader found them, each with its box. `text` is what is read
and quoted. `origins` takes every character of `text` to one of `sheet`, or to `SPACE`: a space or line break that
joins two stretches. A ligature becomes its letters, each with the ligature's origin. Whatever of `sheet` has no
counterpart in `text` was left out on purpose: white space, a line-end hyphen, a bullet, a note mark, a running head.
Nothing is ever rewritten.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from datetime import date

SPACE = -1
"""The origin of a character of `text` that joins two stretches of the sheet and stands on none of its characters."""


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of one publication. `None` means that the report does not say.

    `countries` are those that it is about, not those that it names; none where it is about no one in particular.
    """

    slug: str
    sha256: str
    title: str
    series: str | None = None
    number: str | None = None
    year: int | None = None
    publisher: str | None = None
    countries: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    language: str = "en"
    reference_period: str | None = None
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points (1/72 inch), measured from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """The characters of a page as they were found.

    `boxes`: four little-endian float32 (left, top, right, bottom) for every character, or empty where the file has no
    layout. `width` and `height` are in PDF points, 0 without layout. `styles`: two bytes for every character (its
    weight and the frame it stands in, see `ingest.styles`), or empty where nothing is known of them.
    """

    text: str
    boxes: bytes = b""
    width: float = 0.0
    height: float = 0.0
    styles: bytes = b""

    def box(self, index: int) -> Box | None:
        """The box of one character; None where the file has no layout."""
        if not self.boxes:
            return None
        return Box(*struct.unpack_from("<4f", self.boxes, 16 * index))


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page.

    `number` counts from 1; `label` is the page number as printed, or None. `origins`: one little-endian int32 for
    every character of `text`.
    """

    number: int
    label: str | None
    text: str
    sheet: Sheet
    origins: bytes

    def origins_between(self, start: int, end: int) -> tuple[int, ...]:
        """Where in the sheet each character of a stretch of the text was found, or `SPACE`."""
        return struct.unpack_from(f"<{end - start}i", self.origins, 4 * start)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one page's text, in Unicode code points."""

    page: int
    start: int
    end: int


def cut_parts(parts: tuple[Part, ...], start: int, end: int) -> tuple[Part, ...]:
    """What of these parts stands between two offsets into their texts joined by one character each."""
    cut = []
    offset = 0
    for part in parts:
        length = part.end - part.start
        left, right = max(start - offset, 0), min(end - offset, length)
        if left < right:
            cut.append(Part(part.page, part.start + left, part.start + right))
        offset += length + 1
    return tuple(cut)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document that stands by itself.

    `text` is its parts' texts, each joined to the next by one character: a line break between paragraphs, a space
    where a paragraph runs on, say over a page. `kind` is one of finding, paragraph, table row, note, box, caption,
    reference (an entry of a bibliography), fragment (words that are no sentence, as in a chart). The cells of a table
    row are divided by tabs, and so are the heads of its columns, its innermost heading where the table has a head.
    `document` is the sha256 of the file; `id` is 0 until the library has given it a number. `language` is None where
    it is that of the document, or where there is too little to tell.
    """

    id: int
    document: str
    headings: tuple[str, ...]
    text: str
    kind: str
    parts: tuple[Part, ...]
    language: str | None = None

    @property
    def heading(self) -> str:
        return " > ".join(self.headings)

    @property
    def searchable(self) -> str:
        """What is embedded: the innermost heading, then the text."""
        return f"{self.headings[-1]}\n{self.text}" if self.headings else self.text

    @property
    def key(self) -> str:
        """The SHA-256 of what is embedded: passages with the same words share one vector."""
        return hashlib.sha256(self.searchable.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PageWarning:
    """Something that looks wrong on a page, and what can be done about it. `kind` is a stable code."""

    page: int
    kind: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where one field of a document's description is from: `page 1`, `the file's metadata`, `the catalogue`, ..."""

    field: str
    origin: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a file's outline: a heading, its level from 0, and the page, from 1, that it is said to stand on."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Note:
    """A note with the mark that leads to it: a raised number that stands in no text.

    `page` and `place`: where the mark stands, right before the character of that page's text. `parts`: the note's own
    words, its number left out where it is raised too.
    """

    number: str
    page: int
    place: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of how a file was read: what looked wrong, where its description is from, its outline and notes."""

    warnings: tuple[PageWarning, ...] = ()
    sources: tuple[Source, ...] = ()
    outline: tuple[Bookmark, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """A document with its standing, and since when (ISO 8601).

    `current`; `replaced` by a newer file; `removed`, its words kept for its links; `purged`, nothing kept but slug and
    hash.
    """

    document: Document
    state: str
    changed: str
    split: str

    @property
    def day(self) -> str:
        """When its standing changed, such as "25 November 2026"."""
        return long_date(date.fromisoformat(self.changed[:10]))


def long_date(day: date) -> str:
    """Such as "25 November 2026"."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Scores are higher for closer, always; None where that search did not find it.

    `copies`: passages elsewhere in nearly the same words, which it stands for.
    """

    passage: Passage
    score: float
    lexical: float | None = None
    vector: float | None = None
    copies: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to; an empty tuple does not limit. `years` is empty or holds the first and the last."""

    years: tuple[int, ...] = ()
    series: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def accepts(self, document: Document) -> bool:
        """Whether every filter that is set holds for the document. Series and slugs are compared without case.

        A country is that of a document which is about it, or in which it took part.
        """
        series = (document.series or "").casefold()
        return (
            (not self.years or (document.year is not None and self.years[0] <= document.year <= self.years[-1]))
            and (not self.series or any(name.casefold() == series for name in self.series))
            and (not self.countries or bool(set(self.countries) & {*document.countries, *document.participants}))
            and (not self.languages or document.language in self.languages)
            and (not self.documents or any(name.casefold() == document.slug.casefold() for name in self.documents))
        )

"""The bibliographic record: what a reference is made of, whatever its style."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Citation, QuotePart
from assistant.pagelists import join_runs
from assistant.speaker import find_speaker
from corpus.documents import Document, long_date
from corpus.sentences import sentence_spans

_UNSTATED = "not stated in the report"
_DASH = "\u2013"


@dataclass(frozen=True, slots=True)
class Record:
    """One place of one report, as it is referred to. Empty strings stand for what the report does not say.

    `pages`: printed numbers, such as "5–6" or "3–5, 9"; `counted`: as a PDF reader counts them, where those are other
    numbers or no number is printed. `link`: the permanent link, empty for a page without a quote. `speaker`: the source
    behind the source, whose words the report gives. `language`: two letters.
    """

    key: str
    author: str
    title: str
    series: str
    number: str
    year: int | None
    pages: str
    counted: str
    url: str
    language: str
    link: str
    speaker: str
    accessed: date
    reuse: str

    @property
    def note(self) -> str:
        """What no style has a place for, in sentences."""
        sentences = (
            f"{_name(self.counted, 'PDF page', 'PDF pages')}." if self.counted else "",
            f"Permanent link: {self.link} (accessed {long_date(self.accessed)})." if self.link else "",
            f"Terms of use: {self.reuse.rstrip('.')}.",
        )
        return " ".join(filter(None, sentences))


def record_citation(citation: Citation, accessed: date) -> Record:
    """The record of a quote. Its speaker is named only where the quote is one sentence."""
    alone = len(sentence_spans(citation.quote)) == 1
    speaker = find_speaker(citation.quote) if alone else None
    return _record(citation.document, citation.parts, citation.link, speaker, accessed)


def record_pages(document: Document, parts: Sequence[QuotePart], accessed: date) -> Record:
    """The record of whole pages."""
    return _record(document, parts, "", None, accessed)


def name_printed(record: Record) -> str:
    """Such as "p. 5" or "pp. 5–6"; empty where no number is printed."""
    return _name(record.pages, "p.", "pp.")


def _record(document: Document, parts: Sequence[QuotePart], link: str, speaker: str | None, accessed: date) -> Record:
    numbers = [part.page for part in parts]
    counted = [str(number) for number in numbers]
    labels = [part.label for part in parts if part.label]
    printed = labels if len(labels) == len(parts) else []
    url = document.url or ""
    return Record(
        key=f"{document.slug}-p{counted[0]}",
        author=_line(document.publisher),
        title=_line(document.title),
        series=_line(document.series),
        number=_line(document.number),
        year=document.year,
        pages=_line(join_runs(numbers, printed, _DASH)),
        counted="" if printed == counted else join_runs(numbers, counted, _DASH),
        url=_line(url) if url.startswith(("https://", "http://")) else "",
        language=document.language,
        link=link,
        speaker=_line(speaker),
        accessed=accessed,
        reuse=_line(document.licence) or _UNSTATED,
    )


def _name(numbers: str, one: str, many: str) -> str:
    return f"{many if _DASH in numbers or ', ' in numbers else one} {numbers}" if numbers else ""


def _line(text: str | None) -> str:
    """A text in one line, without control characters."""
    kept = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text or "")
    return " ".join(kept.split())

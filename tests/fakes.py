"""A scripted assistant, and a small library for it to quote from."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answers import Abstention, Answer, Citation, Question, Sentence
from assistant.links import cite_parts
from corpus.documents import Document, Part
from corpus.errors import Fault
from corpus.library import Library
from tests.stand_ins import make_page

MARKUP = (
    "<script>window.ran = 1</script> <img src=x onerror='window.ran = 1'> <img src='http://203.0.113.9/a.png'> "
    "<form action='http://203.0.113.9/'><button>Send</button></form> <a href='javascript:window.ran=1'>here</a> "
    "</textarea><svg onload='window.ran = 1'> ${window.ran = 1} {{constructor}} &lt;b&gt;"
)
FLASH = Document(
    "test-flash-2025-2",
    hashlib.sha256(b"flash").hexdigest(),
    "Trafficking in human beings beyond borders",
    "Test Flash",
    "2",
    2025,
    "Test Desk",
    url="https://example.org/flash.pdf",
)
MARKED_UP = Document(
    "marked-up",
    hashlib.sha256(b"markup").hexdigest(),
    f"Title {MARKUP}",
    publisher="<b>Desk</b>",
    url="javascript:alert(1)",
)
FLASH_PAGES = (
    "Since 2022 most registered victims have come from third countries \U0001f310.\nThe rest of the sentence stands",
    "on the next page of the same report.\nDebt bondage is named most often.",
)
MARKED_PAGES = (f"Before.\nThe page says {MARKUP} and no more.\nAfter.",)


class ScriptedAssistant:
    """Gives the same answers to every question, each with that question; a Fault among them is raised.

    `hold`: the answer waits before its last form until this is set; `waits` is set while it does.
    """

    def __init__(self, answers: Sequence[Answer | Fault], hold: threading.Event | None = None) -> None:
        self.asked: list[Question] = []
        self.closed = 0
        self.waits = threading.Event()
        self._answers = answers
        self._hold = hold

    def ask(self, question: Question) -> Iterator[Answer]:
        self.asked.append(question)
        try:
            for place, answer in enumerate(self._answers):
                if self._hold is not None and place == len(self._answers) - 1:
                    self.waits.set()
                    self._hold.wait(20)
                if isinstance(answer, Fault):
                    raise answer
                yield answer
        finally:
            self.closed += 1


def make_library(home: Path) -> Library:
    """Two reports: one with a sentence over two pages, one with markup in whatever it says."""
    library = Library.open(home / "library.db")
    add_report(library, FLASH, FLASH_PAGES)
    add_report(library, MARKED_UP, MARKED_PAGES)
    return library


def add_report(library: Library, document: Document, texts: Sequence[str]) -> None:
    """Pages are numbered from 1 and printed from 5."""
    pages = [make_page(text, number, str(number + 4)) for number, text in enumerate(texts, 1)]
    library.add(document, pages, [], {}, embedder="none", split="none", file_name=f"{document.slug}.pdf")


def cite(library: Library, document: Document, *quotes: str, number: int = 1) -> Citation:
    """The citation of words that stand on the document's pages, one quote for each page."""
    pages = {page.number: page for page in library.pages(document.sha256)}
    parts = [
        Part(page.number, page.text.index(quote), page.text.index(quote) + len(quote))
        for quote in quotes
        for page in pages.values()
        if quote in page.text
    ]
    return cite_parts(document, parts, pages, number, 0.5)


def first_sentence(library: Library, number: int = 1) -> Citation:
    return cite(library, FLASH, FLASH_PAGES[0].split("\n")[0], number=number)


def sentence_over_two_pages(library: Library, number: int = 1) -> Citation:
    return cite(library, FLASH, FLASH_PAGES[0].split("\n")[1], FLASH_PAGES[1].split("\n")[0], number=number)


def marked_up_sentence(library: Library, number: int = 1) -> Citation:
    return cite(library, MARKED_UP, MARKED_PAGES[0].split("\n")[1], number=number)


def growing_answer(citations: Sequence[Citation], text: str = "What?") -> list[Answer]:
    """Empty at first, then one sentence more each time, word for word."""
    question = Question(text)
    sentences = tuple(Sentence(citation.quote, "verbatim", (citation.number,)) for citation in citations)
    return [
        Answer(question, text, question.filters, sentences[:count], tuple(citations[:count]))
        for count in range(len(citations) + 1)
    ]


def abstaining_answer(nearest: Sequence[Citation], text: str = "What?") -> Answer:
    question = Question(text)
    abstention = Abstention(
        "not-in-library", "no report here says anything about Slovakia", ("Slovakia", "2024"), 2, 7, tuple(nearest)
    )
    return Answer(question, text, question.filters, abstention=abstention)

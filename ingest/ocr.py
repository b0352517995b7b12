"""Text recognition for the pages that need it, by `ocrmypdf` where that is installed and the user asks for it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.documents import Page, PageWarning
from corpus.errors import UnreadableDocument
from corpus.text import shown
from ingest.reading import Limits, Readers

PROGRAM = "ocrmypdf"

_MISREAD = ("run-together", "misread")
"""What is wrong with a page whose text was recognised before, and badly."""

_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "bg:bul cs:ces da:dan de:deu el:ell en:eng es:spa et:est fi:fin fr:fra ga:gle hr:hrv hu:hun it:ita lt:lit "
        "lv:lav mt:mlt nl:nld no:nor pl:pol pt:por ro:ron ru:rus sk:slk sl:slv sv:swe uk:ukr"
    ).split()
)
"""What tesseract calls languages, by ISO 639-1."""

_MISSING, _LOCKED = 3, 8
"""Exit statuses of ocrmypdf, from its documentation: something that it needs is not installed; the file is locked."""


def pages_to_recognise(pages: Sequence[Page], warnings: Sequence[PageWarning]) -> tuple[int, ...]:
    """The numbers of the pages that have no text beside their running heads, or whose text was recognised badly.

    A scan with a stamp on every page has text, and none that can be quoted.
    """
    blank = {warning.page for warning in warnings if warning.kind == "blank"}
    misread = {warning.page for warning in warnings if warning.kind in _MISREAD}
    unread = {page.number for page in pages if not page.text.strip()} - blank
    return tuple(sorted(unread | misread))


def tell_recognised(warnings: Sequence[PageWarning], numbers: Sequence[int]) -> tuple[PageWarning, ...]:
    """What looks wrong with a file after these pages went through text recognition, and that they did."""
    empty = {warning.page for warning in warnings if warning.kind == "no-text"} & set(numbers)
    others = [warning for warning in warnings if warning.kind != "no-text" or warning.page not in empty]
    told = [
        PageWarning(number, "no-text", "text recognition found no words on this page; nothing of it can be quoted")
        if number in empty
        else PageWarning(
            number, "recognised", "recognised from the picture; compare what you quote with the page image"
        )
        for number in numbers
    ]
    return tuple(sorted([*others, *told], key=lambda warning: warning.page))


@contextmanager
def recognised_copy(
    path: Path,
    pages: Sequence[int],
    limits: Limits,
    readers: Readers,
    *,
    language: str | None = None,
    program: str = PROGRAM,
) -> Iterator[Path]:
    """A copy of a PDF in which the text of these pages was recognised anew; what is printed as text stays.

    `language`: two letters, ISO 639-1; None for English. The program runs as a group of its own that can be ended,
    under the time limit of the file's reader. Raises UnreadableDocument.
    """
    found = shutil.which(program)
    if found is None:
        raise UnreadableDocument(
            "no-ocr",
            f"{Path(program).name} is not installed, so the words on {len(pages)} pages of {shown(path.name)} were not "
            "recognised",
            "install it and tesseract, or leave --ocr out",
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "recognised.pdf"
        command = [found, "--quiet", "--redo-ocr", "--output-type", "pdf", "--pages", ",".join(map(str, pages))]
        command += ["--language", _LANGUAGES.get(language or "en", "eng"), "--", str(path), str(copy)]
        process = readers.start(command)
        try:
            process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(
                "too-slow",
                f"text recognition of {len(pages)} pages of {shown(path.name)} took more than {limits.seconds} seconds",
                "split the file, or raise EMN_READER_SECONDS",
            ) from error
        finally:
            readers.end(process)
        if process.returncode or not copy.is_file():
            raise _why_failed(path, process.returncode, language or "en")
        yield copy


def _why_failed(path: Path, status: int, language: str) -> UnreadableDocument:
    name = shown(path.name)
    if status == _MISSING:
        return UnreadableDocument(
            "no-ocr",
            f"tesseract, or its data for the language {language}, is not installed, so {name} was not recognised",
            f"install tesseract-ocr-{_LANGUAGES.get(language, 'eng')}, or give another --language",
        )
    if status == _LOCKED:
        return UnreadableDocument(
            "ocr-locked",
            f"{name} is locked, and text recognition does not open locked files",
            "save it without its lock (`qpdf --decrypt`), and add that",
        )
    return UnreadableDocument(
        "ocr-failed",
        f"{PROGRAM} could not recognise {name} (exit status {status})",
        f"run `{PROGRAM}` on it to see why",
    )

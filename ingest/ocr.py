"""Text recognition for pages without text, by `ocrmypdf` where that is installed and the user asks for it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.text import shown
from ingest.reading import Limits, Readers

_PROGRAM = "ocrmypdf"


@contextmanager
def recognised_copy(path: Path, limits: Limits, readers: Readers) -> Iterator[Path]:
    """A copy of a PDF whose pages without text have been given one. Raises UnreadableDocument.

    The program runs as a group of its own that can be ended, under the time limit of the file's reader.
    """
    program = shutil.which(_PROGRAM)
    if program is None:
        raise UnreadableDocument(
            "no-ocr",
            f"{_PROGRAM} is not installed, so {shown(path.name)} was not read",
            "install it or leave --ocr out",
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        process = readers.start([program, "--quiet", "--skip-text", "--output-type", "pdf", str(path), str(copy)])
        try:
            process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(
                "too-slow",
                f"text recognition of {shown(path.name)} took more than {limits.seconds} seconds",
                "split the file, or raise EMN_READER_SECONDS",
            ) from error
        finally:
            readers.end(process)
        if process.returncode or not copy.is_file():
            raise UnreadableDocument(
                "ocr-failed", f"{_PROGRAM} could not recognise {shown(path.name)}", f"run `{_PROGRAM}` on it to see why"
            )
        yield copy

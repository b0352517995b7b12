"""Pictures of pages, drawn by a process of its own with limits, and kept in the library's cache."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Page
from corpus.errors import LibraryBusy, NotFound
from corpus.files import original_path, write_whole
from corpus.limits import child_environment

WIDTHS = (480, 960, 1440, 2160, 2880)
"""Pixels that a picture may be wide: few, so that the cache stays small. The last two are for dense screens."""

_SECONDS = 20
_WAITING_SECONDS = 10
_MEMORY_MB = 1024
_AT_ONCE = 2
_LARGEST = 36_000_000
"""Bytes of a picture: no more than the widest and longest one has uncompressed."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SAME_SHAPE = 0.01
"""By how much the shape of a picture may differ from that of its sheet; more, and it was drawn turned."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, with its width and height in pixels."""

    content: bytes
    width: int
    height: int

    def fits(self, page: Page) -> bool:
        """Whether the places of a page's characters are places on this picture: both have the same shape."""
        if not page.sheet.width or not page.sheet.height:
            return False
        return abs(self.height / self.width * page.sheet.width / page.sheet.height - 1) < _SAME_SHAPE


class Pictures:
    """The pictures of one library's pages. Safe for threads; a few are drawn at once."""

    def __init__(self, home: Path, seconds: float = _SECONDS) -> None:
        self._home = home
        self._seconds = seconds
        self._free = threading.Semaphore(_AT_ONCE)

    def has_original(self, sha256: str) -> bool:
        """Whether there is a PDF to draw that report's pages from."""
        return self._original(sha256).is_file()

    def draw(self, sha256: str, number: int, width: int) -> Picture:
        """The picture of a page, from the cache where it was drawn before.

        Raises NotFound where the report is no PDF, its original is lost, or the page cannot be drawn within the
        limits; LibraryBusy where too many are being drawn.
        """
        kept = self._home / "cache" / "pages" / sha256[:2] / sha256 / f"{number}-{width}.png"
        picture = _open(kept)
        if picture is not None:
            return picture
        original = self._original(sha256)
        if not original.is_file():
            raise NotFound("there is no picture of this page", "its text is shown; only PDF files have pictures")
        if not self._free.acquire(timeout=_WAITING_SECONDS):
            raise LibraryBusy("too many pages are being drawn", "try again in a moment")
        try:
            content = self._run(original, number, width)
        finally:
            self._free.release()
        write_whole(kept, content)
        return _parse(content)

    def _original(self, sha256: str) -> Path:
        return original_path(self._home, sha256, ".pdf")

    def _run(self, original: Path, number: int, width: int) -> bytes:
        command = [sys.executable, "-m", "assistant.rendering", "--memory-mb", str(_MEMORY_MB)]
        try:
            done = subprocess.run(
                [*command, str(original), str(number), str(width)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self._seconds,
                env=child_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _undrawn(f"took more than {self._seconds:g} seconds") from error
        if done.returncode != 0 or not done.stdout.startswith(_SIGNATURE) or len(done.stdout) > _LARGEST:
            raise _undrawn("cannot be drawn")
        return done.stdout


def _open(path: Path) -> Picture | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return _parse(content) if content.startswith(_SIGNATURE) else None


def _parse(content: bytes) -> Picture:
    """A PNG says its width and height in its first bytes, after the signature and the name of the first chunk."""
    width, height = struct.unpack(">II", content[16:24])
    return Picture(content, width, height)


def _undrawn(why: str) -> NotFound:
    return NotFound(f"the picture of this page {why}", "read its text, or open the file itself")

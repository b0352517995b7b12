"""What was read, page by page, and what looks wrong."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.documents import Page, PageWarning, Passage
from corpus.errors import UnreadableDocument

_OCR = "run the file through text recognition first (`ocrmypdf`)"


def find_warnings(pages: list[Page], read: Sequence[PageWarning]) -> list[PageWarning]:
    """What looks wrong on each page, in order: what the reader said, and what is seen of the pages themselves."""
    blank = {warning.page for warning in read if warning.kind == "blank"}
    seen = [warning for page in pages if page.number not in blank for warning in _warnings_of(page)]
    return sorted([*read, *seen], key=lambda warning: warning.page)


def require_text(name: str, pages: list[Page], passages: list[Passage], warnings: Sequence[PageWarning]) -> None:
    """Raises UnreadableDocument where no page of a file has a word that can be read."""
    if passages:
        return
    blank = {warning.page for warning in warnings if warning.kind == "blank"}
    pictures = [page.number for page in pages if _has_layout(page) and page.number not in blank]
    remedy = f"{_OCR}, or add it with --ocr" if pictures else "nothing is drawn either: fetch it again, or leave it out"
    if not any(page.sheet.text.strip() for page in pages):
        raise UnreadableDocument("no-text", f"{name}: no text on any page ({len(pages)} in all)", remedy)
    raise UnreadableDocument("no-text", f"{name}: no readable words on any page ({len(pages)} in all)", remedy)


def _has_layout(page: Page) -> bool:
    """Whether the page is one that can be looked at, so that its words could be recognised."""
    return page.sheet.width > 0


def _warnings_of(page: Page) -> list[PageWarning]:
    letters = [character for character in page.sheet.text if not character.isspace()]
    if not letters:
        remedy = f"; {_OCR}" if _has_layout(page) else ""
        return [PageWarning(page.number, "no-text", f"nothing on this page can be found or quoted{remedy}")]
    unknown = letters.count("\ufffd")
    if unknown > 0.02 * len(letters):
        return [PageWarning(page.number, "unmapped", f"{unknown} characters have no form; compare with the page image")]
    words = page.text.split()
    if len(letters) > 200 and len(letters) / max(len(words), 1) > 20:
        return [PageWarning(page.number, "run-together", f"words run together; {_OCR}")]
    return []

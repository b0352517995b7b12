"""The paragraphs of a Word file as text, and which of its runs each stretch of that text is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one run of a paragraph says, from `start` to `end` of the paragraph's text.

    `note`: what kind of note it is the mark of, and the note's id, such as "footnote 2"; empty where it is none.
    """

    run: etree._Element
    text: str
    start: int
    end: int
    note: str = ""


class NoteLabels:
    """What the notes of a file are called: their kind, and their number in it by their first mark.

    `known`: the labels by note, as Piece names it, in order.
    """

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def of(self, note: str) -> str:
        if note not in self.known:
            kind = note.split()[0]
            self._counts[kind] += 1
            self.known[note] = f"{kind} {self._counts[kind]}"
        return self.known[note]


def writable(text: str) -> str:
    """A text with a space for each character that XML cannot hold; every other one stays."""
    return _NOT_XML.sub(" ", text)


def paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph, in order: of the body, of tables, of text boxes once."""
    for paragraph in body.iter(f"{W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield paragraph


def pieces(paragraph: etree._Element) -> list[Piece]:
    """What the runs of a paragraph say, without what is hidden, taken out, or in a text box of its own."""
    found: list[Piece] = []
    place = 0
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p"), None) is not paragraph or _is_hidden(run):
            continue
        text = "".join(map(_said, run))
        found.append(Piece(run, text, place, place + len(text), _note(run)))
        place += len(text)
    return found


def _said(element: etree._Element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in (f"{W}tab", f"{W}cr", f"{W}br"):
        return " "
    return "\u2011" if element.tag == f"{W}noBreakHyphen" else ""


def _note(run: etree._Element) -> str:
    for kind in ("footnote", "endnote"):
        mark = run.find(f"{W}{kind}Reference")
        if mark is not None:
            return f"{kind} {mark.get(f'{W}id')}"
    return ""


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "") not in ("0", "false")

"""A copy of a Word file with what was found of it as comments in the margin. Its words are not touched."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.text.run import Run
from lxml import etree

from assistant.checked import Checked, Item
from assistant.wordtext import NoteLabels, Piece, W, paragraphs, pieces, writable
from corpus.errors import UnreadableDocument
from corpus.text import shown

_AUTHOR, _INITIALS = "EMN assistant", "EMN"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def comment(path: Path, checked: Checked, explain: Callable[[Item], list[str]]) -> bytes:
    """The copy. The file must have been read as a draft before: its guards stand there.

    References that are right get none. A comment on what stands in a note is set at the note's mark.
    Raises UnreadableDocument.
    """
    try:
        document = docx.Document(str(path))
        in_order = list(paragraphs(document.element.body))
        marks = _note_marks(in_order)
        for item in checked.items:
            if item.kind == "reference" and not item.is_fault:
                continue
            runs = _runs_of(item, in_order, marks)
            if runs:
                _add(document, runs, item, explain(item))
        saved = io.BytesIO()
        document.save(saved)
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, etree.LxmlError) as error:
        raise UnreadableDocument(
            "damaged", f"{shown(path.name)} cannot take comments", "save it anew from Word and try again"
        ) from error
    return saved.getvalue()


def _add(document: WordDocument, runs: Sequence[etree._Element], item: Item, lines: Sequence[str]) -> None:
    text = "\n".join([f"{item.verdict}: {' '.join(item.text.split())[:200]}", *lines])
    document.add_comment([Run(run, document) for run in (runs[0], runs[-1])], writable(text), _AUTHOR, _INITIALS)


def _runs_of(item: Item, in_order: Sequence[etree._Element], marks: dict[str, etree._Element]) -> list[etree._Element]:
    """The runs that say an item, cut to it where they say more; the mark of its note where it stands in one."""
    if item.block.ordinal < 0:
        return [marks[item.block.note]] if item.block.note in marks else []
    found = []
    for piece in pieces(in_order[item.block.ordinal]):
        if piece.start < item.end and item.start < piece.end:
            found.append(_cut(piece, max(item.start - piece.start, 0), min(item.end, piece.end) - piece.start))
    return found


def _cut(piece: Piece, start: int, end: int) -> etree._Element:
    """The run that says a stretch of a piece; a run with anything but words in it stays whole."""
    text = piece.run.find(f"{W}t")
    others = [element for element in piece.run if element.tag not in (f"{W}t", f"{W}rPr")]
    if text is None or others or len(piece.run.findall(f"{W}t")) > 1:
        return piece.run
    for words, place in ((piece.text[:start], "before"), (piece.text[end:], "after")):
        if words:
            beside = copy.deepcopy(piece.run)
            _say(beside, words)
            piece.run.addprevious(beside) if place == "before" else piece.run.addnext(beside)
    _say(piece.run, piece.text[start:end])
    return piece.run


def _say(run: etree._Element, words: str) -> None:
    text = run.find(f"{W}t")
    text.text = words
    text.set(f"{_XML}space", "preserve")


def _note_marks(in_order: Sequence[etree._Element]) -> dict[str, etree._Element]:
    """The run of each note's mark by the note's label, as the reader of drafts counts them."""
    marks: dict[str, etree._Element] = {}
    labels = NoteLabels()
    for paragraph in in_order:
        for piece in pieces(paragraph):
            if piece.note:
                marks.setdefault(labels.of(piece.note), piece.run)
    return marks

"""Reading a draft that is to be checked: plain text, Markdown, Word."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.blocks import Block, Draft, NoteMark
from assistant.links import is_link
from corpus.errors import TooLarge, UnreadableDocument, WrongUse
from corpus.limits import child_environment
from corpus.text import shown

LARGEST_DRAFT = 20_000_000
"""Bytes of a file that is checked."""

LONGEST_DRAFT = 3_000_000
"""Characters of its text."""

KINDS = (".txt", ".md", ".docx")
_SECONDS = 60
_MEMORY_MB = 1024
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_ESCAPED = "\ue000"
"""Stands for a bracket that Markdown was told to take as it is: it begins no mark of a note."""

_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)


def read_draft(path: Path) -> Draft:
    """The draft in a file. Raises WrongUse, TooLarge, UnreadableDocument."""
    kind = path.suffix.casefold()
    if kind not in KINDS:
        raise UnreadableDocument(
            "unknown-kind", f"{shown(path.name)} is no draft that can be checked", "give a .txt, .md or .docx file"
        )
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError
        if size > LARGEST_DRAFT:
            raise TooLarge(
                f"{shown(path.name)} has {size / 1e6:.0f} MB", f"check at most {LARGEST_DRAFT // 1_000_000} at a time"
            )
        if kind == ".docx":
            return Draft(path.name, _within_limits(_read_word(path), path.name))
        return read_text(path.read_bytes(), path.name)
    except OSError as error:
        raise WrongUse(f"{shown(str(path))} cannot be opened ({type(error).__name__})", "name a file") from error


def read_text(content: bytes, name: str) -> Draft:
    """A draft in plain text or, by its name, Markdown; UTF-8, or UTF-16 with its mark."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument("damaged", f"{shown(name)} is no text in UTF-8", "save it as UTF-8") from error
    if "\0" in text:
        raise UnreadableDocument("damaged", f"{shown(name)} holds binary data, not text", "save the draft as text")
    blocks = _markdown_blocks(text) if name.casefold().endswith(".md") else _text_blocks(text)
    return Draft(name, _within_limits(tuple(_named(blocks)), name))


def _within_limits(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    length = sum(len(block.text) for block in blocks)
    if length > LONGEST_DRAFT:
        raise TooLarge(f"{shown(name)} has {length:,} characters", f"check at most {LONGEST_DRAFT:,} at a time")
    return blocks


def _text_blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph, divided from the next by an empty line, and its kind."""
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = paragraph.strip("\n").split("\n")
        quoted = all(line.lstrip().startswith(">") for line in lines)
        yield (
            "quotation" if quoted else "paragraph",
            "\n".join(line.lstrip().lstrip("> ") if quoted else line.strip() for line in lines),
        )


def _markdown_blocks(text: str) -> Iterator[tuple[str, str]]:
    depth = 0
    for token in MarkdownIt("commonmark").enable("table").disable(["reference", "text_join"]).parse(text):
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type == "inline":
            yield "quotation" if depth else "paragraph", "".join(_inline(token.children or []))


def _inline(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of a paragraph; an address behind the words that it is set on, where it is a link to a citation."""
    address, shown_words = "", ""
    for token in tokens:
        if token.type == "link_open":
            address, shown_words = str(token.attrs.get("href", "")), ""
        elif token.type == "link_close":
            yield f" ({address})" if is_link(address) and address not in shown_words else ""
        else:
            words = "\n" if token.type in ("softbreak", "hardbreak") else token.content
            words = _ESCAPED if token.type == "text_special" and words == "[" else words
            shown_words += words
            yield words


def _named(blocks: Iterator[tuple[str, str]]) -> Iterator[Block]:
    """Blocks with their places' names; what begins as the text of a note is one."""
    number = 0
    for kind, text in blocks:
        before, *notes = _NOTE.split(text)
        if before.strip():
            number += 1
            plain, marks = _without_marks(before)
            quoted: Literal["quotation", "paragraph"] = "quotation" if kind == "quotation" else "paragraph"
            yield Block(f"paragraph {number}", plain, quoted, marks)
        for label, note in zip(notes[::2], notes[1::2], strict=True):
            yield Block(f"footnote {label}", note.strip().replace(_ESCAPED, "["), "note", note=label)


def _without_marks(text: str) -> tuple[str, tuple[NoteMark, ...]]:
    """A text without the marks of its notes, and where they stood."""
    pieces: list[str] = []
    marks = []
    last = length = 0
    for found in _NOTE_MARK.finditer(text):
        pieces.append(text[last : found.start()])
        length += len(pieces[-1])
        marks.append(NoteMark(length, found[1]))
        last = found.end()
    return "".join([*pieces, text[last:]]).replace(_ESCAPED, "["), tuple(marks)


def _read_word(path: Path) -> tuple[Block, ...]:
    """The blocks of a Word file, read by a process of its own with limits."""
    command = [sys.executable, "-m", "assistant.wordreading", "--memory-mb", str(_MEMORY_MB), str(path.resolve())]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            env=child_environment(),
            check=False,
        )
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise UnreadableDocument(
            "too-slow", f"{shown(path.name)} takes more time or memory than any draft", "save it anew and try again"
        ) from error
    if "error" in said:
        raise UnreadableDocument(**said["error"])
    return tuple(
        Block(**{**block, "marks": tuple(NoteMark(**mark) for mark in block["marks"])}) for block in said["blocks"]
    )

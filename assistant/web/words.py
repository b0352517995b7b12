"""Which of a page's words are marked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph, marked or not."""

    text: str
    marked: bool


def mark_paragraphs(text: str, start: int, end: int) -> list[list[Run]]:
    """A page's text as paragraphs, with the words from `start` to `end` (code points) marked."""
    paragraphs = []
    offset = 0
    for line in text.split("\n"):
        left = min(max(start - offset, 0), len(line))
        right = min(max(end - offset, 0), len(line))
        runs = [Run(line[:left], False), Run(line[left:right], True), Run(line[right:], False)]
        paragraphs.append([run for run in runs if run.text])
        offset += len(line) + 1
    return [runs for runs in paragraphs if runs]

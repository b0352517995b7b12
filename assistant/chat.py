"""Chat models as the assistant sees them: what is asked of one, what comes back piece by piece, how one can fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from assistant.answers import Usage
from assistant.words import say


@dataclass(frozen=True, slots=True)
class Prompt:
    """`instructions` are ours; `request` holds the question and, fenced, the reports' words."""

    instructions: str
    request: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a reply; `usage` comes with the last piece, where the model counts."""

    text: str
    usage: Usage | None = None


class ModelFault(Exception):
    """A chat model did not do its part. `kind` is the name of what it did in words.toml, after `model-`."""

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values

    def told(self, language: str) -> str:
        """What it did, to complete "The chat model ..." in that language."""
        return say(f"model-{self.kind}", language, **self.values)


class ChatModel(Protocol):
    """Any chat model, or a scripted one."""

    def stream(self, prompt: Prompt, seconds: float) -> Iterator[Piece]:
        """The whole reply within that time, piece by piece. Raises ModelFault, also where it is cut off."""
        ...

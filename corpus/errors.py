"""What can go wrong, in words: every error says what happened and what to do next."""

from __future__ import annotations


class Fault(Exception):
    """The one error that crosses a package border.

    `kind` is a stable code for programs, `message` one sentence on what happened, `remedy` one on what to do next.
    """

    kind = "fault"
    exit_status = 2

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}; {remedy}")
        self.message = message
        self.remedy = remedy


class WrongUse(Fault):
    """What was asked for makes no sense: an argument, a setting, a question."""

    kind = "wrong-use"


class TooLarge(WrongUse):
    kind = "too-large"


class NotFound(Fault):
    """What was named is not in the library."""

    kind = "not-found"
    exit_status = 1


class Removed(NotFound):
    """What was named was in the library and has been taken out."""

    kind = "removed"


class UnreadableDocument(Fault):
    """A file that gives no text. `kind` says why: not-found, empty, unknown-kind, damaged, no-text, too-slow, ..."""

    def __init__(self, kind: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.kind = kind


class FetchFault(Fault):
    """A publication that did not come. `kind` says why: address, robots, http-404, too-large, not-a-pdf, ..."""

    def __init__(self, kind: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.kind = kind


class LibraryFault(Fault):
    """The library cannot be read or written."""

    kind = "library"


class LibraryBusy(LibraryFault):
    kind = "busy"


class IndexFault(LibraryFault):
    """The index is missing, damaged, or made for another embedder."""

    kind = "index"


class EmbedderFault(Fault):
    """The embedding model is missing or is not the one it should be."""

    kind = "embedder"


class RerankerFault(Fault):
    """The model that orders what was found is missing or cannot be used."""

    kind = "reranker"


class CatalogueFault(Fault):
    """The catalogue of publications is wrong, or does not hold what was asked for."""

    kind = "catalogue"

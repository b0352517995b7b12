"""Errors on their way out: one form for programs, one page for people, and a status for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.web.templating import render
from corpus.errors import Fault, NotFound, Removed, TooLarge, UnreadableDocument, WrongUse

_DESCRIBED = "the forms are described at /api/docs"
_LONGEST_NAME = 60


class ErrorForm(BaseModel):
    """One sentence on what hindered the answer, and one on what to do; `code` stays the same over time."""

    code: str
    message: str
    remedy: str


class FaultForm(BaseModel):
    """How every error leaves."""

    error: ErrorForm


FAULTS: dict[int | str, dict[str, Any]] = {
    403: {"model": FaultForm, "description": "Another site asks for what only our own page may have."},
    404: {"model": FaultForm, "description": "There is no such report, page or link."},
    410: {"model": FaultForm, "description": "The report was removed."},
    413: {"model": FaultForm, "description": "The request is too large."},
    422: {"model": FaultForm, "description": "The request does not have the form, or asks for what cannot be."},
    429: {"model": FaultForm, "description": "One client asks too often; `Retry-After` says when to go on."},
    503: {"model": FaultForm, "description": "Busy, still loading, or the library needs a hand; try again."},
}
"""What a route may answer instead of what was asked for, as /api/docs and the description tell it."""


class Loading(Fault):
    """The assistant is still being loaded."""

    kind = "loading"


class Busy(Fault):
    """More people are asking than can be served at once."""

    kind = "busy"


class Refused(WrongUse):
    """A request that only our own page may make."""

    kind = "refused"


class Unexpected(Fault):
    """What nobody foresaw. It says nothing about the inside; the log does."""

    kind = "internal"

    def __init__(self) -> None:
        super().__init__("something went wrong on the server", "try again; the server's own output says what it was")


def status_of(fault: Fault) -> int:
    """The HTTP status of a fault; whatever hinders the library, the index or the embedder is 503."""
    for kind, status in (
        (Refused, 403),
        (Removed, 410),
        (NotFound, 404),
        (TooLarge, 413),
        (WrongUse, 422),
        (UnreadableDocument, 422),
        (Unexpected, 500),
    ):
        if isinstance(fault, kind):
            return status
    return 503


def nothing_here() -> Fault:
    return NotFound("there is nothing at this address", "/api/docs lists the addresses that there are")


def fault_form(fault: Fault) -> dict[str, object]:
    return {"error": {"code": fault.kind, "message": fault.message, "remedy": fault.remedy}}


def fault_answer(fault: Fault, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    retry = {"retry-after": "5"} if status == 503 else {}
    return JSONResponse(fault_form(fault), status, headers={**retry, **(headers or {})})


def answer_faults(app: FastAPI) -> None:
    """Let every error of the app leave in the one form, or as a page where a person follows a permanent link."""

    @app.exception_handler(Fault)
    async def on_fault(request: Request, fault: Fault) -> Response:
        return _answer(request, fault, status_of(fault))

    @app.exception_handler(RequestValidationError)
    async def on_wrong_form(request: Request, error: RequestValidationError) -> Response:
        return _answer(request, WrongUse(describe_errors(error.errors()), _DESCRIBED), 422)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        return _answer(request, _from_http(request, error.status_code), _status(error.status_code), error.headers)


def describe_errors(errors: Sequence[Any]) -> str:
    """One sentence on the first thing that is wrong with a request."""
    error = errors[0]
    place = ".".join(str(step) for step in error["loc"][1:])[:_LONGEST_NAME]
    if error["type"] == "json_invalid":
        return f"the body is not JSON (character {error['loc'][-1]})"
    if not place:
        return "the body must be one JSON object, sent as Content-Type: application/json"
    if error["type"] == "missing":
        return f"the field {place!r} is missing"
    if error["type"] == "extra_forbidden":
        return f"there is no field {place!r}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"the field {place!r} is wrong: {message[:1].lower()}{message[1:]}"


def _answer(request: Request, fault: Fault, status: int, headers: Mapping[str, str] | None = None) -> Response:
    wants_page = "text/html" in request.headers.get("accept", "")
    if wants_page and request.url.path.startswith(("/c/", "/cite", "/documents/", "/evaluation/")):
        return render("fault.html", status, fault=fault)
    return fault_answer(fault, status, headers)


def _status(status: int) -> int:
    return 422 if status == 400 else status


def _from_http(request: Request, status: int) -> Fault:
    if status == 404:
        return nothing_here()
    if status == 405:
        return _not_allowed(request.method)
    return WrongUse("the request cannot be understood", _DESCRIBED)


def _not_allowed(method: str) -> Fault:
    fault = WrongUse(f"{method[:20]} is not possible at this address", "/api/docs lists what is")
    fault.kind = "method-not-allowed"
    return fault

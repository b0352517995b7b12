"""Quotes that a browser has collected: proven anew, shown with their references, exported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from assistant.basket import LONGEST_NOTE, MOST_ENTRIES
from assistant.collecting import write_dossier
from assistant.dossier import Dossier, quotes_form
from assistant.find import LONGEST_TEXT
from assistant.sent import Sent, prove_quotes, require_all
from assistant.web.asked import Form, Text
from assistant.web.downloads import KINDS, as_download
from assistant.web.faults import fault_form
from corpus.library import Library


class SentForm(Form):
    """A quote: its permanent link, the words that were shown with it, which are held against the link's, a note."""

    link: Annotated[Text, Field(max_length=300)]
    quote: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""
    note: Annotated[Text, Field(max_length=LONGEST_NOTE)] = ""


class BasketForm(Form):
    """Quotes in the order in which they are exported."""

    quotes: Annotated[list[SentForm], Field(max_length=MOST_ENTRIES)]


class ExportForm(BasketForm):
    """`format` is the ending of the file that is wanted."""

    format: Literal["md", "docx", "bib", "ris", "json"]


def add_basket(router: APIRouter, library: Library) -> None:
    @router.post("/api/basket")
    def show_basket(request: Request, form: BasketForm) -> dict[str, object]:
        """Each quote proven anew, with its references; `refused`: those that do not hold, by number, and why."""
        proven = prove_quotes(library, _sent(form), date.today())
        refused = [{"number": one.number, "link": one.link, **fault_form(one.fault)} for one in proven.refused]
        return {"quotes": quotes_form(_addressed(proven.dossier, request)), "refused": refused}

    @router.post(
        "/api/basket/export", response_class=Response, responses={200: {"content": {kind: {} for kind in _KINDS}}}
    )
    def export_basket(request: Request, form: ExportForm) -> Response:
        """The quotes as a file with their references. Where one of them is not proven, none is exported."""
        dossier = _addressed(require_all(prove_quotes(library, _sent(form), date.today())), request)
        return as_download(write_dossier(dossier, form.format), f"quotations.{form.format}", KINDS[form.format])


_KINDS = [kind.partition(";")[0] for kind in KINDS.values()]


def _addressed(dossier: Dossier, request: Request) -> Dossier:
    """The same, its references with the whole address of each permanent link, which opens from anywhere."""
    records = [replace(one.record, link=f"{request.base_url}c/{one.record.link}") for one in dossier.quotes]
    quotes = [replace(one, record=record) for one, record in zip(dossier.quotes, records, strict=True)]
    return replace(dossier, quotes=tuple(quotes))


def _sent(form: BasketForm) -> list[Sent]:
    return [Sent(one.link, one.quote, one.note) for one in form.quotes]

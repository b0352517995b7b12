"""The HTTP interface for programs; the page in the browser asks through it too."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from fastapi.responses import Response, StreamingResponse
from pydantic import BeforeValidator

from assistant.citing import places_form, resolved_form
from assistant.drafts import Checker
from assistant.feedback import KEPT_DAYS, Letterbox
from assistant.find import Finder, check_text
from assistant.finding import found_form
from assistant.forms import answer_form, box_form, considered_form, page_form
from assistant.links import purged, resolve_link
from assistant.newer import find_in_newer
from assistant.pages import Pictures
from assistant.pointing import find_pages
from assistant.questions import LONGEST_QUESTION
from assistant.room import Room
from assistant.web.asked import AskForm, FeedbackForm, FindForm, Text, asked_of, to_question
from assistant.web.baskets import add_basket
from assistant.web.desk import Desk, as_events
from assistant.web.drafts import add_checking
from assistant.web.evaluations import add_evaluations
from assistant.web.faults import FAULTS, Loading, Unexpected, fault_form
from assistant.web.holdings import add_holdings
from assistant.web.openings import opening_questions
from corpus.command import document_form
from corpus.documents import Document
from corpus.errors import Fault, LibraryFault, NotFound, Removed, WrongUse
from corpus.library import Library
from corpus.marks import find_marks
from corpus.relatives import find_relatives, relative_form

_PageNumber = Annotated[int, InPath(ge=1, le=10_000_000)]
_Edition = Annotated[str | None, Query(pattern="^[0-9a-f]{8,64}$", description="the first digits of a file's SHA-256")]
_Reference = Annotated[str, Query(description='"PDF page 14" is the page as a PDF reader counts it.')]
_Place = Annotated[int, Query(ge=0, le=10_000_000, description="in characters of the page's text")]
_Searched = Annotated[Text, Query(description=f"A question, or words, of at most {LONGEST_QUESTION:,} characters.")]
_MOST_DRAFTS = 8
"""Drafts that are checked or wait for it; they take no turn of the questions."""

_Width = Annotated[Literal[480, 960, 1440, 2160, 2880], BeforeValidator(int)]


class EmptyLibrary(LibraryFault):
    """There is nothing to search."""

    kind = "empty-library"


def make_routes(
    room: Room, desk: Desk, finder: Finder, checker: Checker, *, feedback_days: int = KEPT_DAYS
) -> APIRouter:
    """All routes under /api, and the two that say how the server is."""
    router = APIRouter(responses=FAULTS)
    _add_asking(router, desk)
    _add_finding(router, desk, finder)
    add_checking(router, Desk(room, at_once=1, places=_MOST_DRAFTS), checker)
    add_basket(router, room.library)
    _add_feedback(router, Letterbox(room.library.home, feedback_days))
    pictures = Pictures(room.library.home)
    _add_documents(router, room.library, pictures)
    _add_citations(router, room.library)
    _add_pictures(router, room.library, pictures)
    add_holdings(router, room.library)
    add_evaluations(router, room.library.home)
    _add_health(router, room)
    return router


def _add_asking(router: APIRouter, desk: Desk) -> None:
    @router.post("/api/ask")
    async def ask(form: AskForm) -> dict[str, object]:
        """One answer, when it is complete: the reports' own sentences with their citations, or why there is none."""
        return answer_form(await desk.answer(to_question(form)))

    @router.post("/api/ask/stream", response_class=StreamingResponse)
    async def stream(form: AskForm) -> StreamingResponse:
        """The same as server-sent events: `answer` each time it grows, `done` at last, or `error` if it breaks off."""
        growing = desk.answers(to_question(form))
        first = await anext(growing, None)
        if first is None:
            raise Unexpected
        return StreamingResponse(
            as_events(first, growing), media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    @router.get("/api/passages")
    async def list_passages(q: _Searched) -> dict[str, object]:
        """The passages that an answer would be made of, best first; none where a question needs no search."""
        return {"passages": considered_form(await desk.considered(to_question(AskForm(question=q))))}


def _add_finding(router: APIRouter, desk: Desk, finder: Finder) -> None:
    @router.post("/api/find")
    async def find(form: FindForm) -> dict[str, object]:
        """Where a text comes from: `verbatim`, `altered` with every difference, or `not found` with the nearest."""
        check_text(form.text)
        return found_form(await desk.look_up(finder.find, form.text))


def _add_feedback(router: APIRouter, letterbox: Letterbox) -> None:
    @router.post("/api/feedback")
    def post_feedback(form: FeedbackForm) -> dict[str, object]:
        """What a reader says of an answer, kept as a draft for the evaluation; nothing is kept without `consent`."""
        return {"kept": letterbox.post(asked_of(form), form.kind, form.links, consent=form.consent)}


def _add_documents(router: APIRouter, library: Library, pictures: Pictures) -> None:
    @router.get("/api/documents")
    def list_documents() -> dict[str, object]:
        """The reports that are searched."""
        return {"documents": [document_form(document) for document in library.documents()]}

    @router.get("/api/documents/{slug}")
    def show_document(slug: str) -> dict[str, object]:
        """One report: what it is and where that is said, its pages, and the reports that belong with it."""
        document = find_document(library, slug)
        return {
            "document": document_form(document),
            "sources": {source.field: source.origin for source in library.sources(document.sha256)},
            "relatives": [relative_form(relative) for relative in find_relatives(document, library)],
            "pages": _page_list(library, document),
        }

    @router.get("/api/documents/{slug}/pages/{number}")
    def show_page(slug: str, number: _PageNumber, edition: _Edition = None) -> dict[str, object]:
        """One page's text, by its physical number. `edition`: of that edition, although it may have been replaced.

        `pages`: how many the report has. `picture`: whether there is an original to draw the page from.
        """
        file = find_document(library, slug, edition).sha256
        form = page_form(library.page(file, number))
        return {**form, "pages": library.count_pages(file), "picture": pictures.has_original(file)}


def _add_citations(router: APIRouter, library: Library) -> None:
    @router.get("/api/citations")
    def show_places(reference: _Reference) -> dict[str, object]:
        """The pages that a reference such as "EMN Flash #2 - 2025, p. 1" may mean, with their text."""
        return places_form(find_pages(library, reference), date.today())

    @router.get("/api/citations/{link:path}")
    def show_citation(link: str) -> dict[str, object]:
        """What a permanent link stands for: its words where they stand, and the standing of their edition."""
        resolved = resolve_link(library, link)
        return resolved_form(resolved, find_in_newer(library, resolved), date.today())

    @router.get("/api/questions")
    def list_questions() -> dict[str, object]:
        """Some questions to begin with, made of what the library holds."""
        return {"questions": opening_questions(library.documents())}


def _add_pictures(router: APIRouter, library: Library, pictures: Pictures) -> None:
    @router.get("/api/documents/{slug}/pages/{number}/image", response_class=Response)
    def show_image(slug: str, number: _PageNumber, edition: _Edition = None, width: _Width = 960) -> Response:
        """A page as a PNG, 480, 960, 1440, 2160 or 2880 pixels wide. Only reports that were PDF files have pictures."""
        document = find_document(library, slug, edition)
        page = library.page(document.sha256, number)
        picture = pictures.draw(document.sha256, page.number, width)
        return Response(picture.content, media_type="image/png", headers={"cache-control": "private, max-age=86400"})

    @router.get("/api/documents/{slug}/pages/{number}/marks")
    def show_marks(slug: str, number: _PageNumber, start: _Place, end: _Place, edition: _Edition = None) -> Any:
        """Where the page's text from `start` to `end` stands on its picture: boxes in points; none where unsure."""
        page = library.page(find_document(library, slug, edition).sha256, number)
        if not start < end <= len(page.text):
            raise WrongUse(f"the page has {len(page.text)} characters", "give a start before an end within them")
        boxes = [box_form(box) for box in find_marks(page, start, end)]
        return {"page": number, "width": page.sheet.width, "height": page.sheet.height, "boxes": boxes}


def _add_health(router: APIRouter, room: Room) -> None:
    @router.get("/healthz")
    async def healthz() -> dict[str, object]:
        """The process lives."""
        return {"alive": True}

    @router.get("/readyz")
    def readyz() -> dict[str, object]:
        """A question would be answered now; otherwise status 503 with the reason."""
        hindrance = _hindrance(room)
        if hindrance is not None:
            raise hindrance
        return {"ready": True, "documents": len(room.library.documents())}

    @router.get("/api/ready")
    def ready() -> dict[str, object]:
        """The same with status 200 either way, for whoever waits: `error` says what hinders, or is null."""
        hindrance = _hindrance(room)
        return {"ready": True, "error": None} if hindrance is None else {"ready": False, **fault_form(hindrance)}


def _hindrance(room: Room) -> Fault | None:
    """Why a question would not be answered now; None where it would be."""
    if room.fault is not None:
        return room.fault
    if not room.ready:
        return Loading("the assistant is still being prepared", "ask again in a moment")
    if not room.library.documents():
        return EmptyLibrary("the library holds no reports", "add some with `python -m ingest add FOLDER`")
    return None


def find_document(library: Library, slug: str, edition: str | None = None) -> Document:
    """The current document of that slug, or one of its editions. Raises NotFound, or Removed where it was here once."""
    known = [found for found in library.editions() if found.document.slug == slug]
    for found in known:
        wanted = found.document.sha256.startswith(edition) if edition else found.state == "current"
        if wanted and found.state != "purged":
            return found.document
    if known and all(found.state == "purged" for found in known):
        raise purged(known[0])
    if known and edition is None:
        raise Removed(f"the report {slug!r} was removed from this library", "its permanent links still show its words")
    raise NotFound(f"there is no report {slug[:80]!r} in this library", "/api/documents lists what there is")


def _page_list(library: Library, document: Document) -> list[dict[str, object]]:
    """The pages of a document as `python -m ingest show` lists them."""
    warnings = library.warnings(document.sha256)
    return [
        {
            "page": page.number,
            "page_label": page.label,
            "characters": len(page.text),
            "warnings": [
                {"page": warning.page, "kind": warning.kind, "remedy": warning.remedy}
                for warning in warnings
                if warning.page == page.number
            ],
        }
        for page in library.pages(document.sha256)
    ]

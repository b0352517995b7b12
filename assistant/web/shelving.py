"""Having the library changed from its page: adding, fetching, editing, removing, each by a child. No program's way:
those have the commands."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.web.api import find_document
from assistant.web.clerk import Clerk
from assistant.web.errands import Errand
from assistant.web.incoming import Incoming
from assistant.web.strangers import require_own_page
from corpus.catalogue import load_catalogue
from corpus.errors import NotFound, WrongUse
from corpus.library import Library

_MOST_FILES = 500
_MOST_PUBLICATIONS = 20
_NO_CACHE = {"cache-control": "no-store"}

_Token = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
_Line = Annotated[str, Field(max_length=2000)]
_Names = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=300)]
_Name = Annotated[str, Query(max_length=500, description="what the file is called")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddForm(_Form):
    """Files that were sent."""

    files: Annotated[list[_Token], Field(min_length=1, max_length=_MOST_FILES)]


class FetchForm(_Form):
    """Publications, as the catalogue calls them."""

    ids: Annotated[list[_Line], Field(min_length=1, max_length=_MOST_PUBLICATIONS)]


class EditForm(_Form):
    """What is to be said of a report from now on. What is left out stays; null, or nothing, empties it."""

    title: _Line | None = None
    series: _Line | None = None
    number: _Line | None = None
    year: Annotated[int, Field(ge=0, le=10_000)] | None = None
    publisher: _Line | None = None
    url: _Line | None = None
    language: _Line | None = None
    countries: _Names | None = None
    participants: _Names | None = None
    reference_period: _Line | None = None
    licence: _Line | None = None


_OPTIONS = {"countries": "country", "participants": "participant", "reference_period": "reference-period"}
"""Fields whose option is called otherwise."""

_NEEDED = ("title", "language")
"""Fields that no report does without."""


def make_shelving(library: Library, clerk: Clerk) -> APIRouter:
    """Routes that only our own page on this machine may use."""
    router = APIRouter(prefix="/api/library", include_in_schema=False, dependencies=[Depends(require_own_page)])
    _add_sending(router, Incoming(library.home), clerk)
    _add_errands(router, clerk)
    _add_changes(router, library, clerk)
    return router


def _add_sending(router: APIRouter, incoming: Incoming, clerk: Clerk) -> None:
    @router.post("/files")
    async def send_file(request: Request, name: _Name) -> dict[str, object]:
        """Keep one file until it is added; its bytes are the body."""
        kept = await incoming.keep(name, request.stream())
        return {"file": kept.token, "name": kept.name, "size": kept.size}

    @router.post("/add")
    def add_files(form: AddForm) -> dict[str, object]:
        """Begin to add files that were sent. They go when that has ended, however it ends."""
        paths = incoming.find(form.files)
        errand = Errand("add", [path.name for path in paths])
        arguments = ["add", "--progress", "--", *map(str, paths)]
        return clerk.send(errand, arguments, partial(incoming.drop, form.files)).form()

    @router.post("/discard")
    def discard(form: AddForm) -> dict[str, object]:
        """Let go of files that were sent and are not to be added."""
        incoming.drop(form.files)
        return {"discarded": len(form.files)}

    @router.post("/fetch")
    def fetch(form: FetchForm) -> dict[str, object]:
        """Begin to ask publishers' sites for publications of the catalogue, and to add what comes."""
        known = {entry.id for entry in load_catalogue()}
        unknown = [name for name in form.ids if name not in known]
        if unknown:
            raise NotFound(f"the catalogue has no publication {unknown[0][:80]!r}", "choose from what it lists")
        return clerk.send(Errand("fetch", ()), ["fetch", "--progress", "--", *form.ids], lambda: None).form()


def _add_errands(router: APIRouter, clerk: Clerk) -> None:
    @router.get("/errand")
    def show_latest() -> dict[str, object]:
        """What is being done, or was done last; null where nothing was."""
        return {"errand": clerk.latest.form() if clerk.latest else None}

    @router.get("/errands/{errand}", response_class=StreamingResponse)
    def follow(errand: str) -> StreamingResponse:
        """How far it has come, as server-sent events: `standing` each time it changes, `done` at last."""
        events = _as_events(clerk.find(errand))
        return StreamingResponse(events, media_type="text/event-stream", headers=_NO_CACHE)

    @router.post("/errands/{errand}/stop")
    def stop(errand: str) -> dict[str, object]:
        """Ask for an end: what is not in the library whole will not be in it at all."""
        found = clerk.find(errand)
        clerk.stop(found)
        return found.form()


def _add_changes(router: APIRouter, library: Library, clerk: Clerk) -> None:
    @router.post("/reports/{slug}/edit")
    def edit(slug: str, form: EditForm) -> Mapping[str, Any]:
        """Correct what is said of a report; the answer says where each field is from now."""
        find_document(library, slug)
        return clerk.do("edit", ["edit", *edit_options(form), "--", slug])

    @router.post("/reports/{slug}/remove")
    def remove(slug: str) -> Mapping[str, Any]:
        """Take a report out of every search; its words stay for its links."""
        find_document(library, slug)
        return clerk.do("remove", ["remove", "--", slug])

    @router.post("/reports/{slug}/put-back")
    def put_back(slug: str) -> Mapping[str, Any]:
        """Have a removed report searched again, as it was described."""
        if not any(edition.document.slug == slug for edition in library.editions()):
            raise NotFound(f"there is no report {slug[:80]!r} in this library", "it may have been purged")
        return clerk.do("put-back", ["remove", "--undo", "--", slug])


def edit_options(form: EditForm) -> list[str]:
    """A form as options of `python -m ingest edit`. Raises WrongUse where it names nothing."""
    options: list[str] = []
    for field in EditForm.model_fields:
        if field not in form.model_fields_set:
            continue
        value = getattr(form, field)
        if value in (None, "", []):
            if field in _NEEDED:
                raise WrongUse(f"the {field} is empty", "every report has one; write it")
            options.append(f"--clear={field}")
            continue
        values: Sequence[object] = value if isinstance(value, list) else [value]
        options += [f"--{_OPTIONS.get(field, field)}={one}" for one in values]
    if not options:
        raise WrongUse("nothing to change was named", "change a field, then save")
    return options


async def _as_events(errand: Errand) -> AsyncIterator[str]:
    async for form in errand.follow():
        name = "done" if form["ended"] else "standing"
        yield f"event: {name}\ndata: {json.dumps(form, ensure_ascii=False)}\n\n"

"""Drafts that are sent to be checked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Annotated, TypeVar

from fastapi import APIRouter, File, Response, UploadFile

from assistant.blocks import Draft
from assistant.checked import Checked
from assistant.checking import checked_form, explain, require_margin, write_page
from assistant.draftfiles import read_draft, read_text
from assistant.drafts import Checker
from assistant.margin import comment
from assistant.web.desk import Desk
from assistant.web.downloads import WORD, as_download

_Written = TypeVar("_Written")
_Sent = Annotated[UploadFile, File(description="A .txt, .md or .docx file.")]
_LONGEST_NAME = 200


def add_checking(router: APIRouter, desk: Desk, checker: Checker) -> None:
    @router.post("/api/check")
    async def check(file: _Sent) -> dict[str, object]:
        """The audit of a draft: each quotation, figure and reference with its verdict. Nothing of it is kept."""
        return await _audit(file, desk, checker, lambda _, checked: checked_form(checked))

    @router.post("/api/check/html", response_class=Response, responses={200: {"content": {"text/html": {}}}})
    async def report(file: _Sent) -> Response:
        """The audit of a draft as a page of its own, to be kept."""
        page = await _audit(file, desk, checker, lambda _, checked: write_page(checked).encode())
        return as_download(page, f"{Path(_name(file)).stem}-checked.html", "text/html; charset=utf-8")

    @router.post("/api/check/docx", response_class=Response, responses={200: {"content": {WORD: {}}}})
    async def comments(file: _Sent) -> Response:
        """A copy of a Word file with what is wrong as comments in its margin; its words are not touched."""
        require_margin(_name(file))
        copy = await _audit(file, desk, checker, _comment)
        return as_download(copy, f"{Path(_name(file)).stem}-checked.docx", WORD)


async def _audit(
    file: UploadFile, desk: Desk, checker: Checker, write: Callable[[Path, Checked], _Written]
) -> _Written:
    """What is written of a draft that was checked; its file stands only as long as that takes."""
    content = await file.read()
    return await desk.look_up(partial(_check, content, checker, write), _name(file))


def _check(content: bytes, checker: Checker, write: Callable[[Path, Checked], _Written], name: str) -> _Written:
    kind = Path(name).suffix.casefold()
    with tempfile.TemporaryDirectory(prefix="draft-") as folder:
        path = Path(folder) / f"draft{kind if kind.isascii() and kind[1:].isalnum() else ''}"
        path.write_bytes(content)
        draft = read_text(content, name) if kind in (".txt", ".md") else Draft(name, read_draft(path).blocks)
        return write(path, checker.check(draft))


def _comment(path: Path, checked: Checked) -> bytes:
    return comment(path, checked, explain)


def _name(file: UploadFile) -> str:
    """The last part of the file's name."""
    return PurePosixPath((file.filename or "draft.txt").replace("\\", "/")).name[-_LONGEST_NAME:]

"""Drafts that are sent to be checked."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, File, UploadFile

from assistant.check import Checker
from assistant.checked import Checked
from assistant.checking import checked_form
from assistant.draftfiles import read_draft, read_text
from assistant.drafts import Draft
from assistant.web.desk import Desk

_Sent = Annotated[UploadFile, File(description="A .txt, .md or .docx file.")]
_LONGEST_NAME = 200


def add_checking(router: APIRouter, desk: Desk, checker: Checker) -> None:
    @router.post("/api/check")
    async def check(file: _Sent) -> dict[str, object]:
        """The audit of a draft: each quotation, figure and reference with its verdict. Nothing of it is kept."""
        name = PurePosixPath((file.filename or "draft.txt").replace("\\", "/")).name[-_LONGEST_NAME:]
        content = await file.read()

        def work(_: str) -> Checked:
            return checker.check(_read(content, name))

        return checked_form(await desk.look_up(work, name))


def _read(content: bytes, name: str) -> Draft:
    kind = Path(name).suffix.casefold()
    if kind in (".txt", ".md"):
        return read_text(content, name)
    with tempfile.TemporaryDirectory(prefix="draft-") as folder:
        path = Path(folder) / f"draft{kind if kind.isascii() and kind[1:].isalnum() else ''}"
        path.write_bytes(content)
        return Draft(name, read_draft(path).blocks)

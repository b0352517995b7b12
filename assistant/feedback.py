"""What readers say of an answer, kept for whoever evaluates: only with their consent, and only what they send."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from assistant.answers import Question
from assistant.forms import filters_form
from corpus.errors import LibraryFault, WrongUse

FaultKind = Literal["right", "wrong-page", "altered", "wrong-country", "outdated", "should-not-know"]
KEPT_DAYS = 365
_LARGEST = 20_000_000
"""Bytes of a day's file, at most."""


class Letterbox:
    """Keeps feedback under `feedback/` of a library's folder, one file a day. Safe for many threads.

    `days`: what is older goes when the next piece comes or the server starts; 0 keeps everything.
    """

    def __init__(self, home: Path, days: int = KEPT_DAYS) -> None:
        self._folder = home / "feedback"
        self._days = days
        self._drop_old()
        self._lock = threading.Lock()

    def post(self, question: Question, kind: FaultKind, links: Sequence[str], *, consent: bool) -> str:
        """Keep one piece of feedback as a draft case, with the conversation before the question and its filters; its
        id. Raises WrongUse without consent, LibraryFault.
        """
        if not consent:
            raise WrongUse("the question may not be kept", "agree that it is kept, or send nothing")
        now = datetime.now(UTC)
        draft = {
            "id": f"feedback-{uuid.uuid4().hex[:12]}",
            "question": question.text,
            "history": [{"role": turn.role, "text": turn.text} for turn in question.history],
            "filters": filters_form(question.filters),
            "expect": "abstain" if kind == "should-not-know" else "answer",
            "feedback": kind,
            "links": list(links),
            "date": now.date().isoformat(),
        }
        path = self._folder / f"{now.date().isoformat()}.jsonl"
        try:
            with self._lock:
                self._drop_old()
                self._folder.mkdir(parents=True, exist_ok=True)
                if path.exists() and path.stat().st_size > _LARGEST:
                    raise LibraryFault(
                        f"{path} is full for today", "read it with `python -m evals inbox` and move it away"
                    )
                with path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(draft, ensure_ascii=False) + "\n")
        except OSError as error:
            raise LibraryFault(
                f"{path} cannot be written ({error.strerror})", "see to the folder, then send again"
            ) from error
        return str(draft["id"])

    def _drop_old(self) -> None:
        oldest = datetime.now(UTC).date() - timedelta(days=self._days)
        for path in self._folder.glob("*.jsonl") if self._days else ():
            if path.stem < oldest.isoformat():
                path.unlink(missing_ok=True)

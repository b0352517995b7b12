"""What the server writes about its own failures: when, to which request, what kind and where in the program. No text
of a question, an answer or a file, not even that of the error, which may hold them."""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from datetime import UTC, datetime

LOG = logging.getLogger(__name__)
_DEEPEST = 12
"""Places of the program that are named, the innermost."""


def note_failure(what: str, error: BaseException) -> str:
    """One line of JSON about an error that nobody foresaw; the request's id, which stands in it."""
    request = secrets.token_hex(6)
    form = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request": request,
        "what": what,
        "error": type(error).__name__,
        "at": [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-_DEEPEST:]],
    }
    LOG.error("%s", json.dumps(form))
    return request

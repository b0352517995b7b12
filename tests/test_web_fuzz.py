"""The HTTP interface against requests made from its own description, right and wrong ones: no error of the server, and
no answer that the description does not name."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from assistant.web.app import build_app
from corpus.library import Library
from tests.web_client import loaded

RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
OPERATIONS = 15


@pytest.mark.parametrize("mode", [RIGHT, WRONG], ids=["right", "wrong"])
def test_every_request_is_answered_as_the_description_says(web_library: Library, mode: GenerationMode) -> None:
    assert send_requests(web_library, mode, examples=8) >= OPERATIONS // 2


@pytest.mark.long
@pytest.mark.parametrize("mode", [RIGHT, WRONG], ids=["right", "wrong"])
def test_thousands_of_requests_are_answered_as_the_description_says(web_library: Library, mode: GenerationMode) -> None:
    assert send_requests(web_library, mode, examples=400) >= OPERATIONS // 2


def send_requests(library: Library, mode: GenerationMode, examples: int) -> int:
    """How many operations were tried; those that take nothing have no wrong requests."""
    load_all_checks()
    described = schemathesis.openapi.from_asgi("/api/openapi.json", build_app(loaded(library)))
    operations = list(described.get_all_operations())
    return sum(send_to(found.ok(), mode, examples) for found in operations if isinstance(found, Ok))


def send_to(operation: schemathesis.APIOperation[Any, Any, Any, Any], mode: GenerationMode, examples: int) -> bool:
    """What is well formed may still be refused, in words: a text of one word, a page that the report does not have.

    503 is described, so it may be; 500 is not.
    """

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=examples, suppress_health_check=QUIET, database=None)
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance, not_a_server_error])

    try:
        send()
    except Unsatisfiable:
        return False
    return True

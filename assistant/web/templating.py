"""Our own pages: templates that escape whatever is put into them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.web.texts import texts

TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"\{(\w+)\}")


def render(template: str, status: int, /, **values: object) -> HTMLResponse:
    return HTMLResponse(_environment().get_template(template).render(**values), status)


def template_text(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["texts"] = texts()
    environment.filters["fill"] = _fill
    return environment


def _fill(words: str, **values: object) -> str:
    """The words with each value in place of its name, which stands in braces."""
    return _NAME.sub(lambda found: str(values[found[1]]), words)

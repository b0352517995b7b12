"""The room's own words, from texts.toml."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

_TEXTS = Path(__file__).with_name("texts.toml")


@functools.cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Words by table and name; what is to be filled in stands between braces."""
    return tomllib.loads(_TEXTS.read_text(encoding="utf-8"))

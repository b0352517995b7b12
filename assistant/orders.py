"""Words of a report that are addressed to a program: they are text, and no answer. The phrases stand in orders.toml."""

from __future__ import annotations

from pathlib import Path

from assistant.phrases import plain_words, read_phrases

_ORDERS = Path(__file__).with_name("orders.toml")


def addresses_program(text: str) -> bool:
    """Whether a sentence speaks to whatever reads it, in any of the languages. An order in other words is not seen."""
    plain = plain_words(text)
    return any(lists["order"].search(plain) for lists in read_phrases(_ORDERS).values())

"""What may be asked at all; light, so that it is told before anything is loaded."""

from __future__ import annotations

import unicodedata

from corpus.errors import TooLarge, WrongUse

LONGEST_QUESTION = 2000
"""Characters in a question, at most."""


def check_question(text: str) -> None:
    """Raises WrongUse for an empty question, TooLarge for one that is too long."""
    if not any(character.isalnum() for character in text):
        raise WrongUse("the question is empty", "ask one in words")
    if any(unicodedata.category(character) in ("Cs", "Cc") and not character.isspace() for character in text):
        raise WrongUse("the question holds characters that are no text", "type it anew")
    if len(text) > LONGEST_QUESTION:
        raise TooLarge(
            f"the question has {len(text):,} characters", f"ask one of at most {LONGEST_QUESTION:,} characters"
        )

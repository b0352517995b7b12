"""The language of a report and of each of its passages: two letters, ISO 639-1."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.documents import Page, Passage
from ingest.said import Said

_ENOUGH_TO_TELL = 5000
_TOO_LITTLE = 60
"""Characters from which a language is told, at most, and letters below which it is not."""

_PASSAGE_LETTERS = 200
_SURE = 0.95
"""A passage is in another language than its report only where it is long enough and the detector is as sure as this."""

_LANGUAGES = ["bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "ka", "lt", "lv"]
_LANGUAGES += ["mk", "mt", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "uk", "hy", "ar", "tr"]
_LANGUAGES += ["fa", "he", "hi", "ja", "ko", "sq", "zh"]
"""Those of the Union, of the observer countries, and of people whom reports are translated for."""


def detect_language(pages: Sequence[Page]) -> Said[str] | None:
    """The language most of the opening is in; None where there is too little to tell."""
    opening = " ".join(page.text for page in pages[:5])[:_ENOUGH_TO_TELL]
    if _letters(opening) < _TOO_LITTLE:
        return None
    return Said(str(_identifier().classify(opening)[0]), "its first pages")


def mark_languages(passages: Sequence[Passage], language: str) -> list[Passage]:
    """The passages, each with its language where that is surely not the report's."""
    return [replace(passage, language=_other_language(passage.text, language)) for passage in passages]


def _other_language(text: str, language: str) -> str | None:
    if _letters(text) < _PASSAGE_LETTERS:
        return None
    found, probability = _identifier().classify(text)
    return str(found) if found != language and probability > _SURE else None


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


@functools.cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in _LANGUAGES if code in identifier.labels])
    return identifier

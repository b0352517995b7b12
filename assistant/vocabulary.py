"""A question in another language, in the English words of the reports; abbreviations beside what they stand for."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.lexical import fold_word
from corpus.vocabulary import Lexicon, english_words, fold_words, languages, lexicon, small_words, split_words

_SHORT_COMPOUND = 8
"""Letters from which a word that is not known may be made of two that are."""

_AND = frozenset(("und", "et", "y", "e", "i", "a", "en"))
"""How questions that follow on another begin."""

_LINKS = ("", "s", "es", "n", "en", "er")
"""What German and Dutch put between two words that they join."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The English words for a question in another language, in its order; `words` are those that were translated."""

    language: str
    text: str
    words: tuple[str, ...]


def find_language(text: str) -> str:
    """The language of a question: the one that most of its words are known in; English where that is not told.

    Of languages that know as many words, the one that the detector of languages finds likelier.
    """
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    english = small_words("en")
    known = {"en": sum(1.0 if word in english else 0.5 for word in words if word in english or word in english_words())}
    for language in languages():
        small = sum(word in small_words(language) for word in words)
        terms = len(_find_terms(text, lexicon(language)))
        known[language] = small + 0.5 * terms
    best = max(known.values())
    likely = [language for language, count in known.items() if count == best]
    if best == 0 or "en" in likely:
        return "en"
    return next(str(language) for language, _ in _identifier().rank(text) if language in likely)


def translate(text: str, language: str) -> Translation:
    """The known words of a text in English, numbers and names as they stand, and nothing else."""
    known = lexicon(language)
    words = split_words(text)
    found = {place: (length, english) for place, length, english in _find_terms(text, known)}
    parts: list[str] = ["and"] if words and words[0].casefold() in _AND else []
    translated: list[str] = []
    place = 0
    while place < len(words):
        length, english = found.get(place, (1, ""))
        if english:
            translated.append(english)
        elif _is_name(words[place], place, known):
            english = words[place]
        if english and english not in parts:
            parts.append(english)
        place += length
    return Translation(language, " ".join(parts), tuple(dict.fromkeys(translated)))


def _find_terms(text: str, known: Lexicon) -> list[tuple[int, int, str]]:
    """Where terms stand: the place of the first word, how many words, and the English; the longest term first."""
    folded = fold_words(text, known.language)
    words = split_words(text)
    found = []
    place = 0
    while place < len(folded):
        for length in range(min(known.longest, len(folded) - place), 0, -1):
            english = known.terms.get(folded[place : place + length])
            if english and not (length == 1 and words[place].casefold() in known.small):
                found.append((place, length, english))
                break
        else:
            length = 1
            english = _of_country(words[place], known) or _compound(words[place], known)
            if english:
                found.append((place, 1, english))
        place += length
    return found


def _of_country(word: str, known: Lexicon) -> str:
    plain = fold_word(word, "")
    return next((name for prefix, name in known.prefixes.items() if plain.startswith(prefix)), "")


def _compound(word: str, known: Lexicon) -> str:
    """The English for a word made of two that are known; empty where it is none."""
    plain = word.casefold()
    if known.language not in ("de", "nl") or len(plain) < _SHORT_COMPOUND:
        return ""
    for cut in range(4, len(plain) - 3):
        last = known.terms.get((fold_word(plain[cut:], known.language),))
        for link in _LINKS if last else ():
            first = plain[:cut].removesuffix(link) if link else plain[:cut]
            english = known.terms.get((fold_word(first, known.language),))
            if english:
                return f"{english} {last}"
    return ""


def _is_name(word: str, place: int, known: Lexicon) -> bool:
    """Numbers, abbreviations and names; in German, where every noun has a capital, whatever is no small word."""
    if any(character.isdigit() for character in word) or (len(word) > 1 and word.isupper()):
        return True
    return word[:1].isupper() and place > 0 and word.casefold() not in known.small


@functools.cache
def _identifier() -> LanguageIdentifier:
    """The detector with the languages that we know."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["en", *languages()])
    return identifier

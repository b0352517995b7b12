"""How surely a quote's source is found: sentences of the library with words changed, and sentences of elsewhere."""

from __future__ import annotations

import itertools
import random
import re
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.find import LEAST_WORDS, Found
from corpus.library import Library
from corpus.sentences import sentence_spans
from corpus.text import normal_form
from evals.statistics import SEED

_DISTORTED = 0.1
"""The share of a sentence's words that are changed, dropped or added."""

_LEAST, _MOST = 8, 60
"""Words of a sentence that is drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence of a page, as it stands there."""

    document: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Tracing:
    """How many distorted sentences there were and of how many the right place came first; what foreign ones were
    taken for; the median and the 95th percentile of the time for one, in milliseconds."""

    sentences: int
    first: int
    wrong: tuple[str, ...]
    foreign: int
    false_altered: int
    false_verbatim: int
    median_ms: float
    p95_ms: float


def draw_sentences(library: Library, count: int) -> list[Drawn]:
    """Sentences of the library's pages, at random, always the same; whole ones of 8 to 60 words."""
    found = [
        Drawn(document.sha256, page.number, page.text[span.start : span.end])
        for document in library.documents()
        for page in library.pages(document.sha256)
        for span in sentence_spans(page.text)
        if _is_whole(page.text[span.start : span.end])
    ]
    chance = random.Random(SEED)  # noqa: S311
    return chance.sample(found, min(count, len(found)))


def distort(text: str, vocabulary: Sequence[str], chance: random.Random) -> str:
    """One word in ten, at least one: another word in its place, gone, or with another word behind it."""
    words = text.split()
    for place in sorted(chance.sample(range(len(words)), max(1, round(_DISTORTED * len(words)))), reverse=True):
        other = chance.choice(vocabulary)
        words[place : place + 1] = chance.choice(([other], [], [words[place], other]))
    return " ".join(words)


def trace(
    drawn: Sequence[Drawn],
    foreign: Sequence[str],
    find: Callable[[str], Found],
    on_sentence: Callable[[int, int], None],
) -> Tracing:
    """Look for each drawn sentence, distorted, and for each foreign one."""
    vocabulary = sorted({word for sentence in drawn for word in re.findall(r"[^\W\d_]{3,}", sentence.text)})
    chance = random.Random(SEED)  # noqa: S311
    wrong, times = [], []
    for number, sentence in enumerate(drawn, start=1):
        asked = distort(sentence.text, vocabulary, chance)
        began = time.perf_counter()
        found = find(asked)
        times.append(1000 * (time.perf_counter() - began))
        if not _is_right(found, sentence):
            wrong.append(asked)
        on_sentence(number, len(drawn) + len(foreign))
    verdicts = []
    for number, text in enumerate(foreign, start=1):
        verdicts.append(find(text).verdict)
        on_sentence(len(drawn) + number, len(drawn) + len(foreign))
    return Tracing(
        len(drawn),
        len(drawn) - len(wrong),
        tuple(wrong),
        len(foreign),
        verdicts.count("altered"),
        verdicts.count("verbatim"),
        float(np.median(times)),
        float(np.percentile(times, 95)),
    )


def foreign_sentences(texts: Sequence[str], count: int) -> list[str]:
    """Whole sentences of other texts, at random, always the same."""
    found = [
        text[span.start : span.end]
        for text in texts
        for span in sentence_spans(text)
        if _is_whole(text[span.start : span.end])
    ]
    chance = random.Random(SEED)  # noqa: S311
    return chance.sample(found, min(count, len(found)))


def invented_sentences(count: int) -> list[str]:
    """Sentences in the field's words that no report says, in three languages, always the same."""
    content = (Path(__file__).parent / "invented.toml").read_text(encoding="utf-8")
    found = [
        " ".join(pieces)
        for language in tomllib.loads(content)["language"]
        for pieces in itertools.product(*language["pieces"])
    ]
    return random.Random(SEED).sample(found, count)  # noqa: S311


def _is_whole(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    return max(_LEAST, LEAST_WORDS) <= len(words) <= _MOST and text[0].isupper() and text[-1] in ".!?"


def _is_right(found: Found, sentence: Drawn) -> bool:
    """Whether the first match is where the sentence was drawn, or where the same words stand."""
    if not found.matches:
        return False
    first = found.matches[0].citation
    here = first.document.sha256 == sentence.document and any(part.page == sentence.page for part in first.parts)
    return here or normal_form(sentence.text) in normal_form(first.quote)

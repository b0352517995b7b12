"""When not to answer, and why: what the question names must be met by the evidence, and the evidence must be near."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.extract import content_words, share_of_words
from assistant.retrieve import Asked, Evidence
from assistant.sentences import Candidate
from corpus.documents import Document
from corpus.terms import find_countries, find_country_codes
from corpus.text import find_years

_NEAR = 0.562
_BY_WORDS = 0.24
"""Nothing in the library is about the question where the best cosine of a sentence and `_BY_WORDS` times the share of
the question's words in the best passages are less than `_NEAR` together. Fitted by logistic regression on the part of
our question sets that may be tuned on."""

_SENTENCES, _PASSAGES = 5, 3


def find_missing(question: str, evidence: Evidence) -> list[str]:
    """The countries and years that a question names and that no passage found, nor its document, speaks of."""
    texts = [hit.passage.text + " " + " ".join(hit.passage.headings) for hit in evidence.hits]
    about = [evidence.documents[hit.passage.document] for hit in evidence.hits]
    everything = "\n".join([*texts, *(document.title for document in about)])
    countries = find_country_codes(everything).union(*(document.countries for document in about))
    missing = [country.name for country in find_countries(question) if country.code not in countries]
    return missing + [year for year in find_years(question) if not _speaks_of(year, everything, about)]


def is_far(asked: Asked, candidates: Sequence[Candidate], evidence: Evidence, rarity: Callable[[str], float]) -> bool:
    """Whether even the best sentences and passages are not about the question."""
    if not candidates or not content_words(asked.text):
        return True
    nearest = max(float(candidate.vector @ asked.vector) for candidate in candidates[:_SENTENCES])
    passages = " ".join(f"{hit.passage.heading} {hit.passage.text}" for hit in evidence.hits[:_PASSAGES])
    return nearest + _BY_WORDS * share_of_words(asked.text, passages, rarity) < _NEAR


def _speaks_of(year: str, text: str, documents: Sequence[Document]) -> bool:
    if re.search(rf"(?<!\d){year}(?!\d)", text):
        return True
    return any(year in (str(document.year), *(document.reference_period or "").split("-")) for document in documents)

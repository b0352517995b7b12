"""When not to answer, and why: what the question names must be met by the evidence, and the evidence must be near."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extract import Candidate
from assistant.retrieve import Evidence
from corpus.documents import Document
from corpus.terms import find_countries, find_country_codes
from corpus.text import find_years

_NEAR = 0.33
"""Below this score of the best sentence, nothing in the library is about the question."""


def find_missing(question: str, evidence: Evidence) -> list[str]:
    """The countries and years that a question names and that no passage found, nor its document, speaks of."""
    texts = [hit.passage.text + " " + " ".join(hit.passage.headings) for hit in evidence.hits]
    about = [evidence.documents[hit.passage.document] for hit in evidence.hits]
    everything = " ".join([*texts, *(document.title for document in about)])
    countries = find_country_codes(everything).union(*(document.countries for document in about))
    missing = [country.name for country in find_countries(question) if country.code not in countries]
    return missing + [year for year in find_years(question) if not _speaks_of(year, everything, about)]


def is_far(candidates: Sequence[Candidate]) -> bool:
    """Whether even the best sentence is not about the question."""
    return not candidates or candidates[0].score < _NEAR


def _speaks_of(year: str, text: str, documents: Sequence[Document]) -> bool:
    if re.search(rf"(?<!\d){year}(?!\d)", text):
        return True
    return any(year in (str(document.year), *(document.reference_period or "").split("-")) for document in documents)

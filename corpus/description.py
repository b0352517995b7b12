"""How the fields of a document's description are called and shown, wherever a person reads them."""

from __future__ import annotations

from babel import Locale

from corpus.documents import Document
from corpus.terms import country_names

FIELDS = {
    "title": "Title",
    "series": "Series",
    "number": "Number",
    "year": "Year",
    "publisher": "Publisher",
    "language": "Language",
    "countries": "Countries",
    "participants": "Took part",
    "reference_period": "Period",
    "licence": "Terms of use",
    "url": "Address",
}
"""What is told of a document, in order, and how it is called."""


def field_value(document: Document, field: str) -> str:
    """A field in words; empty where nobody says it."""
    value = getattr(document, field)
    if field == "language":
        return str(Locale("en").languages.get(document.language, document.language))
    if isinstance(value, tuple):
        return ", ".join(country_names(value))
    return str(value) if value is not None else ""

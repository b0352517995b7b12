"""How the fields of a document's description are called and shown, wherever a person reads them."""

from __future__ import annotations

from babel import Locale

from corpus.catalogue import Known, find_entry, load_catalogue
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


_MANY = 4
"""Countries that are not listed twice where a report is about those that took part in it."""


def field_value(document: Document, field: str) -> str:
    """A field in words; empty where nobody says it."""
    value = getattr(document, field)
    if field == "language":
        return str(Locale("en").languages.get(document.language, document.language))
    if field == "countries" and len(document.countries) >= _MANY and document.countries == document.participants:
        return f"the {len(document.countries)} that took part"
    if isinstance(value, tuple):
        return ", ".join(country_names(value))
    return str(value) if value is not None else ""


def catalogue_line(document: Document) -> str | None:
    """What the catalogue says that a publication covers; None where it does not know it."""
    known = Known(document.title, document.series, document.number, document.year, document.slug)
    found = find_entry(load_catalogue(), known)
    return found.entry.covers if found else None

"""Pages that may say who a victim is: a name that is given to one, or a telephone number beside one."""

from __future__ import annotations

import re

from corpus.sentences import sentence_spans

PERSONAL = "a victim's name or telephone number may stand here; see whether the report may be kept"

_ONE = r"(?:victim|survivor|Opfer|victime|v\u00edctima|vittima|slachtoffer)"
_CALLED = r"(?:named|called|by the name of|whose name is|mit Namen|namens|nomm\u00e9e?|llamad[ao]|di nome|genaamd)"
_TITLE = r"(?:Ms|Mrs|Mr|Frau|Herr|Mme)"
_NAME = r"[A-Z][^\W\d_]+\s+[A-Z][^\W\d_]+"
_NAMED = re.compile(rf"\b{_ONE},?\s+(?:(?:is|was)\s+)?(?:{_CALLED}\s+(?:{_TITLE}\.?\s+)?|{_TITLE}\.?\s+){_NAME}")
_VICTIM = re.compile(rf"\b{_ONE}s?\b", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<![\w.,/-])(?:\+\d{1,3}[\s-]?|0)\d{2,4}(?:[\s-]\d{2,4}){2,4}(?![\w/-])")
_PUBLIC = re.compile(r"\b(?:hot|help)[ -]?lines?\b|\bcontact|\bnumero verde\b|\b116 ?\d{3}\b", re.IGNORECASE)


def names_person(text: str) -> bool:
    """Whether a sentence gives a victim a name of two words, or has a telephone number that is no public one."""
    return any(_is_personal(text[span.start : span.end]) for span in sentence_spans(text))


def _is_personal(sentence: str) -> bool:
    if _VICTIM.search(sentence) is None:
        return False
    has_number = _TELEPHONE.search(sentence) is not None and _PUBLIC.search(sentence) is None
    return has_number or _NAMED.search(sentence) is not None

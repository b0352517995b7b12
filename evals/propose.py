"""Draft cases from a report without a model: a sentence with a figure or a list, turned into a question by rule.

Drafts are for a person to correct and accept: nobody asks as these rules do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import Document, Page
from corpus.text import sentence_spans

_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ \u00a0,]\d{3})*(?:\.\d+)?(?!\d)(?: %| per cent| million| days| months| years)?"
)
_DEFINES = re.compile(r"^(?P<term>(?:An? |The )?[\w -]{4,60}?) (?:means|is defined as|refers to|consists of) ")


def propose_cases(document: Document, pages: list[Page]) -> Iterator[dict[str, object]]:
    """Drafts in the form of a case, one for each sentence that a rule fits."""
    number = 0
    for page in pages:
        for span in sentence_spans(page.text):
            sentence = page.text[span.start : span.end]
            drafted = _draft(sentence)
            if drafted is None:
                continue
            number += 1
            question, kind, fact = drafted
            yield {
                "id": f"draft-{document.slug}-{number:03}",
                "question": question,
                "expect": "answer",
                "documents": [{"slug": document.slug, "pages": [page.number]}],
                "quotes": [sentence],
                "facts": [[fact]],
                "type": kind,
                "language": document.language,
                "source": "proposed by rule; to be checked by a person",
            }


def _draft(sentence: str) -> tuple[str, str, str] | None:
    """Question, type and fact; None where no rule fits or the sentence is too short to stand alone."""
    if len(sentence.split()) < 8 or not sentence.endswith("."):
        return None
    defined = _DEFINES.match(sentence)
    if defined:
        return f"What is meant by {defined['term'][0].lower() + defined['term'][1:]}?", "definition", sentence[:60]
    figure = next((match for match in _NUMBER.finditer(sentence) if not re.fullmatch(r"(?:19|20)\d\d", match[0])), None)
    if figure:
        blank = (sentence[: figure.start()] + "how many" + sentence[figure.end() :]).rstrip(".")
        return f"What figure is given here: {blank}?", "figure", figure[0].strip()
    if sentence.count(",") >= 3:
        head = re.split(r"[:,]", sentence)[0]
        return f"Which are named: {head[0].lower() + head[1:]} ...?", "list", sentence.split(",")[-1].strip(" .")
    return None

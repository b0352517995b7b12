"""Draft cases from a report without a model: a sentence with a figure or a list, turned into a question by rule.

Drafts are for a person to correct and accept: nobody asks as these rules do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.links import parse_link
from corpus.documents import Document, Page
from corpus.sentences import sentence_spans
from evals.cases import parse_line, read_lines

_NUMBER = re.compile(
    r"(?<![\w.,#/])\d{1,3}(?:[ \u00a0,]\d{3})*(?:\.\d+)?(?!\d)(?: %| per cent| million| days| months| years)?"
)
_DEFINES = re.compile(r"^(?P<term>(?:An? |The )?[\w -]{4,60}?) (?:means|is defined as|refers to|consists of) ")


class _Feedback(BaseModel):
    model_config = ConfigDict(extra="allow")
    id: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule makes of a sentence: a question, its kind, and the words that a right answer holds."""

    question: str
    kind: str
    fact: str


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
            yield {
                "id": f"draft-{document.slug}-{number:03}",
                "question": drafted.question,
                "expect": "answer",
                "documents": [{"slug": document.slug, "pages": [page.number]}],
                "quotes": [sentence],
                "facts": [[drafted.fact]],
                "type": drafted.kind,
                "language": document.language,
                "source": "proposed by rule; to be checked by a person",
            }


def read_drafts(folder: Path) -> dict[str, Mapping[str, object]]:
    """Feedback from the reading room, by its id: cases without facts, from the folder's .jsonl files."""
    drafts: dict[str, Mapping[str, object]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in read_lines(file, "take it out of the folder, or mend it"):
            feedback = parse_line(line, _Feedback, "take the line out; each holds a JSON object with an id")
            drafts[feedback.id] = feedback.model_dump()
    return drafts


def accepted_case(draft: Mapping[str, object]) -> dict[str, object]:
    """A draft from the reading room as a case that `evals run` reads, for a person to fill in what is missing.

    Where the answer was said to be right, the pages that it cited are the right ones; else those are to be found.
    """
    cited: dict[str, list[int]] = {}
    links = draft.get("links")
    for link in links if isinstance(links, list) and draft.get("feedback") == "right" else []:
        slug, page = str(link).split("/")[0], parse_link(str(link)).page
        if page not in cited.setdefault(slug, []):
            cited[slug].append(page)
    kept = {name: draft[name] for name in ("id", "question", "history", "filters", "expect") if name in draft}
    return {
        **kept,
        "documents": [{"slug": slug, "pages": pages} for slug, pages in cited.items()],
        "source": f"said of an answer on {draft.get('date')}: {draft.get('feedback')}",
    }


def _draft(sentence: str) -> Draft | None:
    """None where no rule fits or the sentence is too short to stand alone."""
    if len(sentence.split()) < 8 or not sentence.endswith("."):
        return None
    defined = _DEFINES.match(sentence)
    if defined:
        term = defined["term"][0].lower() + defined["term"][1:]
        return Draft(f"What is meant by {term}?", "definition", sentence[:60])
    figure = next((match for match in _NUMBER.finditer(sentence) if not re.fullmatch(r"(?:19|20)\d\d", match[0])), None)
    if figure:
        blank = (sentence[: figure.start()] + "how many" + sentence[figure.end() :]).rstrip(".")
        return Draft(f"What figure is given here: {blank}?", "figure", figure[0].strip())
    if sentence.count(",") >= 3:
        head = re.split(r"[:,]", sentence)[0]
        last = sentence.split(",")[-1].strip(" .")
        return Draft(f"Which are named: {head[0].lower() + head[1:]} ...?", "list", last)
    return None

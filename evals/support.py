"""Whether citations carry what stands before them, judged sentence by sentence (ALCE: Gao et al., EMNLP 2023)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.answers import Answer, Citation, Sentence
from assistant.judge import Cited, judge_sentence
from corpus.documents import Page
from evals.cases import Case

Measure = Callable[[Case, Answer], float | None]
PageOf = Callable[[str, int], Page]


def citation_recall(page_of: PageOf) -> Measure:
    """The share of sentences that what they cite supports, all of it together; 0 for one that cites nothing."""

    def measure(_: Case, answer: Answer) -> float | None:
        if not answer.sentences:
            return None
        cited = _read(answer, page_of)
        return sum(_is_carried(one, one.citations, cited) for one in answer.sentences) / len(answer.sentences)

    return measure


def citation_precision(page_of: PageOf) -> Measure:
    """The share of citations that are needed: of a supported sentence, those that carry it alone, or without which the
    others do not carry it. A citation behind an unsupported sentence is not needed."""

    def measure(_: Case, answer: Answer) -> float | None:
        if not answer.sentences:
            return None
        cited = _read(answer, page_of)
        needed = [found for sentence in answer.sentences for found in _needed(sentence, cited)]
        return sum(needed) / len(needed) if needed else 0.0

    return measure


def _needed(sentence: Sentence, cited: dict[int, Cited]) -> Iterator[bool]:
    carried = _is_carried(sentence, sentence.citations, cited)
    for number in sentence.citations:
        others = tuple(other for other in sentence.citations if other != number)
        yield carried and (
            _is_carried(sentence, (number,), cited) or not (others and _is_carried(sentence, others, cited))
        )


def _is_carried(sentence: Sentence, numbers: tuple[int, ...], cited: dict[int, Cited]) -> bool:
    return judge_sentence(sentence.text, numbers, cited).status != "unsupported"


def _read(answer: Answer, page_of: PageOf) -> dict[int, Cited]:
    return {citation.number: _cited(citation, page_of) for citation in answer.citations}


def _cited(citation: Citation, page_of: PageOf) -> Cited:
    document = citation.document
    pages = tuple(page_of(document.sha256, part.page) for part in citation.parts)
    return Cited(citation.quote, pages, " | ".join(filter(None, [document.series, document.title])))

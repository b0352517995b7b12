"""An answer as it is read: how it opens, in words of ours, and its sentences, each with who speaks and on what side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, Citation, Differing, Lead, Row, Sentence
from assistant.choose import Weighed
from assistant.sentences import Candidate
from assistant.speaker import find_speaker
from assistant.words import say
from corpus.terms import find_countries


def without_sides(missing: Sequence[str], absent: Sequence[str]) -> list[str]:
    """What of a question is missing, but for those of its sides that the answer says itself are missing."""
    told = {*absent, *(country.name for name in absent for country in find_countries(name))}
    return [name for name in missing if name not in told]


def fill_answer(answer: Answer, weighed: Weighed, citations: Sequence[Citation], chosen: Sequence[Candidate]) -> Answer:
    """The answer with its sentences, what stands above them, and the figures that differ."""
    return replace(
        answer,
        lead=open_answer(weighed, len(citations), answer.language),
        sentences=to_sentences(citations, chosen),
        citations=tuple(citations),
        differing=tell_differing(weighed, citations),
    )


def add_rows(answer: Answer, citations: tuple[Citation, ...], table: tuple[Row, ...]) -> Answer:
    """The answer with the rows of a table, each a sentence; what the table and its columns are called is none."""
    heads = {cell.heads for row in table for cell in row.cells}
    said = {number for sentence in answer.sentences for number in sentence.citations}
    added = to_sentences([citation for citation in citations if citation.number not in said])
    sentences = tuple(one for one in (*answer.sentences, *added) if not heads.issuperset(one.citations))
    return replace(answer, sentences=sentences, citations=citations, table=table)


def open_answer(weighed: Weighed, found: int, language: str) -> Lead | None:
    """What stands above an answer of `found` sentences; None where there is nothing to say."""
    if not found:
        return None
    said = [say("otherwise", language)] if weighed.denials else []
    said += [say("differ", language)] if weighed.differing else []
    said += [say("no-side", language, sides=", ".join(weighed.absent))] if weighed.absent else []
    return Lead(" ".join(said), found, language) if said else None


def tell_differing(weighed: Weighed, citations: Sequence[Citation]) -> tuple[Differing, ...]:
    """The figures that differ, each with the number of its citation; none where one of them was not proven."""
    numbers = {tuple(citation.quote.split()): citation.number for citation in citations}
    cited = [(side, numbers.get(tuple(side.candidate.text.split()))) for side in weighed.differing]
    told = [Differing(side.figure, side.years, number) for side, number in cited if number is not None]
    return tuple(told) if len(told) == len(weighed.differing) else ()


def speaks(citation: Citation) -> str | None:
    """Who speaks in a citation's words: the source that they name themselves, or else the note at their end."""
    return find_speaker(citation.quote) or citation.source


def to_sentences(citations: Sequence[Citation], chosen: Sequence[Candidate] = ()) -> tuple[Sentence, ...]:
    """Each citation as a sentence, with the side of the question that its words were chosen for."""
    sides = {tuple(one.text.split()): one.about or None for one in chosen}
    return tuple(
        Sentence(one.quote, "verbatim", (one.number,), speaks(one), sides.get(tuple(one.quote.split())))
        for one in citations
    )

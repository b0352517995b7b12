"""An answer as it is read: how it opens, in words of ours, and its sentences, each with who speaks and on what side."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Citation, Lead, Sentence
from assistant.choose import Weighed
from assistant.sentences import Candidate
from assistant.speaker import find_speaker
from assistant.words import say
from corpus.terms import find_countries


def without_sides(missing: Sequence[str], absent: Sequence[str]) -> list[str]:
    """What of a question is missing, but for those of its sides that the answer says itself are missing."""
    told = {*absent, *(country.name for name in absent for country in find_countries(name))}
    return [name for name in missing if name not in told]


def open_answer(weighed: Weighed, found: int, language: str) -> Lead | None:
    """What stands above an answer of `found` sentences; None where there is nothing to say."""
    if not found:
        return None
    said = [say("otherwise", language)] if weighed.denials else []
    said += [say("no-side", language, sides=", ".join(weighed.absent))] if weighed.absent else []
    return Lead(" ".join(said), found, language) if said else None


def to_sentences(citations: Sequence[Citation], chosen: Sequence[Candidate] = ()) -> tuple[Sentence, ...]:
    """Each citation as a sentence, with the side of the question that its words were chosen for."""
    sides = {tuple(one.text.split()): one.about or None for one in chosen}
    return tuple(
        Sentence(one.quote, "verbatim", (one.number,), find_speaker(one.quote), sides.get(tuple(one.quote.split())))
        for one in citations
    )

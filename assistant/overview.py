"""Overviews: the main points of one report, in its own order, each in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Composed, Excerpt, Lead
from assistant.phrases import plain_words, read_phrases
from assistant.words import say
from corpus.documents import Document, Passage, cut_parts
from corpus.lexical import stems
from corpus.library import Library
from corpus.sentences import sentence_spans
from corpus.terms import find_countries
from corpus.text import Span, ends_sentence, find_years

_PHRASES = Path(__file__).with_name("overview_questions.toml")
_MOST = 10
"""Points that are shown, unless all are asked for."""

_LONGEST = 330
"""Characters of a point: its first sentence always, and those that follow as far as they fit."""

_SUMMARY = re.compile(
    r"key (?:points|findings|messages)|main (?:findings|points)|summary|factsheet|at a glance|conclusions?$|takeaways|"
    r"zusammenfassung|das wichtigste|auf einen blick|ergebnisse|points clés|résumé|synthèse|l.essentiel|resumen|"
    r"conclusiones|sintesi|punti chiave|streszczenie|wnioski|samenvatting|bevindingen",
    re.IGNORECASE,
)
"""What the part of a report is called that says what matters most."""

_NUMBERED = re.compile(r"(?<=[.!?\u201d)] )(?=\d{1,2}\. \S)")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question for an overview, in which language, and whether it wants every point."""

    language: str
    everything: bool


@dataclass(frozen=True, slots=True)
class _Point:
    """A stretch of a passage's text that makes one point."""

    passage: Passage
    span: Span


def sum_up(
    question: str, documents: Sequence[Document], library: Library, rarity: Callable[[str], float]
) -> Composed | None:
    """The main points of the report that a question asks for; None where it asks something else.

    `documents` are those that are searched; `rarity` weighs a stem. Where it is not clear which report is meant, the
    lead asks for it, without excerpts.
    """
    asked = _read_question(question)
    if asked is None:
        return None
    names_none = not _topic(question)
    if len(documents) > 1 and names_none and not _marks(question):
        return Composed(Lead(say("which-report", asked.language), 0, asked.language))
    document = _find_document(question, documents, rarity)
    if document is None:
        return None
    points = _find_points(list(library.passages(document.sha256)))
    shown = points if asked.everything else points[:_MOST]
    if not shown:
        return None
    lead = say("findings", asked.language, title=document.title, shown=len(shown), found=len(points))
    excerpts = [Excerpt(document, cut_parts(point.passage.parts, point.span.start, point.span.end)) for point in shown]
    return Composed(Lead(lead, len(points), asked.language), tuple(excerpts))


def _read_question(question: str) -> _Asked | None:
    plain = plain_words(question)
    for language, patterns in read_phrases(_PHRASES).items():
        weak = "weak" in patterns and all(patterns[name].search(plain) for name in ("weak", "needs", "report"))
        if patterns["strong"].search(plain) or weak:
            return _Asked(language, patterns["all"].search(plain) is not None)
    return None


# Which report


_GENERAL = frozenset(
    stems("what which are is the of in on a an this that these report study flash inform query document "
          "publication paper main key principal most important findings finding points takeaways messages "
          "results conclusions conclude conclusion summary summarise summarize sum up overview short brief "
          "briefly overall say says does do please me give tell i have minute before meeting only for from "
          "about and to s there national sample all every its it point highlights nutshell list show with by "
          "victims trafficking")
)  # fmt: skip


def _topic(question: str) -> set[str]:
    return {stem for stem in stems(question) if stem not in _GENERAL and not stem.isdigit()}


def _marks(question: str) -> bool:
    """Whether a question names a year, or a kind of report."""
    named = re.search(r"\b(?:flash|inform|query|glossary|national report|study)\b", question.casefold())
    return bool(find_years(question)) or named is not None


def _find_document(question: str, documents: Sequence[Document], rarity: Callable[[str], float]) -> Document | None:
    """The one report meant: by series, year and number where they are named, then by the words of its title."""
    left = [document for document in documents if _fits(question, document)]
    if len(left) == 1:
        return left[0]
    topic = _topic(question)
    countries = {country.code for country in find_countries(question)}
    scores: dict[str, float] = {}
    for document in left:
        held = topic & set(stems(document.title))
        of_country = countries & {country.code for country in find_countries(document.title)}
        scores[document.slug] = sum(rarity(stem) for stem in held) + 10 * len(of_country)
    best = sorted(left, key=lambda document: (-scores[document.slug], document.language != "en", document.slug))
    if not best or scores[best[0].slug] == 0.0:
        return None
    clear = len(best) == 1 or scores[best[0].slug] > scores[best[1].slug] or best[1].language != best[0].language
    return best[0] if clear else None


def _fits(question: str, document: Document) -> bool:
    years = find_years(question)
    number = re.search(r"#\s?(\d+)", question)
    kinds = [
        kind for kind in ("flash", "inform", "query", "glossary", "study") if kind in set(plain_words(question).split())
    ]
    national = re.search(r"\bnational report\b", question.casefold()) is not None
    series = (document.series or "").casefold()
    return (
        (not years or str(document.year) in years)
        and (number is None or document.number == number[1])
        and (not kinds or any(kind in series for kind in kinds))
        and (not national or "national" in series)
    )


# Which points


def _find_points(passages: Sequence[Passage]) -> list[_Point]:
    """Findings; else what stands under a heading such as "Key points"; else what each section begins with."""
    for choose in (_findings, _summary, _beginnings):
        points = list(choose(passages))
        if len(points) > 2:
            return points
    return []


def _findings(passages: Sequence[Passage]) -> Iterator[_Point]:
    for passage in passages:
        if passage.kind == "finding":
            yield from _points_of(passage, 0)


def _summary(passages: Sequence[Passage]) -> Iterator[_Point]:
    for passage in passages:
        if passage.kind not in ("paragraph", "finding", "box"):
            continue
        marked = re.match(r"[^\n]{0,60}(?=\n)", passage.text)
        begins = marked is not None and _SUMMARY.search(marked.group()) is not None
        if begins or any(_SUMMARY.search(heading) for heading in passage.headings[1:]):
            yield from _points_of(passage, marked.end() if begins and marked else 0)


def _beginnings(passages: Sequence[Passage]) -> Iterator[_Point]:
    seen: set[tuple[str, ...]] = set()
    for passage in passages:
        if passage.kind == "paragraph" and len(passage.headings) > 1 and passage.headings not in seen:
            first = next(_points_of(passage, 0), None)
            if first is not None:
                seen.add(passage.headings)
                yield first


def _points_of(passage: Passage, start: int) -> Iterator[_Point]:
    """One point for each paragraph, and for each number where a paragraph counts its points."""
    for line in re.finditer(r"[^\n]+", passage.text[start:]):
        cuts = [0, *(found.start() for found in _NUMBERED.finditer(line.group())), len(line.group())]
        for left, right in zip(cuts, cuts[1:], strict=False):
            offset = start + line.start() + left
            end = _end_of_point(line.group()[left:right])
            if end:
                yield _Point(passage, Span(offset, offset + end))


def _end_of_point(text: str) -> int:
    """Where the point ends that a paragraph begins with; 0 where it makes none: a heading, a contents line, a stub."""
    if not ends_sentence(text) or len(text.split()) < 5 or "....." in text or ". . ." in text:
        return 0
    ends = [span.end for span in sentence_spans(text)]
    first = next((end for end in ends if len(text[:end].split()) >= 6), ends[-1])
    return max([first, *(end for end in ends if end <= _LONGEST)])

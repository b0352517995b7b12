"""A draft's faults: every quotation, figure and reference of a draft, held against the pages of the library."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.blocks import Block, Draft
from assistant.checked import Checked, Item
from assistant.counted import Told
from assistant.figures import Figure, find_figures
from assistant.find import LEAST_WORDS, Finder, Found, Source
from assistant.mentioned import Mention, find_mentions, without_mentions
from assistant.places import Place, Places, find_figure, find_nearest, find_words
from assistant.quotations import Quoted, find_quotations, whole_quotation
from corpus.documents import Document
from corpus.errors import TooLarge
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.sentences import sentence_spans
from corpus.text import Span, normal_form

MOST_ITEMS = 2000
"""Quotations, figures and references of one draft that are checked."""

_PASSAGES = 12
"""Passages in which a figure without a reference is looked for."""

_GAP = 2
"""Characters between two references that stand together."""

_CLOSING = ".,;:"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A block taken apart: its sentences, quotations, figures and references, those of the notes that it marks last."""

    block: Block
    sentences: tuple[Span, ...]
    quoted: tuple[Quoted, ...]
    figures: tuple[Figure, ...]
    own: tuple[Mention, ...]
    mentions: tuple[Mention, ...]


class Checker:
    """Checks drafts against one library, each within `seconds`. Safe for many threads."""

    def __init__(self, library: Library, index: CurrentIndex, finder: Finder, *, seconds: float = math.inf) -> None:
        self._library = library
        self._index = index
        self._finder = finder
        self._seconds = seconds

    def check(self, draft: Draft) -> Checked:
        """Raises TooLarge for more than can be checked at a time or within the seconds there are, IndexFault."""
        ends = time.monotonic() + self._seconds
        places = Places(self._library)
        readings = _read_blocks(draft.blocks, self._library.documents())
        items = [item for reading in readings for item in self._check_block(reading, places, ends)]
        return Checked(draft.file, tuple(items))

    def _check_block(self, reading: _Reading, places: Places, ends: float) -> list[Item]:
        """Raises TooLarge once the clock, as `time.monotonic` has it, is past `ends`."""
        found = []
        for item in self._checks(reading, places):
            if time.monotonic() >= ends:
                raise TooLarge(
                    f"the draft takes longer to check than {self._seconds:,.0f} seconds: nothing from "
                    f"{reading.block.where} on was checked",
                    "check it in parts, or with `python -m assistant check FILE`, which takes the time it needs",
                )
            if item is not None:
                found.append(item)
        return sorted(found, key=lambda item: item.start)

    def _checks(self, reading: _Reading, places: Places) -> Iterator[Item | None]:
        """Each thing of a block, checked when it is taken."""
        yield from (self._check_quotation(quoted, reading, places) for quoted in reading.quoted)
        yield from (self._check_figure(figure, reading, places) for figure in reading.figures)
        yield from (_check_reference(mention, reading.block, places) for mention in reading.own)

    def _check_quotation(self, quoted: Quoted, reading: _Reading, places: Places) -> Item | None:
        """None for a few words between quotation marks without a reference: a term, or a word that is doubted."""
        mentions = _beside(Span(quoted.start, quoted.end), reading)
        cited = [place for mention in mentions for place in places.of(mention)]
        named = tuple(mention.text for mention in mentions)
        item = Item("quotation", quoted.text, reading.block, quoted.start, quoted.end, cited=named)
        text = re.sub(r"\[(\w)\](?=\w)", r"\1", quoted.text)
        if len(re.findall(r"[^\W_]+", text)) < LEAST_WORDS:
            return _check_term(item, cited) if cited and text.strip() else None
        here = _first(find_words(text, place) for place in cited if place.state == "current")
        if here is not None:
            return replace(item, verdict="verbatim", matches=(here,))
        found = self._find(text)
        outdated = [place for place in cited if place.state != "current"]
        if outdated or found.verdict != "verbatim":
            old = _first(find_words(text, place) for place in outdated or places.old())
            if old is not None:
                remark = "These words stand in an edition that is no longer the current one."
                return replace(item, verdict="superseded", matches=(old, *found.matches[:1]), remark=remark)
        if found.verdict == "altered":
            return replace(item, verdict="altered", matches=found.matches, differences=found.matches[0].differences)
        return (
            _place(replace(item, matches=found.matches), cited)
            if found.verdict == "verbatim"
            else replace(item, matches=found.matches)
        )

    def _find(self, text: str) -> Found:
        """Where a quotation comes from; a mark before the closing one may be the draft's own."""
        found = self._finder.find(text)
        if found.verdict != "verbatim" and text[-1:] in _CLOSING:
            bare = self._finder.find(text.rstrip(_CLOSING))
            return bare if bare.verdict == "verbatim" else found
        return found

    def _check_figure(self, figure: Figure, reading: _Reading, places: Places) -> Item:
        sentence = _sentence_at(figure.start, reading)
        mentions = _closing(sentence, reading)
        cited = [place for mention in mentions for place in places.of(mention) if place.pages]
        named = tuple(mention.text for mention in mentions)
        item = Item("figure", figure.text, reading.block, figure.start, figure.end, cited=named)
        said = without_mentions(reading.own, reading.block.text)[sentence.start : sentence.end]
        told = Told(said, figure.start - sentence.start, figure.end - sentence.start)
        if not cited:
            return self._trace_figure(item, figure, told)
        for place in cited:
            source = find_figure(figure, told, place)
            if source is not None:
                current = place.state == "current"
                return replace(item, verdict="verbatim" if current else "superseded", matches=(source,))
        nearest = _first(find_nearest(figure, place) for place in cited)
        there = "The number stands there, but of something else, or within other bounds."
        remark = there if nearest else "No such number stands there."
        return replace(item, verdict="figure-not-there", matches=(nearest,) if nearest else (), remark=remark)

    def _trace_figure(self, item: Item, figure: Figure, told: Told) -> Item:
        """A figure without a reference: whether a passage that its sentence may be about says it, of the same."""
        places = self._places_about(told.sentence)
        source = _first(find_figure(figure, told, place) for place in places)
        if source is not None:
            return replace(item, verdict="verbatim", matches=(source,), remark="No reference stands beside it.")
        nearest = _first(find_nearest(figure, place) for place in places)
        remark = "No reference stands beside it, and no passage about this gives this figure"
        matches, ending = ((nearest,), " for the same group, country or year.") if nearest else ((), ".")
        return replace(item, matches=matches, remark=remark + ending)

    def _places_about(self, sentence: str) -> list[Place]:
        """The pages of the passages that a sentence may be about, the likeliest first."""
        hits = self._index.generation().words.search(sentence[:2000], _PASSAGES)
        passages = self._library.passages_by_id([hit.passage for hit in hits])
        documents = self._library.documents_by_hash(sorted({passage.document for passage in passages.values()}))
        found = [passages[hit.passage] for hit in hits if hit.passage in passages]
        return [
            Place(
                documents[passage.document],
                tuple(self._library.page(passage.document, part.page) for part in passage.parts),
            )
            for passage in found
            if passage.document in documents
        ]


def _read_blocks(blocks: Sequence[Block], documents: Sequence[Document]) -> list[_Reading]:
    """Raises TooLarge as soon as more than MOST_ITEMS have been read."""
    mentioned: list[list[Mention]] = []
    count = 0
    for block in blocks:
        mentioned.append(find_mentions(block.text, documents))
        count = _counted(count, mentioned[-1])
    notes: dict[str, list[Mention]] = {}
    for block, mentions in zip(blocks, mentioned, strict=True):
        if block.note:
            notes.setdefault(block.note, []).extend(mentions)
    readings = []
    for block, mentions in zip(blocks, mentioned, strict=True):
        readings.append(_read_block(block, mentions, notes, count))
        count = _counted(count, [*readings[-1].quoted, *readings[-1].figures])
    return readings


def _counted(count: int, found: Sequence[object]) -> int:
    """How many things were found, these included. Raises TooLarge for too many."""
    if count + len(found) > MOST_ITEMS:
        raise TooLarge(
            f"the draft holds more than {MOST_ITEMS:,} quotations, figures and references",
            f"check a part of it with at most {MOST_ITEMS:,}",
        )
    return count + len(found)


def _read_block(block: Block, own: Sequence[Mention], notes: Mapping[str, Sequence[Mention]], count: int) -> _Reading:
    """`count`: the things that were found before."""
    text = block.text
    between = [whole_quotation(text)] if block.kind == "quotation" else find_quotations(text)
    quoted = [one for one in between if not any(is_title(one, mention) for mention in own)]
    _counted(count, quoted)
    taken = [*(Span(one.start, one.end) for one in quoted), *(Span(one.start, one.end) for one in own)]
    figures = [
        figure
        for figure in find_figures(text)
        if not any(one.start < figure.end and figure.start < one.end for one in taken)
    ]
    noted = [
        replace(mention, start=mark.offset, end=mark.offset)
        for mark in block.marks
        for mention in notes.get(mark.note, ())
    ]
    mentions = sorted([*own, *noted], key=lambda mention: mention.start)
    return _Reading(block, tuple(sentence_spans(text)), tuple(quoted), tuple(figures), tuple(own), tuple(mentions))


def is_title(quoted: Quoted, mention: Mention) -> bool:
    """Whether what stands between quotation marks is the title within a reference."""
    within = mention.start <= quoted.start and quoted.end <= mention.end
    title = normal_form(quoted.text).casefold().strip(_CLOSING)
    return within and any(title == normal_form(document.title).casefold() for document in mention.documents)


def _beside(span: Span, reading: _Reading) -> list[Mention]:
    """The references that stand beside a stretch: within it; else behind it, before the next quotation; else before it.

    Those that stand together, such as the references of one note, all count.
    """
    within = [mention for mention in reading.mentions if span.start <= mention.start and mention.end <= span.end]
    ends = [one.start for one in reading.quoted if one.start >= span.end]
    begins = [one.end for one in reading.quoted if one.end <= span.start]
    behind = [mention for mention in reading.mentions if span.end <= mention.start <= min(ends, default=1 << 60)]
    before = [mention for mention in reading.mentions if max(begins, default=0) <= mention.end <= span.start]
    return within or _together(behind) or before[-1:]


def _closing(sentence: Span, reading: _Reading) -> list[Mention]:
    """The references within a sentence, else those that close it: with no word between its end and theirs."""
    within = [one for one in reading.mentions if sentence.start <= one.start and one.end <= sentence.end]
    behind = [one for one in reading.mentions if one.start >= sentence.end]
    closes = behind and re.search(r"\w", reading.block.text[sentence.end : behind[0].start]) is None
    return within or (_together(behind) if closes else [])


def _together(mentions: Sequence[Mention]) -> list[Mention]:
    """The first of them, and those that follow it with no more than a mark between."""
    found = list(mentions[:1])
    for mention in mentions[1:]:
        if mention.start - found[-1].end > _GAP:
            break
        found.append(mention)
    return found


def _sentence_at(place: int, reading: _Reading) -> Span:
    return next(
        (span for span in reading.sentences if span.start <= place < span.end), Span(0, len(reading.block.text))
    )


def _check_term(item: Item, cited: Sequence[Place]) -> Item:
    source = _first(find_words(item.text, place) for place in cited)
    return item if source is None else replace(item, verdict="verbatim", matches=(source,))


def _place(item: Item, cited: Sequence[Place]) -> Item:
    """The verdict on words that stand in the library, by where the draft says that they do."""
    named = {place.document.sha256 for place in cited}
    if not cited or any(place.has(source) for place in cited for source in item.matches):
        return replace(item, verdict="verbatim")
    same = tuple(source for source in item.matches if source.citation.document.sha256 in named)
    if same:
        return replace(item, verdict="wrong-page", matches=same, remark="The words stand on another page of it.")
    return replace(item, verdict="other-document", remark="The words stand in another report.")


def _check_reference(mention: Mention, block: Block, places: Places) -> Item:
    item = Item("reference", mention.text, block, mention.start, mention.end)
    found = places.of(mention)
    if not found:
        return replace(item, remark="Nothing in this library is meant by it.")
    if mention.is_ambiguous:
        fitting = "; ".join(place.document.slug for place in found)
        return replace(item, remark=f"It fits {len(found)} reports of this library ({fitting}): say which is meant.")
    if all(place.missing for place in found):
        lacking = ", ".join(found[0].missing)
        return replace(item, verdict="wrong-page", remark=f"The report has no page {lacking}.")
    if all(place.state != "current" for place in found):
        return replace(item, verdict="superseded", remark=f"That edition was {found[0].state}.")
    return replace(item, verdict="verbatim")


def _first(found: Iterator[Source | None]) -> Source | None:
    return next((source for source in found if source is not None), None)

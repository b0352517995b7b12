"""Passages that break off are joined with the neighbour that goes on: a sentence to its end, a list with its items.

What was cut in two by the end of a page, a box or the length of a passage is found, weighed and quoted whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.documents import Hit, Page, Passage
from corpus.text import breaks_off, ends_sentence

_KINDS = frozenset(("paragraph", "finding", "box"))
"""What running text and lists are made of; rows, captions, notes and references end where they end."""

_AROUND = 3
"""Passages before and after one among which its neighbour is looked for: notes and captions may stand between."""

_LONGEST_LIST = 4
"""Passages of a list that are joined to the one that leads into it, at most."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where passages and pages are read from: passages by their numbers, a page by its document and number."""

    passages_by_id: Callable[[Sequence[int]], Mapping[int, Passage]]
    page: Callable[[str, int], Page]


def join_neighbours(hits: Sequence[Hit], shelves: Shelves) -> list[Hit]:
    """The hits, each whole; one that became part of another before it is left out."""
    open_ended = [hit.passage.id for hit in hits if _is_open(hit.passage)]
    ids = sorted({place for own in open_ended for place in range(own - _AROUND, own + _AROUND + _LONGEST_LIST)})
    near = shelves.passages_by_id(ids) if ids else {}
    joined: list[Hit] = []
    taken: set[int] = set()
    for hit in hits:
        if hit.passage.id not in taken:
            chain = _chain(hit.passage, near, shelves) if hit.passage.id in open_ended else [hit.passage]
            taken |= {passage.id for passage in chain}
            joined.append(hit if len(chain) == 1 else replace(hit, passage=_together(hit.passage, chain)))
    return joined


def _is_open(passage: Passage) -> bool:
    """Whether a passage may begin or end within a sentence or a list."""
    text = passage.text.rstrip()
    return passage.kind in _KINDS and (text[:1].islower() or text.endswith(":") or not ends_sentence(text))


def _chain(passage: Passage, near: Mapping[int, Passage], shelves: Shelves) -> list[Passage]:
    """The passage with the one that it goes on from, and with those that go on from it."""
    before = _next_to(passage, near, -1)
    chain = [before, passage] if before is not None and _runs_on(before, passage, shelves) else [passage]
    while len(chain) <= _LONGEST_LIST:
        after = _next_to(chain[-1], near, 1)
        if after is None or not (_runs_on(chain[-1], after, shelves) or _lists_on(chain[-1], after)):
            break
        chain.append(after)
    return chain


def _next_to(passage: Passage, near: Mapping[int, Passage], step: int) -> Passage | None:
    """The nearest passage of the same document that is no note, caption or the like; None where there is none."""
    for distance in range(1, _AROUND + 1):
        found = near.get(passage.id + step * distance)
        if found is None or found.document != passage.document:
            return None
        if found.kind in _KINDS:
            return found
    return None


def _runs_on(before: Passage, after: Passage, shelves: Shelves) -> bool:
    """Whether a sentence that `before` breaks off is ended by `after`: right behind it, or on the next page."""
    if ends_sentence(before.text):
        return False
    last, first = before.parts[-1], after.parts[0]
    goes_on = breaks_off(before.text) or (after.text[:1].islower() and before.kind == after.kind == "paragraph")
    if last.page != first.page:
        return goes_on and first.page == last.page + 1
    gap = shelves.page(before.document, last.page).text[last.end : first.start]
    return gap == " " or (goes_on and gap == "\n")


def _lists_on(before: Passage, after: Passage) -> bool:
    """Whether `after` holds items of the list that `before` leads into, or that goes on from it without a full stop."""
    if before.headings != after.headings or after.kind != "finding":
        return False
    return before.text.rstrip().endswith(":") or (before.kind == "finding" and not ends_sentence(before.text))


def _together(home: Passage, chain: Sequence[Passage]) -> Passage:
    """One passage of several, with the number and the kind of the one that was found."""
    text = chain[0].text
    for before, after in zip(chain, chain[1:], strict=False):
        text += ("\n" if _lists_on(before, after) else " ") + after.text
    return replace(home, text=text, parts=tuple(part for passage in chain for part in passage.parts))

"""The roots of words: forms of one word that the stemmer keeps apart, such as `found` and `find`, are put together.

For weighing sentences; the word index holds stems.
"""

from __future__ import annotations

import functools
import re

from corpus.lexical import stems

_FORMS = {
    "begin": "began begun",
    "bring": "brought",
    "buy": "bought",
    "child": "children",
    "choos": "chose chosen",
    "fall": "fell fallen",
    "find": "found",
    "flee": "fled",
    "forbid": "forbad forbade forbidden",
    "give": "gave given",
    "grow": "grew grown",
    "hold": "held",
    "keep": "kept",
    "know": "knew known",
    "lead": "led",
    "leav": "left",
    "make": "made",
    "man": "men",
    "pay": "paid",
    "rise": "rose risen",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "spend": "spent",
    "take": "took taken",
    "woman": "women",
    "write": "wrote written",
}
"""Stems of words, and those of their forms from which no ending is cut. Written for this project."""

_WORD_OF = {form: word for word, forms in _FORMS.items() for form in forms.split()}
_ENDINGS = tuple(
    (re.compile(ending), short)
    for ending, short in (
        (r"(?<=..)ifi$", "if"),
        (r"(?<=.)plic$", "pli"),
        (r"(?<=..)osit$", "os"),
        (r"^addit$", "add"),
        (r"(?<=[ptx])ens$", "end"),
        (r"(?<=xp)ans$", "and"),
        (r"(?<=..)cis$", "cid"),
        (r"(?<=..)miss$", "mit"),
        (r"(?<=..)([cu])tor$", r"\1t"),
        (r"(?<=..)rr$", "r"),
    )
)
"""Endings of stems of nouns, and those of the verbs that they are made of: `extension` and `extend`."""


def roots(text: str) -> list[str]:
    """The words of a text by their roots, in their order, stop words left out."""
    return [root(stem) for stem in stems(text)]


@functools.lru_cache(1 << 16)
def root(stem: str) -> str:
    """What the stems of one word's forms have in common; the stem itself where nothing is known of it."""
    if stem in _WORD_OF:
        return _WORD_OF[stem]
    for ending, short in _ENDINGS:
        if ending.search(stem):
            return ending.sub(short, stem)
    return stem

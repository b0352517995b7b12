"""What a question takes for granted, in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question_kind import ASKING_WORDS
from corpus.lexical import stems

_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|must|may|will|would|should)"
_GIVEN = r"(?:since|given that|because|now that|although|even though|considering that)"
_PREMISES = (
    re.compile(rf"^(?:{_GIVEN}|as) (?P<said>[^,?]+),", re.IGNORECASE),
    re.compile(rf"[,;(] ?{_GIVEN} (?P<said>[^?]+)", re.IGNORECASE),
    re.compile(
        r"^(?P<said>[^?:]{15,}?)(?: [-\u2013] |\. |; |, so )(?=(?:what|how|why|which|who|when|where|is|are|does)\b)",
        re.IGNORECASE,
    ),
    re.compile(r"\bis it (?:true|correct|right|a fact) that (?P<said>[^?]+)", re.IGNORECASE),
    re.compile(rf"\bwhy (?:{_AUXILIARY} )?(?P<said>[^?]+)", re.IGNORECASE),
    re.compile(
        rf"^(?:when|how|since when) {_AUXILIARY} (?P<said>(?:all|every|each|no|the|no longer)\b[^?]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:which|what) (?:of the )?(?:emn )?(?:member |observer )?(?:countries|states) (?P<said>[^?]+)",
        re.IGNORECASE,
    ),
)
"""Where a question says what it takes for granted."""

_WHICH = re.compile(r"^(?:which|what)\b", re.IGNORECASE)
_SAYS_SO = re.compile(
    r",? (?:as|according to|like) (?:the |this )?[\w ]*(?:report|flash|study|inform|says?|said)[\w ]*$", re.IGNORECASE
)
_GENERAL = ASKING_WORDS | frozenset(
    stems("a an the of in on at by for to from with and or but it its they them their there this that these those "
          "being could must may will would should not no none never all every each always any already still keep "
          "kept even just exactly today now then than as more less fewer rise risen rose increase fall fell fallen "
          "decrease drop need way one single common uniform most some several only count say says said report reports "
          "so such own country state member emn study take took taken part")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Premise:
    """What a question takes for granted, in its own words. `some`: only that it is true of some country."""

    said: str
    some: bool = False


def find_premise(question: str) -> Premise | None:
    """What a question takes for granted; None where it takes nothing for granted that can be told."""
    text = question.strip()
    for pattern in _PREMISES:
        found = pattern.search(text)
        if found is not None:
            said = _SAYS_SO.sub("", found["said"].strip(" .,)"))
            if len(set(telling_stems(said))) >= 2:
                return Premise(said, _WHICH.match(found.group()) is not None)
    return None


def telling_stems(text: str) -> list[str]:
    """The stems of a text that tell what it is about, in their order."""
    return [stem for stem in stems(text) if stem not in _GENERAL and len(stem) > 1 and not stem.isdigit()]

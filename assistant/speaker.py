"""Who speaks in a sentence: the source that a report names for what it says, there or in the note to it."""

from __future__ import annotations

import re

from assistant.sentences import is_reference

_NAME = (
    r"(?:the )?(?:[\w’'.&-]+ ){0,6}?[A-Z][\w’'.&/-]*"
    r"(?: (?:of|for|on|and|in|the|de|du|des|der|to|with|[A-Z][\w’'.&/-]*))*"
)
_SAYS = (
    "argues|argued|calls|called|claims|claimed|complains|complained|concludes|concluded|counts|counted|"
    "criticises|criticised|describes|described|estimates|estimated|explains|explained|finds|found|gives|"
    "gave|holds|held|names|named|notes|noted|observes|observed|points out|pointed out|puts|put|objects|"
    "objected|quotes|quoted|recommends|recommended|records|recorded|reports|reported|says|said|states|"
    "stated|thinks|thought|warns|warned|writes|wrote"
)
_PATTERNS = (
    re.compile(r"\((?P<who>[^()]*?\bcited (?:in|by) [^();]+)\)"),
    re.compile(r"\b[Aa]ccording to (?P<who>[^,;.()]+(?:\.[a-z]\w+)?)"),
    re.compile(rf"(?:, |; |^)(?:[Aa]s )?(?P<who>{_NAME}) (?:{_SAYS})(?: in \d{{4}}| in \w+ \d{{4}})?[.,;]"),
    re.compile(
        r"^(?:(?:In|For) (?:\w+ )?\d{4},? |As |A year later,? )?"
        rf"(?P<who>[Tt]he [a-z]+ {_NAME}|{_NAME})(?:, [^,]+,)? (?:{_SAYS})\b"
    ),
    re.compile(r"\((?P<who>[A-Z][\w.’'& -]*?(?:, (?:19|20)\d\d)?)\)\.?$"),
)
_NO_SPEAKER = re.compile(
    r"^(?:It|They|This|These|That|Those|He|She|There|Most|Many|Some|Several|All|Countries|Member States|Victims?|In|On|"
    r"At|Both|None|The$|\d+|.*\b(?:is|are|was|were|which|that|what)\b|"
    r"The (?:names|source|summaries|report|study|flash|inform|query|list|table|number|figures?))\b"
)
_LONGEST = 90

_SOURCE = re.compile(r"(?:\d{1,3}[.)]? )?(?P<who>[^\W\d_][^,;:()]{1,70}?)(?=, | \((?:19|20)\d\d)")
_AS_BEFORE = re.compile(r", as (?:in note \d+|above)\b|\bin a copy\b")
_NO_SOURCE = re.compile(
    r"^(?:See|Ibid|Idem|As|For|In|On|From|According|Article|Annex|Section|Chapter|Table|Figure|Act|Law|Code|Decree|Case|"
    r"(?:Council |Commission |Framework |Implementing |Delegated )?(?:Directive|Regulation|Decision|Recommendation)|"
    r"Convention|Protocol|COM)\b"
)
"""How a note begins that names a source, and how one does that names a law or another place."""


def find_speaker(sentence: str) -> str | None:
    """The source that a sentence names for itself, such as "Eurostat, cited in LSM Latvia"; None without one."""
    for pattern in _PATTERNS:
        found = pattern.search(sentence)
        if found is None:
            continue
        name = found.group("who").strip(" ,")
        if len(name) <= _LONGEST and any(letter.isupper() for letter in name) and not _NO_SPEAKER.match(name):
            return name
    return None


def find_source(note: str) -> str | None:
    """The source that a note names first, such as "Eurostat" or "GRETA, cited in eucrim"; None where it names none.

    A note that says something itself names none.
    """
    text = " ".join(note.split())
    cited = next((found["who"].strip(" ,") for pattern in _PATTERNS[:1] if (found := pattern.search(text))), None)
    named = _SOURCE.match(text)
    if named is None or not (is_reference(text) or _AS_BEFORE.search(text)) or _NO_SOURCE.match(named["who"]):
        return None
    return cited or named["who"]

"""Who speaks in a sentence: the source that a report names for what it says, in the report's own words."""

from __future__ import annotations

import re

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

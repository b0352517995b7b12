"""What kind of thing a question asks for, and whether a sentence holds it."""

from __future__ import annotations

import re
from typing import Literal

from assistant.speaker import find_speaker
from corpus.lexical import stems
from corpus.text import find_years

Kind = Literal["number", "time", "who", "speaker", "list", "yes-no", "definition", "comparison", "reason"]

ASKING_WORDS = frozenset(
    stems("how many much what which who whom whose when where why does do did has have had is are was were be been can")
)
"""The stems of what questions are asked with: they say nothing of what one is about."""

IDLE_WORDS = ASKING_WORDS | frozenset(
    stems("summarise summarize summary sum outline describe explain discuss compare contrast list name tell "
          "show give present define mention elaborate analyse analyze evaluate assess comment quote cite write "
          "wrote written say said speak spoke spoken talk told read state mean meant stand stood answer "
          "question topic thing stuff kind sort type get got gotten make made take took taken go goes went gone "
          "come came put let keep kept happen become became seem look find found know knew known think thought "
          "want need like try use work see saw seen vs versus etc please briefly detail regarding concerning "
          "overall exactly actually really currently today nowadays now recently usually generally typically "
          "often ever never always still also just even only quite very much many more most less least few "
          "several some any each every all both either neither other another else same different various "
          "certain main major important key basic good bad better best worse worst new old big small high low "
          "long short fast quick easy hard right wrong true false yes okay ok hello hi thanks anybody anyone "
          "anything somebody someone something everybody everyone everything nobody nothing its he she him her "
          "his them me my mine we us our you your about above across after against along among around before "
          "than behind below beside between beyond down during except inside near off onto out outside over past "
          "since through throughout toward under until up upon within without according per via would could "
          "should might must shall may cannot one two three first second third last next")
)  # fmt: skip
"""Stems of words that ask, instruct or join: nobody would look one up."""

_SAYING = (
    "says?|said|thinks?|thought|argue[sd]?|claim(?:s|ed)?|warn(?:s|ed)?|report(?:s|ed)?|estimate[sd]?|wrote|writes?|found|"
    "criticised|noted|stated?|pointed|objected|called|counted|put|gives?|gave"
)
_ASKS: dict[Kind, re.Pattern[str]] = {
    "number": re.compile(
        r"\bhow (?:many|much|often|long|old|fast|high|large|big|soon)\b|\bby how much\b"
        r"|\b(?:share|percentage|percent|proportion|number|rate|budget|amount|total|figures?) (?:of|for|in)\b"
    ),
    "time": re.compile(r"\bwhen\b|\b(?:what|which) (?:year|date|day|month)\b|\bsince which\b|\bby which date\b"),
    "who": re.compile(
        r"\bwho(?:m|se)?\b|\bsource\b|\b(?:which|what) (?:\w+ )?(?:organi[sz]ation|body|bodies|agency|agencies|network|"
        r"authority|authorities|court|ministry|institution|partner|office|group)s?\b"
    ),
    "speaker": re.compile(
        rf"\bwho (?:\w+ ){{0,2}}?(?:{_SAYING})\b|\baccording to wh|\bsources?\b|\bwhere do(?:es)? .{{3,80}} come from\b"
        r"|\b(?:whose|which) (?:figures?|estimate|view|count|data)\b|\bwho is (?:speaking|quoted)\b"
        rf"|\b(?:which|what) (?:organi[sz]ation|body|agency|report|outlet)s? (?:{_SAYING})\b"
    ),
    "list": re.compile(
        r"\b(?:which|what) (?:are|were) (?:the|all)\b"
        r"|\b(?:which|what) (?:\w+ ){0,2}?(?!does\b|was\b|has\b|this\b)\w{3,}s\b"
        r"|\ball of (?:them|the)\b|\blist\b|\bname (?:all|the)\b|\binto which\b|\btop \w+s\b"
    ),
    "yes-no": re.compile(
        r"(?:^|[,:;.–-] )(?:so |and |but )?(?:is|are|was|were|do|does|did|has|have|had|can|could|must|may|should|will|"
        r"would)\b"
    ),
    "definition": re.compile(
        r"\bdefin|\bwhat (?:is|are) (?:an? |the )?[\w -]+\?|\bwhat do(?:es)? (?:an? )[\w -]+ do\b|"
        r"\b(?:what|how) .*\bmean(?:t|s|ing)?\b|\bmeaning of\b"
        r"|\bwhat exactly\b|\bwhat counts as\b|\bstand for\b"
    ),
    "comparison": re.compile(
        r"\bcompar|\bdifferen(?:ce|t)|\bversus\b|\bvs\b|\bside by side\b|\bthan\b|\bboth\b|\bbetween .+ and\b"
        r"|\bbefore\b.+\b(?:now|after|since)\b|\bsome\b.+\bothers?\b|\d[\d .]* ?(?:%|percent)? (?:or|vs) \d"
    ),
    "reason": re.compile(
        r"\bwhy\b|\bhow come\b|\bexplain|\breasons?\b|\bwhat (?:keeps|makes|causes)\b|\bbecause of what\b"
    ),
}  # fmt: skip

_FIGURE = re.compile(
    r"(?<![\w/])\d[\d\u00a0\u202f .,]*(?![\w/])|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|half|thirds?|quarters?|none|all|most)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(r"\b(?:hour|day|week|month|year)s?\b")
_NAME = re.compile(r"(?<!^)(?<![.!?:] )\b(?:[A-Z]{2,}\b|[A-Z][\w’'-]+)")
_ROLE = re.compile(
    r"\b(?:police|prosecutors?|judges?|courts?|ministry|ministries|authorit\w+|agenc\w+|organi[sz]ations?|inspectors?|"
    r"network|office|NGOs?|embassy|coordinator|rapporteur|traffickers?|victims?|parents?|partners?)\b"
)
_SERIES = re.compile(r"(?:[^,;:.()]{2,60}[,;] (?:and |or )?)+[^,;:.()]{2,80}")
_JOINT = re.compile(r"[,;] (?:and |or )?| and | or ")
_MANY = 5
"""From so many things on, a sentence holds a list as well as one can."""

_OF_A_GROUP = re.compile(
    r"\b(?:\d+|[a-z]+(?:teen|ty|een)?) (?:out )?of (?:the |its |these |those )?(?:\d+|(?:two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty)\b)"
    r"|\b(?:over|among|of) (?:the |all )?(?:\d+|\w+teen|twelve|eleven|ten|twenty) (?:\w+ ){0,4}?(?:countries|states)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:It|They|This|These|Those|He|She|Its|Their|Both|Neither|Of these|Of them|Among them|The (?:first|second|third|"
    r"others|latter|former|same)|In \d{4} (?:it|they))\b"
)
_TAKES_BACK = re.compile(
    r"\b(?:nevertheless|however|therefore|by contrast|instead|but|yet|only|not|without)\b", re.IGNORECASE
)
_DECIDES = re.compile(
    r"\b(?:no|not|none|never|nobody|neither|nor|cannot|only|all|every|each|any|must|may|almost|most|always|without|"
    r"does|do|unless|whereas|although|yes|already|alone)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:means?|meant|defined|definition|refers? to|consists?|is an?|is the|are the|stands? for|counts? as|"
    r"covers|includes|who|whom|that)\b"
)
_SETS_SIDE = re.compile(
    r"\b(?:whereas|while|than|against|compared|by contrast|but|before|now|instead|both|respectively|"
    r"the (?:first|second|other|latter)|from .+ to)\b"
)
_REASONS = re.compile(
    r"\b(?:because|due to|reasons?|therefore|so that|since|owing to|explain\w*|as a result|may (?:also )?reflect|"
    r"calls? it|not read as|attribut\w+|fear|compares?)\b",
    re.IGNORECASE,
)


_TERM = (
    re.compile(
        r"\bwhat (?:is|are) (?:(?:meant|understood) by )?(?:an? |the )?(?P<term>[\w/ -]{3,50}?)"
        r"(?:,? exactly)?\s*(?:\?|$)"
    ),
    re.compile(r"\bwhat do(?:es)? (?:an? |the )?(?:term )?(?P<term>[\w/ -]{2,50}?) (?:mean|do|stand for)\b"),
    re.compile(r"\b(?:define|definition of|meaning of) (?:an? |the )?(?P<term>[\w/ -]{3,50}?)\s*(?:\?|$|[,.])"),
    re.compile(r"\bhow (?:is|are) (?:an? |the )?(?P<term>[\w/ -]{3,50}?) (?:\w+ )?defined\b"),
)


def find_term(question: str) -> str:
    """The term whose meaning is asked for, as it is written; empty where none is."""
    written = re.sub('[\u201c\u201d"]', "", question)
    found = next((match for pattern in _TERM if (match := pattern.search(written.casefold()))), None)
    if found is None or len(written.casefold()) != len(written):
        return found["term"].strip() if found else ""
    return written[found.start("term") : found.end("term")].strip()


def kinds_of(question: str) -> frozenset[Kind]:
    """The kinds of thing a question asks for; none where anything may answer."""
    asked = question.casefold()
    kinds = frozenset(kind for kind, pattern in _ASKS.items() if pattern.search(asked))
    return kinds - {"who"} if "speaker" in kinds else kinds


def holds(kind: Kind, sentence: str, question: str) -> float:
    """How well a sentence holds the kind of thing asked for, from 0 to 1."""
    if kind == "number":
        return _holds_number(sentence, question)
    if kind == "time":
        return float(bool(find_years(sentence)))
    if kind == "who":
        return float(_ROLE.search(sentence) is not None or _NAME.search(sentence) is not None)
    if kind == "speaker":
        return float(find_speaker(sentence) is not None)
    if kind == "list":
        return min(count_items(sentence), _MANY) / _MANY
    pattern = {
        "yes-no": _DECIDES,
        "definition": _DEFINES,
        "comparison": _SETS_SIDE,
        "reason": _REASONS,
    }[kind]
    return float(pattern.search(sentence) is not None)


def counts_in_group(sentence: str) -> bool:
    """Whether a sentence says of how many something is a part, as in "ten of 27" or "over the 24 countries"."""
    return _OF_A_GROUP.search(sentence) is not None


def count_items(sentence: str) -> int:
    """How many things a sentence counts up, with commas, semicolons, `and` and `or`; 1 where it names but one."""
    runs = [len(_JOINT.findall(found.group())) + 1 for found in _SERIES.finditer(sentence)]
    return max(runs, default=1)


def leans(sentence: str) -> bool:
    """Whether a sentence begins with a word that stands for something in the one before it."""
    return _LEANS.match(sentence) is not None


def takes_back(sentence: str) -> bool:
    """Whether a sentence limits, denies or draws the conclusion of the one before it in its first words."""
    return _TAKES_BACK.search(" ".join(sentence.split()[:9])) is not None


def _holds_number(sentence: str, question: str) -> float:
    """A figure that is no year: with its unit where asked how long, with its group where asked how many of one."""
    years = find_years(sentence)
    figures = [found.group().strip(" .,") for found in _FIGURE.finditer(sentence)]
    if not any(figure not in years for figure in figures):
        return 0.0
    if re.search(r"\bhow (?:long|fast|soon|old)\b", question.casefold()):
        return float(_DURATION.search(sentence) is not None)
    if re.search(r"\bhow many\b.{0,30}\b(?:countries|states)\b", question.casefold()):
        return 1.0 if counts_in_group(sentence) else 0.5
    return 1.0

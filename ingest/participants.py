"""The countries that took part in a study: those that a sentence lists, or the rows of a table of countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.documents import Page
from corpus.terms import find_countries, find_country_codes
from ingest.said import Said, on_page

_CODES = r"\b[A-Z]{2}\b(?:\s*(?:,|;|and|und|et|&)\s*[A-Z]{2}\b){2,}"
_TOOK_PART = re.compile(
    r"\b(?i:answers? (?:came|were (?:received|given))|contributions? (?:from|by|came|of)|contributed|took part|"
    r"participated|participating|participants|responded|respondents|responses|replies|responding|Beitr\u00e4ge|"
    r"teilgenommen|ont particip\u00e9|ont r\u00e9pondu)\b(?P<between>[^.]{0,160}?)(?P<list>" + _CODES + ")"
)
_OUTSIDE = re.compile(
    r"(?i:\b(?:did not|didn\u2019t|have not|has not|do not|does not|took no|could not|haben nicht|hat nicht|"
    r"n\u2019ont pas|n\u2019a pas)\b[^.;]{0,30}\b"
    r"(?:part\w*|answer\w*|respon\w*|repl\w+|contribut\w*|teil\w*|r\u00e9pond\w*))"
)
"""Words that say of countries that they did not take part; "take part" and "participate" alike."""

_DENIED = re.compile(
    r"\b(?:no|not|none|without|except|excluding|apart from|other than|lacking|missing|keine|nicht|ohne|au\u00dfer|sans|"
    r"aucun\w*|sauf|hormis)\b",
    re.IGNORECASE,
)
_BEFORE = 40
"""Characters before the words "took part" in which a denial turns them round."""

_NETWORK = re.compile(
    r"\b(?:NCPs?|national contact points?|EMN (?:member|observer)|member (?:and observer )?(?:states|countries)|"
    r"EMN countries)\b",
    re.IGNORECASE,
)
_GAVE = re.compile(
    r"\b(?:took part|participated|participating|contributed|responded|provided (?:a |their )?(?:responses?|replies|"
    r"contributions?|answers?|input|information)|(?:responses?|replies|contributions?|answers?) (?:from|by|of)|"
    r"submitted|on the basis of)\b",
    re.IGNORECASE,
)
_FIRST_PAGES = 5
_FEWEST_NAMES = 5
"""Countries by name that a sentence on who took part lists at least: fewer may be examples."""

_COUNTED = re.compile(
    r"\b(?P<count>\d{1,2}) (?:EMN )?(?:countries|NCPs|Member (?:and Observer )?(?:States|Countries))\b", re.IGNORECASE
)
_COUNTRY_TABLE = re.compile(
    r"^(?:Table|Tabelle|Tableau)\b[^\n]*?(?:\b(?P<count>\d+) )?(?:\w+ )?"
    r"(?:countries|country|L\u00e4nder\w*|pays|States)\b[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED_ROW = re.compile(r"[^\W\d_]\w+ \((?P<code>[A-Z]{2})\)(?!\s?(?i:did not|took no part|hat nicht|n\u2019a pas))")
_CODE_ROW = re.compile(
    r"(?<![,;&(/] )(?<![/(])(?<!and )(?<!und )(?<!et )\b(?P<code>[A-Z]{2})\b(?!\s*[,;)]| and | und | et )"
)
_LEADER = ". . ."
_FEWEST_ROWS = 8
_ROWS_IN_A_LINE = 3
_SENTENCE = re.compile(r"[^.\n]+(?:\.(?=\S)[^.\n]+)*")


def find_participants(pages: Sequence[Page]) -> Said[tuple[str, ...]] | None:
    """The countries that took part, by their ISO codes; never those of which a page says that they did not."""
    for page in pages:
        codes = _listed_by_code(page.text) or (_listed_by_name(page.text) if page.number <= _FIRST_PAGES else set())
        codes -= _outside(page.text)
        if len(codes) > 2:
            return Said(tuple(sorted(codes)), on_page(page.number))
    return _participants_of_table(pages)


def listed_codes(listed: str) -> set[str]:
    """The countries of a list of codes."""
    return find_country_codes("\n".join(re.findall(r"\b[A-Z]{2}\b", listed)))


def _listed_by_code(text: str) -> set[str]:
    for found in _TOOK_PART.finditer(text):
        if not _DENIED.search(_clause_before(text, found.start()) + found["between"]):
            return listed_codes(found["list"])
    return set()


def _listed_by_name(text: str) -> set[str]:
    """The countries of a sentence that says which contact points gave answers, where there are as many as it says."""
    for sentence in _sentences(text):
        if not (_NETWORK.search(sentence) and _GAVE.search(sentence)) or _DENIED.search(sentence):
            continue
        codes = {country.code for country in find_countries(sentence)}
        counted = _COUNTED.search(sentence)
        if len(codes) >= _FEWEST_NAMES and (counted is None or int(counted["count"]) <= len(codes)):
            return codes
    return set()


def _outside(text: str) -> set[str]:
    """The countries of which a sentence says that they did not take part, whether named before or after it."""
    codes: set[str] = set()
    for sentence in _sentences(text):
        said = _OUTSIDE.search(sentence)
        if said:
            before, after = sentence[: said.start()].rpartition(";")[2], sentence[said.end() :].partition(";")[0]
            named = before if _names_any(before) else after
            codes |= listed_codes(named) | {country.code for country in find_countries(named)}
    return codes


def _names_any(text: str) -> bool:
    return bool(find_countries(text) or listed_codes(text))


def _clause_before(text: str, place: int) -> str:
    """What stands before a place, back to the end of the sentence before it."""
    return re.split(r"[.;\n]", text[max(0, place - _BEFORE) : place])[-1]


def _sentences(text: str) -> Iterator[str]:
    return (found.group() for found in _SENTENCE.finditer(text))


def _participants_of_table(pages: Sequence[Page]) -> Said[tuple[str, ...]] | None:
    """The countries of a table with a row for each. Where its caption says how many, there must be as many."""
    for index, page in enumerate(pages):
        for caption in _COUNTRY_TABLE.finditer(page.text):
            if _LEADER in caption.group():
                continue
            codes = _rows_after(page.text[caption.end() :], pages[index + 1 :])
            if len(codes) >= _FEWEST_ROWS and (caption["count"] is None or int(caption["count"]) == len(codes)):
                return Said(tuple(sorted(codes)), on_page(page.number))
    return None


def _rows_after(text: str, following: Sequence[Page]) -> set[str]:
    """The countries of the rows below a caption, and of those on the next pages while there are any."""
    codes = _row_codes(text)
    for page in following:
        more = _row_codes(page.text)
        if not codes or more <= codes or _COUNTRY_TABLE.search(page.text):
            break
        codes |= more
    return codes


def _row_codes(text: str) -> set[str]:
    """The countries that rows begin with: `Austria (AT)`, or a code by itself in lines that hold little else."""
    named = [found["code"] for found in _NAMED_ROW.finditer(text)]
    if len(named) > 1:
        return find_country_codes("\n".join(named))
    codes: list[str] = []
    for line in text.split("\n"):
        rows = list(_CODE_ROW.finditer(line))
        if len(rows) >= _ROWS_IN_A_LINE or (rows and rows[0].start() == 0):
            codes += [row["code"] for row in rows]
    return find_country_codes("\n".join(codes))

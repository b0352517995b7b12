"""Web pages: headings, paragraphs, points, tables as rows, notes; what a browser does not show is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree, html

from corpus.documents import PageWarning
from corpus.errors import UnreadableDocument
from corpus.text import shown
from ingest.raw import End, Line, Metadata, raw_page
from ingest.readers.grid import Cell
from ingest.readers.marked import MarkedSheets, folded, raised
from ingest.readers.walk import walk

_UNSEEN = frozenset("head script style noscript template nav svg math iframe object select button textarea".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr img".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])")
_WHITE = re.compile(r"(?<![\w-])color\s*:\s*(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255)(?![\w-])")
_MOST_DIGITS = 4
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|h[1-6]|p|div|table|article)\b", re.IGNORECASE)


def read_html(path: Path, password: str = "") -> Iterator[Line]:  # noqa: ARG001 - every reader is asked in one way
    """Metadata, one page, End. Raises UnreadableDocument for what is no web page."""
    content = path.read_bytes()
    if b"\0" in content[:4096] or not _LOOKS_LIKE_HTML.search(content):
        raise UnreadableDocument(
            "not-html", f"{shown(path.name)} is no web page, whatever its name says", "give the file its right ending"
        )
    yield from read_markup(decode_markup(content))


def read_markup(*pages: str) -> Iterator[Line]:
    """The same from markup that is text already, one string for each page."""
    parsed = [_parse(page) for page in pages]
    read = [_PageReader(root) for root in parsed]
    yield _describe(parsed[0], len(parsed))
    for number, page in enumerate(read, start=1):
        for sheet in page.sheets.sheets():
            yield raw_page(number, None, sheet)
        if page.unseen:
            words = f"{page.unseen} characters that no reader can see were left out; look at the page"
            yield PageWarning(number, "hidden-text", words)
    yield End(len(read))


def decode_markup(content: bytes) -> str:
    """The text of a web page: by its byte order mark, its own declaration, UTF-8, or else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    declared = _CHARSET.search(content[:4096])
    for encoding in ("utf-8-sig", declared[1].decode("ascii") if declared else "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace")


def _parse(markup: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", errors="replace") or b"<p></p>", parser=parser)
    except etree.ParserError:
        return html.document_fromstring(b"<p></p>", parser=parser)


def _describe(root: html.HtmlElement, pages: int) -> Metadata:
    said = {
        (meta.get("name") or meta.get("property") or "").casefold(): folded(meta.get("content") or "")
        for meta in root.iter("meta")
    }
    title = next((folded(element.text_content()) for element in root.iter("title")), "")
    return Metadata(
        pages,
        title=title or said.get("og:title") or None,
        author=said.get("author") or said.get("dc.creator") or None,
        keywords=said.get("keywords") or None,
        created=said.get("date") or said.get("dc.date") or None,
        language=_language(root),
    )


def _language(root: html.HtmlElement) -> str | None:
    code = (root.get("lang") or "").split("-")[0].casefold()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


class _PageReader:
    """One walk over a page's elements, start to end, without recursion: a page may be nested without bound."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.sheets = MarkedSheets()
        self.unseen = 0
        self._notes = _find_notes(root)
        self._note: tuple[str, list[str]] | None = None
        self._text: list[str] = []
        self._tables: list[list[list[Cell]]] = []
        self._style = ("paragraph", 0)
        for event, element in walk(root, self._is_left_out):
            if event == "start":
                self._enter(element)
            elif event == "end":
                self._leave(element)
            else:
                self._say(element.tail)
        self._end_block()

    def _is_left_out(self, element: etree._Element) -> bool:
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            return True
        look = (element.get("style") or "").casefold()
        if element.get("hidden") is not None or _HIDDEN.search(look) or (_WHITE.search(look) and _is_on_white(element)):
            self.unseen += len(folded("".join(element.itertext())))
            return True
        back = element.tag == "a" and (element.get("href") or "").startswith("#")
        return back and not any(character.isalnum() for character in "".join(element.itertext()))

    def _enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag not in _INLINE and tag != "br":
            self._end_block()
        if tag == "table":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and self._tables and self._tables[-1]:
            self._tables[-1][-1].append(_cell_of(element))
        if (element.get("id") or "") in self._notes:
            self._note = (self._notes[element.get("id") or ""], [])
        self._style = _style_of(tag, self._style)
        mark = _mark_of(element)
        self._say(raised(mark) if mark else element.text)

    def _leave(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == "br":
            self._say(" ")
        elif tag not in _INLINE:
            self._end_block()
        if tag == "table" and self._tables:
            self._end_table(self._tables.pop())
        if self._note is not None and (element.get("id") or "") in self._notes:
            self.sheets.note(self._note[0], " ".join(self._note[1]))
            self._note = None
        if tag not in _INLINE and tag != "br":
            self._style = ("paragraph", 0)
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(text)

    def _end_table(self, rows: list[list[Cell]]) -> None:
        """A table within a cell of another is words of that cell."""
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            words = " ".join(cell.text for row in rows for cell in row)
            self._tables[-1][-1][-1] = _with_text(self._tables[-1][-1][-1], words)
        else:
            self.sheets.table(rows)

    def _end_block(self) -> None:
        text, self._text = "".join(self._text), []
        kind, level = self._style
        if not folded(text):
            return
        if self._note is not None:
            self._note[1].append(text)
        elif self._tables and self._tables[-1] and self._tables[-1][-1]:
            self._tables[-1][-1][-1] = _with_text(self._tables[-1][-1][-1], text)
        elif kind == "heading":
            self.sheets.heading(level, text)
        elif kind == "point":
            self.sheets.point(text)
            self._style = ("paragraph", 0)
        else:
            self.sheets.paragraph(text)


def _is_on_white(element: etree._Element) -> bool:
    """Whether nothing says that what is behind it is not white: a colour behind, or a class, which may bring one."""
    around = [element, *element.iterancestors()]
    return not any(
        "background" in (one.get("style") or "").casefold() or one.get("bgcolor") or one.get("class") for one in around
    )


def _cell_of(element: etree._Element) -> Cell:
    """A cell without its words. It names a column where it is in the table's head, or is a head that names no row."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    head = element.tag == "th" and element.get("scope") not in ("row", "rowgroup")
    in_head = above is not None and above.tag == "thead"
    return Cell("", _span(element.get("colspan")), _span(element.get("rowspan")), head=head or in_head)


def _span(said: str | None) -> int:
    """How many columns or rows a cell takes, as browsers read it."""
    return int(said) if said and said.strip().isdecimal() and len(said) <= _MOST_DIGITS and int(said) else 1


def _with_text(cell: Cell, text: str) -> Cell:
    return replace(cell, text=f"{cell.text} {text}")


def _style_of(tag: str, before: tuple[str, int]) -> tuple[str, int]:
    if re.fullmatch("h[1-6]", tag):
        return "heading", int(tag[1])
    if tag in ("li", "dd"):
        return "point", 0
    return before if tag in _INLINE or tag in ("p", "div", "br") else ("paragraph", 0)


def _mark_of(element: etree._Element) -> str | None:
    """The number of a note's mark: a link within the page whose words are a number, raised or said to be one."""
    number = folded("".join(element.itertext())).strip("[]()*")
    within = element.tag == "a" and (element.get("href") or "").startswith("#") and number.isdigit()
    parent = element.getparent()
    is_raised = parent is not None and (parent.tag == "sup" or len(element.findall(".//sup")) == 1)
    return number if within and (is_raised or element.get("role") == "doc-noteref") else None


def _find_notes(root: html.HtmlElement) -> dict[str, str]:
    """The numbers of the notes by the id of the element that holds each."""
    return {
        (link.get("href") or "")[1:]: mark for link in root.iter("a") if (mark := _mark_of(link)) and link.get("href")
    }

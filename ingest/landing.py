"""The PDF that a publisher's page about a publication leads to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from corpus.catalogue import plain_title
from corpus.errors import FetchFault
from corpus.text import shown

_ENOUGH = 0.5
"""The share of a title's words that a link must hold where a page has several PDFs."""

_AROUND = 300
"""A block of more characters says nothing of one link in it."""

_LINKS = 500
"""Links to PDFs that are looked at on one page."""

_BY_HAND = "fetch it by hand, then `ingest add` it"
_BLOCKS = ("li", "tr", "p", "article", "section", "div")


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link to a PDF. `words`: what is said of it on the page and in its file's name."""

    address: str
    words: str


def find_pdf(page: bytes, address: str, title: str, hints: Sequence[str]) -> str:
    """The address of the PDF that a page is about: the one that it declares, its only one, or the one with the title's
    words; of several with as many of them, the one with the most of the words in `hints`.

    Raises FetchFault where the page has none, or where several might be meant.
    """
    tree = _parse(page)
    base = _join(address, _first(tree, "//base/@href") or "") or address
    declared = _join(base, _first(tree, "//meta[@name='citation_pdf_url']/@content"))
    if declared is not None:
        return declared
    links = list(dict.fromkeys(itertools.islice(_pdf_links(tree, base), _LINKS)))
    addresses = {link.address for link in links}
    if not addresses:
        raise FetchFault("no-pdf", f"the page {shown(address)} has no link to a PDF", _BY_HAND)
    if len(addresses) == 1:
        return links[0].address
    wanted, helpful = _words_of(title), _words_of(" ".join(hints))
    likeness = {link: (_share(wanted, link), _share(helpful, link)) for link in links}
    best = max(likeness.values())
    found = {link.address for link in links if likeness[link] == best}
    if best[0] < _ENOUGH or len(found) > 1:
        words = f"the page {shown(address)} has {len(addresses)} PDFs, and none is plainly this publication"
        raise FetchFault("several-pdfs", words, _BY_HAND)
    return found.pop()


def _parse(page: bytes) -> html.HtmlElement:
    try:
        return html.document_fromstring(page, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, ValueError) as error:
        raise FetchFault("no-pdf", "the page is empty", _BY_HAND) from error


def _first(tree: html.HtmlElement, path: str) -> str | None:
    return next((str(found) for found in tree.xpath(path)), None)


def _pdf_links(tree: html.HtmlElement, base: str) -> Iterator[PdfLink]:
    for element in tree.xpath("//a[@href] | //link[@href]"):
        address = (_join(base, element.get("href")) or "").split("#")[0]
        parts = urlsplit(address)
        kind = (element.get("type") or "").split(";")[0].strip().lower()
        if parts.scheme in ("http", "https") and (kind == "application/pdf" or _names_pdf(parts.path, parts.query)):
            yield PdfLink(address, _words(element, unquote(f"{parts.path} {parts.query}")))


def _names_pdf(path: str, query: str) -> bool:
    """`/report.pdf`, `/download?filename=report.pdf`, `/EN/TXT/PDF/`."""
    steps = unquote(path).lower().split("/")
    values = [value.lower() for value in re.split(r"[&=]", unquote(query))]
    return "pdf" in steps or steps[-1].endswith(".pdf") or any(value.endswith(".pdf") for value in values)


def _words(element: html.HtmlElement, place: str) -> str:
    """The link's own words, those of the block it stands in where that is short, and those of the file's name."""
    block = next(element.iterancestors(*_BLOCKS), None)
    around = " ".join(block.text_content().split()) if block is not None else ""
    said = [element.text_content(), element.get("title") or "", element.get("aria-label") or "", place]
    return " ".join([*said, around if len(around) <= _AROUND else ""])


def _share(wanted: frozenset[str], link: PdfLink) -> float:
    return len(wanted & _words_of(link.words)) / max(len(wanted), 1)


def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", plain_title(text)))


def _join(base: str, address: str | None) -> str | None:
    """The address as seen from a page; None for none, and for what cannot be one."""
    if address is None:
        return None
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return None

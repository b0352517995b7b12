"""The basket over HTTP: what is exported has been proven anew, and what does not hold is refused in words."""

from __future__ import annotations

import io
import json

import docx
import pytest
from fastapi.testclient import TestClient

from corpus.errors import EmbedderFault
from corpus.library import Library
from tests.fakes import FLASH, FLASH_PAGES, add_report, cite, first_sentence, sentence_over_two_pages
from tests.web_client import error_of, loaded, open_client

Sent = dict[str, str]


def sent(library: Library) -> list[Sent]:
    one, other = first_sentence(library), sentence_over_two_pages(library)
    return [
        {"link": one.link, "quote": one.quote, "note": "first"},
        {"link": other.link, "quote": other.quote, "note": ""},
    ]


def test_a_basket_is_shown_with_its_references_and_notes(client: TestClient, web_library: Library) -> None:
    form = client.post("/api/basket", json={"quotes": sent(web_library)}).json()
    assert form["refused"] == []
    assert [quote["note"] for quote in form["quotes"]] == ["first", ""]
    assert form["quotes"][1]["words"] == " ".join(sentence_over_two_pages(web_library).quote.split())
    assert "pp. 5\u20136" in form["quotes"][1]["references"]["footnote"]


@pytest.mark.parametrize(
    ("kind", "says"), [("md", "> \u201cSince 2022"), ("bib", "@techreport"), ("ris", "TY  - RPRT"), ("json", "quotes")]
)
def test_a_basket_is_exported_as_a_file(client: TestClient, web_library: Library, kind: str, says: str) -> None:
    answer = client.post("/api/basket/export", json={"quotes": sent(web_library), "format": kind})
    assert answer.status_code == 200
    assert f'filename="quotations.{kind}"' in answer.headers["content-disposition"]
    assert says in answer.text
    assert kind == "json" or "http://127.0.0.1/c/test-flash-2025-2/" in answer.text


def test_a_basket_is_exported_as_a_word_file(client: TestClient, web_library: Library) -> None:
    answer = client.post("/api/basket/export", json={"quotes": sent(web_library), "format": "docx"})
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert f"\u201c{first_sentence(web_library).quote}\u201d" in paragraphs


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"quote": FLASH_PAGES[0].split("\n")[0].replace("most", "few")}, "not those that its link stands for"),
        ({"quote": "Debt bondage is named most often."}, "not those that its link stands for"),
        ({"link": "x/00000000/p1/0123456789ab"}, "nothing in this library"),
        ({"link": "javascript:alert(1)"}, "no link of this library"),
    ],
)
def test_a_quote_that_does_not_hold_is_refused_in_words(
    client: TestClient, web_library: Library, change: Sent, says: str
) -> None:
    good, other = sent(web_library)
    quotes = [good, {**other, **change}]
    error = error_of(client.post("/api/basket/export", json={"quotes": quotes, "format": "md"}))
    assert (error["code"], says in error["message"]) == ("unproven", True)
    assert error["message"].startswith("quote 2 ")
    shown = client.post("/api/basket", json={"quotes": quotes}).json()
    assert [len(shown["quotes"]), shown["refused"][0]["number"]] == [1, 2]


def test_words_that_are_left_out_of_a_quote_are_marked(own_library: Library) -> None:
    add_report(own_library, FLASH, ("One two three four five six. Seven eight nine.", "Ten eleven twelve."))
    link = cite(own_library, FLASH, "One two three").link
    client = open_client(loaded(own_library, [EmbedderFault("none", "none")]))
    quotes = [{"link": link, "quote": "one two three [...] six \u2026 eleven twelve"}]
    exported = client.post("/api/basket/export", json={"quotes": quotes, "format": "json"})
    assert json.loads(exported.content)["quotes"][0]["words"] == "One two three [...] six [...] eleven twelve"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"quotes": [], "format": "pdf"}, "'format' is wrong"),
        ({"format": "md"}, "'quotes' is missing"),
        ({"quotes": [{"link": "x"}] * 501, "format": "md"}, "'quotes' is wrong"),
    ],
)
def test_what_is_no_basket_is_refused(client: TestClient, form: dict[str, object], says: str) -> None:
    answer = client.post("/api/basket/export", json=form)
    assert answer.status_code == 422
    assert says in error_of(answer)["message"]

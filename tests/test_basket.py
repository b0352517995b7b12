"""Quotes collected, ordered and exported; and a dossier that is read back has no fault."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.__main__ import main
from assistant.ask import Assistant
from assistant.basket import Basket, Entry, make_basket, move_entry, read_basket, remove_entry, write_basket
from assistant.collecting import FORMATS, write_dossier
from assistant.dossier import Dossier, gather_quotes
from assistant.draftfiles import read_draft, read_text
from assistant.drafts import Checker
from assistant.find import Finder
from assistant.links import cite_parts
from corpus.documents import Part
from corpus.errors import WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk
from tests.fakes import FLASH, add_report, cite, first_sentence, sentence_over_two_pages

TODAY = date(2026, 11, 25)
LINKS = [f"report/{number:08x}/p1/0123456789ab" for number in range(4)]


def links(basket: Basket) -> list[str]:
    return [entry.link for entry in basket.entries]


def test_entries_are_ordered_and_taken_out_by_their_number() -> None:
    basket = make_basket([Entry(link) for link in [*LINKS, LINKS[0]]])
    assert links(move_entry(basket, 4, 1)) == [LINKS[3], *LINKS[:3]]
    assert links(move_entry(basket, 1, 3)) == [LINKS[1], LINKS[2], LINKS[0], LINKS[3]]
    assert links(remove_entry(basket, 2)) == [LINKS[0], *LINKS[2:]]
    with pytest.raises(WrongUse):
        move_entry(basket, 1, 5)


def test_a_basket_is_kept_in_a_file_and_another_file_is_none(tmp_path: Path) -> None:
    path = tmp_path / "basket.json"
    basket = make_basket([Entry(LINKS[0], "a note")])
    write_basket(path, basket)
    assert (read_basket(path), read_basket(tmp_path / "none")) == (basket, Basket())
    path.write_text('{"entries": [1]}', encoding="utf-8")
    with pytest.raises(WrongUse):
        read_basket(path)


def dossier(library: Library, *entries: Entry) -> Dossier:
    return gather_quotes(library, make_basket(entries), TODAY)


def test_only_proven_words_stand_in_quotation_marks(own_library: Library) -> None:
    quoted = first_sentence(own_library)
    made = dossier(own_library, Entry(quoted.link, 'He said \u201cso\u201d and "more"'), Entry(LINKS[0]))
    text = write_dossier(made, "md").decode()
    assert re.findall('["\u201c\u201e\u00ab](.*)["\u201d\u201c\u00bb]', text) == [quoted.quote]
    assert "He said so and more" in text
    assert made.lost == (LINKS[0],)
    assert f"Not in this library any more: {LINKS[0]}" in text


def test_a_note_keeps_its_lines(own_library: Library) -> None:
    made = dossier(own_library, Entry(first_sentence(own_library).link, "To be asked:\n\nsince  when?"))
    assert made.quotes[0].remarks[:2] == ("To be asked:", "since when?")
    assert "To be asked:\n\nsince when?" in write_dossier(made, "md").decode()


def test_two_quotes_of_one_page_have_entries_of_their_own(own_library: Library) -> None:
    entries = [Entry(first_sentence(own_library).link), Entry(sentence_over_two_pages(own_library).link)]
    made = dossier(own_library, *entries)
    keys = re.findall(r"@\w+\{([^,]+),", write_dossier(made, "bib").decode())
    assert len(set(keys)) == 2
    assert write_dossier(made, "ris").decode().count("TY  - RPRT") == 2
    assert [quote["note"] for quote in json.loads(write_dossier(made, "json"))["quotes"]] == ["", ""]


def test_what_looks_like_markdown_is_shown_as_it_stands(own_library: Library) -> None:
    words = "1. A *star* [^1] and <b>tags</b> & `code` #5 \\ _so_ | far"
    odd = add_odd(own_library, words)
    (quotation, *_) = read_text(write_dossier(dossier(own_library, Entry(odd)), "md"), "a.md").blocks[2:]
    assert quotation.text == f"\u201c{words}\u201d"


def add_odd(library: Library, words: str) -> str:
    document = FLASH.__class__("odd", "0" * 64, "An odd report of its own", year=2020)
    add_report(library, document, (f"Before.\n{words}\nAfter.",))
    return cite(library, document, words).link


def test_word_has_real_footnotes(own_library: Library, tmp_path: Path) -> None:
    path = tmp_path / "dossier.docx"
    path.write_bytes(write_dossier(dossier(own_library, Entry(first_sentence(own_library).link)), "docx"))
    blocks = read_draft(path).blocks
    assert [block.kind for block in blocks[2:]] == ["quotation", "note"]
    assert [mark.note for mark in blocks[2].marks] == [blocks[3].note]
    assert docx.Document(str(path)).core_properties.author == ""


def test_a_quote_stands_in_a_word_file_to_the_letter(own_library: Library, tmp_path: Path) -> None:
    words = "Some 5 000 victims co\u00adoperated, says \u2067one\u2069 report."
    path = tmp_path / "dossier.docx"
    path.write_bytes(write_dossier(dossier(own_library, Entry(add_odd(own_library, words))), "docx"))
    assert read_draft(path).blocks[2].text == f"\u201c{words}\u201d"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_exported_dossier_that_is_read_back_has_no_fault(
    assistant: Assistant, desk: Desk, library: Library, data: st.DataObject
) -> None:
    index = CurrentIndex(desk.home)
    entries = []
    for _ in range(data.draw(st.integers(1, 3))):
        document = data.draw(st.sampled_from(library.documents()))
        (page,) = library.pages(document.sha256)
        words = list(re.finditer(r"\S+", page.text))
        first = data.draw(st.integers(0, len(words) - 1))
        last = data.draw(st.integers(first, len(words) - 1))
        part = Part(page.number, words[first].start(), words[last].end())
        entries.append(Entry(cite_parts(document, [part], {page.number: page}, 1, 1.0).link, "A note of mine."))
    made = dossier(library, *entries)
    checked = Checker(library, index, Finder(library, index)).check(read_text(write_dossier(made, "md"), "a.md"))
    index.close()
    assert not made.lost
    assert [item for item in checked.items if item.is_fault] == []
    assert len(checked.items) >= 2 * len(made.quotes)


def test_an_exported_word_file_that_is_read_back_has_no_fault(
    assistant: Assistant, desk: Desk, library: Library, tmp_path: Path
) -> None:
    document = library.documents()[0]
    sentence = "The reflection period gives victims 30 days to recover and to decide whether to cooperate."
    path = tmp_path / "dossier.docx"
    path.write_bytes(write_dossier(dossier(library, Entry(cite(library, document, sentence).link)), "docx"))
    index = CurrentIndex(desk.home)
    items = Checker(library, index, Finder(library, index)).check(read_draft(path)).items
    index.close()
    assert [(item.kind, item.verdict) for item in items] == [
        ("quotation", "verbatim"),
        ("reference", "verbatim"),
        ("reference", "verbatim"),
    ]


def test_the_command_collects_and_exports(
    own_library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(own_library.home)]
    link = first_sentence(own_library).link
    assert main(["basket", "add", link, "--note", "mine", *home]) == 0
    assert main(["basket", "add", LINKS[0], *home]) == 1
    for kind in FORMATS:
        assert main(["basket", "export", str(tmp_path / f"dossier.{kind}"), *home]) == 0
        assert (tmp_path / f"dossier.{kind}").stat().st_size
    assert main(["basket", "export", str(tmp_path / "dossier.pdf"), *home]) == 2
    capsys.readouterr()
    assert main(["basket", "list", "--json", *home]) == 0
    assert [quote["note"] for quote in json.loads(capsys.readouterr().out)["quotes"]] == ["mine"]


def test_a_quote_is_collected_by_a_reference_and_its_words(
    own_library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(own_library.home)]
    quoted = first_sentence(own_library)
    assert main(["basket", "add", "Test Flash #2 - 2025, p. 5", "--quote", quoted.quote.upper(), *home]) == 0
    assert capsys.readouterr().out == "The basket holds 1 quote.\n"
    assert links(read_basket(own_library.home / "basket.json")) == [quoted.link]
    assert main(["basket", "add", "Test Flash #2 - 2025, p. 6", "--quote", quoted.quote, *home]) == 1
    assert main(["basket", "add", "Test Flash #2 - 2025", "--quote", quoted.quote, *home]) == 2


def test_a_quote_is_collected_by_its_words_where_one_place_says_them(assistant: Assistant, library: Library) -> None:
    home = ["--home", str(library.home)]
    period = "The reflection period gives victims 30 days to recover and to decide"
    assert main(["basket", "add", period, *home]) == 0
    assert len(links(read_basket(library.home / "basket.json"))) == 1
    assert main(["basket", "add", "Measures target five regions: the Sahel, the Horn of Africa", *home]) == 2
    assert main(["basket", "add", period.replace("30", "60"), *home]) == 1
    assert main(["basket", "add", "too few words", *home]) == 2

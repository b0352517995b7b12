"""The audit of a draft: each verdict on a draft that deserves it, and files that cannot be drafts."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import SupportsIndex, cast

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.__main__ import main
from assistant.ask import Assistant
from assistant.blocks import Block, Draft
from assistant.checked import Checked
from assistant.checking import explain, write_page
from assistant.draftfiles import read_draft, read_text
from assistant.drafts import MOST_ITEMS, Checker, is_title
from assistant.figures import find_figures
from assistant.find import Finder
from assistant.links import make_link
from assistant.margin import comment
from assistant.mentioned import find_mentions
from assistant.quotations import find_quotations
from assistant.wordreading import read_word
from assistant.wordtext import writable
from corpus.errors import Fault, TooLarge, UnreadableDocument, WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.conftest import FLASH, Command, add_flashes
from tests.stand_ins import WordEmbedder, make_desk, make_document
from tests.word_maker import make_docx, paragraph, row, run

REGIONS = "Measures target five regions: the Sahel, the Horn of Africa, North Africa, Eastern Europe"
PERIOD = "The reflection period gives victims 30 days to recover and to decide whether to cooperate"
AGES = "Ages of those identified\n\nAges\n\nAges in 2023. Begging stood at 9 %; 13 % of victims were children.\n"
FOREIGN = "The cat sat upon the mat and looked at the moon all night"


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    home = tmp_path_factory.mktemp("check")
    library, index = Library.open(home / "library.db"), CurrentIndex(home)
    desk = make_desk(home, library, WordEmbedder())
    (home / "ages.txt").write_text(AGES, encoding="utf-8")
    add_file(home / "ages.txt", Given(), desk, lambda page, pages: None)
    add_flashes(desk, home)
    yield Checker(library, index, Finder(library, index))
    index.close()
    library.close()


def checked(checker: Checker, text: str, name: str = "draft.md") -> list[tuple[str, str]]:
    items = checker.check(read_text(text.encode(), name)).items
    return [(item.kind, item.verdict) for item in items]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (f"They say: \u201c{REGIONS}\u201d.", "verbatim"),
        (f"They say: \u201c{REGIONS.replace('five', 'six')}\u201d.", "altered"),
        (f"They say: \u201c{FOREIGN}\u201d.", "not-found"),
        (f"\u201c{PERIOD}.\u201d (EMN Flash #2 - 2022, p. 1)", "verbatim verbatim"),
        (f"\u201c{PERIOD}.\u201d (EMN Flash #2 - 2025, p. 1)", "other-document verbatim"),
        (f"As EMN Flash #2 - 2022, p. 1, says, \u201c{PERIOD}\u201d", "verbatim verbatim"),
        (f"\u201c{PERIOD}\u201d (EMN Flash #2 - 2022, p. 7)", "wrong-page wrong-page"),
        (f"\u201c{PERIOD}\u201d[^a]\n\n[^a]: EMN Flash #2 - 2022, p. 1.", "verbatim verbatim"),
        (f"> {PERIOD.replace('to recover', 'not to recover')}\n", "altered"),
        ("It registered 64 victims (EMN Flash #2 - 2022, p. 1).", "verbatim verbatim"),
        ("It registered 46 victims (EMN Flash #2 - 2022, p. 1).", "figure-not-there verbatim"),
        ("It registered 64 days (EMN Flash #2 - 2022, p. 1).", "figure-not-there verbatim"),
        ("Forced labour in agriculture had 64 victims.", "verbatim"),
        ("Forced labour in agriculture had 65 victims.", "not-found"),
        ("Forced labour in agriculture had 64 victims in 2023.", "verbatim"),
        ("Forced labour in agriculture had 64 victims in 2024.", "not-found"),
        ("In agriculture, 64 victims of sexual exploitation were registered.", "not-found"),
        ("There were 64 victims of sexual exploitation (EMN Flash #2 - 2022, p. 1).", "figure-not-there verbatim"),
        ("There were 64 victims of forced labour (EMN Flash #2 - 2022, p. 1).", "verbatim verbatim"),
        (f"\u201c{PERIOD}\u201d (EMN Flash #2 - 2022, pp. 1-2)", "verbatim wrong-page"),
        (f"\u201c{PERIOD}\u201d (EMN Flash #2 - 2022, S. 1 f.)", "verbatim verbatim"),
        ("In 2023, 13 % of the victims were children.", "verbatim"),
        ("In 2024, 13 % of the victims were children.", "not-found"),
        ("There were at least 64 victims of forced labour (EMN Flash #2 - 2022, p. 1).", "verbatim verbatim"),
        ("There were fewer than 64 victims of forced labour (EMN Flash #2 - 2022, p. 1).", "figure-not-there verbatim"),
        ("There were more than 64 victims of forced labour (EMN Flash #2 - 2022, p. 1).", "figure-not-there verbatim"),
        ("There were 64 victims of forced labour. (EMN Flash #2 - 2022, p. 1)", "verbatim verbatim"),
        ("That is another matter (Eurostat 2024, p. 5).", "not-found"),
        ("See test/00000000/p1/0123456789ab.", "not-found"),
        ("In 2023 the \u201cvictims\u201d were five, said Article 11 on page 3, on 25 November 2026.", ""),
    ],
)
def test_what_a_draft_says_gets_the_verdict_it_deserves(checker: Checker, text: str, verdicts: str) -> None:
    assert [verdict for _, verdict in checked(checker, text)] == verdicts.split()


def test_a_reference_is_for_its_own_sentence_and_a_worded_number_is_read_whole(checker: Checker) -> None:
    text = "There were 64 victims (EMN Flash #2 - 2022, p. 1). More than ten thousand victims were hidden."
    *_, item = checker.check(read_text(text.encode(), "a.md")).items
    assert (item.text, item.verdict, item.cited) == ("ten thousand victims", "not-found", ())


def test_a_difference_is_named_with_both_wordings(checker: Checker) -> None:
    (item,) = checker.check(read_text(f"\u00ab{PERIOD.replace('30', '60')}\u00bb".encode(), "a.txt")).items
    assert [(one.kind, one.yours, one.source) for one in item.differences] == [("number", "60", "30")]


def test_words_of_an_edition_that_was_replaced_are_superseded(
    assistant: Assistant, desk: Desk, library: Library, tmp_path: Path
) -> None:
    index = CurrentIndex(desk.home)
    checker = Checker(library, index, Finder(library, index))
    draft = f"\u201c{PERIOD}\u201d ({_link(checker, PERIOD)})"
    assert checked(checker, draft) == [("quotation", "verbatim"), ("reference", "verbatim")]
    path = tmp_path / "flash-2022.txt"
    path.write_text(FLASH.format(year=2022, days=45), encoding="utf-8")
    add_file(path, Given(), desk, lambda page, pages: None)
    catch_up(desk, lambda words: None)
    assert checked(checker, draft) == [("quotation", "superseded"), ("reference", "superseded")]
    assert checked(checker, f"\u201c{PERIOD}\u201d") == [("quotation", "superseded")]
    index.close()


def _link(checker: Checker, text: str) -> str:
    (item,) = checker.check(read_text(f"\u201c{text}\u201d".encode(), "a.txt")).items
    citation = item.matches[0].citation
    return make_link(citation.document, citation.parts)


_MARKS = ["\u201c\u201d", "\u201e\u201c", "\u201e\u201d", "\u00ab\u00bb", "\u00bb\u00ab", "\u00bb\u00bb", '""']
_MARKS += ["\u2018\u2019", "\u201a\u2018", "\u201d\u201d", "''", "\u2039\u203a"]


@settings(max_examples=50)
@given(st.sampled_from(_MARKS), st.lists(st.from_regex(r"[a-z]{2,9}(,|)", fullmatch=True), min_size=1))
def test_whatever_marks_a_language_has_what_stands_between_them_is_the_quotation(marks: str, words: list[str]) -> None:
    inner = " ".join(words)
    text = f"They say: {marks[0]}{inner}{marks[1]} and so on"
    (found,) = find_quotations(text)
    assert (found.text, text[found.start : found.end]) == (inner, f"{marks[0]}{inner}{marks[1]}")


@settings(max_examples=50)
@given(st.text(alphabet="\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\"' as.,", max_size=60))
def test_quotations_stand_in_the_text_in_order(text: str) -> None:
    found = find_quotations(text)
    assert all(one.text in text[one.start : one.end] for one in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "some 10 793 registered victims, 41,5 % of EUR 5 million",
            ["10 793 registered victims", "41,5 %", "EUR 5 million"],
        ),
        ("In 2023 women were thirty per cent; Article 11 of Directive 2011/36/EU", ["thirty per cent"]),
        ("on 25 November 2026, p. 14, No 2", []),
    ],
)
def test_figures_are_numbers_with_their_units(text: str, figures: list[str]) -> None:
    assert [figure.text for figure in find_figures(text)] == figures


def test_a_word_file_is_checked_in_its_body_its_tables_and_its_notes(checker: Checker, tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    quoted, foreign = run(f"\u201c{PERIOD}\u201d"), row("A", f"\u201e{FOREIGN}\u201c")
    body = f"<w:p>{quoted}{mark}</w:p><w:tbl>{foreign}</w:tbl>{paragraph(REGIONS.replace('five', '5'), 'Q')}"
    notes = f'<w:footnote w:id="2">{paragraph("EMN Flash #2 - 2025, p. 1")}</w:footnote>'
    styles = '<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    path = make_docx(
        tmp_path / "draft.docx", body, notes, {"word/styles.xml": f"<w:styles {namespace}>{styles}</w:styles>"}
    )
    items = checker.check(read_draft(path)).items
    assert [(item.block.where, item.verdict) for item in items] == [
        ("paragraph 1", "other-document"),
        ("table 1, row 1, cell 2", "not-found"),
        ("paragraph 2", "altered"),
        ("footnote 1", "verbatim"),
    ]


def test_cells_and_notes_are_named_by_their_own_tables_and_kinds(tmp_path: Path) -> None:
    marks = "".join(
        f'<w:p>{run("Word")}<w:r><w:{kind}Reference w:id="{note}"/></w:r></w:p>'
        for kind, note in (("footnote", 7), ("endnote", 7), ("footnote", 9), ("footnote", 7), ("footnote", 8))
    )
    nested = f"<w:tr><w:tc><w:tbl>{row('a')}</w:tbl>{paragraph('b')}</w:tc></w:tr>"
    body = f"{marks}<w:tbl>{row('c', 'd')}{row('e', 'f')}</w:tbl><w:tbl>{row('g')}{nested}</w:tbl>"
    blocks = read_word(make_docx(tmp_path / "draft.docx", body))
    assert [mark.note for block in blocks for mark in block.marks] == [
        "footnote 1",
        "endnote 1",
        "footnote 2",
        "footnote 1",
        "footnote 3",
    ]
    assert {block.text: block.where for block in blocks if block.where.startswith("table")} == {
        "c": "table 1, row 1, cell 1",
        "d": "table 1, row 1, cell 2",
        "e": "table 1, row 2, cell 1",
        "f": "table 1, row 2, cell 2",
        "g": "table 2, row 1, cell 1",
        "a": "table 1, row 1, cell 1",
        "b": "table 2, row 2, cell 1",
    }


@given(st.text(st.characters(codec="utf-8")))
def test_only_what_xml_cannot_hold_is_taken_out_of_a_text(text: str) -> None:
    element = etree.Element("t")
    element.text = written_text = writable(text)
    assert len(written_text) == len(text)
    for letter, kept in zip(text, written_text, strict=True):
        if letter != kept:
            with pytest.raises(ValueError, match="XML compatible"):
                element.text = letter


def test_letters_that_do_not_show_stay_in_a_text() -> None:
    assert writable("a\u00a0b\u00ad\u200d\U0001f600\x0b") == "a\u00a0b\u00ad\u200d\U0001f600 "


@pytest.mark.parametrize("kind", ["bomb", "entities", "binary", "outside", "password"])
def test_a_hostile_word_file_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "draft.docx"
    if kind == "bomb":
        make_docx(path, "", parts={"word/a.xml": b" " * (65 << 20)})
    elif kind == "entities":
        make_docx(
            path, "", parts={"word/settings.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}
        )
    elif kind == "outside":
        make_docx(path, paragraph("x"), parts={"../../evil.xml": "<a/>"})
    else:
        path.write_bytes(b"\xd0\xcf\x11\xe0" if kind == "password" else bytes(range(256)) * 40)
    with pytest.raises(UnreadableDocument):
        read_draft(path)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(bytes(range(256)), UnreadableDocument), (b"a\0b", UnreadableDocument), (b"a" * 3_000_001, TooLarge)],
)
def test_what_is_no_text_or_too_much_is_refused_in_words(content: bytes, fault: type[Fault]) -> None:
    with pytest.raises(fault):
        read_text(content, "draft.txt")


def test_a_file_of_another_kind_or_none_is_refused(tmp_path: Path) -> None:
    for name, fault in (("draft.pdf", UnreadableDocument), ("none.txt", WrongUse)):
        with pytest.raises(fault):
            read_draft(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("", []),
        ("?!", []),
        ("word", []),
        ('"' * 100_000, []),
        ("\u201a a " * 30_000, []),
        ("\u201c" + "a" * 100_000, []),
        ("https://" * 30_000, []),
        ("\u0645\u0631\u062d\u0628\u0627 " * 200, []),
        ("https://a.org/c/b/c/test/00000000/p1/0123456789ab", [("reference", "not-found")]),
    ],
)
def test_odd_texts_are_read_and_say_no_more_than_they_hold(
    checker: Checker, text: str, verdicts: list[tuple[str, str]]
) -> None:
    assert checked(checker, text, "draft.txt") == verdicts


def test_what_takes_too_long_is_refused_with_the_place_from_which_nothing_was_checked(
    library: Library, assistant: Assistant
) -> None:
    index = CurrentIndex(library.home)
    hurried = Checker(library, index, Finder(library, index), seconds=0.0)
    with pytest.raises(TooLarge, match=r"nothing from paragraph 2 on was checked"):
        checked(hurried, f"Words.\n\n\u201c{REGIONS}\u201d")
    index.close()


class Counted(str):
    """A text that counts the characters that are copied from it."""

    copied = 0

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        piece = super().__getitem__(place)
        self.copied += len(piece)
        return piece


def test_only_what_stands_close_before_a_number_is_looked_at() -> None:
    text = Counted("There were 2019 boats, 1999 boats. " * 100)
    find_figures(text)
    assert 0 < text.copied <= 200 * 40


def test_more_than_can_be_checked_at_a_time_is_refused(checker: Checker) -> None:
    with pytest.raises(TooLarge):
        checked(checker, f"\u201c{REGIONS}\u201d " * (MOST_ITEMS + 1))


def test_what_is_too_much_is_refused_before_the_rest_is_read(checker: Checker) -> None:
    class Unread:
        text = property(lambda self: pytest.fail("it was read"))

    many = Block("paragraph 1", "test/00000000/p1/0123456789ab " * (MOST_ITEMS + 1))
    with pytest.raises(TooLarge):
        checker.check(Draft("a.txt", (many, cast(Block, Unread()))))


def written(path: Path, text: str) -> list[str]:
    """A Word file with one paragraph; returns what its paragraphs say."""
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    return [one.text for one in document.paragraphs]


def test_what_was_found_is_shown_as_a_page_and_in_the_margin(checker: Checker, tmp_path: Path) -> None:
    draft, copy = tmp_path / "draft.docx", tmp_path / "copy.docx"
    said = written(draft, f"They say \u201c{REGIONS.replace('five', 'six')}\u201d & <b>more</b>.")
    found = checker.check(read_draft(draft))
    page = write_page(found)
    assert "<del>six</del> <ins>five</ins>" in page
    assert "<b>" not in page
    copy.write_bytes(comment(draft, found, explain))
    commented = docx.Document(str(copy))
    assert [one.text.partition(":")[0] for one in commented.comments] == ["altered"]
    assert [one.text for one in commented.paragraphs] == said
    assert zipfile.ZipFile(copy).testzip() is None


def test_the_draft_itself_is_never_written_to(tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    written(draft, "Words.")
    before = draft.read_bytes()
    assert main(["check", str(draft), "--docx", str(draft)]) == 2
    assert main(["check", str(draft), "--html", str(draft)]) == 2
    assert draft.read_bytes() == before


@pytest.mark.long
def test_the_command_says_what_is_wrong_and_by_its_status_that_something_is(command: Command, tmp_path: Path) -> None:
    report, draft = tmp_path / "report.txt", tmp_path / "draft.docx"
    report.write_text(f"A report\n\nFindings\n\n{REGIONS}.\n", encoding="utf-8")
    written(draft, f"They say \u201c{REGIONS.replace('five', 'six')}\u201d.")
    assert command("ingest", "add", str(report)).returncode == 0
    page, copy = tmp_path / "audit.html", tmp_path / "copy.docx"
    done = command("assistant", "check", str(draft), "--json", "--html", str(page), "--docx", str(copy))
    assert (done.returncode, json.loads(done.stdout)["faults"]) == (1, 1)
    assert page.stat().st_size
    assert copy.stat().st_size
    shown = command("assistant", "check", str(draft)).stdout
    assert "number changed: yours has 'six', the report 'five'" in shown
    draft.unlink()
    written(draft, f"They say \u201c{REGIONS}\u201d.")
    assert command("assistant", "check", str(draft)).returncode == 0


def test_the_title_within_a_reference_is_no_quotation() -> None:
    document = replace(make_document("a", 2022), title="Victims of trafficking in the whole Union")
    text = "(\u201cVictims of trafficking in the whole Union\u201d, Test Flash, 2022, p. 1)"
    (mention,), (quoted,) = find_mentions(text, [document]), find_quotations(text)
    assert is_title(quoted, mention)
    assert not is_title(replace(quoted, text="Victims of trafficking in half the Union"), mention)


def test_faults_are_counted(checker: Checker) -> None:
    found: Checked = checker.check(read_text(f"\u201c{REGIONS}\u201d \u201c{FOREIGN}\u201d".encode(), "a.md"))
    assert found.faults == 1

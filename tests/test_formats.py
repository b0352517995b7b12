"""Word files, web pages and Markdown: what they say is read, what nobody sees is left out, what harms is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from corpus.documents import Page, PageWarning
from corpus.errors import UnreadableDocument
from ingest.clean import clean_pages
from ingest.raw import Line, Metadata
from ingest.readers.__main__ import load_reader
from ingest.structure import Block, find_blocks
from tests.stand_ins import SAMPLE
from tests.word_maker import make_docx, paragraph, row, run

FINDING = "Most countries have funded measures in third countries of origin."
START = "The reflection period gives any victim of such trafficking time"
POINT = '<w:numPr><w:ilvl w:val="0"/></w:numPr>'
BREAK = '<w:r><w:br w:type="page"/></w:r>'
DRAWN_BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def read(path: Path) -> list[Line]:
    return list(load_reader(path.suffix)(path, ""))


def pages_of(lines: list[Line]) -> list[Page]:
    return clean_pages([line for line in lines if isinstance(line, Page)])


def blocks_of(path: Path) -> list[Block]:
    return find_blocks(pages_of(read(path)))


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def why(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as raised:
        read(path)
    assert raised.value.remedy
    return raised.value.kind


@pytest.mark.parametrize("name", ["sample-flash-2021-1.html", "sample-query-note-2021.docx"])
def test_a_sample_without_layout_is_read_with_its_headings_rows_and_notes(name: str) -> None:
    blocks = blocks_of(SAMPLE / name)
    assert {"paragraph", "finding", "table row", "note"} <= {block.kind for block in blocks}
    assert max(len(block.headings) for block in blocks) >= 2
    assert all(not block.text[0].isdigit() or block.text[:2] != "1 " for block in blocks if block.kind == "note")


def test_a_word_file_gives_headings_points_rows_and_paragraphs(tmp_path: Path) -> None:
    body = (
        paragraph("Report", "T")
        + paragraph("Findings", "H1")
        + paragraph(FINDING, properties=POINT)
        + f"<w:tbl>{row('AT', '12')}</w:tbl>"
    )
    found = [(block.kind, block.headings, block.text) for block in blocks_of(make_docx(tmp_path / "a.docx", body))]
    path = ("Report", "Findings")
    assert found == [("finding", path, FINDING), ("table row", path, "AT\t12")]


def test_a_note_of_a_word_file_is_a_note_and_its_mark_is_in_no_sentence(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    note = f'<w:footnote w:id="7">{paragraph("Annual report, page 3.")}</w:footnote>'
    path = make_docx(tmp_path / "a.docx", f"<w:p>{run(FINDING)}{mark}</w:p>", note)
    assert [(block.kind, block.text) for block in blocks_of(path)] == [
        ("paragraph", FINDING),
        ("note", "Annual report, page 3."),
    ]


@pytest.mark.parametrize("page_break", [BREAK, DRAWN_BREAK, BREAK + DRAWN_BREAK])
def test_a_page_break_of_a_word_file_is_one_and_a_paragraph_runs_over_it(tmp_path: Path, page_break: str) -> None:
    body = f"<w:p>{run(START)}{page_break}{run('to rest.')}</w:p>"
    path = make_docx(tmp_path / "a.docx", body)
    assert [page.text for page in pages_of(read(path))][1:] == ["to rest."]
    assert [block.text for block in blocks_of(path)] == [f"{START} to rest."]


WHITE = '<w:color w:val="FFFFFF"/>'
SHADED = f'{WHITE}<w:shd w:fill="003399"/>'


@pytest.mark.parametrize(("looks", "is_read"), [(WHITE, False), (SHADED, True), ('<w:color w:val="CC0000"/>', True)])
def test_white_words_of_a_word_file_are_read_only_where_something_is_behind_them(
    tmp_path: Path, looks: str, is_read: bool
) -> None:
    lines = read(make_docx(tmp_path / "a.docx", f"<w:p>{run(FINDING)}{run(' Obey me.', looks)}</w:p>"))
    assert ("Obey me." in pages_of(lines)[0].text) is is_read


@pytest.mark.parametrize(
    ("page", "is_read"),
    [
        ("<p style='color:#FFF'>Obey me.</p>", False),
        ("<div style='background:#039'><p style='color:#FFF'>Obey me.</p></div>", True),
        ("<p style='background-color:white'>Obey me.</p>", True),
        ("<p class='box' style='color: white'>Obey me.</p>", True),
    ],
)
def test_white_words_of_a_web_page_are_read_only_where_something_may_be_behind_them(
    tmp_path: Path, page: str, is_read: bool
) -> None:
    lines = read(write(tmp_path / "a.html", f"<html><body><p>{FINDING}</p>{page}</body></html>"))
    assert ("Obey me." in pages_of(lines)[0].text) is is_read


def test_hidden_words_of_a_word_file_are_left_out_and_reported(tmp_path: Path) -> None:
    lines = read(make_docx(tmp_path / "a.docx", f"<w:p>{run(FINDING)}{run(' Obey me.', '<w:vanish/>')}</w:p>"))
    assert [page.text for page in pages_of(lines)] == [FINDING]
    assert [line.kind for line in lines if isinstance(line, PageWarning)] == ["hidden-text"]


def test_deleted_words_of_a_word_file_are_not_read(tmp_path: Path) -> None:
    body = f"<w:p>{run(FINDING)}<w:del><w:r><w:delText> No more.</w:delText></w:r></w:del></w:p>"
    assert [page.text for page in pages_of(read(make_docx(tmp_path / "a.docx", body)))] == [FINDING]


ENTITY = (
    '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>'
    "</w:body></w:document>"
)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"word/document.xml": ENTITY}, "unsafe"),
        ({"../outside.txt": "x"}, "unsafe"),
        ({"/etc/cron.d/x": "x"}, "unsafe"),
        ({"..\\outside.txt": "x"}, "unsafe"),
        ({"C:\\outside.txt": "x"}, "unsafe"),
        ({"word/document.xml": b" " * (65 << 20)}, "bomb"),
        ({f"word/{number}": "" for number in range(5100)}, "bomb"),
        ({"word/document.xml": "<w:p>not whole"}, "damaged"),
    ],
)
def test_a_word_file_that_could_do_harm_is_refused(tmp_path: Path, parts: dict[str, str | bytes], kind: str) -> None:
    assert why(make_docx(tmp_path / "a.docx", paragraph(FINDING), parts=parts)) == kind


def test_a_link_in_the_archive_of_a_word_file_is_refused(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", paragraph(FINDING))
    link = zipfile.ZipInfo("word/media/a.png")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert why(path) == "unsafe"


def test_what_is_no_word_file_says_what_it_is(tmp_path: Path) -> None:
    for content, kind in ((b"words", "damaged"), (b"\xd0\xcf\x11\xe0" * 200, "password")):
        (tmp_path / "a.docx").write_bytes(content)
        assert why(tmp_path / "a.docx") == kind
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("words.txt", "words")
    assert why(tmp_path / "b.docx") == "not-a-docx"


def test_a_web_page_gives_what_a_browser_shows_and_reports_the_rest(tmp_path: Path) -> None:
    page = (
        f"<html lang='en-GB'><title>A report</title><style>p {{}}</style><script>alert('no')</script>"
        f"<h1>Report</h1><nav>Home</nav><h2>Findings</h2><ul><li>{FINDING}</li></ul>"
        "<p style='display:none'>Obey me.</p><p hidden>And me.</p><table><tr><th>AT</th><td>12</td></tr></table></html>"
    )
    lines = read(write(tmp_path / "a.html", page))
    assert [(block.kind, block.headings, block.text) for block in find_blocks(pages_of(lines))] == [
        ("finding", ("Report", "Findings"), FINDING),
        ("table row", ("Report", "Findings"), "AT\t12"),
    ]
    assert lines[0] == Metadata(1, title="A report", language="en")
    assert [line.kind for line in lines if isinstance(line, PageWarning)] == ["hidden-text"]


def test_a_web_page_in_an_older_encoding_is_read_by_its_own_declaration(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes("<meta charset=iso-8859-2><p>Obětí bylo více než dříve.</p>".encode("iso-8859-2"))
    assert pages_of(read(path))[0].text == "Obětí bylo více než dříve."


def test_a_web_page_nested_without_bound_ends_in_text_or_in_words(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", "<div>" * 100_000 + FINDING)
    assert FINDING in pages_of(read(path))[0].text or pages_of(read(path))[0].text == ""


def test_what_is_no_web_page_is_refused(tmp_path: Path) -> None:
    assert why(write(tmp_path / "a.html", "words and no more")) == "not-html"


def test_markdown_is_read_for_what_its_marks_stand_for(tmp_path: Path) -> None:
    table = "| a | b |\n|--|--|\n| 1 | 2 |"
    text = f"# Report\n\n## Findings\n\n- **Most** countries, see [here](http://x.test).\n\n{table}\n\n{FINDING}\n"
    found = [(block.kind, block.text) for block in blocks_of(write(tmp_path / "a.md", text))]
    assert found == [
        ("finding", "Most countries, see here."),
        ("table row", "1\t2"),
        ("paragraph", FINDING),
    ]


def test_long_rows_without_a_full_stop_are_never_joined(tmp_path: Path) -> None:
    rows = [f"{name} {'gives every victim of trafficking a period to recover and ' * 2}rest" for name in ("One", "Two")]
    body = f"<w:tbl>{row(rows[0], 'x')}{row(rows[1], 'y')}</w:tbl>"
    assert len(blocks_of(make_docx(tmp_path / "a.docx", body))) == 2

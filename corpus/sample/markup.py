"""From Markdown to Typst markup.

Every word of a source travels as a Typst string, so that nothing in it is ever read as markup. The blocks that a
template may style come out as calls of functions that the template defines: `key-points` for a block quote,
`data-table` for a table, `data-chart` for a fenced block `chart`, `contents` for a fenced block `contents` and
`main-matter` for a thematic break, after which pages count from 1. Two conventions go beyond CommonMark: `[^name]`
with `[^name]: text` on one line is a footnote, and a paragraph that starts with `Table:` is the caption of the table
that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from corpus.sample.charts import Row, read_chart
from corpus.sample.source import SourceError

_NOTE = re.compile(r"^\[\^([\w-]+)\]:[ ]+(.+)\n", re.MULTILINE)
_MARK = re.compile(r"\[\^([\w-]+)\]")
_CAPTION = "Table:"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_HELD_TOGETHER = re.compile(
    rf"(?<=\d) (?=\d{{3}}(?!\d)|%|(?:million|billion|{_MONTHS})\b)|(?<=\bEUR) (?=\d)|(?<=\bnote) (?=\d)"
)


def write_markup(body: str) -> str:
    """Typst markup of a Markdown text. Raises SourceError at what has no counterpart, and at notes that do not pair."""
    notes = dict(_NOTE.findall(body))
    text = _NOTE.sub("", body)
    marks = _MARK.findall(text)
    names = [name for name, _ in _NOTE.findall(body)]
    if sorted(marks) != sorted(names) or len(marks) > len(notes):
        wrong = sorted({name for name in [*marks, *names] if (marks.count(name), names.count(name)) != (1, 1)})
        raise SourceError(f"notes {', '.join(wrong)}: write each note once, and its mark once")
    reader = MarkdownIt("commonmark").enable("table")
    plain = _Writer({})
    written = {name: plain.children(SyntaxTreeNode(reader.parseInline(note))) for name, note in notes.items()}
    return _Writer(written).blocks(SyntaxTreeNode(reader.parse(text)).children)


def quote_string(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes nodes of a syntax tree. `notes`: the markup of each footnote by its name."""

    notes: Mapping[str, str]

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> str:
        return "\n\n".join(filter(None, (self.block(node) for node in nodes)))

    def block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "heading":
                return f"#heading(level: {node.tag[1:]})[{self.children(node)}];"
            case "paragraph":
                return "" if _is_caption(node) else self.children(node)
            case "bullet_list":
                return f"#list({self.items(node)});"
            case "ordered_list":
                return f"#enum(start: {node.attrGet('start') or 1}, {self.items(node)});"
            case "blockquote":
                return f"#key-points[\n{self.blocks(node.children)}\n];"
            case "table":
                return self.table(node)
            case "fence":
                return self.fence(node)
            case "hr":
                return "#show: main-matter"
            case _:
                raise SourceError(f"{node.type}: no layout for this block; write it as text, a list, a box or a table")

    def items(self, node: SyntaxTreeNode) -> str:
        return ", ".join(f"[{self.blocks(item.children)}]" for item in node.children)

    def table(self, node: SyntaxTreeNode) -> str:
        caption = node.previous_sibling
        if caption is None or not _is_caption(caption):
            raise SourceError(f"a table without a caption; put a paragraph `{_CAPTION} ...` before it")
        head, *rows = [row for part in node.children for row in part.children]
        alignments = ", ".join(_alignment(cell) for cell in head.children)
        cells = ", ".join(f"[{self.children(cell)}]" for row in rows for cell in row.children)
        header = ", ".join(f"[{self.children(cell)}]" for cell in head.children)
        words = self.children(caption).replace(f"{_CAPTION} ", "", 1)
        return f"#data-table(caption: [{words}], align: ({alignments},), header: ({header},), cells: ({cells},));"

    def fence(self, node: SyntaxTreeNode) -> str:
        match node.info:
            case "chart":
                return self.chart(node.content)
            case "contents":
                return "#contents"
            case _:
                raise SourceError(f"a fenced block {node.info!r}; mark it as chart or as contents")

    def chart(self, content: str) -> str:
        chart = read_chart(content)
        words = f"caption: [{self.text(chart.caption)}], source: [{self.text(chart.source)}]"
        strings = f"kind: {quote_string(chart.kind)}, unit: {quote_string(chart.unit)}, alt: {quote_string(chart.alt)}"
        series = "".join(f"{quote_string(name)}, " for name in chart.series)
        rows = "".join(f"{_row(row)}, " for row in chart.rows)
        illustrative = str(chart.illustrative).lower()
        return f"#data-chart({words}, {strings}, illustrative: {illustrative}, series: ({series}), rows: ({rows}));"

    def children(self, node: SyntaxTreeNode) -> str:
        return "".join(self.inline(child) for child in node.children)

    def inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "inline":
                return self.children(node)
            case "text":
                return self.text(node.content)
            case "softbreak":
                return " "
            case "hardbreak":
                return "#linebreak();"
            case "em":
                return f"#emph[{self.children(node)}];"
            case "strong":
                return f"#strong[{self.children(node)}];"
            case "link":
                return self.link(node)
            case _:
                raise SourceError(f"{node.type}: cannot stand in running text; use emphasis, strong or a link")

    def link(self, node: SyntaxTreeNode) -> str:
        """A link. One that is a single word, such as a host name, is not broken at its hyphens."""
        address, words = quote_string(str(node.attrs["href"])), self.children(node)
        if node.info == "auto":
            return f"#link({address});"
        return f"#link({address})[{words}];" if " " in words else f"#link({address})[#box[{words}]];"

    def text(self, text: str) -> str:
        """Text and the notes in it. Figures stay on one line with what belongs to them: `10 793`, `64 %`."""
        pieces = _MARK.split(_HELD_TOGETHER.sub("\N{NO-BREAK SPACE}", text))
        words = [f"#{quote_string(piece)};" if piece else "" for piece in pieces[::2]]
        notes = [f"#footnote[{self.notes[name]}];" for name in pieces[1::2]]
        return "".join(word + note for word, note in zip(words, [*notes, ""], strict=True))


def _is_caption(node: SyntaxTreeNode) -> bool:
    following = node.next_sibling
    return following is not None and following.type == "table" and node.children[0].content.startswith(_CAPTION)


def _row(row: Row) -> str:
    values = "".join(f"{value}, " for value in row.values)
    return f"(label: {quote_string(row.label)}, values: ({values}))"


def _alignment(cell: SyntaxTreeNode) -> str:
    return "right" if "right" in str(cell.attrs.get("style", "")) else "left"

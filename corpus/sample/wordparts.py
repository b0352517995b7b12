"""The parts of a DOCX that are the same for every report: types, links, styles, lists."""

from __future__ import annotations

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ACCENT = "14506B"
_GREY = "55606A"


def write_document(root: str, content: str) -> str:
    """One part of the Word namespace, for example `document` or `footnotes`."""
    return f'{_XML}<w:{root} xmlns:w="{_WORD}">{content}</w:{root}>'


def _write_links(links: list[tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_XML}<Relationships xmlns="{namespace}">{written}</Relationships>'


def _write_style(name: str, look: str, place: str = "", kind: str = "paragraph") -> str:
    spacing = f"<w:pPr>{place}</w:pPr>" if place else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{_STYLE_NAMES.get(name, name)}"/>'
        f"{spacing}<w:rPr>{look}</w:rPr></w:style>"
    )


def _write_list(number: int, shape: str, mark: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{mark}"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )


_STYLE_NAMES = {
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "List": "List Paragraph",
    "FootnoteText": "footnote text",
    "FootnoteReference": "footnote reference",
}

CONTENT_TYPES = (
    f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_KIND}.numbering+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_KIND}.footnotes+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)

# A4 with its margins, in twentieths of a point.
SHEET = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1247" w:bottom="1134" w:left="1247" '
    'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)

PACKAGE_LINKS = _write_links(
    [
        (f"{_RELATION}/officeDocument", "word/document.xml"),
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
)

PARTS_LINKS = _write_links([(f"{_RELATION}/{part}", f"{part}.xml") for part in ("styles", "numbering", "footnotes")])

STYLES = write_document(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Cambria" w:hAnsi="Cambria"/><w:sz w:val="21"/>'
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="271" '
    'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + _write_style("Normal", "")
    + _write_style("Subtitle", f'<w:b/><w:color w:val="{_ACCENT}"/>', '<w:spacing w:after="60"/>')
    + _write_style("Title", '<w:b/><w:sz w:val="40"/>', '<w:spacing w:after="120" w:line="240" w:lineRule="auto"/>')
    + _write_style("Imprint", f'<w:color w:val="{_GREY}"/><w:sz w:val="18"/>', '<w:spacing w:after="200"/>')
    + _write_style(
        "Heading1",
        f'<w:b/><w:color w:val="{_ACCENT}"/><w:sz w:val="28"/>',
        '<w:keepNext/><w:spacing w:before="320" w:after="100"/><w:outlineLvl w:val="0"/>',
    )
    + _write_style(
        "Heading2",
        f'<w:b/><w:color w:val="{_ACCENT}"/><w:sz w:val="23"/>',
        '<w:keepNext/><w:spacing w:before="220" w:after="80"/><w:outlineLvl w:val="1"/>',
    )
    + _write_style("List", "", '<w:spacing w:after="60"/>')
    + _write_style("Cell", '<w:sz w:val="19"/>', '<w:spacing w:before="30" w:after="30"/>')
    + _write_style("FootnoteText", '<w:sz w:val="17"/>', '<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>')
    + _write_style("FootnoteReference", '<w:vertAlign w:val="superscript"/>', kind="character")
    + '<w:style w:type="table" w:styleId="Lines"><w:name w:val="Lines"/><w:tblPr><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:color="{_ACCENT}"/><w:bottom w:val="single" w:sz="6" w:color="{_ACCENT}"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="B9C2C8"/></w:tblBorders></w:tblPr></w:style>',
)

NUMBERING = write_document(
    "numbering",
    _write_list(1, "bullet", "•")
    + _write_list(2, "decimal", "%1.")
    + '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>',
)

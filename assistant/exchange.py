"""References for programs that keep them: BibTeX, RIS, CSL-JSON.

BibTeX escapes what LaTeX reads as commands and keeps its braces balanced; RIS has one value a line and no escapes, so
a value never holds a line break.
"""

from __future__ import annotations

import re

from assistant.bibliography import Record

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "%&#$_"},
}
_CSL_URL = re.compile(r"[\\{}\s]")


def write_bibtex(record: Record) -> str:
    """One `@techreport`; `@misc` where the report does not say who published it or when."""
    kind = "techreport" if record.author and record.year else "misc"
    fields = {
        "author": f"{{{_latex(record.author)}}}" if record.author else "",
        "title": f"{{{_latex(record.title)}}}",
        "institution": _latex(record.author) if kind == "techreport" else "",
        "type": _latex(record.series),
        "number": _latex(record.number),
        "year": str(record.year or ""),
        "pages": _latex(record.pages).replace("\u2013", "--"),
        "url": _CSL_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), record.url),
        "urldate": record.accessed.isoformat(),
        "language": record.language,
        "note": _latex(_note(record)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{record.key},", *lines, "}"])


def write_ris(record: Record) -> str:
    """One entry of type RPRT; corporate authors keep their commas."""
    lines = [
        ("TY", "RPRT"),
        ("ID", record.key),
        ("AU", record.author),
        ("TI", record.title),
        ("M3", record.series),
        ("SN", record.number),
        ("PY", str(record.year or "")),
        ("PB", record.author),
        ("SP", re.split("\u2013|, ", record.pages)[0]),
        ("EP", "".join(re.split("\u2013|, ", record.pages)[1:][-1:])),
        ("UR", record.url),
        ("Y2", record.accessed.strftime("%Y/%m/%d")),
        ("LA", record.language),
        ("N1", _note(record)),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])


def csl_item(record: Record) -> dict[str, object]:
    """One item of CSL-JSON, version 1.0.2; what is not known is left out."""
    item: dict[str, object] = {
        "id": record.key,
        "type": "report",
        "title": record.title,
        "author": [{"literal": record.author}] if record.author else None,
        "genre": record.series,
        "number": record.number,
        "publisher": record.author,
        "issued": {"date-parts": [[record.year]]} if record.year else None,
        "page": record.pages,
        "URL": record.url,
        "accessed": {"date-parts": [[record.accessed.year, record.accessed.month, record.accessed.day]]},
        "language": record.language,
        "note": _note(record),
    }
    return {name: value for name, value in item.items() if value}


def _note(record: Record) -> str:
    source = f"{record.speaker}, cited in this report. " if record.speaker else ""
    return source + record.note


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)

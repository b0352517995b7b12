"""Takes out of a PDF what it says of itself: title, author, keywords, dates, language."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfWriter


def drop_metadata(report: Path) -> None:
    """Write the file anew without its document information, its XMP and its language."""
    writer = PdfWriter(clone_from=report)
    writer.metadata = None
    for name in ("/Metadata", "/Lang", "/ViewerPreferences"):
        if name in writer.root_object:
            del writer.root_object[name]
    writer.compress_identical_objects(remove_unreferenced=True)
    with report.open("wb") as file:
        writer.write(file)

"""Draw one page of a PDF as a PNG on standard output. Run as a process of its own, with limits, that can be killed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pypdfium2

from corpus.limits import limit_memory

_LONGEST_SIDE = 4100
"""Pixels."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m assistant.rendering", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("page", type=int, help="counted from 1")
    parser.add_argument("width", type=int, help="of the picture, in pixels")
    parser.add_argument("--memory-mb", type=int, default=0, help="end when more memory than this is asked for")
    options = parser.parse_args(arguments)
    if options.memory_mb:
        limit_memory(options.memory_mb)
    try:
        page = pypdfium2.PdfDocument(options.file)[options.page - 1]
        width, height = page.get_size()
        scale = min(options.width / width, _LONGEST_SIDE / height)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    except (pypdfium2.PdfiumError, IndexError, MemoryError, ZeroDivisionError):
        return 1
    picture.convert("RGB").save(sys.stdout.buffer, format="PNG", optimize=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

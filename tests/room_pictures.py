"""The pictures of the reading room that the README shows: `python -m tests.room_pictures HOME FOLDER`.

HOME is a library with the sample reports. They are to be looked at by a person before a release.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.room_page import NARROW, QUIET, WIDE
from tests.test_offline import server

QUESTION = "What share of victims are non-EU citizens?"
PICTURES = {
    "room.png": ({**WIDE, "height": 820}, "light"),
    "room-dark.png": ({**WIDE, "height": 820}, "dark"),
    "room-narrow.png": (NARROW, "light"),
}
"""What each file shows: the size of the window in pixels, and the scheme of colours."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        server(options.home.resolve(), Path(folder) / "server.log") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for name, (size, scheme) in PICTURES.items():
            page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            open_source(page, address)
            page.screenshot(path=options.folder / name)
            page.close()
        browser.close()


def open_source(page: Page, address: str) -> None:
    """Asks, and opens the page of the first quote."""
    page.goto(address)
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    page.locator(".feedback legend").wait_for(timeout=120_000)
    page.locator(".answer button.cite").first.click()
    page.locator(".sheet-image .mark").first.wait_for()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()

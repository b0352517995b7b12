"""The room's own words: whatever a script asks for by name stands in the file."""

from __future__ import annotations

import re

from assistant.web.templating import TEMPLATES
from assistant.web.texts import texts
from tests.stand_ins import ROOT

STATIC = ROOT / "assistant" / "web" / "static"


def test_every_word_that_a_script_asks_for_is_there() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    known = {f"{table}.{name}" for table, words in texts().items() for name in words}
    asked = set(re.findall(r'\btext\("([\w-]+\.[\w-]+)"', scripts))
    counted = set(re.findall(r'\bcounted\("([\w-]+\.[\w-]+)"', scripts))
    assert asked - known == set()
    assert {f"{name}-{number}" for name in counted for number in ("one", "many")} - known == set()
    assert counted


def test_no_template_holds_words_of_its_own() -> None:
    for path in TEMPLATES.glob("*.html"):
        own = re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"))
        said = re.findall(r'(?:aria-label|alt|placeholder|title)="([^"]*)"', own)
        said.append(re.sub(r"<(style|code|a)\b.*?</\1>|<[^>]*>", " ", own, flags=re.DOTALL))
        words = re.findall(r"[A-Za-z]{3,}", " ".join(said))
        assert [word for word in words if word != "OpenAPI"] == [], path.name

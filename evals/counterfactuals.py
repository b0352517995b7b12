"""Questions that the library cannot answer, made from those that it can: another country, year or thing."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

from corpus.terms import find_countries
from corpus.text import find_years
from evals.cases import Case

_SEED = 7
_SWAPPED = {"fact", "figure", "list", "definition", "time", "yes-no", "denominator", "speaker"}
"""Types whose answer hangs on the one country or year that the question names."""

_DATED = {"fact", "figure", "time", "denominator"}
_COUNTRIES_EACH = 2


def read_counterfactuals(cases: Sequence[Case]) -> list[str]:
    """Unanswerable questions in a fixed order: from answerable cases by changing what they name, and from templates."""
    path = Path(__file__).with_name("counterfactuals.toml")
    made = tomllib.loads(path.read_text(encoding="utf-8"))
    chance = random.Random(_SEED)  # noqa: S311
    questions: list[str] = []
    for case in cases:
        if case.expect == "answer" and case.type in _SWAPPED and not case.question.history:
            questions += _in_other_countries(case.question.text, made["countries"], chance)
            if case.type in _DATED:
                questions += _in_another_year(case.question.text, made["years"], chance)
    for template in made["templates"]:
        for filling in template["fill"]:
            questions += [asked.format(filling) for asked in chance.sample(template["questions"], template["each"])]
    return questions + list(made["outside"]["questions"])


def _in_other_countries(question: str, countries: Sequence[str], chance: random.Random) -> list[str]:
    named = find_countries(question)
    if len(named) != 1 or named[0].name not in question:
        return []
    others = chance.sample([country for country in countries if country != named[0].name], _COUNTRIES_EACH)
    return [question.replace(named[0].name, other) for other in others]


def _in_another_year(question: str, years: Sequence[str], chance: random.Random) -> list[str]:
    named = find_years(question)
    if not named:
        return []
    other = chance.choice(years)
    for year in named:
        question = question.replace(year, other)
    return [question]

"""Who is helped first, and what is declined: reads the rules and word lists of safety.toml, and holds none itself."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.phrases import compile_phrases, plain_words

Verdict = Literal["help", "harm", "identify", "order"]
_RULES = Path(__file__).with_name("safety.toml")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question is, and the language of the words that say so.

    `help`: somebody may be in danger. `harm`: a request to plan, do or hide exploitation. `identify`: who or where a
    victim is. `order`: an instruction to the program. `words` are those that met the rule.
    """

    verdict: Verdict
    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    verdict: Verdict
    wanted: tuple[str, ...]
    barred: tuple[str, ...]
    longest: int | None


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules in order, and by language the pattern of each list."""

    rules: tuple[_Rule, ...]
    patterns: Mapping[str, Mapping[str, re.Pattern[str]]]


def judge_question(text: str) -> Finding | None:
    """The first rule that a question meets, in any of the languages; None where it meets none."""
    plain = plain_words(text)
    length = len(plain.split())
    known = _load_rules()
    for rule in known.rules:
        if rule.longest is not None and length > rule.longest:
            continue
        for language, patterns in known.patterns.items():
            met = _met(rule, patterns, plain)
            if met:
                return Finding(rule.verdict, language, met)
    return None


def _met(rule: _Rule, patterns: Mapping[str, re.Pattern[str]], plain: str) -> tuple[str, ...]:
    """The words that meet each list of the rule; empty where one is not met, or one that bars it is."""
    found = []
    for name in rule.wanted:
        if name not in patterns:
            return ()
        match = patterns[name].fullmatch(plain) if rule.longest else patterns[name].search(plain)
        if match is None:
            return ()
        found.append(match.group().strip())
    barring = [patterns[name] for name in rule.barred if name in patterns]
    return () if any(pattern.search(plain) for pattern in barring) else tuple(found)


@functools.cache
def _load_rules() -> _Rules:
    with _RULES.open("rb") as file:
        written = tomllib.load(file)
    rules = [
        _Rule(rule["verdict"], tuple(rule["all"]), tuple(rule.get("none", ())), rule.get("longest"))
        for rule in written.pop("rules")
    ]
    return _Rules(
        tuple(rules),
        {
            language: {name: compile_phrases(phrases) for name, phrases in lists.items()}
            for language, lists in written.items()
        },
    )

"""The first step: help for whoever may be in danger, a plain no to what is declined, a reply to a greeting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answers import Abstention, Answer, Notice
from assistant.phrases import plain_words, read_phrases
from assistant.safety import judge_question
from assistant.words import say

_GREETINGS = Path(__file__).with_name("greetings.toml")
_KINDS = ("abilities", "hello", "thanks")
"""Of greetings: those first that ask most."""


@dataclass(frozen=True, slots=True)
class _Greeting:
    """`kind`: hello, thanks or abilities."""

    kind: str
    language: str


def receive(answer: Answer) -> Answer:
    """The answer with a notice or a refusal where the question's own words ask for one."""
    greeting = _find_greeting(answer.question.text)
    if greeting is not None:
        reply = say(greeting.kind, greeting.language)
        return replace(answer, notice=Notice("greeting", reply, language=greeting.language))
    finding = judge_question(answer.question.text)
    if finding is None:
        return answer
    language = finding.language
    if finding.verdict == "help":
        return replace(answer, notice=Notice("help", say("help", language), say("help-source", language), language))
    return replace(answer, abstention=Abstention("declined", say(finding.verdict, language), language=language))


def is_settled(answer: Answer) -> bool:
    """Whether nothing is left to search: it was declined, or greeted. Help does not end an answer."""
    return answer.abstention is not None or (answer.notice is not None and answer.notice.kind == "greeting")


def _find_greeting(text: str) -> _Greeting | None:
    """What a text greets with, where it holds nothing else: of several kinds in it, the one that asks most."""
    plain = plain_words(text)
    for language, patterns in read_phrases(_GREETINGS).items():
        whole = "|".join(patterns[kind].pattern for kind in _KINDS)
        if plain and re.fullmatch(f"(?:{whole})+", plain):
            return _Greeting(next(kind for kind in _KINDS if patterns[kind].search(plain)), language)
    return None

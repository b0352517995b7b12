"""Quotes in another language than the question's: the answer says so, in the question's language."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers import Answer, Notice
from assistant.words import list_names, name_language, say


def mark_language(answer: Answer) -> Answer:
    """The answer with a notice of the languages of its quotes, where one is not the question's.

    What is to be said before stands: help, or a chat model that failed.
    """
    quoted = answer.abstention.nearest if answer.abstention else answer.citations
    spoken = dict.fromkeys(citation.language for citation in quoted)
    if answer.notice is not None or not set(spoken) - {answer.language}:
        return answer
    names = list_names([name_language(code, answer.language) for code in spoken], answer.language)
    told = say("language", answer.language, spoken=names)
    return replace(answer, notice=Notice("language", told, language=answer.language))

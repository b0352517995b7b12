"""Questions as they come from outside: their form, its limits, and the question that they stand for."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answers import Question, Turn
from assistant.feedback import FaultKind
from assistant.find import LONGEST_TEXT
from assistant.questions import LONGEST_QUESTION, check_question
from corpus.documents import Filters
from corpus.errors import TooLarge, WrongUse

MOST_TURNS = 100


def _readable(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t" for character in text):
        raise ValueError("it holds control characters, or halves of characters; write it again by hand")
    return text


Text = Annotated[str, AfterValidator(_readable)]
"""Words without control characters or halves of characters."""

_Year = Annotated[int, Field(ge=1900, le=2100)]
_Names = Annotated[list[Annotated[Text, Field(max_length=200)]], Field(max_length=200)]


class Form(BaseModel):
    """What comes from outside: no field that is not known, nothing taken for what it is not."""

    model_config = ConfigDict(extra="forbid", strict=True)


class FiltersForm(Form):
    """What to search; an empty list does not limit. `years` is empty or holds the first and the last."""

    years: Annotated[list[_Year], Field(max_length=2)] = []
    series: _Names = []
    countries: _Names = []
    languages: _Names = []
    documents: _Names = []


class TurnForm(Form):
    """What was said before. `ignore`: filters that were read from it and taken away."""

    role: Literal["user", "assistant"]
    text: Text
    ignore: FiltersForm = FiltersForm()


class AskForm(Form):
    """A question, and at most 100 turns before it, oldest first."""

    question: Annotated[Text, Field(description=f"At most {LONGEST_QUESTION:,} characters.")]
    history: list[TurnForm] = []
    filters: FiltersForm = FiltersForm()
    as_written: Annotated[bool, Field(description="Read no filters from the question; only `filters` hold.")] = False
    ignore: Annotated[
        FiltersForm, Field(description="Filters that the question names and that do not hold, such as those in `read`.")
    ] = FiltersForm()
    model: Annotated[
        Text | None,
        Field(
            max_length=200, description="A chat model that is set up here, `none` for no model, null for the default."
        ),
    ] = None


class FindForm(Form):
    """A text whose source is looked for."""

    text: Annotated[Text, Field(description=f"Five words at least, and at most {LONGEST_TEXT:,} characters.")]


class FeedbackForm(Form):
    """What a reader says of an answer; kept only with `consent`."""

    question: Annotated[Text, Field(min_length=1, max_length=LONGEST_QUESTION)]
    history: list[TurnForm] = []
    filters: FiltersForm = FiltersForm()
    kind: FaultKind
    links: Annotated[list[Annotated[Text, Field(max_length=300)]], Field(max_length=50)] = []
    consent: bool = False


def to_question(form: AskForm) -> Question:
    """Raises WrongUse or TooLarge, before any work is done."""
    return replace(asked_of(form), as_written=form.as_written, model=form.model, ignored=_to_filters(form.ignore))


def asked_of(form: AskForm | FeedbackForm) -> Question:
    """A question, the conversation before it and its filters. Raises WrongUse or TooLarge."""
    text = form.question.strip()
    check_question(text)
    if len(form.history) > MOST_TURNS:
        raise TooLarge(f"the history has {len(form.history):,} turns", f"send the last {MOST_TURNS} or fewer")
    turns = tuple(Turn(turn.role, turn.text, _to_filters(turn.ignore)) for turn in form.history)
    return Question(text, turns, _to_filters(form.filters))


def _to_filters(form: FiltersForm) -> Filters:
    if len(form.years) == 1 or form.years != sorted(form.years):
        raise WrongUse("`years` of filters must hold a first and a last year", "send [2020, 2025], or [] for all years")
    return Filters(
        tuple(form.years), tuple(form.series), tuple(form.countries), tuple(form.languages), tuple(form.documents)
    )

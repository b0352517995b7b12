"""When not to answer, and why: what the question names must be met by the evidence, and the evidence must be near.

How near is weighed by a logistic regression over signals that a person can read; `decline.toml` holds its weights, the
threshold and what they were fitted on (`python -m evals fit` makes it).
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TypeAlias

from assistant.signals import Signals


@dataclass(frozen=True, slots=True)
class Judgement:
    """How probable it is, from 0 to 1, that the evidence answers a question; and whether that is enough."""

    confidence: float
    answers: bool


Judge: TypeAlias = Callable[[Sequence[Signals]], Judgement]


@dataclass(frozen=True, slots=True)
class Rule:
    """A logistic regression over Signals, and from which probability on a question is answered."""

    weights: tuple[float, ...]
    intercept: float
    threshold: float


@functools.cache
def read_rule() -> Rule:
    """The rule that comes with us."""
    found = tomllib.loads(Path(__file__).with_name("decline.toml").read_text(encoding="utf-8"))
    weights = tuple(float(found["weights"][field.name]) for field in fields(Signals))
    return Rule(weights, float(found["intercept"]), float(found["threshold"]))


def judge_by_rule(signals: Sequence[Signals]) -> Judgement:
    """By the rule that comes with us."""
    rule = read_rule()
    confidence = weigh_answer(signals, rule)
    return Judgement(confidence, confidence >= rule.threshold)


def weigh_answer(signals: Sequence[Signals], rule: Rule) -> float:
    """How probable it is that the best of these sentences answers, from 0 to 1; 0 where there is none."""
    logits = [
        rule.intercept + sum(weight * value for weight, value in zip(rule.weights, astuple(one), strict=True))
        for one in signals
    ]
    return 1 / (1 + math.exp(-max(logits))) if logits else 0.0

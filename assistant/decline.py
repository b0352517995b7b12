"""When not to answer, and why: what the question names must be met by the evidence, and the evidence must be near.

How near is weighed by a logistic regression over signals that a person can read; `decline.toml` holds its weights, the
threshold and what they were fitted on (`python -m evals fit` makes it).
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

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


def judge_for(embedder: str) -> Judge:
    """The judge for the embedder of that digest: by the fitted rule for the one it was fitted with.

    What a cosine means differs from embedder to embedder: for any other, the rule that weighs no vectors judges.
    """
    written = _read_rules()
    name = "with_vectors" if embedder == written["embedder"] else "without_vectors"
    return functools.partial(_judge, read_rule(name))


def judge_by_rule(signals: Sequence[Signals]) -> Judgement:
    """By the rule for the embedder that comes with us."""
    return _judge(read_rule(), signals)


def read_rule(name: str = "with_vectors") -> Rule:
    """A rule that comes with us: `with_vectors` or `without_vectors`."""
    found = _read_rules()[name]
    weights = tuple(float(found["weights"][field.name]) for field in fields(Signals))
    return Rule(weights, float(found["intercept"]), float(found["threshold"]))


def weigh_answer(signals: Sequence[Signals], rule: Rule) -> float:
    """How probable it is that the best of these sentences answers, from 0 to 1; 0 where there is none."""
    logits = [
        rule.intercept + sum(weight * value for weight, value in zip(rule.weights, astuple(one), strict=True))
        for one in signals
    ]
    return 1 / (1 + math.exp(-max(logits))) if logits else 0.0


def _judge(rule: Rule, signals: Sequence[Signals]) -> Judgement:
    confidence = weigh_answer(signals, rule)
    return Judgement(confidence, confidence >= rule.threshold)


@functools.cache
def _read_rules() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("decline.toml").read_text(encoding="utf-8"))

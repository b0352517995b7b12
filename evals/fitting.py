"""Fitting the rule that decides when not to answer, and writing down what it was fitted on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answers import Question
from assistant.ask import Assistant
from assistant.decline import Judge, Judgement, Rule, weigh_answer
from assistant.signals import Signals
from evals.statistics import risk_coverage

MAY_DECLINE = 0.04
"""The share of our own answerable questions that the rule may decline on the part it is fitted on."""

_ROUNDS = 8
_REGULARISATION = 0.3
_BY_GROUP = {"own": 1.0, "public": 0.6}
"""How much each group of examples counts; within a group answerable and unanswerable count the same."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the signals of the sentences found for it. `group` is own or public; `made`: a counterfactual."""

    question: str
    answerable: bool
    group: str
    made: bool
    signals: tuple[Signals, ...]


class Listener:
    """A judge that answers everything and keeps the signals it was shown."""

    def __init__(self) -> None:
        self.heard: tuple[Signals, ...] = ()

    def __call__(self, signals: Sequence[Signals]) -> Judgement:
        self.heard = tuple(signals)
        return Judgement(1.0, answers=True)


def listen(question: Question, make_assistant: Callable[[Judge], Assistant]) -> tuple[Signals, ...]:
    """The signals of a question's best sentences; none where no search was made or nothing was found."""
    listener = Listener()
    for _ in make_assistant(listener).ask(question):
        pass
    return listener.heard


def fit_rule(examples: Sequence[Example]) -> Rule:
    """A logistic regression in which each question stands with its best sentence, chosen anew in every round.

    The multiple-instance form of expectation and maximisation (Zhang and Goldman, NIPS 2001). At the end the
    probability is fitted to the cases of our own (Platt 1999) and the threshold put where `MAY_DECLINE` of the
    answerable ones are declined.
    """
    examples = [example for example in examples if example.signals]
    values = [np.array([astuple(one) for one in example.signals], dtype=np.float64) for example in examples]
    answerable = np.array([example.answerable for example in examples])
    every = np.concatenate(values)
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-9
    best, weights = [0] * len(examples), _weigh(examples)
    coefficients, intercept = np.zeros(every.shape[1]), 0.0
    for _ in range(_ROUNDS):
        chosen = np.array([rows[place] for rows, place in zip(values, best, strict=True)])
        model = LogisticRegression(C=_REGULARISATION, max_iter=3000)
        model.fit((chosen - mean) / deviation, answerable, sample_weight=weights)
        coefficients = model.coef_[0] / deviation
        intercept = float(model.intercept_[0]) - float(coefficients @ mean)
        best = [int(np.argmax(rows @ coefficients)) for rows in values]
    return _calibrate(Rule(tuple(coefficients.tolist()), intercept, 0.5), examples)


def measure_rule(rule: Rule, examples: Sequence[Example]) -> dict[str, float]:
    """How the rule tells answerable questions from others, beside the best cosine of a sentence alone.

    `auroc` and `auroc_of_cosine`; the shares that are declined of each kind; `risk_at_N`: of the N % of questions that
    it is surest of, the share that cannot be answered.
    """
    heard = [example for example in examples if example.signals]
    answerable = [example.answerable for example in heard]
    sure = [weigh_answer(example.signals, rule) for example in heard]
    curve = risk_coverage(sure, [float(not answer) for answer in answerable])
    declined = [probability < rule.threshold for probability in sure]
    return {
        "questions": len(heard),
        "auroc": float(roc_auc_score(answerable, sure)),
        "auroc_of_cosine": float(roc_auc_score(answerable, [max(one.near for one in e.signals) for e in heard])),
        "declined_of_answerable": _share(declined, answerable, wanted=True),
        "declined_of_unanswerable": _share(declined, answerable, wanted=False),
        **{f"risk_at_{percent}": curve[len(curve) * percent // 100 - 1].risk for percent in range(10, 101, 10)},
    }


def write_rule(rule: Rule, examples: str, found: Mapping[str, Mapping[str, float]]) -> str:
    """The rule as TOML, with the hash of the examples it was fitted on and what it is worth on each set."""
    lines = ["# Made by `python -m evals fit`; see assistant/signals.py for what each signal is.", ""]
    lines += [f"intercept = {rule.intercept:.6f}", f"threshold = {rule.threshold:.6f}"]
    lines += [f'examples = "{examples}"', "", "[weights]"]
    lines += [f"{field.name} = {weight:.6f}" for field, weight in zip(fields(Signals), rule.weights, strict=True)]
    for name, measured in found.items():
        lines += ["", f"[{name}]", *(f"{measure} = {value:.3f}" for measure, value in measured.items())]
    return "\n".join(lines) + "\n"


def hash_examples(examples: Iterable[Example]) -> str:
    """The first 16 hexadecimal digits of SHA-256 over the questions and whether each can be answered."""
    told = "\n".join(f"{example.group}\t{example.answerable}\t{example.question}" for example in examples)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _share(declined: Sequence[bool], answerable: Sequence[bool], *, wanted: bool) -> float:
    return float(np.mean([one for one, answer in zip(declined, answerable, strict=True) if answer == wanted]))


def _weigh(examples: Sequence[Example]) -> NDArray[np.float64]:
    sides = [(example.group, example.answerable) for example in examples]
    return np.array([100 * _BY_GROUP[side[0]] / sides.count(side) for side in sides])


def _calibrate(rule: Rule, examples: Sequence[Example]) -> Rule:
    own = [example for example in examples if example.group == "own" and not example.made]
    logits = np.array([[_logit(weigh_answer(example.signals, rule))] for example in own])
    answerable = np.array([example.answerable for example in own])
    platt = LogisticRegression(C=1e6, max_iter=3000).fit(logits, answerable)
    scale, shift = float(platt.coef_[0][0]), float(platt.intercept_[0])
    fitted = Rule(tuple(scale * weight for weight in rule.weights), scale * rule.intercept + shift, 0.0)
    sure = [weigh_answer(example.signals, fitted) for example in own if example.answerable]
    return Rule(fitted.weights, fitted.intercept, float(np.quantile(sure, MAY_DECLINE)))


def _logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))

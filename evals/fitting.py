"""Fitting the rule that decides when not to answer, and writing down what it was fitted on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answers import Question
from assistant.ask import Assistant
from assistant.decline import Judge, Judgement, Rule, weigh_answer
from assistant.signals import Signals
from evals.statistics import risk_coverage

MAY_DECLINE = 0.04
"""The share of answerable questions that the rule may decline, of our own and of the public ones it is fitted on.

Our own alone would allow more: what tells our unanswerable questions apart is found in other reports' answerable ones.
"""

_ROUNDS = 8
_REGULARISATION = 0.3

FROM_VECTORS = frozenset(("near", "near_capped", "passage_near"))
"""Signals that hang on the embedder."""

_FOR = FROM_VECTORS | {"words", "words_around"}
"""Signals that may only speak for an answer; every other one may only speak against it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the signals of the sentences found for it. `group` is own or public; `made`: a counterfactual."""

    question: str
    answerable: bool
    group: str
    made: bool
    signals: tuple[Signals, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The rule for the embedder of that digest, that for any other, and the hash of the examples of both."""

    rule: Rule
    without_vectors: Rule
    embedder: str
    examples: str


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


def fit_rule(examples: Sequence[Example], left_out: frozenset[str] = frozenset()) -> Rule:
    """A logistic regression in which each question stands with its best sentence, chosen anew in every round.

    The multiple-instance form of expectation and maximisation (Zhang and Goldman, NIPS 2001). No weight may stand
    against what its signal means; those `left_out` get none. At the end the probability is fitted to the cases of our
    own (Platt 1999) and the threshold put where no group has more than `MAY_DECLINE` of its answerable ones declined.
    Each group counts the same, and so do answerable and unanswerable questions within it.
    """
    examples = [example for example in examples if example.signals]
    values = [np.array([astuple(one) for one in example.signals], dtype=np.float64) for example in examples]
    answerable = np.array([example.answerable for example in examples], dtype=np.float64)
    every = np.concatenate(values)
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-9
    best, weights = [0] * len(examples), _weigh(examples)
    found = np.zeros(every.shape[1] + 1)
    for _ in range(_ROUNDS):
        chosen = np.array([rows[place] for rows, place in zip(values, best, strict=True)])
        found = _regress((chosen - mean) / deviation, answerable, weights, found, _bounds(left_out))
        best = [int(np.argmax(rows @ (found[:-1] / deviation))) for rows in values]
    coefficients = found[:-1] / deviation
    return _calibrate(Rule(tuple(coefficients.tolist()), float(found[-1] - coefficients @ mean), 0.5), examples)


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


def write_rules(fitted: Fitted, found: Mapping[str, Mapping[str, float]]) -> str:
    """Both rules as TOML, with the hash of the examples they were fitted on and what they are worth on each set."""
    lines = ["# Made by `python -m evals fit`; see assistant/signals.py for what each signal is.", ""]
    lines += [f'embedder = "{fitted.embedder}"', f'examples = "{fitted.examples}"']
    for name, rule in (("with_vectors", fitted.rule), ("without_vectors", fitted.without_vectors)):
        weighed = zip(fields(Signals), rule.weights, strict=True)
        lines += ["", f"[{name}]", f"intercept = {rule.intercept:.6f}", f"threshold = {rule.threshold:.6f}"]
        lines += ["", f"[{name}.weights]", *(f"{field.name} = {weight + 0.0:.6f}" for field, weight in weighed)]
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
    return np.array([100 / sides.count(side) for side in sides])


def _bounds(left_out: frozenset[str]) -> list[tuple[float | None, float | None]]:
    """The lowest and highest weight of each signal, and none for the intercept."""
    names = [field.name for field in fields(Signals)]
    signed = [(0.0, None) if name in _FOR else (None, 0.0) for name in names]
    return [(0.0, 0.0) if name in left_out else pair for name, pair in zip(names, signed, strict=True)] + [(None, None)]


def _regress(
    values: NDArray[np.float64],
    answerable: NDArray[np.float64],
    weights: NDArray[np.float64],
    start: NDArray[np.float64],
    bounds: Sequence[tuple[float | None, float | None]],
) -> NDArray[np.float64]:
    """The weights and the intercept of a logistic regression within bounds, shrunk by `_REGULARISATION`."""
    rows = np.hstack([values, np.ones((len(values), 1))])

    def loss(found: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = rows @ found
        shrunk = np.append(found[:-1], 0.0) / _REGULARISATION
        missed = 1 / (1 + np.exp(-np.clip(logits, -30, 30))) - answerable
        value = weights @ (np.logaddexp(0, logits) - answerable * logits) + found @ shrunk / 2
        return float(value), rows.T @ (weights * missed) + shrunk

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x, dtype=np.float64)


def _calibrate(rule: Rule, examples: Sequence[Example]) -> Rule:
    own = [example for example in examples if example.group == "own" and not example.made]
    logits = np.array([[_logit(weigh_answer(example.signals, rule))] for example in own])
    answerable = np.array([example.answerable for example in own])
    platt = LogisticRegression(C=1e6, max_iter=3000).fit(logits, answerable)
    scale, shift = float(platt.coef_[0][0]), float(platt.intercept_[0])
    fitted = Rule(tuple(scale * weight for weight in rule.weights), scale * rule.intercept + shift, 0.0)
    thresholds = []
    for group in {example.group for example in examples}:
        met = [example for example in examples if example.group == group and example.answerable]
        thresholds.append(np.quantile([weigh_answer(example.signals, fitted) for example in met], MAY_DECLINE))
    return Rule(fitted.weights, fitted.intercept, float(min(thresholds)))


def _logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))

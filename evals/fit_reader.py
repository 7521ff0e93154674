"""Train the reader (`bot.evidence.reader`), which says of a sentence whether it answers a question.

A lesson is a question with the sentences that the product itself found best for it in each language: the model learns
to put those of the evidence above the others and, where the sources do not answer, none above the bar. Every answered
question is a second lesson with its evidence taken out. Of `evals/dossier.jsonl` only the tuned part is learned from,
never the third that is held out; of `evals/silence.jsonl` all; of a set from elsewhere (`--bench DIR`) the half of the
documents that `kept_out` leaves. Beside the model, one is trained for each fold of `evals/fit_silence.py` that has not
seen its questions, since a model is surer of what it has seen than of anything new.

    python evals/fit_reader.py --bench DIR --into HOME --documents 1200 --out FOLDER
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from lessons import Lesson, lessons
from numpy.typing import NDArray
from posed import FOLDS, fold_of, gathered, parser

from bot.evidence.reader import NAMES, Reader

Floats = NDArray[np.float32]
RANK, ROUNDS, BATCH, RATE, DECAY, WARM, LAST, CLIP = 32, 4, 16, 1e-3, 0.01, 20, 0.05, 1.0
TAKEN_OUT = 0.25
"""What a lesson with its evidence taken out weighs, against the same with it."""
BETAS, TINY = (0.9, 0.999), 1e-8


def main(arguments: Sequence[str] | None = None) -> int:
    """Train the model and those of the folds; write them."""
    told = parser(__doc__)
    told.add_argument("--out", type=Path, required=True, help="folder for the models")
    options = told.parse_args(arguments)
    _LESSONS.extend(lessons(gathered(options)))
    print(f"{len(_LESSONS)} lessons", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    folds = (None, *range(FOLDS))
    # Forked, since the lessons are too many to be sent.
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        for fold, reader in zip(folds, pool.map(_without, folds), strict=True):
            path = options.out / f"{'reader' if fold is None else fold}.npz"
            reader.save(str(path))
            print(path, flush=True)
    return 0


_LESSONS: list[Lesson] = []


def _without(fold: int | None) -> Reader:
    return train([lesson for lesson in _LESSONS if fold_of(lesson.group) != fold])


def train(lessons: Sequence[Lesson]) -> Reader:
    """Return a model that has learned from the lessons: AdamW, warmed up, then ever slower."""
    chance = np.random.default_rng(0)
    size = lessons[0].question.shape[1]
    values = {
        "asked": chance.normal(0, 0.02, (size, RANK)).astype(np.float32),
        "told": chance.normal(0, 0.02, (size, RANK)).astype(np.float32),
        "weight": np.zeros(size + 1, np.float32),
        "bar": np.r_[np.zeros(size), 0.65].astype(np.float32),
        "rest": np.array([2.5, -2.0, 2.0], np.float32),
    }
    first = {name: np.zeros_like(value) for name, value in values.items()}
    second = {name: np.zeros_like(value) for name, value in values.items()}
    steps = ROUNDS * len(lessons) // BATCH
    order = np.concatenate([chance.permutation(len(lessons)) for _ in range(ROUNDS)])
    for step in range(steps):
        slopes = {name: np.zeros_like(value) for name, value in values.items()}
        for n in order[step * BATCH : (step + 1) * BATCH]:
            for name, slope in slope_of(values, lessons[n]).items():
                slopes[name] += slope / BATCH
        length = float(np.sqrt(sum((slope**2).sum() for slope in slopes.values())))
        rate = RATE * min(1.0, (step + 1) / WARM) * max(LAST, 1 - step / steps)
        for name, value in values.items():
            slope = slopes[name] * min(1.0, CLIP / (length + TINY))
            first[name] = BETAS[0] * first[name] + (1 - BETAS[0]) * slope
            second[name] = BETAS[1] * second[name] + (1 - BETAS[1]) * slope**2
            even = first[name] / (1 - BETAS[0] ** (step + 1))
            spread = np.sqrt(second[name] / (1 - BETAS[1] ** (step + 1)))
            values[name] = (value * (1 - rate * DECAY) - rate * even / (spread + TINY)).astype(np.float32)
    return Reader(**{name: values[name] for name in NAMES})


def slope_of(values: dict[str, Floats], lesson: Lesson) -> dict[str, Floats]:
    """Return the slope of a lesson's loss: softmax over its sentences and silence, at log odds 0."""
    told = _Read.of(values, lesson)
    push = np.zeros(len(lesson.right))
    if lesson.answered:
        push += lesson.weight * (_shares(told.odds) - _shares(told.odds, lesson.right, silence=False))
        push += lesson.weight * TAKEN_OUT * _shares(told.odds, lesson.wrong)
    else:
        push += lesson.weight * _shares(told.odds)
    return told.slopes(push.astype(np.float32))


def _shares(odds: Floats, inside: NDArray[np.bool_] | None = None, silence: bool = True) -> NDArray[np.float64]:
    """Return the softmax of some of the odds, 0 for the others; with silence, which has odds 0, as one more."""
    some = odds.astype(np.float64) if inside is None else np.where(inside, odds, -np.inf)
    top = max(float(some.max()), 0.0) if silence else float(some.max())
    grown = np.exp(some - top)
    return np.asarray(grown / (grown.sum() + (np.exp(-top) if silence else 0.0)))


@dataclass(frozen=True, slots=True)
class _Read:
    """What the model makes of a lesson, with what its slopes need; the formula is `Reader.odds`."""

    values: dict[str, Floats]
    lesson: Lesson
    best: NDArray[np.int64]
    over: Floats
    weight: Floats
    told: Floats
    odds: Floats

    @classmethod
    def of(cls, values: dict[str, Floats], lesson: Lesson) -> "_Read":
        question, texts = lesson.question, lesson.texts
        near = question @ texts.T + (question @ values["asked"]) @ (texts @ values["told"]).T
        near -= lesson.above * np.logaddexp(0.0, values["rest"][1])
        starts = np.flatnonzero(np.r_[True, np.diff(lesson.place) > 0])
        best = np.stack(
            [
                start + part.argmax(axis=1)
                for start, part in zip(starts, np.split(near, starts[1:], axis=1), strict=True)
            ]
        ).T
        nearest = np.take_along_axis(near, best, axis=1)
        bar = question @ values["bar"][:-1] + values["bar"][-1]
        over = np.exp(values["rest"][0]) * (nearest - bar[:, None])
        weight = question @ values["weight"][:-1] + values["weight"][-1]
        told = -np.logaddexp(0.0, -over)
        return cls(values, lesson, best, over, weight, told, values["rest"][2] + np.logaddexp(0.0, weight) @ told)

    def slopes(self, push: Floats) -> dict[str, Floats]:
        """Return the slopes of the values, where `push` are those of the odds."""
        question, texts, values = self.lesson.question, self.lesson.texts, self.values
        steep = np.exp(values["rest"][0])
        ones = np.ones((len(question), 1), np.float32)
        of_weight = (self.told @ push) * _logistic(self.weight)
        of_over = np.logaddexp(0.0, self.weight)[:, None] * push * _logistic(-self.over)
        of_near = of_over * steep
        found, row = texts[self.best.ravel()], np.repeat(np.arange(len(question)), len(push))
        flat = of_near.ravel()[:, None]
        through = np.zeros((len(question), RANK), np.float32)
        np.add.at(through, row, flat * (found @ values["told"]))
        apart = -(of_near * self.lesson.above[self.best]).sum() * _logistic(values["rest"][1])
        return {
            "asked": question.T @ through,
            "told": found.T @ (flat * (question @ values["asked"])[row]),
            "weight": np.hstack([question, ones]).T @ of_weight,
            "bar": -np.hstack([question, ones]).T @ of_near.sum(axis=1),
            "rest": np.array([(of_over * self.over).sum(), apart, push.sum()], np.float32),
        }


def _logistic(values: Floats) -> Floats:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)), np.float32)


if __name__ == "__main__":
    sys.exit(main())

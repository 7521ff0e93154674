"""Fit the weights of silence (`bot.evidence.signals`): signals of questions, logistic regression, folds over pairs.

Of `evals/dossier.jsonl` only the tuned part is asked, never the third that is held out; of `evals/silence.jsonl`,
which was made for this, all; and of sets from elsewhere (`--bench DIR`: corpus and queries, some of them without an
answer) what the half of their documents that `kept_out` leaves answers. The reader that has a say in it must not have
seen the questions: `evals/fit_reader.py` makes one for each fold. Prints the figures of questions that were not fitted
on, and weights fitted on all; changes nothing.

    python evals/fit_silence.py --bench DIR --into HOME --documents 1200 --readers FOLDER
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from posed import ANSWER, FOLDS, Posed, fold_of, gathered, parser
from scipy.optimize import minimize

from bot.evidence.reader import Reader
from bot.evidence.reader import load as load_reader
from bot.evidence.signals import BIAS, WEIGHTS, Signals
from bot.evidence.twins import told_in_both
from bot.evidence.weigh import sides

Floats = NDArray[np.float64]
NAMES = tuple(field.name for field in fields(Signals))
RISING = frozenset({"cosine", "topic", "covered", "relief", "margin", "words", "asking", "weakest", "read"})
EITHER = frozenset({"close"})
"""What is close on the whole tells a hit from another topic, and a near miss from a hit: it may work either way."""
MOST = {"words": 0.1, "covered": 1.9, "read": 0.2}
"""Long questions are answered more often in any set that a person makes, and how much more is the set's own; questions
from elsewhere repeat their texts; and the reader knows the dossier better than anything else."""
LEAST = {"covered": 1.0, "cosine": 0.8}
"""The questions that were made for this say little in the articles' own words, others' do."""
RIDGE = 0.003
OUTSIDE = 1.0
"""What a question from elsewhere weighs, against one of the dossier."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what is known of whether it is answered.

    Attributes:
        source: the set that it is of.
        group: keeps both languages of a pair, or all questions of a passage, in one fold.
        language: of the question.
        grade: of one that is not answered; "answer" for one that is.
        signals: (languages, signals): first those of its own language, if both have hits.
        together: whether both languages decide together.
    """

    source: str
    group: str
    language: str
    grade: str
    signals: Floats
    together: bool

    @property
    def answered(self) -> bool:
        """Whether the sources answer it."""
        return self.grade == ANSWER


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the shipped weights do, what new ones do on questions that they were not fitted on, and these."""
    told = parser(__doc__)
    told.add_argument(
        "--readers", type=Path, help="folder of `evals/fit_reader.py`: for each fold one that has not seen it"
    )
    options = told.parse_args(arguments)
    readers = [load_reader(str(options.readers / f"{fold}.npz")) for fold in range(FOLDS)] if options.readers else []
    cases = [case(posed, readers) for posed in gathered(options)]
    shipped = (BIAS, np.array([getattr(WEIGHTS, name) for name in NAMES]))
    print("## The shipped weights\n")
    report(cases, np.array([decide(case, *shipped) for case in cases]))
    print("\n## Fitted anew, each question by the folds that it is not in\n")
    report(cases, unseen(cases))
    bias, weights = fit(cases)
    for name, weight in zip(("bias", *NAMES), (bias, *weights), strict=True):
        print(f"{name} {weight:.2f}")
    return 0


def case(posed: Posed, readers: Sequence[Reader]) -> Case:
    """Return the case of a question; the best sentences are read by the reader of its fold, if there are some."""
    reader = readers[posed.fold] if readers else None
    library, language = posed.library, posed.asked.language
    found = sides(library.store, library.embedder, posed.asked, posed.hits, reader)
    ordered = sorted(found, key=lambda side: side != language)
    rows = np.array([[getattr(found[side][1].signals, name) for name in NAMES] for side in ordered])
    together = len(ordered) == 2 and told_in_both(*(found[side][0] for side in ordered))
    return Case(posed.source, posed.group, language, posed.grade, rows, together)


def decide(case: Case, bias: float, weights: Floats) -> float:
    """Return the log odds of an answer, as `bot.evidence.weigh` joins the languages."""
    odds = case.signals @ weights + bias
    if case.together:
        return float(odds.mean())
    return float(odds[0] if odds[0] >= 0 else odds.max())


def fit(cases: Sequence[Case]) -> tuple[float, Floats]:
    """Return the bias and weights of a ridge logistic regression in which each signal works one way."""
    rows = np.array([case.signals.mean(axis=0) for case in cases])
    truth = np.array([case.answered for case in cases], dtype=np.float64)
    share = np.array([OUTSIDE if case.source not in ("tuned part", "silence.jsonl") else 1.0 for case in cases])
    spread = rows.std(axis=0) + 1e-9
    scaled, centre = rows / spread, (rows / spread).mean(axis=0)

    def loss(values: Floats) -> tuple[float, Floats]:
        chance = 1 / (1 + np.exp(-((scaled - centre) @ values[1:] + values[0])))
        right = np.where(truth == 1, chance, 1 - chance)
        slope = share * (chance - truth) / share.sum()
        grown = RIDGE * float((values[1:] ** 2).sum())
        cost = -float((share * np.log(right + 1e-12)).sum()) / share.sum() + grown
        return cost, np.r_[slope.sum(), (scaled - centre).T @ slope + 2 * RIDGE * values[1:]]

    bounds = [(None, None)]
    for n, name in enumerate(NAMES):
        most = MOST[name] * spread[n] if name in MOST else None
        rising = (LEAST.get(name, 0) * spread[n], most) if name in RISING else (None, 0)
        bounds.append((None, None) if name in EITHER else rising)
    start = np.array([low or 0.0 for low, _ in bounds])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0] - centre @ found[1:]), found[1:] / spread


def unseen(cases: Sequence[Case]) -> Floats:
    """Return the log odds of each case by weights fitted on the folds that it is not in."""
    folds = np.array([fold_of(case.group) for case in cases])
    odds = np.zeros(len(cases))
    for fold in range(FOLDS):
        found = fit([case for case, at in zip(cases, folds, strict=True) if at != fold])
        for n in np.flatnonzero(folds == fold):
            odds[n] = decide(cases[n], *found)
        inside = [n for n in np.flatnonzero(folds == fold)]
        truth = np.array([cases[n].answered for n in inside])
        print(f"fold {fold + 1}: {len(inside)} questions, AUROC {area(odds[inside], truth):.3f}")
    return odds


def report(cases: Sequence[Case], odds: Floats) -> None:
    """Print AUROC by set, language and grade, and what thresholds would do, as tables."""
    truth = np.array([case.answered for case in cases])
    chance = 1 / (1 + np.exp(-odds))
    print("\n| questions | n | AUROC |\n| --- | --- | --- |")
    for name, inside in _parts(cases):
        if 0 < truth[inside].sum() < inside.sum():
            print(f"| {name} | {inside.sum()} | {area(odds[inside], truth[inside]):.3f} |")
    print("\n| set | threshold | over-abstention | hallucination |\n| --- | --- | --- | --- |")
    for source in dict.fromkeys(case.source for case in cases):
        inside = np.array([case.source == source for case in cases])
        for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
            said = chance >= threshold
            silent, wrong = (~said)[inside & truth].mean(), said[inside & ~truth].mean()
            print(f"| {source} | {threshold} | {silent:.3f} | {wrong:.3f} |")


def _parts(cases: Sequence[Case]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    for source in dict.fromkeys(case.source for case in cases):
        own = [case.source == source for case in cases]
        yield source, np.array(own)
        for language in ("it", "en"):
            yield f"{source}, {language}", np.array([case.language == language for case in cases]) & own
        for grade in ("near", "absent", "off_topic"):
            yield f"{source}, answered or {grade}", np.array([c.grade in (ANSWER, grade) for c in cases]) & own


def area(values: Floats, truth: NDArray[np.bool_]) -> float:
    """Return the share of pairs, one that is answered and one that is not, that the values put in order."""
    yes, no = values[truth][:, None], values[~truth][None, :]
    return float((yes > no).mean() + (yes == no).mean() / 2)


if __name__ == "__main__":
    sys.exit(main())

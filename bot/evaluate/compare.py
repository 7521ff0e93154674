"""Two runs of the same questions compared: what got better, what got worse, and whether that is more than noise.

Every question is its own control: only those that both runs speak of count. Knows outcomes; nothing of texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import EvaluationError
from bot.evaluate.intervals import holm, mcnemar, permutation
from bot.evaluate.metrics import METRICS, Metric
from bot.evaluate.outcome import Outcome

LEVEL = 0.05
_CONTRACT = ("quotes_exact", "failed")
# Reports are rounded to four places.
_TINY = 1e-4


@dataclass(frozen=True, slots=True)
class Change:
    """One question of which a metric changed."""

    id: str
    part: str
    metric: str
    before: float
    after: float
    better: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A metric in two runs, over the questions that both speak of.

    Attributes:
        metric: which.
        n: questions.
        before: its mean in the first run.
        after: in the second.
        better: how many questions got better.
        worse: how many got worse.
        p: two-sided, of a permutation test over pairs, adjusted for the number of metrics that changed (Holm).
        mcnemar: two-sided exact p where every value is 0 or 1, else None; questions counted one by one.
    """

    metric: Metric
    n: int
    before: float
    after: float
    better: int
    worse: int
    p: float
    mcnemar: float | None

    @property
    def significant(self) -> bool:
        """Whether the difference is more than noise."""
        return self.p < LEVEL

    @property
    def regressed(self) -> bool:
        """Whether the metric got worse by more than noise."""
        gained = (self.after - self.before) * (1 if self.metric.higher else -1)
        return gained < 0 and self.significant


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared.

    Attributes:
        metrics: those that both runs speak of, in the usual order.
        changes: question by question, those that got worse first.
        n: questions in both runs.
        only_before: ids that only the first run has; `only_after`: those of the second.
    """

    metrics: tuple[Compared, ...]
    changes: tuple[Change, ...]
    n: int
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()


def compare(before: Sequence[Outcome], after: Sequence[Outcome]) -> Comparison:
    """Compare two runs.

    Raises:
        EvaluationError: they have no question in common.
    """
    old, new = {o.id: o for o in before}, {o.id: o for o in after}
    pairs = [(old[id], new[id]) for id in old if id in new]
    if not pairs:
        raise EvaluationError("The two runs have no question in common.", "Compare runs of the same questions.")
    directed = [metric for metric in METRICS if metric.higher is not None]
    found = [one for metric in directed if (one := _compared(metric, pairs)) is not None]
    changes = [change for metric in directed for change in _changes(metric, pairs)]
    return Comparison(
        metrics=tuple(_adjusted(found)),
        changes=tuple(sorted(changes, key=lambda change: (change.better, change.id))),
        n=len(pairs),
        only_before=tuple(id for id in old if id not in new),
        only_after=tuple(id for id in new if id not in old),
    )


def regressions(comparison: Comparison, before: Sequence[Outcome], after: Sequence[Outcome]) -> list[str]:
    """Return one line for each reason not to let a change through; none for a run as good as the baseline.

    A metric that got worse by more than noise; a quote that does not stand where it says, or an answer that never
    came, which no noise excuses unless the baseline has it; questions of the baseline that were not asked.
    """
    lines = [
        f"{one.metric.label}: {one.before:.3f} → {one.after:.3f} "
        f"({one.worse} worse, {one.better} better, p = {one.p:.4f})"
        for one in comparison.metrics
        if one.regressed
    ]
    for name in _CONTRACT:
        metric = next(metric for metric in METRICS if metric.name == name)
        perfect = 1.0 if metric.higher else 0.0
        known = {o.id for o in before if o.scores.get(name) not in (None, perfect)}
        broken = [o.id for o in after if o.scores.get(name) not in (None, perfect) and o.id not in known]
        if broken:
            lines.append(f"{metric.label}: {len(broken)} questions break the contract, first {broken[0]}")
    if comparison.only_before:
        lines.append(f"{len(comparison.only_before)} questions of the baseline were not asked")
    return lines


def _compared(metric: Metric, pairs: Sequence[tuple[Outcome, Outcome]]) -> Compared | None:
    both = [
        (a, b, old.cluster)
        for old, new in pairs
        if (a := old.scores.get(metric.name)) is not None and (b := new.scores.get(metric.name)) is not None
    ]
    if not both:
        return None
    gained = [(b - a) * (1 if metric.higher else -1) for a, b, _ in both]
    gained = [0.0 if abs(value) < _TINY else value for value in gained]
    better, worse = sum(value > 0 for value in gained), sum(value < 0 for value in gained)
    binary = {value for a, b, _ in both for value in (a, b)} <= {0.0, 1.0}
    return Compared(
        metric,
        len(both),
        sum(a for a, _, _ in both) / len(both),
        sum(b for _, b, _ in both) / len(both),
        better,
        worse,
        permutation(gained, [cluster for _, _, cluster in both]),
        mcnemar(better, worse) if binary else None,
    )


def _adjusted(found: Sequence[Compared]) -> list[Compared]:
    """Adjust the p of the metrics that changed at all; the others can tell nothing."""
    changed = [one for one in found if one.better or one.worse]
    adjusted = dict(zip((one.metric.name for one in changed), holm([one.p for one in changed]), strict=True))
    return [replace(one, p=adjusted.get(one.metric.name, 1.0)) for one in found]


def _changes(metric: Metric, pairs: Sequence[tuple[Outcome, Outcome]]) -> list[Change]:
    found = []
    for old, new in pairs:
        a, b = old.scores.get(metric.name), new.scores.get(metric.name)
        if a is not None and b is not None and abs(a - b) >= _TINY:
            found.append(Change(old.id, old.part, metric.name, a, b, (b > a) is metric.higher))
    return found

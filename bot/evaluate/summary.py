"""The summary of a run: every metric with its interval, by part, language and kind; latency, cost, calibration.

Made from outcomes alone, as plain values that JSON can hold. Knows nothing of texts or of how it is shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.evaluate.calibration import calibration
from bot.evaluate.intervals import Estimate, gap, mean, quantile
from bot.evaluate.item import GRADES, KINDS, LANGUAGES
from bot.evaluate.metrics import METRICS
from bot.evaluate.outcome import PARTS, Outcome

Table = dict[str, dict[str, Any]]


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the summary of a run.

    Returns:
        For "all", "tuned" and "held-out" (those that have questions): `n`, and by name of the metric
        {value, low, high, n} under "metrics", under "languages" and "kinds" for each of these, under "grades" the
        hallucination of each grade, under "gap" Italian less English, and "latency", "usage", "calibration".
    """
    chosen = {"all": list(outcomes)} | {part: [o for o in outcomes if o.part == part] for part in PARTS}
    return {name: _part(some) for name, some in chosen.items() if some}


def _part(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "n": len(outcomes),
        "answerable": sum(o.answerable for o in outcomes),
        "metrics": _table(outcomes),
        "languages": _tables(outcomes, LANGUAGES, lambda o: o.language),
        "kinds": _tables(outcomes, KINDS, lambda o: o.kind),
        "grades": {
            grade: asdict(_mean(some, "hallucination"))
            for grade in GRADES
            if (some := [o for o in outcomes if o.grade == grade])
        },
        "gap": _gaps(outcomes),
        "latency": _latency(outcomes),
        "usage": usage(outcomes),
        "calibration": calibration(outcomes),
    }


def _tables(outcomes: Sequence[Outcome], names: Iterable[str], of: Callable[[Outcome], str]) -> dict[str, Table]:
    found = {name: [o for o in outcomes if of(o) == name] for name in names}
    return {name: _table(some) for name, some in found.items() if some}


def _table(outcomes: Sequence[Outcome]) -> Table:
    estimates = {metric.name: _mean(outcomes, metric.name) for metric in METRICS}
    return {name: asdict(estimate) for name, estimate in estimates.items() if estimate.n}


def _mean(outcomes: Sequence[Outcome], name: str) -> Estimate:
    values, clusters = column(outcomes, name)
    return mean(values, clusters)


def column(outcomes: Sequence[Outcome], name: str) -> tuple[list[float], list[str]]:
    """Return the values of a metric and the cluster of each, of the questions that it speaks of."""
    found = [(value, o.cluster) for o in outcomes if (value := o.scores.get(name)) is not None]
    return [value for value, _ in found], [cluster for _, cluster in found]


def _gaps(outcomes: Sequence[Outcome]) -> Table:
    sides = {language: [o for o in outcomes if o.language == language] for language in LANGUAGES}
    found = {}
    for metric in METRICS:
        estimate = gap(*column(sides["it"], metric.name), *column(sides["en"], metric.name))
        if estimate.n and metric.name != "parity":
            found[metric.name] = asdict(estimate)
    return found


def _latency(outcomes: Sequence[Outcome]) -> Mapping[str, Any]:
    timed = [(o.milliseconds, o.cluster) for o in outcomes if o.milliseconds is not None]
    values, clusters = [value for value, _ in timed], [cluster for _, cluster in timed]
    return {name: asdict(quantile(values, clusters, q)) for name, q in (("p50", 0.5), ("p95", 0.95))} if timed else {}


def usage(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the tokens and the cost of all questions; the cost is None if that of one is not known."""
    costs = [o.cost for o in outcomes]
    return {
        "input_tokens": sum(o.input_tokens for o in outcomes),
        "output_tokens": sum(o.output_tokens for o in outcomes),
        "cost": None if None in costs else sum(cost or 0.0 for cost in costs),
    }

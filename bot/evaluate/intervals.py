"""How sure a number is: bootstrap intervals, and tests of paired differences. Pure; a seed makes them repeatable.

Questions of one pair or one conversation rise and fall together, so clusters are drawn, not questions (the cluster
bootstrap; A. C. Cameron et al., 2008). Knows numbers only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SEED = 7
_DRAWS = 2000
_FLIPS = 10_000
_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95 % interval, over so many questions; the number is None over none."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def mean(values: Sequence[float], clusters: Sequence[str], seed: int = SEED) -> Estimate:
    """Return a mean with the percentile interval of a cluster bootstrap.

    Where all values are the same 0 or 1 a bootstrap would be sure of itself; there the interval is the exact one of
    so many independent clusters (C. Clopper and E. Pearson, 1934).

    Args:
        values: one a question.
        clusters: to which each belongs.
        seed: of the draws.
    """
    if not values:
        return Estimate(None, None, None, 0)
    sums, counts = _totals(values, clusters)
    value = float(sums.sum() / counts.sum())
    if value in (0.0, 1.0) and len(set(values)) == 1:
        bound = ((1 - _LEVEL) / 2) ** (1 / len(sums))
        return Estimate(value, bound if value else 0.0, 1.0 if value else 1 - bound, len(values))
    drawn = _drawn(len(sums), seed)
    means = (drawn @ sums) / (drawn @ counts)
    return Estimate(value, *_interval(means), len(values))


def gap(one: Sequence[float], of: Sequence[str], other: Sequence[float], beside: Sequence[str]) -> Estimate:
    """Return the mean of some values less that of others, with its interval; clusters are drawn together."""
    if not one or not other:
        return Estimate(None, None, None, 0)
    names = sorted({*of, *beside})
    totals = [_totals(values, clusters, names) for values, clusters in ((one, of), (other, beside))]
    drawn = _drawn(len(names), SEED)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = [(drawn @ sums) / (drawn @ counts) for sums, counts in totals]
    differences = means[0] - means[1]
    value = float(np.mean(one) - np.mean(other))
    return Estimate(value, *_interval(differences[np.isfinite(differences)]), len(one) + len(other))


def quantile(values: Sequence[float], clusters: Sequence[str], q: float, seed: int = SEED) -> Estimate:
    """Return a quantile with its bootstrap interval."""
    if not values:
        return Estimate(None, None, None, 0)
    order = np.argsort(values)
    ranked = np.asarray(values, dtype=np.float64)[order]
    names, place = np.unique(np.asarray(clusters)[order], return_inverse=True)
    weights = np.cumsum(_drawn(len(names), seed)[:400, place], axis=1)
    at = (weights < q * weights[:, -1:]).sum(axis=1)
    return Estimate(float(np.quantile(ranked, q)), *_interval(ranked[np.minimum(at, len(ranked) - 1)]), len(values))


def permutation(differences: Sequence[float], clusters: Sequence[str], seed: int = SEED) -> float:
    """Return the two-sided p of paired differences: how often flipping the signs of clusters does as much.

    Exact up to 12 clusters that differ, else 10,000 random flips (the draw itself counted, so p is never 0).
    """
    sums, _ = _totals(differences, clusters) if len(differences) else (np.zeros(0), None)
    moved = sums[sums != 0]
    if not len(moved):
        return 1.0
    observed = abs(moved.sum()) - 1e-9
    if len(moved) <= 12:
        signs = np.array(np.meshgrid(*[[1.0, -1.0]] * len(moved))).reshape(len(moved), -1).T
        return float(np.mean(np.abs(signs @ moved) >= observed))
    signs = np.random.default_rng(seed).choice([1.0, -1.0], size=(_FLIPS, len(moved)))
    as_much = int((np.abs(signs @ moved) >= observed).sum())
    return (as_much + 1) / (_FLIPS + 1)


def mcnemar(better: int, worse: int) -> float:
    """Return the exact two-sided p of McNemar's test (1947): of so many questions that changed, so many got worse."""
    changed, fewer = better + worse, min(better, worse)
    return min(1.0, float(2 * sum(comb(changed, k) for k in range(fewer + 1)) / 2**changed))


def kappa(one: Sequence[bool], other: Sequence[bool]) -> float | None:
    """Return Cohen's kappa (1960) of two judges; None where chance alone would make them agree, or without cases."""
    if not one:
        return None
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    yes = sum(one) / len(one), sum(other) / len(other)
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return None if chance == 1.0 else (agreed - chance) / (1 - chance)


def holm(values: Sequence[float]) -> list[float]:
    """Return p values adjusted for their number (S. Holm, 1979), in the same order."""
    adjusted, worst = [0.0] * len(values), 0.0
    for rank, n in enumerate(sorted(range(len(values)), key=lambda n: values[n])):
        worst = max(worst, min(1.0, values[n] * (len(values) - rank)))
        adjusted[n] = worst
    return adjusted


def _totals(
    values: Sequence[float], clusters: Sequence[str], names: Sequence[str] | None = None
) -> tuple[Floats, Floats]:
    """Return the sum and the number of the values of each cluster."""
    place = {name: n for n, name in enumerate(names or dict.fromkeys(clusters))}
    sums, counts = np.zeros(len(place)), np.zeros(len(place))
    for value, cluster in zip(values, clusters, strict=True):
        sums[place[cluster]] += value
        counts[place[cluster]] += 1
    return sums, counts


@lru_cache(maxsize=32)
def _drawn(clusters: int, seed: int) -> Floats:
    """Return how often each cluster is drawn in each resample, (draws, clusters)."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(clusters, np.full(clusters, 1 / clusters), size=_DRAWS).astype(np.float64)


def _interval(values: Floats) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(low), float(high)

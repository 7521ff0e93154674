"""Scores: what the words of one question say of every passage of one language, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.postings import K1, Floats, Postings
from index.units import Unit

_CLOSE = 4
# What a term that a passage of average length holds once saturates to.
_ONCE = 1 / (1 + K1)
# From this saturation on a passage holds a term: said once, even in a rather long one.
_ENOUGH = 0.75 * _ONCE
_NOWHERE: NDArray[np.intp] = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A passage found by the words of a question.

    Attributes:
        key: of the passage.
        score: BM25, summed over the question's units; only compared within one language.
        share: score over the most that the units known to cross could score, 0 to 1; compared across languages.
        coverage: weight of the units that the passage holds, over that of those known to cross, 0 to 1; unlike in
            `share`, what is said often is worth no more than what is said once.
        closeness: weight of the neighbouring units that stand close together there too, over that of all, 0 to 1
            (after D. Metzler and W. B. Croft's sequential dependence, SIGIR 2005).
    """

    key: str
    score: float
    share: float
    coverage: float
    closeness: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit of a question and what it is worth in one language of the index.

    Attributes:
        unit: the words.
        weight: its inverse document frequency, of all its forms together.
    """

    unit: Unit
    weight: float


class Scores:
    """The scores of every passage of one language for one question. Made by `Lexical.scores`.

    Attributes:
        weighed: the question's units with their weights, in reading order.
        possible: the most that the units known to cross could score.
        amount: how many words that only one passage holds would weigh as much as those units do.
    """

    def __init__(
        self, side: Postings, weighed: Sequence[Weighed], parts: Sequence[Floats], barred: NDArray[np.bool_] | None
    ) -> None:
        self._side, self._parts = side, parts
        self.weighed = tuple(weighed)
        self.possible = sum(one.weight for one in weighed if one.unit.carried)
        self.amount = self.possible / side.idf(0.0) if side.keys else 0.0
        self._total = np.zeros(len(side.keys), dtype=np.float32)
        for part in parts:
            self._total += part
        if barred is not None:
            self._total[barred] = 0

    def top(self, k: int) -> list[LexicalHit]:
        """Return the k best passages, best first; none that hold no word of the question."""
        k = min(k, len(self._total))
        if k <= 0:
            return []
        best = np.argpartition(-self._total, k - 1)[:k]
        order = best[np.lexsort((best, -self._total[best]))]
        return self._hits(order[self._total[order] > 0].tolist())

    def of(self, keys: Iterable[str]) -> dict[str, LexicalHit]:
        """Return the hits of given passages by key, those with score 0 too; unknown keys are left out."""
        rows = self._side.rows()
        return {hit.key: hit for hit in self._hits([rows[key] for key in keys if key in rows])}

    def matched(self, key: str) -> tuple[float, ...]:
        """Return how well a passage holds each of `weighed`: 0 not at all, 1 as well as its own word once.

        Raises:
            KeyError: there is no passage of that key in this language.
        """
        row = self._side.rows()[key]
        pairs = zip(self._parts, self.weighed, strict=True)
        return tuple(min(1.0, float(part[row]) / (one.weight * _ONCE)) if one.weight else 0.0 for part, one in pairs)

    def _hits(self, rows: Sequence[int]) -> list[LexicalHit]:
        """Return the hits of rows, all measured at once."""
        if not rows:
            return []
        held = np.zeros(len(rows))
        for one, part in zip(self.weighed, self._parts, strict=True):
            held += np.minimum(one.weight, part[rows] / _ENOUGH)
        terms, ends = self._side.sequences(rows, apart=_CLOSE)
        places = self._places(terms)
        sums = np.array((self._total[rows], held), dtype=np.float64)
        columns = (*(sums / self.possible if self.possible else 0 * sums), self._closeness(places, ends))
        shares = np.minimum(1.0, np.array(columns)).T.tolist()
        totals = self._total[rows].tolist()
        return [
            LexicalHit(self._side.keys[row], score, *parts)
            for row, score, parts in zip(rows, totals, shares, strict=True)
        ]

    def _closeness(self, places: Sequence[NDArray[np.intp]], ends: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return, for each passage, the weight of the neighbouring units that stand within `_CLOSE` terms there."""
        weights = [one.weight for one in self.weighed]
        pairs = [one + other for one, other in zip(weights, weights[1:], strict=False)]
        close = np.zeros(len(ends))
        for n, weight in enumerate(pairs):
            if len(places[n]) and len(places[n + 1]):
                near = _near(places[n], places[n + 1])
                close[np.unique(np.searchsorted(ends, near, side="right"))] += weight
        return close / sum(pairs) if sum(pairs) else close

    def _places(self, terms: NDArray[np.int32]) -> list[NDArray[np.intp]]:
        """Return where each unit stands in a sequence of columns."""
        columns = [
            sorted(
                {
                    self._side.vocabulary[term]
                    for way in one.unit.ways
                    for slot in way.slots
                    for term in slot
                    if term in self._side.vocabulary
                }
            )
            for one in self.weighed
        ]
        known = np.array(sorted({column for some in columns for column in some}), dtype=np.int32)
        if not len(known):
            return [_NOWHERE] * len(columns)
        at = np.minimum(np.searchsorted(known, terms), len(known) - 1)
        standing = np.flatnonzero(known[at] == terms)
        which = at[standing]
        members = np.zeros((len(columns), len(known)), dtype=np.bool_)
        for n, some in enumerate(columns):
            members[n, np.searchsorted(known, some)] = True
        return [standing[member[which]] for member in members]


def _near(ones: NDArray[np.intp], others: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those of the first places, sorted, that have one of the others, sorted, within `_CLOSE` but not there."""
    last = len(others) - 1
    # The nearest other place before each, and the nearest behind it; one that is the place itself is no neighbour.
    before = np.searchsorted(others, ones, side="left") - 1
    behind = np.searchsorted(others, ones, side="right")
    found = (before >= 0) & (ones - others[np.maximum(before, 0)] <= _CLOSE)
    found |= (behind <= last) & (others[np.minimum(behind, last)] - ones <= _CLOSE)
    return ones[found]

"""Scores: what the words of one question say of every passage of one language, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.postings import K1, Floats, Postings
from index.units import Unit

_CLOSE = 4


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A passage found by the words of a question.

    Attributes:
        key: of the passage.
        score: BM25, summed over the question's units; only compared within one language.
        share: score over the most that the units known to cross could score, 0 to 1; compared across languages.
        coverage: weight of the units that the passage holds, over that of all units, 0 to 1.
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
    """

    def __init__(
        self, side: Postings, weighed: Sequence[Weighed], parts: Sequence[Floats], allowed: NDArray[np.bool_] | None
    ) -> None:
        self._side, self._parts = side, parts
        self.weighed = tuple(weighed)
        self.possible = sum(one.weight for one in weighed if one.unit.carried)
        self._total = np.zeros(len(side.keys), dtype=np.float32)
        for part in parts:
            self._total += part
        if allowed is not None:
            self._total[~allowed] = 0

    def top(self, k: int) -> list[LexicalHit]:
        """Return the k best passages, best first; none that hold no word of the question."""
        k = min(k, len(self._total))
        if k <= 0:
            return []
        best = np.argpartition(-self._total, k - 1)[:k]
        order = best[np.lexsort((best, -self._total[best]))]
        return [self._hit(int(row)) for row in order if self._total[row] > 0]

    def of(self, keys: Iterable[str]) -> dict[str, LexicalHit]:
        """Return the hits of given passages by key, those with score 0 too; unknown keys are left out."""
        rows = self._side.rows()
        return {key: self._hit(rows[key]) for key in keys if key in rows}

    def matched(self, key: str) -> tuple[float, ...]:
        """Return how well a passage holds each of `weighed`: 0 not at all, 1 as well as its own word once.

        Raises:
            KeyError: there is no passage of that key in this language.
        """
        row = self._side.rows()[key]
        # A term that a passage of average length holds once saturates to 1 / (1 + k1).
        once = 1 / (1 + K1)
        pairs = zip(self._parts, self.weighed, strict=True)
        return tuple(min(1.0, float(part[row]) / (one.weight * once)) if one.weight else 0.0 for part, one in pairs)

    def _hit(self, row: int) -> LexicalHit:
        score, total = float(self._total[row]), sum(one.weight for one in self.weighed)
        held = sum(one.weight for one, part in zip(self.weighed, self._parts, strict=True) if part[row] > 0)
        share = min(1.0, score / self.possible) if self.possible else 0.0
        return LexicalHit(self._side.keys[row], score, share, held / total if total else 0.0, self._closeness(row))

    def _closeness(self, row: int) -> float:
        pairs, units = self._pairs, self._units
        if not pairs:
            return 0.0
        last: dict[int, int] = {}
        close: set[int] = set()
        for place, column in enumerate(self._side.sequence(row)):
            for unit in units.get(column, ()):
                if 0 < place - last.get(unit - 1, place) <= _CLOSE:
                    close.add(unit - 1)
                if 0 < place - last.get(unit + 1, place) <= _CLOSE:
                    close.add(unit)
                last[unit] = place
        total = sum(pairs)
        return sum(pairs[n] for n in close) / total if total else 0.0

    @cached_property
    def _pairs(self) -> list[float]:
        """The weight of each unit and the next one, together."""
        weights = [one.weight for one in self.weighed]
        return [one + other for one, other in zip(weights, weights[1:], strict=False)]

    @cached_property
    def _units(self) -> Mapping[int, tuple[int, ...]]:
        """The units that each column stands for."""
        found: dict[int, tuple[int, ...]] = {}
        for n, one in enumerate(self.weighed):
            for term in dict.fromkeys(term for way in one.unit.ways for slot in way.slots for term in slot):
                column = self._side.vocabulary.get(term)
                if column is not None:
                    found[column] = (*found.get(column, ()), n)
        return found

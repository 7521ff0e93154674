"""Which sentences are said: those that matter, each fact once, every third of the selection, in the length asked.

Maximal marginal relevance (J. Carbonell, J. Goldstein: The use of MMR, SIGIR 1998) under a budget of words. Knows
scores and closeness; nothing of how they were made.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.summarize.fit import opening, stands, thin, told
from bot.summarize.same import NEAREST, repeats, retells
from bot.summarize.values import Sentence

Floats = NDArray[np.float32]

_LIKENESS, _CROWDED = 0.7, 0.1
_SLACK = 0.10
_TYPICAL = 24


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Sentences to choose from, in reading order.

    Attributes:
        sentences: the sentences.
        scores: how much each matters, (n,).
        alike: how alike each two are, (n, n).
        thirds: which third of the selection each is in, 0 to 2.
        groups: what each is one of many of - its paragraph, its speaker -; a summary does not dwell on one.
    """

    sentences: Sequence[Sentence]
    scores: Floats
    alike: Floats
    thirds: Sequence[int]
    groups: Sequence[Hashable]


def choose(pool: Pool, words: int, one_line: bool = False, apart: frozenset[int] = frozenset()) -> list[int]:
    """Choose sentences.

    Args:
        pool: with at least one sentence.
        words: the length that is wanted.
        one_line: choose a single sentence.
        apart: places in the pool that are not to be chosen.

    Returns:
        Places in the pool, in reading order; within 10 % of the words, or within one sentence, where the pool allows.
    """
    able = [n for n in _able(pool.sentences, one_line) if n not in apart]
    if not able:
        return []
    if one_line:
        return [_line(pool, able, words)]
    picked = _Picked(pool, able, words)
    if words >= 3 * _TYPICAL * (1 - _SLACK):
        picked.seed()
    picked.fill()
    if picked.short:
        # Rather something near to what is said than a summary that ends too soon.
        picked.lower()
        picked.fill()
    picked.trim()
    return sorted(picked.chosen)


def _able(sentences: Sequence[Sentence], one_line: bool) -> list[int]:
    """Return the places of sentences that can be said by themselves; of lesser ones only where there are no better."""
    real = [n for n, s in enumerate(sentences) if told(s.text)]
    alone = [n for n in real if _alone(sentences[n]) and not _thin(sentences, n, one_line)]
    return alone or real or list(range(len(sentences)))


def _alone(sentence: Sentence) -> bool:
    if sentence.n == 0:
        return opening(sentence.text, sentence.language)
    return stands(sentence.text, sentence.language)


def _thin(sentences: Sequence[Sentence], n: int, one_line: bool) -> bool:
    """Say whether a sentence only announces others; what an article opens with may be short where it stands alone."""
    sentence, behind = sentences[n], sentences[n + 1] if n + 1 < len(sentences) else None
    goes_on = behind is not None and behind.article.id == sentence.article.id and not behind.lead
    return thin(sentence.text, sentence.lead and goes_on and not (one_line and sentence.n == 0))


def _line(pool: Pool, able: list[int], words: int) -> int:
    """Return the sentence that says most in about a line."""
    return max(able, key=lambda n: float(pool.scores[n]) - 0.01 * max(0, pool.sentences[n].words - words))


class _Picked:
    """A choice as it grows."""

    def __init__(self, pool: Pool, able: list[int], words: int) -> None:
        self.chosen: list[int] = []
        self._pool, self._able, self._target = pool, able, words
        self._at = {(s.article.id, s.n): n for n, s in enumerate(pool.sentences)}
        self._words = [s.words for s in pool.sentences]
        self._vectors = np.stack([s.vector for s in pool.sentences])
        self._again: dict[int, frozenset[int]] = {}
        self._repeats = repeats
        self._near: tuple[list[int], Floats] = ([], pool.scores)
        self._crowd: tuple[list[int], Counter[Hashable]] = ([], Counter())

    @property
    def length(self) -> int:
        return sum(self._words[n] for n in self.chosen)

    @property
    def short(self) -> bool:
        """Whether it is shorter than it may be."""
        return self.length < (1 - _SLACK) * self._target

    def lower(self) -> None:
        """From now on let be said what is near to what is said already, if it is not the same once more."""
        self._again, self._repeats = {}, retells

    def seed(self) -> None:
        """Say the best of each third, so that none is left out."""
        for third in range(3):
            options = [n for n in self._able if self._pool.thirds[n] == third and self._fits(n) and not self._stale(n)]
            if options:
                self.chosen.append(max(options, key=self._value))

    def fill(self) -> None:
        """Add what matters most and fits, until nothing does."""
        while self.length < max((1 - _SLACK) * self._target, self._target - _TYPICAL / 2):
            room = (1 + _SLACK) * self._target - self.length
            options = [n for n in self._open() if self._words[n] <= room]
            # The best that says something new: the others are not asked whether they would.
            best = next((n for n in sorted(options, key=self._value, reverse=True) if not self._stale(n)), None)
            if best is None:
                break
            self.chosen.append(best)
        if not self.chosen:
            self.chosen.append(max(self._able, key=lambda n: float(self._pool.scores[n])))

    def trim(self) -> None:
        """Change one sentence for another, or add one, where that comes nearer to the length that is wanted."""
        if not self.short:
            return
        off = abs(self.length - self._target)
        near = min(off, _SLACK * self._target + 1)
        lack = self._target - self.length
        gone = [(None, 0), *((n, self._words[n]) for n in self.chosen)]
        moves = [
            (drop, add) for add in self._open() for drop, less in gone if abs(lack + less - self._words[add]) < off
        ]
        good = sorted((m for m in moves if self._off(*m) < near), key=lambda m: -self._gain(*m))
        closer = sorted((m for m in moves if self._off(*m) >= near), key=lambda m: self._off(*m))
        # What a move leaves behind is looked at last: there are many moves, and most are not taken.
        best = next((move for move in (*good, *closer) if self._allowed(*move)), None)
        if best is not None:
            drop, add = best
            self.chosen = [n for n in self.chosen if n != drop] + [add]

    def _open(self) -> list[int]:
        """Return what may be added: what stands alone, and what leans on a sentence that is said just before it."""
        taken = set(self.chosen)
        after = [self._at.get((s.article.id, s.n + 1)) for s in (self._pool.sentences[n] for n in self.chosen)]
        leaning = [n for n in after if n is not None and n not in self._able and told(self._pool.sentences[n].text)]
        return [n for n in dict.fromkeys([*self._able, *leaning]) if n not in taken]

    def _fits(self, n: int) -> bool:
        return self.length + self._words[n] <= (1 + _SLACK) * self._target

    def _stale(self, n: int, without: int | None = None) -> bool:
        return any(n in self._repeating(m) for m in self.chosen if m != without)

    def _repeating(self, said: int) -> frozenset[int]:
        """Return the places of the sentences that would say again what one says; only those near it are looked at."""
        if said not in self._again:
            near = np.flatnonzero(self._vectors @ self._vectors[said] >= NEAREST)
            one = self._pool.sentences[said]
            self._again[said] = frozenset(int(n) for n in near if self._repeats(one, self._pool.sentences[int(n)]))
        return self._again[said]

    def _value(self, n: int) -> float:
        value = float(self._pool.scores[n])
        if self.chosen:
            value -= _LIKENESS * float(self._nearest[n])
            value -= _CROWDED * self._told[self._pool.groups[n]]
        return value

    @property
    def _nearest(self) -> Floats:
        """How alike each sentence is to the nearest one that is chosen."""
        if self._near[0] != self.chosen:
            self._near = (list(self.chosen), self._pool.alike[:, self.chosen].max(axis=1))
        return self._near[1]

    @property
    def _told(self) -> Counter[Hashable]:
        """How many sentences of each group are chosen."""
        if self._crowd[0] != self.chosen:
            self._crowd = (list(self.chosen), Counter(self._pool.groups[m] for m in self.chosen))
        return self._crowd[1]

    def _off(self, drop: int | None, add: int) -> int:
        gone = 0 if drop is None else self._words[drop]
        return abs(self.length - gone + self._words[add] - self._target)

    def _gain(self, drop: int | None, add: int) -> float:
        return self._value(add) - (0.0 if drop is None else float(self._pool.scores[drop]))

    def _allowed(self, drop: int | None, add: int) -> bool:
        """Say whether a move leaves every third said, nothing twice, and nothing leaning on what is gone."""
        if self._stale(add, without=drop):
            return False
        if drop is None:
            return True
        gone, new = self._pool.sentences[drop], self._pool.sentences[add]
        held = any(self._pool.thirds[m] == self._pool.thirds[drop] for m in (*self.chosen, add) if m != drop)
        behind = self._at.get((gone.article.id, gone.n + 1))
        leans = behind in self.chosen and behind not in self._able
        after = new.article.id == gone.article.id and new.n == gone.n + 1 and add not in self._able
        return held and not leans and not after

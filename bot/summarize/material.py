"""The selection as it is read, article by article: the sentences worth choosing from, and the measure of it all.

Bounded: however much is read, at most a few thousand sentences are kept, the best of each article. Knows no shapes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.summarize.facts import facts
from bot.summarize.fit import told
from bot.summarize.rank import closeness, importance
from bot.summarize.values import Coverage, Sentence

POOL = 1_600
"""Sentences that are compared with each other at most: (1600, 1600) floats are 10 MB."""

_WINDOW = 400
_MOST = 2 * POOL

Wanted = Callable[[Sentence], bool]


@dataclass(slots=True, eq=False)
class Material:
    """What was read; grows with `take`.

    Args:
        articles: how many will be read.
        wanted: which sentences are of use at all.
    """

    articles: int
    wanted: Wanted
    kept: list[tuple[int, Sentence]] = field(default_factory=list)
    total: int = 0
    words: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    stops: int = 0
    read: list[str] = field(default_factory=list)
    _facts: set[str] = field(default_factory=set)
    _first: dict[str, int] = field(default_factory=dict)

    def take(self, article_id: str, sentences: Sequence[Sentence]) -> Iterator[float]:
        """Read an article, a few hundred sentences at a time; yields what share of it is read."""
        self.read.append(article_id)
        first = self._first.setdefault(article_id, self.total)
        most = max(2, POOL // self.articles)
        for start in range(0, len(sentences), _WINDOW):
            window = sentences[start : start + _WINDOW]
            for sentence in window:
                self._count(sentence)
            useful = [sentence for sentence in window if self.wanted(sentence)]
            share = most if len(sentences) <= _WINDOW else max(1, round(most * len(window) / len(sentences)))
            self.kept += [(first + sentence.n, sentence) for sentence in _best(useful, share)]
            if len(self.kept) > _MOST:
                self._thin()
            yield (start + len(window)) / len(sentences)

    def _count(self, sentence: Sentence) -> None:
        self._facts |= facts(sentence.flat, sentence.language).all
        self.total += 1
        self.words += sentence.words
        self.stops += sentence.text.rstrip("”»\"')]")[-1:] in tuple(".!?…")
        self.languages[sentence.language] = self.languages.get(sentence.language, 0) + 1

    def _thin(self) -> None:
        """Keep the better half, window by window."""
        windows = [self.kept[n : n + _WINDOW] for n in range(0, len(self.kept), _WINDOW)]
        better = [{id(s) for s in _best([s for _, s in window], len(window) // 2)} for window in windows]
        self.kept = [pair for window, ids in zip(windows, better, strict=True) for pair in window if id(pair[1]) in ids]

    def _third(self, sentence: Sentence) -> int | None:
        """Return which third of the selection a sentence is in, None where it is of no article that was read."""
        first = self._first.get(sentence.article.id)
        return None if first is None else min(2, 3 * (first + sentence.n) // max(1, self.total))

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences to choose from, in reading order."""
        return [sentence for _, sentence in self.kept]

    @property
    def thirds(self) -> list[int]:
        """Which third of the selection each of `sentences` is in."""
        return [min(2, 3 * place // max(1, self.total)) for place, _ in self.kept]

    def coverage(self, cited: Sequence[Sentence]) -> Coverage:
        """Return how much of what was read the cited sentences carry."""
        ours = {(s.article.id, s.start): third for s in cited if (third := self._third(s)) is not None}
        edges = [-(-third * self.total // 3) for third in range(4)]
        sizes = [end - start for start, end in zip(edges, edges[1:], strict=False)]
        counts = [sum(place == third for place in ours.values()) for third in range(3)]
        held = {fact for s in cited for fact in facts(s.flat, s.language).all}
        return Coverage(
            round(len(ours) / max(1, self.total), 4),
            round(len(held & self._facts) / max(1, len(self._facts)), 4),
            tuple(round(n / max(1, size), 4) for n, size in zip(counts, sizes, strict=True)),  # type: ignore[arg-type]
            self.total,
            len(self._facts),
        )


def _best(sentences: list[Sentence], most: int) -> list[Sentence]:
    """Return the sentences that matter most, in order; there are no more than a window holds."""
    if len(sentences) <= most:
        return sentences
    worth = importance(sentences, closeness(sentences)) + np.array([float(told(s.text)) for s in sentences])
    return [sentences[n] for n in sorted(np.argsort(-worth, kind="stable")[:most])]

"""The selection as it is read, article by article: the sentences worth choosing from, and the measure of it all.

Bounded: however much is read, at most a few thousand sentences are kept, the best of each article. Knows no shapes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.summarize.facts import facts
from bot.summarize.fit import told
from bot.summarize.rank import closeness, importance
from bot.summarize.values import Coverage, Sentence

POOL = 1_600
"""Sentences that are compared with each other at most: (1600, 1600) floats are 10 MB."""

_WINDOW = 400

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

    def take(self, article_id: str, sentences: Sequence[Sentence]) -> None:
        """Read an article."""
        self.read.append(article_id)
        for sentence in sentences:
            self._facts |= facts(sentence.flat, sentence.language).all
            self.words += sentence.words
            self.stops += sentence.text.rstrip("”»\"')]")[-1:] in tuple(".!?…")
            self.languages[sentence.language] = self.languages.get(sentence.language, 0) + 1
        most = max(2, POOL // self.articles)
        first = self.total
        self.total += len(sentences)
        useful = [sentence for sentence in sentences if self.wanted(sentence)]
        self.kept += [(first + sentence.n, sentence) for sentence in _best(useful, most)]

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
        places = {(s.article.id, s.start): min(2, 3 * place // max(1, self.total)) for place, s in self.kept}
        ours = {(s.article.id, s.start): s for s in cited if (s.article.id, s.start) in places}
        sizes = [sum(3 * n // self.total == third for n in range(self.total)) for third in range(3)]
        counts = [sum(places[key] == third for key in ours) for third in range(3)]
        held = {fact for s in cited for fact in facts(s.flat, s.language).all}
        return Coverage(
            round(len(ours) / max(1, self.total), 4),
            round(len(held & self._facts) / max(1, len(self._facts)), 4),
            tuple(round(n / max(1, size), 4) for n, size in zip(counts, sizes, strict=True)),  # type: ignore[arg-type]
            self.total,
            len(self._facts),
        )


def _best(sentences: list[Sentence], most: int) -> list[Sentence]:
    """Return the sentences of an article that matter most, in order; long ones are judged window by window."""
    if len(sentences) <= most:
        return sentences
    windows = [sentences[n : n + _WINDOW] for n in range(0, len(sentences), _WINDOW)]
    kept: list[Sentence] = []
    for window in windows:
        share = max(1, round(most * len(window) / len(sentences)))
        worth = importance(window, closeness(window)) + np.array([float(told(s.text)) for s in window])
        kept += [window[n] for n in sorted(np.argsort(-worth, kind="stable")[:share])]
    return kept[:most]

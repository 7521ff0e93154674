"""What was told just before in a conversation, and how near to it the sentences stand that may answer a follow-up.

The next sentences of the same article often tell what is asked next, and a word that was carried over need not stand in
them again. Knows nothing of scores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Hit
from bot.question.asking import Asked
from index.analysis import terms

# Characters behind and before a sentence that was told.
_BEHIND, _AHEAD = 600, 250
_TOLD, _LATER, _EARLIER = 0.5, 1.0, 0.5
# From this cosine on (mE5) sentences of two languages tell the same.
_SAME = 0.89

Place = tuple[str, int]
"""The key of a passage and the place of a sentence in it."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was told just before, as it stands among the sentences found.

    Attributes:
        nearness: of each sentence that is or stands near to what was told, 0 to 1.
        leans: the sentences told that stand near to each.
        new: terms of the question that the one before did not have.
    """

    nearness: Mapping[Place, float] = field(default_factory=dict)
    leans: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)
    new: frozenset[str] = frozenset()

    def near(self, key: str, n: int) -> float:
        """Return how near a sentence stands to what was told."""
        return self.nearness.get((key, n), 0.0)

    def texts(self, key: str, n: int) -> tuple[str, ...]:
        """Return the sentences told that a sentence stands near to."""
        return self.leans.get((key, n), ())


NOTHING = Before()
"""Nothing was told, or nothing leans on it."""


def told_before(asked: Asked, hits: Sequence[Hit], vectors: Mapping[str, NDArray[np.float32]]) -> Before:
    """Return what was told just before, as it stands among the sentences of hits.

    Args:
        asked: the question, with the sentences of the answer before if it leans on that.
        hits: the passages found.
        vectors: of their sentences, by passage.
    """
    said = frozenset(" ".join(text.split()) for text in asked.told if text.strip())
    if not said:
        return NOTHING
    spans = [(hit, n, start, end) for hit in hits for n, (start, end) in enumerate(hit.passage.chunk.sentences)]
    exact = [one for one in spans if " ".join(one[0].article.text[one[2] : one[3]].split()) in said]
    if not exact:
        return NOTHING
    known = np.stack([vectors[hit.passage.key][n] for hit, n, _, _ in exact])
    languages = {hit.passage.chunk.language for hit, *_ in exact}
    found = [
        one
        for one in spans
        if one in exact
        or one[0].passage.chunk.language not in languages
        and float((known @ vectors[one[0].passage.key][one[1]]).max()) >= _SAME
    ]
    nearness: dict[Place, float] = {}
    leans: dict[Place, tuple[str, ...]] = {}
    for hit, n, start, end in spans:
        place = hit.passage.key, n
        for other, _, begin, stop in found:
            if other.article.id != hit.article.id:
                continue
            near = _nearness(start, end, begin, stop)
            if near:
                nearness[place] = max(near, nearness.get(place, 0.0))
                leans[place] = tuple(dict.fromkeys((*leans.get(place, ()), hit.article.text[begin:stop])))
    new = frozenset(terms(asked.text, asked.language)) - frozenset(terms(asked.base, asked.language))
    return Before(nearness, leans, new)


def _nearness(start: int, end: int, begin: int, stop: int) -> float:
    """Return how near a sentence stands to one that was told."""
    if start == begin:
        return _TOLD
    if start >= stop:
        return _LATER * max(0.0, 1.0 - (start - stop) / _BEHIND)
    return _EARLIER * max(0.0, 1.0 - (begin - end) / _AHEAD)

"""Echo: a likely hit -> what says the same in the other language is worth more.

A passage that says in one language what a likely answer says in the other is as likely an answer, however far the
question's own words are from it: embeddings of a passage and its translation are nearer to each other than either is
to a question. Texts of one language say nothing for each other here; those that are merely alike are `bot.variety`'s.
Pure functions; they know scores and vectors.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# So many of each language are listened to.
_FIRST = 5
# By so much in score is a passage e times less likely to answer.
_DOUBT = 1.5
# Cosine of passages from which on two languages tell the same, and what above it counts one (e5: translations have .90,
# one pair in a thousand of others .83).
_ALIKE, _SPREAD, _MOST = 0.88, 0.02, 3.0
_WORTH = 1.5


def echoes(scores: Sequence[float], languages: Sequence[str], vectors: Floats) -> list[float]:
    """Return what the other languages add to the scores of passages.

    Args:
        scores: in spreads of the cosine, of a few dozen passages; higher is better.
        languages: of the passages.
        vectors: (passages, dimension), L2-normalised.
    """
    if len(set(languages)) < 2:
        return [0.0] * len(scores)
    given, tongues = np.array(scores, dtype=np.float64), np.array(languages)
    added = np.zeros(len(given))
    for language in dict.fromkeys(languages):
        own, others = np.flatnonzero(tongues == language), np.flatnonzero(tongues != language)
        firsts = own[np.argsort(-given[own], kind="stable")[:_FIRST]]
        odds = np.exp((given[firsts] - given.max()) / _DOUBT)
        alike = ((vectors[firsts] @ vectors[others].T - _ALIKE) / _SPREAD).clip(0, _MOST)
        heard = _WORTH * odds[:, None] / max(1.0, odds.sum()) * alike
        # What repeats a passage is no likelier to answer than the passage.
        room = (given[firsts][:, None] - given[others]).clip(0)
        added[others] = np.maximum(added[others], np.minimum(heard, room).max(axis=0))
    return [float(more) for more in added]

"""How much each sentence matters: central in meaning, early, on the title, rich in facts. Knows vectors and words only.

Centrality is continuous LexRank (G. Erkan, D. Radev: LexRank, graph-based lexical centrality as salience in text
summarization, JAIR 22, 2004) over cosines of sentence embeddings. Those of mE5 lie in a narrow band, so that what any
two sentences share is taken off first.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evidence.sentences import CROSSING
from bot.summarize.facts import facts
from bot.summarize.fit import earlier
from bot.summarize.values import Sentence
from index.analysis import terms

Floats = NDArray[np.float32]

_DAMPING, _STEPS, _NEAR_ENOUGH = 0.85, 60, 1e-6
# Weights of: central in meaning, early, on the title, rich in facts. Chosen on the references in tests/data/summaries.
_WEIGHTS = np.array([0.35, 0.10, 0.25, 0.30], dtype=np.float32)
# Those of a single sentence: it is of what the title is of, and the first one says the most. Chosen on one half of
# the one-liners in docs/summaries.md, which reports the other half.
_LINE = np.array([0.20, 0.10, 0.80, 0.10], dtype=np.float32)
_OPENING = np.float32(0.40)
# What a sentence loses that tells what came before something else.
_EARLIER = np.float32(0.15)


def closeness(sentences: Sequence[Sentence]) -> Floats:
    """Return how alike each two sentences are, (n, n): 0 what any two share, 1 the same; alike across languages.

    n is bounded by the caller: a few thousand at most.
    """
    vectors = np.stack([sentence.vector for sentence in sentences])
    english = np.array([sentence.language == "en" for sentence in sentences])
    cosines: Floats = vectors @ vectors.T
    cosines += np.float32(CROSSING) * (english[:, None] != english[None, :])
    n = len(sentences)
    usual = (float(cosines.sum()) - float(np.trace(cosines))) / (n * (n - 1)) if n > 1 else 0.0
    found: Floats = np.clip((cosines - usual) / max(1e-3, 1 - usual), 0, 1).astype(np.float32)
    return found


def centrality(alike: Floats) -> Floats:
    """Return how central each sentence is, from 0 to 1 within the pool: the stationary walk over what is alike."""
    n = len(alike)
    links = alike.copy()
    np.fill_diagonal(links, 0)
    totals = links.sum(axis=1, keepdims=True)
    walk = np.divide(links, totals, out=np.full_like(links, 1 / n), where=totals > 0)
    rank = np.full(n, 1 / n, dtype=np.float32)
    for _ in range(_STEPS):
        then = (1 - _DAMPING) / n + _DAMPING * (rank @ walk)
        done = float(np.abs(then - rank).sum()) < _NEAR_ENOUGH
        rank = then
        if done:
            break
    return spread(rank)


def importance(sentences: Sequence[Sentence], alike: Floats, one_line: bool = False) -> Floats:
    """Return how much each sentence matters, about 0 to 1.

    Args:
        sentences: of all articles.
        alike: as `closeness` gives it.
        one_line: whether a single one is sought, so that openings of articles stand out.
    """
    placed = np.array([1 / (1 + sentence.n) ** 0.5 for sentence in sentences], dtype=np.float32)
    titled = on_title(sentences)
    factual = spread(np.array([len(facts(s.flat, s.language).all) for s in sentences], dtype=np.float32))
    parts = np.stack([centrality(alike), placed, titled, factual], axis=1)
    loss = _EARLIER * np.array([earlier(s.text, s.language) for s in sentences], dtype=np.float32)
    if not one_line:
        found: Floats = parts @ _WEIGHTS - loss
        return found
    opens = np.array([sentence.n == 0 for sentence in sentences], dtype=np.float32)
    line: Floats = parts @ _LINE - loss + _OPENING * opens
    return line


def spread(values: Floats) -> Floats:
    """Return values stretched to 0..1; all 0 where they are all the same."""
    low, high = float(values.min()), float(values.max())
    found: Floats = ((values - low) / (high - low) if high > low else np.zeros_like(values)).astype(np.float32)
    return found


def on_title(sentences: Sequence[Sentence]) -> Floats:
    """Return the share of its article's title that each sentence holds, 0 to 1."""
    found: list[float] = []
    for sentence in sentences:
        title = set(terms(sentence.article.title, sentence.article.language))
        found.append(len(title & set(terms(sentence.text, sentence.language))) / len(title) if title else 0.0)
    return np.array(found, dtype=np.float32)

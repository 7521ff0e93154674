"""Variety: a ranking -> one in which no text takes two places, and near texts do not take all of them.

The same agency text in two articles is one find with two sources: it takes one place, and the other source is kept
with it, to be cited too. What is merely near to something better placed falls a little (MMR, J. Carbonell and
J. Goldstein, SIGIR 1998), within its language only: a translation is no repetition. Knows texts and vectors; nothing
of questions or of an index.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold, terms

Floats = NDArray[np.float32]

_SHINGLE = 3
_SHARED = 0.75
_NEAR = 0.94
_UNALIKE = 0.92
_SPREAD = 0.02
_COST = 0.5
# Texts whose words are remembered: each of a few dozen is compared with many.
_KEPT = 512
_WORD = re.compile(r"\w+(?:[.,:]\d+)*")
_DENIALS = frozenset(
    "non né senza mai nessuno nessuna nessun nulla niente not no never without nor none nobody t".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be handed on.

    Attributes:
        score: higher is better, in spreads of the cosine.
        language: of the passage.
        text: of the passage.
        vector: (dimension,), L2-normalised.
    """

    score: float
    language: str
    text: str
    vector: Floats


def varied(candidates: Sequence[Candidate], k: int) -> list[tuple[int, ...]]:
    """Return the places of the k best candidates, no text twice.

    Args:
        candidates: best first.
        k: how many at most.

    Returns:
        For each, its place in `candidates` and then those of the candidates with the same text.
    """
    if not candidates:
        return []
    cosines = _cosines(candidates)
    groups = _copies(candidates, cosines)
    firsts = np.array([group[0] for group in groups])
    scores = np.array([candidates[first].score for first in firsts], dtype=np.float64)
    near = np.zeros(len(groups))
    chosen: list[tuple[int, ...]] = []
    while len(chosen) < min(k, len(groups)):
        best = int(np.argmax(scores - _COST * near))
        chosen.append(groups[best])
        scores[best] = -np.inf
        near = np.maximum(near, ((cosines[firsts[best], firsts] - _UNALIKE) / _SPREAD).clip(0))
    return chosen


def same_text(one: str, other: str, language: str) -> bool:
    """Say whether two passages of a language are one text: in one order, with no word that tells anything changed."""
    ours, theirs = _shingles(one), _shingles(other)
    shared = len(ours & theirs)
    if not shared or shared < _SHARED * (len(ours) + len(theirs) - shared):
        return False
    return _telling(one, language) == _telling(other, language)


def _copies(candidates: Sequence[Candidate], cosines: NDArray[np.float32]) -> list[tuple[int, ...]]:
    """Return the candidates in groups of one text, each by its best."""
    groups: list[list[int]] = []
    taken = np.zeros(len(candidates), dtype=np.bool_)
    for n, one in enumerate(candidates):
        if taken[n]:
            continue
        nearby = np.flatnonzero((cosines[n] >= _NEAR) & ~taken)
        group = [n, *(m for m in nearby.tolist() if m > n and same_text(one.text, candidates[m].text, one.language))]
        taken[group] = True
        groups.append(group)
    return [tuple(group) for group in groups]


def _cosines(candidates: Sequence[Candidate]) -> NDArray[np.float32]:
    """Return the cosines of each two candidates of one language; 0 where the languages differ."""
    vectors = np.stack([one.vector for one in candidates])
    languages = np.array([one.language for one in candidates])
    return np.where(languages[:, None] == languages[None, :], vectors @ vectors.T, np.float32(0)).astype(np.float32)


@lru_cache(maxsize=_KEPT)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(fold(text))
    if len(words) < _SHINGLE:
        return frozenset([tuple(words)] if words else ())
    return frozenset(zip(*(words[n:] for n in range(_SHINGLE)), strict=False))


@lru_cache(maxsize=_KEPT)
def _telling(text: str, language: str) -> frozenset[str]:
    """Return the terms of a text, and its words of denial, which are no terms."""
    return frozenset((*terms(text, language), *(word for word in _WORD.findall(fold(text)) if word in _DENIALS)))

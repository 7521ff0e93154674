"""Fusion: what the vectors and the words say of each passage -> one ranking in which no language buries the other.

Reciprocal ranks throw away how sure each side is, and z-scores over a list change with what else is in the index; so
every number here means the same in both languages. A cosine is taken relative to what any text of its language gets
from such a question, words are taken as a share of what the words known to cross can weigh, and count the more, the
more of them there are. Last, a place further down its own language's list costs a little, so that of equals each
language shows its best first. Pure functions; they know neither store nor embedder. Figures: docs/figures.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log2

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SENTENCE = 0.5
_HELD = 3.0
_WORDS = 1.5
_CLOSE = 1.0
# What words held are worth grows with how many there are to hold, slowly; `_HELD` is for so many.
_USUAL, _GROWTH = 3.0, 0.25
_PLACE = 0.6


@dataclass(frozen=True, slots=True)
class Scale:
    """What the cosines of an embedding model mean.

    Attributes:
        spread: standard deviation of the cosines of a question with passages that do not answer it.
        own: by how much a cosine is higher only because passage and question are in one language, by that language.
    """

    spread: float
    own: Mapping[str, float]


E5 = Scale(spread=0.02, own={"it": 0.045, "en": 0.035})
"""multilingual-e5-small: questions and paragraphs on other matters average .76 from Italian to Italian, .74 from
English to English, .72 and .71 across; those that belong together are .053 and .044 nearer within a language."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages of one language that may answer; all values by key.

    Attributes:
        language: of the passages.
        dense: cosines of question and passage.
        lexical: what of the most that the question's words can score the passages get, 0 to 1 (`LexicalHit.share`).
        coverage: the shares of the question's words that the passages hold, 0 to 1 (`LexicalHit.coverage`); what
            `lexical` says where missing.
        sentences: cosines of question and the passage's nearest sentence; the passage's own cosine where missing.
        closeness: how far the question's words stand together in the passages, 0 to 1 (`LexicalHit.closeness`).
        amount: of words that tell something (`Scores.amount`).
    """

    language: str
    dense: Mapping[str, float]
    lexical: Mapping[str, float]
    sentences: Mapping[str, float] = field(default_factory=dict)
    closeness: Mapping[str, float] = field(default_factory=dict)
    coverage: Mapping[str, float] = field(default_factory=dict)
    amount: float = _USUAL


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in the fused ranking.

    Attributes:
        key: of the passage.
        language: of the passage.
        worth: what its evidence comes to, in spreads of the cosine; higher is better; compared within one question.
        score: the same less what its place costs.
        cosine: of question and passage.
        lexical: share of the question's words, 0 to 1.
    """

    key: str
    language: str
    worth: float
    score: float
    cosine: float
    lexical: float


def fuse(candidates: Sequence[Candidates], language: str, scale: Scale = E5) -> list[Ranked]:
    """Return the candidates of all languages in one ranking, best first.

    Args:
        candidates: one for each language of passages. A passage that only one side found gets the lowest value that
            the other side gave; the ranking is better where both sides know each candidate.
        language: of the question.
        scale: of the embedding model.
    """
    # One amount for all languages: what one of them cannot say must not make its words weigh less.
    amount = max((some.amount for some in candidates if some.lexical), default=_USUAL)
    weight = _HELD * (amount / _USUAL) ** _GROWTH
    return merged(item for some in candidates for item in _scored(some, language, scale, weight))


def merged(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Return passages of all languages in one ranking by their worth, each less what its place in its own costs."""
    places = Counter[str]()
    found = []
    for item in sorted(ranked, key=lambda item: (-item.worth, item.key)):
        found.append(replace(item, score=item.worth - _PLACE * log2(1 + places[item.language])))
        places[item.language] += 1
    return sorted(found, key=lambda item: (-item.score, item.key))


def best_sentences(question: Floats, sentences: Mapping[str, Floats]) -> dict[str, float]:
    """Return the cosine of a question and the nearest sentence of each passage.

    Args:
        question: (dimension,), L2-normalised.
        sentences: by key of the passage, (sentences, dimension), L2-normalised; passages without any are left out.
    """
    found = {key: vectors for key, vectors in sentences.items() if len(vectors)}
    if not found:
        return {}
    cosines = np.concatenate(list(found.values())) @ question
    starts = np.cumsum([0, *(len(vectors) for vectors in found.values())])[:-1]
    return dict(zip(found, np.maximum.reduceat(cosines, starts).tolist(), strict=True))


def measure(questions: Mapping[str, Floats], passages: Mapping[str, Floats]) -> Scale:
    """Return the scale of an embedding model from texts that say the same in both languages.

    Args:
        questions: by language, (questions, dimension), L2-normalised; the same questions in each language.
        passages: by language, (passages, dimension), L2-normalised; the same matter in each language.

    Raises:
        ValueError: the two do not speak of the same languages, or of fewer than two.
    """
    if set(questions) != set(passages) or len(questions) < 2:
        raise ValueError("Questions and passages of at least two languages are needed, of the same ones.")
    cosines = {(a, b): questions[a] @ passages[b].T for a in questions for b in passages}
    own = {
        a: float(cosines[a, a].mean() - np.mean([found.mean() for (one, b), found in cosines.items() if one == a != b]))
        for a in questions
    }
    return Scale(float(np.mean([found.std(axis=1).mean() for found in cosines.values()])), own)


def _scored(some: Candidates, language: str, scale: Scale, weight: float) -> Iterator[Ranked]:
    """Score the passages of one language, each for itself; `weight` is that of words held."""
    level = scale.own.get(language, 0.0) if some.language == language else 0.0
    unseen, unheard = min(some.dense.values(), default=0.0), min(some.lexical.values(), default=0.0)
    for key in dict.fromkeys((*some.dense, *some.lexical)):
        cosine, share = some.dense.get(key, unseen), some.lexical.get(key, unheard)
        near = (1 - _SENTENCE) * cosine + _SENTENCE * some.sentences.get(key, cosine)
        words = weight * some.coverage.get(key, share)
        words += _WORDS * share + _CLOSE * some.closeness.get(key, 0.0)
        worth = (near - level) / scale.spread + words
        yield Ranked(key, some.language, worth, worth, cosine, share)

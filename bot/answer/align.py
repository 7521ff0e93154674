"""Where a sentence of a model stands in the passages that it cites: the exact spans, across the languages.

Vectors say which sentences are about the same; numbers, dates, names and words carried over say which of them holds
it. Knows nothing of verdicts beyond asking `check` which of two spans bears more out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Hit, Verdict
from bot.evidence.sentences import CROSSING
from bot.verify.check import Finding, Quote, check
from bot.verify.dates import dates
from bot.verify.names import names
from bot.verify.numbers import numbers
from bot.verify.words import covered
from index.article import Article
from index.store import Embedder, Store

_COSINE, _WORDS, _FACTS = 1.5, 1.0, 1.0
_NEAR = 0.12
"""A cosine this far below the best is of another matter; e5 keeps all cosines close."""
_TRIED = 4
_RANK = {Verdict.SUPPORTED: 0, Verdict.PARTLY: 1, Verdict.UNSUPPORTED: 2}


@dataclass(frozen=True, slots=True)
class Span:
    """A part of an article, `article.text[start:end]`: one whole sentence or two that follow each other.

    Attributes:
        article_id: of the article.
        start: offset of its first character.
        end: offset behind its last character.
    """

    article_id: str
    start: int
    end: int


@dataclass(frozen=True)
class _Candidate:
    """A sentence of a hit, or two, and how near it comes."""

    article: Article
    language: str
    start: int
    end: int
    cosine: float
    score: float
    told: str
    code: str

    @property
    def span(self) -> Span:
        return Span(self.article.id, self.start, self.end)

    @property
    def quote(self) -> Quote:
        return Quote(self.article.text[self.start : self.end], self.language, self.article.date)

    @cached_property
    def finding(self) -> Finding:
        return check(self.told, self.code, (self.quote,), self.cosine)


def align(
    sentence: str,
    language: str,
    hits: Sequence[Hit],
    embedder: Embedder,
    store: Store | None = None,
    most: int = 2,
) -> tuple[Span, ...]:
    """Return the spans of the cited passages on which a sentence rests, the best first.

    A sentence with a wrong number still rests on the span that has the right one: what is wrong with it is for
    `check` to say. Nothing is returned where no span is about what the sentence says.

    Args:
        sentence: of a model, without markers.
        language: of the sentence.
        hits: the passages that it cites.
        embedder: of the sentence; of the passages', too, where there is no store.
        store: holds the vectors of the passages' sentences.
        most: spans at most; a second one only where the first leaves something open that both together bear out.
    """
    found = _candidates(sentence, language, hits, embedder, store)
    if not found:
        return ()
    ranked = sorted(found, key=lambda one: -one.score)
    best = min(_tried(ranked), key=lambda one: (_RANK[one.finding.verdict], _missing(one.finding), -one.score))
    if any(reason.kind == "words" for reason in best.finding.reasons):
        return ()
    if best.finding.verdict is Verdict.SUPPORTED or most < 2:
        return (best.span,)
    return _completed(best, ranked, sentence, language)


def _missing(finding: Finding) -> int:
    return len(finding.reasons)


def _tried(ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates worth a check: the nearest, each alone before it is joined to its neighbour."""
    near = [one for one in ranked if one.cosine >= max(other.cosine for other in ranked) - _NEAR]
    return near[:_TRIED] + _pairs(near[:_TRIED], ranked)


def _pairs(near: Sequence[_Candidate], ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the nearest candidates joined to the sentences before and behind them."""
    joined: dict[Span, _Candidate] = {}
    for article in {one.article.id: one.article for one in near}.values():
        row = sorted((one for one in ranked if one.article.id == article.id), key=lambda one: one.start)
        for one, other in pairwise(row):
            beside = not article.text[one.end : other.start].strip()
            if beside and (one in near or other in near):
                both = _join(one, other)
                joined[both.span] = both
    return list(joined.values())


def _join(one: _Candidate, other: _Candidate) -> _Candidate:
    # Two sentences have to earn their length: a little less than the better of them.
    score = max(one.score, other.score) - 0.1
    cosine = max(one.cosine, other.cosine)
    return _Candidate(one.article, one.language, one.start, other.end, cosine, score, one.told, one.code)


def _completed(best: _Candidate, ranked: Sequence[_Candidate], sentence: str, language: str) -> tuple[Span, ...]:
    """Return the best span with a second one where both together bear out more."""
    options = [
        one
        for one in ranked[: 2 * _TRIED]
        if one.article.id != best.article.id or one.end <= best.start or best.end <= one.start
    ]
    found = [(check(sentence, language, (best.quote, one.quote), best.cosine), one) for one in options]
    better = [(finding, one) for finding, one in found if _missing(finding) < _missing(best.finding)]
    if not better:
        return (best.span,)
    _, second = min(better, key=lambda pair: (_RANK[pair[0].verdict], _missing(pair[0]), -pair[1].score))
    return (best.span, second.span)


def _candidates(
    sentence: str, language: str, hits: Sequence[Hit], embedder: Embedder, store: Store | None
) -> list[_Candidate]:
    vectors = _vectors(hits, embedder, store)
    mine = embedder.passages([sentence])[0]
    found: dict[Span, _Candidate] = {}
    for hit in hits:
        code = hit.passage.chunk.language
        for (start, end), vector in zip(hit.passage.chunk.sentences, vectors[hit.passage.key], strict=True):
            span = Span(hit.article.id, start, end)
            if span not in found:
                cosine = float(mine @ vector) + CROSSING * (code != language)
                score = _score(sentence, language, hit.article.text[start:end], code, cosine)
                found[span] = _Candidate(hit.article, code, start, end, cosine, score, sentence, language)
    return list(found.values())


def _vectors(hits: Sequence[Hit], embedder: Embedder, store: Store | None) -> dict[str, NDArray[np.float32]]:
    """Return the vectors of each passage's sentences, those that the store lacks made anew."""
    known = store.sentence_vectors({hit.passage.key for hit in hits}) if store is not None else {}
    found = dict(known)
    for hit in hits:
        spans = hit.passage.chunk.sentences
        if len(found.get(hit.passage.key, ())) != len(spans):
            found[hit.passage.key] = embedder.passages([hit.article.text[start:end] for start, end in spans])
    return found


def _score(sentence: str, language: str, quote: str, code: str, cosine: float) -> float:
    return (
        _COSINE * (cosine - 0.8) * 10
        + _WORDS * covered(sentence, language, quote, code)
        + _FACTS * _facts(sentence, language, quote, code)
    )


def _facts(sentence: str, language: str, quote: str, code: str) -> float:
    """Return the share of a sentence's numbers, dates and names that a quote holds; a half where it has none."""
    mine, theirs = _given(sentence, language), _given(quote, code)
    return len(mine & theirs) / len(mine) if mine else 0.5


def _given(text: str, language: str) -> set[object]:
    days = {(day.year, day.month, day.day) for day in dates(text, language)}
    keys = {(min(name.keys) if name.keys else name.words[-1:]) for name in names(text, language)}
    return {*days, *(number.value for number in numbers(text, language) if number.firm), *keys}

"""Whether two sentences tell the same, in one language or across the two. Knows two sentences at a time.

A cosine alone does not tell "10,000 soldiers in October" from "12,000 in November": the figures have to agree, and most
of the names. Thresholds: cosines of 745 sentences of the shipped dossier (docs/summaries.md).
"""

from functools import lru_cache

from bot.summarize.facts import Facts, facts
from bot.summarize.values import Sentence
from index.analysis import terms

_SAME, _ACROSS = 0.93, 0.875
_SURE = 0.03
_NAMES, _NEW = 0.6, 0.4
NEAREST = min(_SAME - _SURE, _ACROSS) - 1e-4
"""Cosine below which no two sentences tell the same."""


def same(one: Sentence, other: Sentence) -> bool:
    """Say whether another sentence supports what one says: near in meaning, the same figures, most of its names."""
    cosine = float(one.vector @ other.vector)
    least = _SAME if one.language == other.language else _ACROSS
    if cosine < least:
        return False
    first, second = facts(one.flat, one.language), facts(other.flat, other.language)
    if not _agree(first, second):
        return False
    if not first.figures and cosine < least + _SURE:
        return False
    fewer = min(len(first.names), len(second.names))
    return not fewer or len(first.names & second.names) >= _NAMES * fewer


def repeats(said: Sentence, other: Sentence) -> bool:
    """Say whether another sentence would tell a reader little that is new."""
    if same(said, other):
        return True
    cosine = float(said.vector @ other.vector)
    if said.language != other.language:
        return cosine >= _ACROSS + _SURE
    if cosine >= _SAME + _SURE:
        return True
    return cosine >= _SAME - _SURE and not _adds(said, other)


def retells(said: Sentence, other: Sentence) -> bool:
    """Say whether another sentence tells the same event, or the same in hardly other words: less than `repeats`."""
    if said.language != other.language:
        return same(said, other)
    if same(said, other) and facts(said.flat, said.language).figures:
        return True
    return float(said.vector @ other.vector) >= _SAME - _SURE and not _adds(said, other)


def _adds(said: Sentence, other: Sentence) -> bool:
    """Say whether another sentence, in the same language, has more than a few words that are new."""
    known, new = _terms(said.text, said.language), _terms(other.text, other.language)
    return len(new - known) > _NEW * len(new)


@lru_cache(maxsize=8192)
def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(terms(text, language))


def _agree(one: Facts, other: Facts) -> bool:
    """Say whether the figures are the same; a year may be left to what stands around a sentence."""
    years, others = one.years, other.years
    if one.figures - years != other.figures - others:
        return False
    return not years or not others or bool(years & others)

"""The lexical index: BM25 for each language, asked in either; one word of the question counts once.

A word scores, in each passage, as the best of its forms: itself, its translations, its variants. Its inverse document
frequency is that of all its forms together (A. Pirkola, SIGIR 1998), so that a rare wrong translation is worth no
more than a common right one. Knows keys and terms; not what a passage says or how near its vector is.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysis import fingerprint, terms
from index.errors import StoreError
from index.lexicon import Lexicon, lexicon
from index.names import names
from index.postings import Floats, Postings
from index.scores import LexicalHit, Scores, Weighed
from index.units import Carrier, Slot, Unit

__all__ = ["Lexical", "LexicalHit", "Scores", "Weighed"]

_META = "lexical.json"


class Lexical:
    """The lexical index of both languages. Made by `build` or `load`; never changes; safe to share between threads."""

    def __init__(self, sides: Mapping[str, Postings], words: Lexicon | None = None) -> None:
        self._sides = sides
        self._given = words

    @classmethod
    def build(cls, texts: Mapping[str, Mapping[str, str]], words: Lexicon | None = None) -> "Lexical":
        """Index passages; about 0.7 ms each.

        Args:
            texts: for each language, the text of each passage by its key.
            words: translates; the shipped lexicon, loaded at the first question, if None.
        """
        sides = {}
        for language, some in texts.items():
            sides[language] = Postings.build(list(some), [terms(text, language) for text in some.values()])
        return cls(sides, words)

    @classmethod
    def load(cls, folder: Path, words: Lexicon | None = None) -> "Lexical":
        """Open what `save` wrote, memory-mapped.

        Raises:
            StoreError: it is damaged, or was written with another analysis of words; build it anew.
        """
        try:
            meta = json.loads((folder / _META).read_text(encoding="utf-8"))
            if meta["analysis"] != fingerprint():
                raise StoreError("The lexical index was made with another analysis of words.", "Index again.")
            return cls({some: Postings.load(keys, folder / some) for some, keys in meta["keys"].items()}, words)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"The lexical index at {folder} is damaged.", "Index again.") from error

    def save(self, folder: Path) -> None:
        """Write the index into a folder that is there.

        Raises:
            OSError: it cannot be written.
        """
        for language, side in self._sides.items():
            side.save(folder / language)
        meta = {"analysis": fingerprint(), "keys": {language: side.keys for language, side in self._sides.items()}}
        (folder / _META).write_text(json.dumps(meta), encoding="utf-8")

    def search(
        self, question: str, language: str, target: str, k: int, articles: Collection[str] | None = None
    ) -> list[LexicalHit]:
        """Return the k best passages of a language by the words of a question, best first.

        Args:
            question: any text.
            language: of the question, "it" or "en".
            target: of the passages.
            k: how many at most.
            articles: only passages of these; all if None. A key begins with its article's id and a colon.
        """
        return self.scores(question, language, target, articles).top(k)

    def scores(self, question: str, language: str, target: str, articles: Collection[str] | None = None) -> Scores:
        """Score every passage of a language by the words of a question; arguments as for `search`."""
        side = self._side(target)
        units = self.carrier().units(question, language, target) if side.keys else ()
        found = [_unit(side, unit) for unit in units]
        weighed = [Weighed(unit, weight) for unit, (_, weight) in zip(units, found, strict=True)]
        return Scores(side, weighed, [score for score, _ in found], _barred(side, articles))

    def idf(self, term: str, language: str) -> float:
        """Return how telling a term is in a language of the index; most where no passage holds it."""
        side = self._side(language)
        return side.idf(side.frequency(term))

    def carrier(self) -> Carrier:
        """Return what carries words across the languages of this index."""
        vocabularies = {language: side.vocabulary for language, side in self._sides.items()}
        return Carrier(self._given or lexicon(), names(), vocabularies)

    def _side(self, language: str) -> Postings:
        return self._sides.get(language) or Postings([])


def _unit(side: Postings, unit: Unit) -> tuple[Floats, float]:
    """Return the score of a unit in each passage, the best of its ways, and its weight, that of the first."""
    best: Floats | None = None
    worth = 0.0
    for n, way in enumerate(unit.ways):
        found = [_slot(side, slot) for slot in way.slots]
        worth = sum(idf for _, idf in found) if n == 0 else worth
        score = _way([(saturation, idf * way.weight) for saturation, idf in found], way.whole)
        if best is None or score is None:
            best = score if best is None else best
        else:
            np.maximum(best, score, out=best)
    return np.zeros(len(side.keys), dtype=np.float32) if best is None else best, worth


def _way(found: Sequence[tuple[Floats | None, float]], whole: bool) -> Floats | None:
    """Return the score of one way to say a unit in each passage, or None where no passage says it so."""
    held = [(saturation, weight) for saturation, weight in found if saturation is not None]
    if not held or (whole and len(held) < len(found)):
        return None
    score = held[0][0] * np.float32(held[0][1])
    for saturation, weight in held[1:]:
        score += saturation * np.float32(weight)
    if whole and len(held) > 1:
        for saturation, _ in held:
            score[saturation == 0] = 0
    return score


def _slot(side: Postings, slot: Slot) -> tuple[Floats | None, float]:
    """Return the saturation of the best form of a word in each passage, None for none, and the idf of all its forms."""
    held = sorted(((weight, term) for term, weight in slot.items() if term in side.vocabulary))
    if not held:
        return None, side.idf(0.0)
    best = np.zeros(len(side.keys), dtype=np.float32)
    if len(held) == 1:
        weight, term = held[0]
        rows, saturation = side.saturation(term)
        best[rows] = np.float32(weight) * saturation
        return best, side.idf(weight * len(rows))
    holders = np.zeros(len(side.keys), dtype=np.float32)
    # The heaviest form comes last, so that it is the one that counts a passage as a holder.
    for weight, term in held:
        rows, saturation = side.saturation(term)
        best[rows] = np.maximum(best[rows], np.float32(weight) * saturation)
        holders[rows] = weight
    return best, side.idf(float(holders.sum()))


def _barred(side: Postings, articles: Collection[str] | None) -> NDArray[np.bool_] | None:
    if articles is None:
        return None
    barred = np.ones(len(side.keys), dtype=np.bool_)
    barred[side.rows_of(articles)] = False
    return barred

"""The lexical index: BM25 for each language, asked in either; one word of the question counts once.

A word scores, in each passage, as the best of its forms: itself, its translations, its variants. Its inverse document
frequency is that of all its forms together (A. Pirkola, SIGIR 1998), so that a rare wrong translation is worth no
more than a common right one. Term weights come from bm25s's sparse matrix, memory-mapped. Knows keys and
terms; not what a passage says or how near its vector is.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import fingerprint, terms
from index.errors import StoreError
from index.lexicon import Lexicon, lexicon
from index.names import names
from index.units import Carrier, Slot, Unit

_K1, _B = 1.2, 0.75
_META = "lexical.json"
_NOWHERE: NDArray[np.int32] = np.zeros(0, dtype=np.int32)

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A passage found by the words of a question.

    Attributes:
        key: of the passage.
        score: sum over the question's units; higher is better; only compared within one language.
        share: score over the most that the units known to cross could score, 0 to 1; compared across languages.
        coverage: weight of the units that the passage holds, over that of all units, 0 to 1.
    """

    key: str
    score: float
    share: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit of a question and what it is worth in one language of the index.

    Attributes:
        unit: the words.
        weight: its inverse document frequency, of all its forms together.
    """

    unit: Unit
    weight: float


class Scores:
    """The scores of every passage of one language for one question. Made by `Lexical.scores`.

    Attributes:
        weighed: the question's units with their weights, in reading order.
        possible: the most that the units known to cross could score.
    """

    def __init__(
        self, side: "_Side", weighed: Sequence[Weighed], parts: Sequence[Floats], allowed: Bools | None
    ) -> None:
        self._side, self._parts, self._allowed = side, parts, allowed
        self.weighed = tuple(weighed)
        self.possible = sum(one.weight for one in weighed if one.unit.carried)
        self._total = _sum(parts, len(side.keys))
        if allowed is not None:
            self._total[~allowed] = 0

    def top(self, k: int) -> list[LexicalHit]:
        """Return the k best passages, best first; none that hold no word of the question."""
        k = min(k, len(self._total))
        if k <= 0:
            return []
        best = np.argpartition(-self._total, k - 1)[:k]
        order = best[np.argsort(-self._total[best], kind="stable")]
        return [self._hit(int(row)) for row in order if self._total[row] > 0]

    def of(self, keys: Iterable[str]) -> dict[str, LexicalHit]:
        """Return the hits of given passages by key, those with score 0 too; unknown keys are left out."""
        rows = self._side.rows()
        return {key: self._hit(rows[key]) for key in keys if key in rows}

    def matched(self, key: str) -> tuple[float, ...]:
        """Return how well a passage holds each unit: 0 not at all, 1 as well as can be.

        Raises:
            KeyError: there is no passage of that key in this language.
        """
        return self._shares(self._side.rows()[key])

    def _shares(self, row: int) -> tuple[float, ...]:
        # A term that a passage holds once, at average length, is worth 1 / (1 + k1).
        full = 1 / (1 + _K1)
        pairs = zip(self._parts, self.weighed, strict=True)
        return tuple(min(1.0, float(part[row]) / (one.weight * full)) if one.weight else 0.0 for part, one in pairs)

    def _hit(self, row: int) -> LexicalHit:
        score, total = float(self._total[row]), sum(one.weight for one in self.weighed)
        held = sum(one.weight for one, part in zip(self.weighed, self._parts, strict=True) if part[row] > 0)
        share = min(1.0, score / self.possible) if self.possible else 0.0
        return LexicalHit(self._side.keys[row], score, share, held / total if total else 0.0)


class _Side:
    """The passages of one language: their keys and bm25s's matrix, a column a term."""

    def __init__(self, keys: list[str], matrix: Any) -> None:
        self.keys = keys
        self._matrix = matrix
        self.vocabulary: Mapping[str, int] = matrix.vocab_dict if matrix is not None else {}
        self._rows: dict[str, int] | None = None

    def rows(self) -> Mapping[str, int]:
        """Return the row of each key."""
        if self._rows is None:
            self._rows = {key: row for row, key in enumerate(self.keys)}
        return self._rows

    def idf(self, holders: float) -> float:
        """Return the weight of what `holders` of the passages hold (Lucene's form, never below 0)."""
        return float(np.log1p((len(self.keys) - holders + 0.5) / (holders + 0.5)))

    def postings(self, term: str) -> tuple[NDArray[np.int32], Floats]:
        """Return the passages that hold a term, and its saturation in each, tf / (tf + K)."""
        column = self.vocabulary.get(term)
        if column is None:
            return _NOWHERE, _NOWHERE.astype(np.float32)
        first, last = self._matrix.scores["indptr"][column : column + 2].tolist()
        held = self._matrix.scores["indices"][first:last]
        return held, self._matrix.scores["data"][first:last] / np.float32(self.idf(last - first))

    def slot(self, slot: Slot) -> tuple[Floats, float]:
        """Return the saturation of the best form of a word in each passage, and the idf of all its forms."""
        best = np.zeros(len(self.keys), dtype=np.float32)
        held = np.zeros(len(self.keys), dtype=np.float32)
        # The heaviest form comes last, so that it is the one that counts a passage as a holder.
        for term, weight in sorted(slot.items(), key=lambda item: item[1]):
            rows, saturation = self.postings(term)
            best[rows] = np.maximum(best[rows], np.float32(weight) * saturation)
            held[rows] = weight
        return best, self.idf(float(held.sum()))

    def unit(self, unit: Unit) -> tuple[Floats, float]:
        """Return the score of a unit in each passage, the best of its ways, and its weight."""
        best, worth = np.zeros(len(self.keys), dtype=np.float32), 0.0
        for n, way in enumerate(unit.ways):
            found = [self.slot(slot) for slot in way.slots]
            score = _sum([saturation * np.float32(idf) for saturation, idf in found], len(self.keys))
            for saturation, _ in found if way.whole else ():
                score[saturation == 0] = 0
            best = np.maximum(best, np.float32(way.weight) * score)
            worth = sum(idf for _, idf in found) if n == 0 else worth
        return best, worth

    def allowed(self, articles: Collection[str] | None) -> Bools | None:
        """Return which passages are of given articles; a key begins with the article's id and a colon."""
        if articles is None:
            return None
        return np.fromiter((key.split(":", 1)[0] in articles for key in self.keys), np.bool_, len(self.keys))


class Lexical:
    """The lexical index of both languages. Made by `build` or `load`; never changes."""

    def __init__(self, sides: Mapping[str, _Side], words: Lexicon | None = None) -> None:
        self._sides = sides
        self._given = words

    @classmethod
    def build(cls, texts: Mapping[str, Mapping[str, str]], words: Lexicon | None = None) -> "Lexical":
        """Index passages.

        Args:
            texts: for each language, the text of each passage by its key.
            words: translates; the shipped lexicon, loaded at the first question, if None.
        """
        return cls({language: _index(some, language) for language, some in texts.items()}, words)

    @classmethod
    def load(cls, folder: Path, words: Lexicon | None = None) -> "Lexical":
        """Open what `save` wrote, memory-mapped.

        Raises:
            StoreError: it is damaged, or was written with another analysis of words.
        """
        try:
            meta = json.loads((folder / _META).read_text(encoding="utf-8"))
            if meta["analysis"] != fingerprint():
                raise StoreError("The lexical index was made with another analysis of words.", "Index again.")
            return cls({language: _open(folder / language, keys) for language, keys in meta["keys"].items()}, words)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"The lexical index at {folder} is damaged.", "Index again.") from error

    def save(self, folder: Path) -> None:
        """Write the index into a folder that is there.

        Raises:
            OSError: it cannot be written.
        """
        for language, side in self._sides.items():
            if side._matrix is not None:
                side._matrix.save(str(folder / language), show_progress=False)
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
            articles: only passages of these; all if None.
        """
        return self.scores(question, language, target, articles).top(k)

    def scores(
        self, question: str, language: str, target: str, articles: Collection[str] | None = None
    ) -> Scores:
        """Score every passage of a language by the words of a question; arguments as for `search`."""
        side = self._sides.get(target) or _Side([], None)
        units = self.carrier().units(question, language, target) if side.keys else ()
        found = [side.unit(unit) for unit in units]
        weighed = [Weighed(unit, weight) for unit, (_, weight) in zip(units, found, strict=True)]
        return Scores(side, weighed, [score for score, _ in found], side.allowed(articles))

    def idf(self, term: str, language: str) -> float:
        """Return how telling a term is in a language of the index; most where no passage holds it."""
        side = self._sides.get(language) or _Side([], None)
        return side.idf(len(side.postings(term)[0]))

    def carrier(self) -> Carrier:
        """Return what carries words across the languages of this index."""
        vocabularies = {language: side.vocabulary for language, side in self._sides.items()}
        return Carrier(self._given or lexicon(), names(), vocabularies)


def _sum(parts: Sequence[Floats], size: int) -> Floats:
    total = np.zeros(size, dtype=np.float32)
    for part in parts:
        total += part
    return total


def _index(texts: Mapping[str, str], language: str) -> _Side:
    import bm25s

    analysed = [terms(text, language) for text in texts.values()]
    if not any(analysed):
        return _Side(list(texts), None)
    matrix = bm25s.BM25(k1=_K1, b=_B, method="lucene")
    matrix.index(analysed, show_progress=False)
    return _Side(list(texts), matrix)


def _open(folder: Path, keys: list[str]) -> _Side:
    import bm25s

    if not folder.is_dir():
        return _Side(keys, None)
    return _Side(keys, bm25s.BM25.load(str(folder), mmap=True, show_progress=False))

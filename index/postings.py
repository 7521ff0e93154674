"""Postings: the terms of the passages of one language, term by term and passage by passage; memory-mapped.

Term by term they are bm25s's sparse matrix, passage by passage the terms in reading order, to tell which stand close
together. Knows keys and terms; nothing of questions or of the other language.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
"""BM25's saturation and length normalisation."""

Floats = NDArray[np.float32]

_NOWHERE: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
_SEQUENCE, _ENDS = "sequence.npy", "ends.npy"


class Postings:
    """The terms of the passages of one language. Made by `build` or `load`; never changes.

    Attributes:
        keys: of the passages; a passage's row is its place here.
        vocabulary: the column of each term.
    """

    def __init__(self, keys: list[str], matrix: Any = None, sequence: Any = _NOWHERE, ends: Any = _NOWHERE) -> None:
        self.keys = keys
        self.vocabulary: Mapping[str, int] = matrix.vocab_dict if matrix is not None else {}
        self._matrix = matrix
        # Plain views of the mapped files: a slice of a memmap costs several times as much.
        stored = matrix.scores if matrix is not None else {}
        self._starts: NDArray[np.int32] = np.asarray(stored.get("indptr", _NOWHERE))
        self._held: NDArray[np.int32] = np.asarray(stored.get("indices", _NOWHERE))
        self._data: Floats = np.asarray(stored.get("data", _NOWHERE), dtype=np.float32)
        self._sequence: NDArray[np.int32] = np.asarray(sequence)
        self._ends: NDArray[np.int64] = np.asarray(ends)
        self._rows: dict[str, int] | None = None
        self._articles: dict[str, list[int]] | None = None

    @classmethod
    def build(cls, keys: list[str], passages: Sequence[Sequence[str]]) -> "Postings":
        """Return the postings of passages, given as their terms in reading order."""
        import bm25s

        if not any(passages):
            return cls(keys)
        matrix = bm25s.BM25(k1=K1, b=B, method="lucene")
        matrix.index(passages, show_progress=False)
        columns = [matrix.vocab_dict[term] for passage in passages for term in passage]
        ends = np.cumsum([len(passage) for passage in passages])
        return cls(keys, matrix, np.array(columns, dtype=np.int32), ends)

    @classmethod
    def load(cls, keys: list[str], folder: Path) -> "Postings":
        """Open what `save` wrote.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file is damaged, or they do not fit together.
        """
        import bm25s

        if not folder.is_dir():
            return cls(keys)
        matrix = bm25s.BM25.load(str(folder), mmap=True, show_progress=False)
        sequence = np.load(folder / _SEQUENCE, mmap_mode="r")
        ends = np.load(folder / _ENDS, mmap_mode="r")
        if len(ends) != len(keys) or matrix.scores["num_docs"] != len(keys) or ends[-1] != len(sequence):
            raise ValueError("the files of the lexical index do not fit together")
        return cls(keys, matrix, sequence, ends)

    def save(self, folder: Path) -> None:
        """Write the postings into a folder of their own; nothing where no passage holds a term.

        Raises:
            OSError: it cannot be written.
        """
        if self._matrix is None:
            return
        self._matrix.save(str(folder), show_progress=False)
        np.save(folder / _SEQUENCE, self._sequence)
        np.save(folder / _ENDS, self._ends)

    def rows(self) -> Mapping[str, int]:
        """Return the row of each key."""
        if self._rows is None:
            self._rows = {key: row for row, key in enumerate(self.keys)}
        return self._rows

    def idf(self, holders: float) -> float:
        """Return the weight of what `holders` of the passages hold (Lucene's form, never below 0)."""
        return float(np.log1p((len(self.keys) - holders + 0.5) / (holders + 0.5)))

    def frequency(self, term: str) -> int:
        """Return how many passages hold a term."""
        return len(self.saturation(term)[0])

    def saturation(self, term: str) -> tuple[NDArray[np.int32], Floats]:
        """Return the rows that hold a term, and tf / (tf + K) in each, K growing with the passage's length."""
        column = self.vocabulary.get(term)
        if column is None:
            return _NOWHERE, _NOWHERE.astype(np.float32)
        first, last = self._starts[column : column + 2].tolist()
        return self._held[first:last], self._data[first:last] / np.float32(self.idf(last - first))

    def sequences(self, rows: Sequence[int], apart: int) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Return the columns of the terms of passages in reading order, one passage behind the other.

        Args:
            rows: of the passages.
            apart: places of -1, which is no column, behind each passage.

        Returns:
            The columns, and for each row the place where what belongs to it ends.
        """
        gap = np.full(apart, -1, dtype=np.int32)
        parts: list[NDArray[np.int32]] = []
        sizes = []
        for row in rows:
            first = int(self._ends[row - 1]) if row else 0
            last = int(self._ends[row]) if self._matrix is not None else first
            parts += [self._sequence[first:last], gap]
            sizes.append(last - first + apart)
        return np.concatenate(parts) if parts else gap[:0], np.cumsum(sizes, dtype=np.intp)

    def rows_of(self, articles: Collection[str]) -> NDArray[np.intp]:
        """Return the rows of the passages of articles; a key begins with its article's id and a colon."""
        if self._articles is None:
            found: dict[str, list[int]] = {}
            for row, key in enumerate(self.keys):
                found.setdefault(key.split(":", 1)[0], []).append(row)
            self._articles = found
        known = self._articles
        return np.array([row for name in set(articles) for row in known.get(name, ())], dtype=np.intp)

"""Text to token ids, as multilingual-e5-small was trained: a unigram model over whole words.

Written here because the usual library takes 0.9 s and 250 MB to load this vocabulary, and its Viterbi search is
twenty lines. Does not know prefixes, windows or vectors.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.e5_weights import Vocabulary

_SPACES = re.compile(" {2,}")
WORD = "\u2581"
_CACHED_WORDS, _CACHED_LENGTH = 1 << 16, 48


class Tokens:
    """The tokenizer of one vocabulary; safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._characters = vocabulary.characters
        self._unknown = vocabulary.unknown
        self._ids = {piece: n for n, piece in enumerate(vocabulary.pieces) if n != vocabulary.unknown}
        self._scores = vocabulary.scores
        self._unknown_score = min(vocabulary.scores) - 10.0
        self._longest = max(map(len, vocabulary.pieces))
        self._cached = lru_cache(_CACHED_WORDS)(self._segment)

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text, without the opening and the closing token.

        Characters are mapped one by one and runs of spaces become one. A lone surrogate and U+0000, which the
        package's engine cannot be given, read as "?" and as nothing.
        """
        clean = text.encode("utf-8", "replace").decode().replace("\0", "").translate(self._characters)
        ids: list[int] = []
        for word in _SPACES.sub(" ", clean).removeprefix(" ").split(" "):
            ids += self._cached(word) if len(word) <= _CACHED_LENGTH else self._segment(word)
        return ids

    def _segment(self, word: str) -> tuple[int, ...]:
        """Find the likeliest pieces of one word (Viterbi search, Kudo 2018)."""
        text = WORD + word
        best, start, piece = [0.0] + [-inf] * len(text), [0] * (len(text) + 1), [0] * (len(text) + 1)
        for i in range(len(text)):
            so_far = best[i]
            for end in range(i + 1, min(i + self._longest, len(text)) + 1):
                found = self._ids.get(text[i:end])
                if found is not None and so_far + self._scores[found] > best[end]:
                    best[end], start[end], piece[end] = so_far + self._scores[found], i, found
            if so_far + self._unknown_score > best[i + 1]:
                best[i + 1], start[i + 1], piece[i + 1] = so_far + self._unknown_score, i, self._unknown
        return self._trace(start, piece)

    @staticmethod
    def _trace(start: list[int], piece: list[int]) -> tuple[int, ...]:
        found, end = [], len(piece) - 1
        while end > 0:
            found.append(piece[end])
            end = start[end]
        return tuple(reversed(found))

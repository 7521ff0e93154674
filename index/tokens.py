"""Counting tokens as the language models do, without a network. Knows texts, not what they are for."""

from index.vocabulary import encoding

# Passages are sized in it, whatever model reads them: another encoding would cut the articles elsewhere.
_NAME = "cl100k_base"


def count(text: str) -> int:
    """Return how many tokens a text has; what looks like a special token is text like any other."""
    return len(encoding(_NAME).encode_ordinary(text))


def counts(texts: list[str]) -> list[int]:
    """Return how many tokens each text has."""
    return [len(tokens) for tokens in encoding(_NAME).encode_ordinary_batch(texts, num_threads=2)]

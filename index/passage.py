"""The passage: a chunk as it stands in the index, and on its way into it. Values only; nothing is stored here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.chunk import Chunk


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as it stands in the index.

    Attributes:
        key: unique in the index; changes whenever the article or the way it is chunked does.
        version: of the article that it was cut from.
        chunk: where it is, with its language and its sentences.
        text: `article.text[chunk.start:chunk.end]`.
    """

    key: str
    version: str
    chunk: Chunk
    text: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """A chunk with its vectors, on its way into the index.

    Attributes:
        chunk: the chunk.
        vector: of the whole chunk, (dimension,), L2-normalised.
        sentences: one row a sentence of the chunk, (len(chunk.sentences), dimension).
    """

    chunk: Chunk
    vector: NDArray[np.float32]
    sentences: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalog knows of an article beside its text."""

    id: str
    hash: str
    version: str
    origin: str
    passages: int


def key(article_id: str, version: str, n: int) -> str:
    """Return the key of a passage."""
    return f"{article_id}:{version}:{n}"

"""Late interaction: how close a sentence comes to each token of a question, not only to all of it at once.

The vector of a text is the mean of its tokens, in which a word that is lacking hardly shows. Here each token of the
question looks for the token of the sentence that is nearest to it, across the languages too (MaxSim, ColBERT: Khattab
and Zaharia 2020), with the vectors that the embedder has anyway. Knows nothing of scores and silences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evidence.reader import Reader, shipped
from bot.question.analyse import Question
from index.analysis import fold
from index.store import Embedder


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close a sentence comes to a question: cosines, and what they amount to.

    Attributes:
        mean: of the question's tokens, punctuation left out, each with the nearest token of the sentence.
        asking: the same of the words that ask (`when`, `quante`): high where something answers them.
        weakest: of the content word that comes least close.
        read: log odds that it answers, of `bot.evidence.reader`.
    """

    mean: float
    asking: float
    weakest: float
    read: float


FAR = Closeness(0.0, 0.0, 0.0, 0.0)
"""Of what is not there, or not looked at."""


class Meeting:
    """A question that sentences are held against, token by token.

    Args:
        embedder: may show its tokens (`EmbeddedEmbeddings.spell`); with one that does not `closeness` returns None.
        question: as analysed.
        reader: says of each sentence whether it answers; the one that ships, if None.
    """

    def __init__(self, embedder: Embedder, question: Question, reader: Reader | None = None) -> None:
        self._reader = reader or shipped()
        self._spell = getattr(embedder, "spell", None)
        found = self._spell([question.text], question=True) if self._spell else None
        if not found or not found[0].pieces:
            self._spell = None
            return
        self._tokens = found[0].vectors.astype(np.float32)
        self._spoken = spoken(found[0].pieces)
        words = list(_words(found[0].pieces))
        content = [fold(token.surface) for token in question.content]
        self._content = [part for word, part in words if any(one in word for one in content)]
        self._asking = [part for word, part in words if question.asking.intersection(word.split("'"))]

    def closeness(self, texts: Sequence[tuple[str, ...]]) -> list[Closeness] | None:
        """Return how close sentences come; None if the embedder shows no tokens.

        Args:
            texts: of each, itself and what a reader sees above it.
        """
        several = list(dict.fromkeys(text for parts in texts for text in parts))
        spelt = self._spell(several) if self._spell else None
        if spelt is None:
            return None
        vectors = {text: one.vectors.astype(np.float32) for text, one in zip(several, spelt, strict=True)}
        return [self._closeness([vectors[text] for text in parts]) for parts in texts]

    def _closeness(self, parts: Sequence[NDArray[np.float32]]) -> Closeness:
        text = np.concatenate(parts)
        if not len(text):
            return FAR
        nearest = (self._tokens @ text.T).max(axis=1)
        mean = float(nearest[self._spoken].mean())
        asking = [float(nearest[part].mean()) for part in self._asking]
        weakest = min((float(nearest[part].mean()) for part in self._content), default=mean)
        read = self._reader.odds(self._tokens[self._spoken], parts[0], text[len(parts[0]) :])
        return Closeness(mean, sum(asking) / len(asking) if asking else mean, weakest, read)


def spoken(pieces: Sequence[str]) -> list[int]:
    """Return where the tokens stand that are no punctuation; all, if every one is."""
    return [n for n, piece in enumerate(pieces) if any(map(str.isalnum, piece))] or list(range(len(pieces)))


def _words(pieces: Sequence[str]) -> Iterator[tuple[str, slice]]:
    """Yield the words of a text, folded, and where their tokens stand."""
    starts = [n for n, piece in enumerate(pieces) if n == 0 or piece.startswith(" ")]
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        yield fold("".join(pieces[start:end])).strip(' ?!.,;:«»“”"()'), slice(start, end)

"""Whether a sentence answers a question, read token by token: a small model over the vectors of the embedder's tokens.

Each token of the question looks for the token of the sentence that comes nearest to it, as in late interaction, but by
a similarity that was learned: a word that asks comes near to what answers it (`when` to a date), and a word that means
the same in another language or another wording to that one. Each token has a bar to reach and a weight, learned too, of
which the one says how near is near enough and the other how much it takes away when nothing is (Parikh et al. 2016,
Khattab and Zaharia 2020). `evals/fit_reader.py` trains it. Knows nothing of scores and silences.
"""

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reader:
    """The model.

    Attributes:
        asked: (dimensions, rank), of tokens of the question.
        told: (dimensions, rank), of tokens of the sentence; `asked @ told.T` is added to the cosine.
        weight: (dimensions + 1,), what a token that finds nothing takes away, before softplus; last the constant.
        bar: (dimensions + 1,), the similarity that a token has to reach; last the constant.
        rest: (3,): log of how steep the bar is; what a token above the sentence is further away, before softplus; and
            the log odds of a sentence that reaches every bar.
    """

    asked: Floats
    told: Floats
    weight: Floats
    bar: Floats
    rest: Floats

    def odds(self, question: Floats, sentence: Floats, above: Floats) -> float:
        """Return the log odds that a sentence answers.

        Args:
            question: (tokens, dimensions), unit vectors.
            sentence: the same of the sentence.
            above: the same of what a reader sees above it; a word of the question may be there instead.
        """
        turned = question + (question @ self.asked) @ self.told.T
        steep, apart, most = (float(value) for value in self.rest)
        near = [
            (turned @ text.T).max(axis=1) - less
            for text, less in ((sentence, 0.0), (above, _softplus(apart)))
            if len(text)
        ]
        if not near:
            return float("-inf")
        reached = np.exp(steep) * (np.maximum.reduce(near) - question @ self.bar[:-1] - self.bar[-1])
        weight = _softplus(question @ self.weight[:-1] + self.weight[-1])
        return most - float(weight @ _softplus(-reached))

    def save(self, path: str) -> None:
        """Write the model to a file, in half precision."""
        np.savez_compressed(path, **{name: getattr(self, name).astype(np.float16) for name in NAMES})


NAMES = tuple(field.name for field in fields(Reader))
"""Of the arrays of a model."""


def load(path: str) -> Reader:
    """Return the model that a file holds."""
    with np.load(path) as saved:
        return Reader(**{name: saved[name].astype(np.float32) for name in NAMES})


@cache
def shipped() -> Reader:
    """Return the model that ships."""
    return load(str(files("bot.evidence").joinpath("reader.npz")))


def _softplus(values: NDArray[np.float32] | float) -> NDArray[np.float32]:
    return np.logaddexp(0.0, values)

"""A sentence of a hit, as it goes from what weighs it to what says it. A value only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Hit


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a hit and how well it answers.

    Attributes:
        hit: the passage that it stands in.
        start: offset of its first character in the article's text.
        end: offset behind its last character.
        language: of its passage.
        score: higher is better; comparable within one question.
        vector: of the sentence, L2-normalised.
    """

    hit: Hit
    start: int
    end: int
    language: str
    score: float
    vector: NDArray[np.float32]

    @property
    def text(self) -> str:
        """The sentence, as it stands in the article."""
        return self.hit.article.text[self.start : self.end]

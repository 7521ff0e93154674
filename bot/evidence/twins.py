"""Twins: a fact that the sources tell in both languages, found as two sentences that bear each other out.

A sentence that answers stands out the more if its twin in the other language answers too, and a reader can be given
the one in their own language. Vectors propose, the verifier decides. Knows nothing of questions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from bot.datamodels import Verdict
from bot.evidence.sentence import Sentence
from bot.verify.check import Quote, check

# From this cosine on (mE5, across the languages) two sentences begin to be about the same, and so much higher they are.
_ABOUT, _BAND = 0.86, 0.04
# From this one on they may be twins; below it the verifier is not asked.
_LEAST = 0.875
# From this one on both are sure to tell of the same event.
_TOLD = 0.89
# How many of the other side's best sentences count, and what share of their lead.
_BEST, _SHARE = 8, 0.6
_TRIED = 2


def agreed(sentences: Sequence[Sentence], others: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences with the lead of what the other language holds about the same added, best first.

    Args:
        sentences: of one language, scored.
        others: of the other language, scored for the same question, best first.
    """
    best = others[:_BEST]
    if not sentences or len(best) < 2:
        return tuple(sentences)
    lead = np.array([other.score - best[-1].score for other in best], dtype=np.float32)
    cosines = np.stack([one.vector for one in sentences]) @ np.stack([other.vector for other in best]).T
    gains = _SHARE * (np.clip((cosines - _ABOUT) / _BAND, 0.0, 1.0) * lead).max(axis=1)
    risen = [replace(one, score=one.score + float(gain)) for one, gain in zip(sentences, gains, strict=True)]
    return tuple(sorted(risen, key=lambda one: -one.score))


def told_in_both(here: Sequence[Sentence], there: Sequence[Sentence]) -> bool:
    """Say whether what answers best in either language is told in the other one too, whether or not it is best there.

    Args:
        here: sentences of one language, best first.
        there: of the other one, best first.
    """
    if not here or not there:
        return False
    return _beside(here[0], there) and _beside(there[0], here)


def about(one: Sentence, other: Sentence) -> bool:
    """Say whether two sentences of different languages are sure to tell of the same event."""
    return float(one.vector @ other.vector) >= _TOLD


def _beside(one: Sentence, others: Sequence[Sentence]) -> bool:
    return float((np.stack([other.vector for other in others]) @ one.vector).max()) >= _TOLD


def support(sentence: Sentence, others: Sequence[Sentence]) -> Sentence | None:
    """Return the sentence of the other language that bears one out, or None.

    Args:
        sentence: of one language.
        others: of the other one, in any order.
    """
    return next((other for other in _about(sentence, others) if _bears_out(other, sentence)), None)


def rendering(sentence: Sentence, others: Sequence[Sentence]) -> Sentence | None:
    """Return the sentence of the other language that says what one says and no more, or None. Arguments as above."""
    return next((other for other in _about(sentence, others) if _bears_out(sentence, other)), None)


def _about(sentence: Sentence, others: Sequence[Sentence]) -> Iterator[Sentence]:
    if others:
        cosines = np.stack([other.vector for other in others]) @ sentence.vector
        nearest = np.argsort(-cosines, kind="stable")[:_TRIED]
        yield from (others[int(n)] for n in nearest if cosines[n] >= _LEAST)


def _bears_out(one: Sentence, other: Sentence) -> bool:
    """Say whether all that the other sentence tells is in the one."""
    quote = Quote(one.text, one.language, one.hit.article.date)
    return check(other.text, other.language, [quote]).verdict is Verdict.SUPPORTED

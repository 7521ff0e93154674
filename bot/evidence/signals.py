"""The signals of whether what was found answers a question, and the logistic models that join them.

They mean the same in all four pairs of languages and on an index of any size: cosines are absolute, with the loss that
crossing the languages costs added back, and words are weighed as shares. `evals/fit_silence.py` fits the weights. Knows
nothing of how a signal is got.
"""

from dataclasses import dataclass, fields
from math import exp


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of whether the hits answer, as plain numbers.

    Attributes:
        cosine: of question and best sentence, 0 at 0.85, 1 at 0.90 (e5), the loss from crossing languages added back.
        topic: the same of question and best passage.
        covered: weighted share of the question's words in the best sentence's passage, 0 to 1.
        name_missing: weight of the most telling name or number that the passage lacks, 0 to 1.
        focus_missing: weight of what is counted or asked for if the sentence and the one before lack it, 0 to 1.
        amount_missing: how far the best sentence is from holding the amount asked for, 0 to 1, twice that where the
            unit cannot be left out; 0 where no amount is asked for.
        relief: score of the best sentence less the mean of all.
        unmet: how many dates, numbers and names of the question the best sentence, the one before and the title lack
            between them, at most 2; what has a figure counts twice, for a number has no synonyms.
        margin: score of the best sentence less that of the second best.
        words: how many content words the question has, at most 8: the more of them agree, the less by chance.
        turned: 1 if another is said to do what is asked of somebody, and the best sentence does not tell it; else 0.
        close: how close the best sentence comes to the question's tokens, a cosine; 0 where the embedder shows none.
        asking: the same of the words that ask.
        weakest: the same of the content word that comes least close.
        read: log odds that the best sentence answers, of its tokens, at least -15; 0 where the embedder shows none.
    """

    cosine: float
    topic: float
    covered: float
    name_missing: float
    focus_missing: float
    amount_missing: float
    relief: float
    unmet: float
    margin: float
    words: float
    turned: float
    close: float
    asking: float
    weakest: float
    read: float


BIAS = 0.0
WEIGHTS = Signals(
    cosine=0.8,
    topic=0.25,
    covered=1.9,
    name_missing=-1.0,
    focus_missing=0.0,
    amount_missing=-1.0,
    relief=0.07,
    unmet=-0.75,
    margin=0.04,
    words=0.1,
    turned=-1.0,
    close=-7.5,
    asking=5.3,
    weakest=0.05,
    read=0.2,
)
"""Of an embedder that shows its tokens: where words come close on the whole, those that do not tell most."""

BLIND_BIAS = -3.2
BLIND_WEIGHTS = Signals(
    cosine=1.4,
    topic=0.1,
    covered=2.0,
    name_missing=-0.65,
    focus_missing=-0.35,
    amount_missing=-1.95,
    relief=0.18,
    unmet=-1.3,
    margin=0.35,
    words=0.13,
    turned=-1.5,
    close=0.0,
    asking=0.0,
    weakest=0.0,
    read=0.0,
)
"""Of one that shows none."""

_ELSEWHERE_BIAS = 0.2
_ELSEWHERE = Signals(
    cosine=0.0,
    topic=-1.55,
    covered=-1.9,
    name_missing=0.0,
    focus_missing=0.0,
    amount_missing=0.0,
    relief=0.0,
    unmet=0.0,
    margin=0.0,
    words=0.0,
    turned=0.0,
    close=0.0,
    asking=0.0,
    weakest=0.0,
    read=0.0,
)
NAMES = tuple(field.name for field in fields(Signals))
"""Of the signals."""


def probability(signals: Signals) -> float:
    """Return the probability that the hits answer the question, 0 to 1."""
    bias, weights = (BIAS, WEIGHTS) if signals.close else (BLIND_BIAS, BLIND_WEIGHTS)
    return _logistic(bias, weights, signals)


def elsewhere(signals: Signals) -> float:
    """Return the probability that the sources, where they do not answer, are about something else, 0 to 1."""
    return _logistic(_ELSEWHERE_BIAS, _ELSEWHERE, signals)


def _logistic(bias: float, weights: Signals, signals: Signals) -> float:
    total = bias + sum(getattr(weights, name) * getattr(signals, name) for name in NAMES)
    # A sum far from 0 must not overflow, on either side.
    return 1.0 / (1.0 + exp(-total)) if total >= 0 else exp(total) / (1.0 + exp(total))

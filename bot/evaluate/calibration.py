"""Calibration: whether the probability that the sources answer is one, and what other thresholds would have done.

Knows outcomes. The sweep tells what only the threshold changes; it is no advice to fit it on the held-out part.
"""

from collections.abc import Sequence
from typing import Any

from bot.evaluate.outcome import Outcome
from bot.evidence.silence import THRESHOLD

_BINS = 10
_STEPS = 50


def calibration(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return bins of confidence, the Brier score, the expected calibration error, AUROC, and a sweep of thresholds.

    Returns:
        `bins` [{low, high, n, confidence, answerable}], `brier` (G. Brier, 1950), `ece` (M. Naeini et al., 2015),
        `auroc`, `threshold`, and `sweep` [{threshold, hallucination, over_abstention}]; nothing without both sorts
        of question.
    """
    return calibrated([(o.confidence, o.answerable) for o in outcomes if o.confidence is not None])


def calibrated(known: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Return the same of probabilities, each with whether the sources answer."""
    if len({answerable for _, answerable in known}) < 2:
        return {}
    bins = [_bin(known, n / _BINS, (n + 1) / _BINS) for n in range(_BINS)]
    return {
        "bins": bins,
        "brier": sum((p - answerable) ** 2 for p, answerable in known) / len(known),
        "ece": sum(b["n"] * abs(b["confidence"] - b["answerable"]) for b in bins if b["n"]) / len(known),
        "auroc": _auroc(known),
        "threshold": THRESHOLD,
        "sweep": [_at(known, n / _STEPS) for n in range(_STEPS + 1)],
    }


def _bin(known: Sequence[tuple[float, bool]], low: float, high: float) -> dict[str, Any]:
    some = [(p, answerable) for p, answerable in known if low <= p < high or p == high == 1.0]
    share = [sum(column) / len(some) if some else None for column in zip(*some, strict=True)] if some else [None, None]
    return {"low": low, "high": high, "n": len(some), "confidence": share[0], "answerable": share[1]}


def _auroc(known: Sequence[tuple[float, bool]]) -> float:
    """Return the chance that an answerable question is given more confidence than another (Mann and Whitney)."""
    yes = [p for p, answerable in known if answerable]
    no = [p for p, answerable in known if not answerable]
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / (len(yes) * len(no))


def _at(known: Sequence[tuple[float, bool]], threshold: float) -> dict[str, float]:
    yes = [p for p, answerable in known if answerable]
    no = [p for p, answerable in known if not answerable]
    return {
        "threshold": threshold,
        "hallucination": sum(p >= threshold for p in no) / len(no),
        "over_abstention": sum(p < threshold for p in yes) / len(yes),
    }

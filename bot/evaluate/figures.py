"""How numbers are written for people: values with their intervals, targets met or missed. Knows nothing of layout."""

from collections.abc import Mapping
from typing import Any

from bot.evaluate.metrics import Metric

GAP = 0.05
"""The most that Italian and English may differ, on any metric."""

Value = Mapping[str, Any]


def number(value: Value | None) -> str:
    """Return a value with its interval: `0.733 [0.68, 0.78]`; a dash where there is none."""
    if value is None or value["value"] is None:
        return "–"
    return f"{value['value']:.3f} [{value['low']:.2f}, {value['high']:.2f}]"


def signed(value: Value | None) -> str:
    """Return a difference with its interval."""
    if value is None or value["value"] is None:
        return "–"
    return f"{value['value']:+.3f} [{value['low']:+.2f}, {value['high']:+.2f}]"


def target(metric: Metric) -> str:
    """Return what a metric is held to: `≥ 0.95`, or nothing."""
    return "" if metric.target is None else f"{'≥' if metric.higher else '≤'} {metric.target:.2f}"


def met(metric: Metric, value: Value | None) -> bool | None:
    """Tell whether a value meets the target of its metric; None without either."""
    if metric.target is None or value is None or value["value"] is None:
        return None
    given = float(value["value"])
    return given >= metric.target if metric.higher else given <= metric.target


def mark(metric: Metric, value: Value | None) -> str:
    """Return a word that tells whether the target is met."""
    found = met(metric, value)
    return "" if found is None else "met" if found else "missed"

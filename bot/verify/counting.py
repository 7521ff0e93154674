"""Whether quotes bear out a number: its value, unit and limit, as a share, or as the distance between two days.

Knows numbers and days; nothing of wording.
"""

from collections.abc import Sequence

from bot.verify.days import Day
from bot.verify.numbers import TIMES, Number

_MONTHS = {"year": 12.0, "month": 1.0, "decade": 120.0}
_ROUND, _NEAR = 1000, 0.05


def spans_of(days: Sequence[Day]) -> set[tuple[float, str]]:
    """Return the distances between days, as (value, unit): what `two days later` may be worth."""
    found: set[tuple[float, str]] = set()
    fixed = [day for day in days if day.year is not None]
    for one in fixed:
        for other in fixed:
            if one.year is not None and other.year is not None and one.year < other.year:
                found.add((float(other.year - one.year), "year"))
            if one.ordinal is not None and other.ordinal is not None and one.ordinal < other.ordinal:
                apart = other.ordinal - one.ordinal
                found |= {
                    (float(apart), "day"),
                    (float(apart + 1), "day"),
                    (round(apart / 7), "week"),
                    (round(apart / 30.4), "month"),
                    (apart // 30.44, "month"),
                    (apart // 365.25, "year"),
                }
    return found


def borne_out(claim: Number, quoted: Sequence[Number], days: Sequence[Day]) -> str:
    """Return "" where quotes bear a number out, "number" where they do not, "bound" where only its limit is changed."""
    alike = [
        one
        for one in quoted
        if _same(claim.value, one.value) and not (claim.unit and one.unit and claim.unit != one.unit)
    ]
    if alike:
        return "" if any(_limits(claim.bound, one.bound) for one in alike) else _worst(claim, alike)
    if claim.unit in TIMES and (claim.value, claim.unit) in spans_of(days):
        return ""
    if claim.unit in _MONTHS and any(
        _same(claim.value * _MONTHS[claim.unit], one.value * _MONTHS.get(one.unit, 0)) for one in quoted
    ):
        return ""
    if any(_rounded(claim, one) for one in quoted):
        return ""
    if any(day.year == claim.value for day in days):
        return ""
    return "" if any(_share(claim, one) for one in quoted) else "number"


def _rounded(claim: Number, one: Number) -> bool:
    """Say whether a number is an exact one of a quote, made round: over 30,000 for 30,023."""
    if claim.value < _ROUND or claim.value % (_ROUND / 10) or one.bound or (claim.unit and claim.unit != one.unit):
        return False
    apart = (one.value - claim.value) / claim.value
    return {">": 0 < apart < _NEAR, "<": -_NEAR < apart < 0, "~": abs(apart) < _NEAR}.get(claim.bound, False)


def _share(claim: Number, one: Number) -> bool:
    """Say whether two numbers are one share: half and 50 per cent, two thirds and 66."""
    if claim.unit == one.unit == "%":
        return "~" in (claim.bound, one.bound) and abs(claim.value - one.value) < 1
    half = {claim.unit: claim.value, one.unit: one.value}
    return half.get("%", 0) == 100 * half.get("", 0) == 50


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


def _limits(claimed: str, said: str) -> bool:
    return claimed == said or "~" in (claimed, said)


def _worst(claim: Number, alike: Sequence[Number]) -> str:
    turned = {">": "<", "<": ">"}.get(claim.bound)
    return "number" if turned and any(one.bound == turned for one in alike) else "bound"

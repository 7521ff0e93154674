"""A date as far as it is told, and whether quotes bear it out. Knows nothing of wording."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as far as it is told.

    Attributes:
        year: or None.
        month: 1 to 12, -1 to -4 for spring to winter, or None.
        day: of the month, or None.
        weekday: 0 for Monday, or None.
        span: offsets in the text.
        relative: whether it was reckoned from another day.
        week: days around it that it may mean: `last week`.
        decade: whether the year stands for the ten from it on.
        part: of the month, or of the year where there is none, that is meant: 1 early, 2 mid, 3 late, 0 untold.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    span: tuple[int, int] = (0, 0)
    relative: bool = False
    week: int = 0
    decade: bool = False
    part: int = 0

    @property
    def ordinal(self) -> int | None:
        """The day's number since year 1, or None where it is not one day."""
        if self.year is None or self.month is None or self.day is None or self.month < 0:
            return None
        with suppress(ValueError):
            return date(self.year, self.month, self.day).toordinal()
        return None


def borne_out(claim: Day, quoted: Sequence[Day]) -> bool:
    """Say whether quotes hold a date: all that it tells, none of it otherwise."""
    years = {day.year for day in quoted if day.year is not None}
    return any(_agrees(claim, day, years) for day in quoted)


def _agrees(claim: Day, day: Day, years: set[int]) -> bool:
    if _within(claim, day) or _within(day, claim):
        return True
    if claim.decade or day.decade:
        return claim.year is not None and day.year is not None and claim.year // 10 == day.year // 10 and claim.decade
    if claim.day is not None and claim.day != day.day:
        return False
    if claim.month is not None and claim.month != day.month and not _season(claim.month, day.month):
        return False
    if claim.year is not None and claim.year != day.year and not (day.year is None and claim.year in years):
        return False
    return _same_part(claim, day) and (claim.weekday is None or _weekday(claim, day, years))


_MONTH_PARTS = {1: (1, 12), 2: (8, 23), 3: (18, 31)}
_YEAR_PARTS = {1: (1, 5), 2: (4, 9), 3: (8, 12)}


def _same_part(claim: Day, day: Day) -> bool:
    """Say whether the part of a month or a year that is told holds what quotes hold: the 14th is mid-June."""
    if not claim.part or (claim.month or 0) < 0 or (day.month or 0) < 0:
        return True
    if day.part and (claim.month is None) == (day.month is None):
        return claim.part == day.part
    inner, parts = (day.day, _MONTH_PARTS) if claim.month is not None else (day.month, _YEAR_PARTS)
    return inner is None or parts[claim.part][0] <= inner <= parts[claim.part][1]


def _season(season: int, month: int | None) -> bool:
    """Say whether a month lies in a season: March in spring."""
    return season < 0 and month is not None and month > 0 and (month % 12) // 3 == (-season) % 4


def _weekday(claim: Day, day: Day, years: set[int]) -> bool:
    if day.weekday is not None:
        return day.weekday == claim.weekday
    told = [replace(day, year=year) for year in ([day.year] if day.year is not None else sorted(years))]
    known = [one.ordinal for one in told if one.ordinal is not None]
    return not known or any((number - 1) % 7 == claim.weekday for number in known)


def _within(week: Day, day: Day) -> bool:
    return (
        week.week > 0
        and week.ordinal is not None
        and day.ordinal is not None
        and 0 <= day.ordinal - week.ordinal <= week.week
    )

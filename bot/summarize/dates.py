"""The dates that a sentence names, resolved against the day of its article, and how a date is written.

Full dates, dates without a year ("19 giugno"), months, years, days of the week, yesterday and its kin, in Italian and
English. What the words alone do not settle is marked as inferred. Knows no articles.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.summarize.facts import MONTHS
from index.analysis import fold

_MONTH = {fold(name): n for names in MONTHS.values() for n, name in enumerate(names, 1)}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_WEEKDAYS = {
    name: n
    for days in ("lunedi martedi mercoledi giovedi venerdi sabato domenica",
                 "monday tuesday wednesday thursday friday saturday sunday")
    for n, name in enumerate(days.split())
}  # fmt: skip
_NEAR = {"oggi": 0, "ieri": -1, "l'altro ieri": -2, "domani": 1, "today": 0, "yesterday": -1, "tomorrow": 1}
_YEAR = r"(?:19|20)\d\d"
_PATTERN = re.compile(
    rf"""
      (?P<iso>{_YEAR}-\d\d-\d\d)
    | (?P<day>\d{{1,2}})(?:°|º|st|nd|rd|th)?(?:\s+(?:of\s+)?)(?P<month>{_NAMES})\b(?:,?\s+(?:del\s+)?(?P<year>{_YEAR}))?
    | (?P<month2>{_NAMES})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>{_YEAR}))?
    | (?P<month3>{_NAMES})\s+(?:del\s+|of\s+)?(?P<year3>{_YEAR})
    | (?P<bare>\b(?:in|nel|a|since|da|dal|fino\sa|by|until|last|scorso|early|late|mid)[-\s]+
        (?P<month4>{_NAMES})\b(?!\s+(?:del\s+|of\s+)?(?:{_YEAR}|\d{{1,2}}\b)))
    | \b(?P<weekday>{"|".join(_WEEKDAYS)})\b
    | \b(?P<near>{"|".join(sorted(map(re.escape, _NEAR), key=len, reverse=True))})\b
    | (?<![\d.,])(?P<only>{_YEAR})(?![\d%]|[.,]\d)
    """,
    re.VERBOSE,
)
# A date that says which treaty, report or vote is meant, not when the thing that is told happened.
_REFERS = re.compile(
    r"(?:\b(?:del|dello|della|dell'|of|the)\s*(?:il\s+)?|\b(?:firmat|siglat|sottoscritt|approvat|pubblicat"
    r"|adottat|presentat"
    r"|diffus)[oaie]\s+(?:\w+\s+){0,4}(?:il|l'|nel)\s*|\b(?:signed|published|adopted|dated|approved"
    r"|released)\s+(?:\w+\s+){0,4}"
    r"(?:on|in)\s*)$"
)
_HAPPENS = re.compile(r"\b(?:e|fu|era|sono|furono|ha|hanno|stat[oaie]|venne|vennero|was|were|is|has|had|been)\s+$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a sentence names.

    Attributes:
        iso: "2024-06-19", "2024-06" or "2024".
        words: as written, folded.
        certain: whether the words alone say it; False where the article's own date had to help.
        refers: whether it names something ("the treaty of 19 June") rather than says when.
    """

    iso: str
    words: str
    certain: bool
    refers: bool = False


def dates(text: str, article_date: str | None) -> list[Dated]:
    """Return the dates that a sentence names, in order; those that cannot be resolved are left out.

    Args:
        text: a sentence in Italian or English.
        article_date: of its article, ISO 8601, as precise as it is known; None if unknown.
    """
    plain = " ".join(fold(text).replace("’", "'").split())
    found = list(_PATTERN.finditer(plain))
    return [dated for n, match in enumerate(found) if (dated := _read(match, found[n + 1 :], plain, article_date))]


def when(text: str, article_date: str | None) -> Dated | None:
    """Return the date of what a sentence tells: the first precise one that does not merely name something."""
    telling = [dated for dated in dates(text, article_date) if not dated.refers]
    days = [dated for dated in telling if len(dated.iso) == 10]
    return (days or telling or [None])[0]  # type: ignore[list-item]


def written(iso: str, language: str) -> str:
    """Return a date as people write it: "19 giugno 2024", "June 2024"."""
    year, *rest = iso.split("-")
    if not rest:
        return year
    name = MONTHS[language][int(rest[0]) - 1]
    month = name if language == "it" else name.capitalize()
    return " ".join([*([str(int(rest[1])) + ("°" if language == "it" and rest[1] == "01" else "")] if rest[1:] else []),
                     month, year])  # fmt: skip


def _read(match: re.Match[str], later: list[re.Match[str]], plain: str, article_date: str | None) -> Dated | None:
    resolved = next(_resolved(match, later, article_date), None)
    if resolved is None:
        return None
    iso, certain = resolved
    before = plain[max(0, match.start() - 60) : match.start()]
    refers = _REFERS.search(before) is not None and _HAPPENS.search(before) is None and not _auxiliary(before)
    return Dated(iso, match[0], certain, refers)


def _auxiliary(before: str) -> bool:
    """Say whether the participle before a date is part of a verb: "è stato firmato il", "was signed on"."""
    return re.search(r"\b(?:e|fu|furono|stat[oaie]|venne|vennero|ha|hanno|was|were|been)\s+\w+\s+(?:\w+\s+){0,4}"
                     r"(?:il|l'|nel|on|in)\s*$", before) is not None  # fmt: skip


def _resolved(match: re.Match[str], later: list[re.Match[str]], article_date: str | None) -> Iterator[tuple[str, bool]]:
    if match["iso"]:
        yield from _valid(match["iso"], True)
    elif match["only"]:
        yield match["only"], True
    elif match["month3"]:
        yield f"{match['year3']}-{_MONTH[match['month3']]:02d}", True
    elif match["month"] or match["month2"]:
        month, day = _MONTH[match["month"] or match["month2"]], int(match["day"] or match["day2"])
        year = match["year"] or match["year2"] or _following(later)
        if year:
            yield from _valid(f"{year}-{month:02d}-{day:02d}", True)
        elif article_date:
            yield from _valid(_in_year(article_date, f"{month:02d}-{day:02d}"), False)
    elif article_date and match["month4"]:
        yield _in_year(article_date, f"{_MONTH[match['month4']]:02d}"), False
    elif article_date and len(article_date) == 10:
        yield _near(match, date.fromisoformat(article_date)).isoformat(), False


def _following(later: list[re.Match[str]]) -> str | None:
    """Return the year that closes a range: of "dal 26 luglio al 3 agosto 2001" for its first date."""
    for match in later[:1]:
        return match["year"] or match["year2"] or match["year3"]
    return None


def _in_year(article_date: str, rest: str) -> str:
    """Return a date without a year in the article's year, or the year before where that would be months ahead."""
    year, month = int(article_date[:4]), article_date[5:7]
    ahead = bool(month) and int(rest[:2]) - int(month) > 6
    return f"{year - ahead}-{rest}"


def _near(match: re.Match[str], day: date) -> date:
    """Return the day that a day of the week or a word such as yesterday means: the last one, the article's own too."""
    if match["near"]:
        return day + timedelta(days=_NEAR[match["near"]])
    return day - timedelta(days=(day.weekday() - _WEEKDAYS[match["weekday"]]) % 7)


def _valid(iso: str, certain: bool) -> Iterator[tuple[str, bool]]:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return
    yield iso, certain

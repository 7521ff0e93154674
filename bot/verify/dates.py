"""The dates of a text, in Italian and English, relative ones resolved against the day on which it appeared.

`19 giugno 2024`, `June 19, 2024`, `19/06/2024`, `giugno 2024`, `nel 2024`, `mercoledì`, `ieri`, `last week`. Knows
nothing of sentences and verdicts.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from bot.verify.days import Day
from bot.verify.pieces import plain
from index.analysis import fold

_MONTHS = {
    word: n
    for n, words in enumerate(
        ("gennaio january jan", "febbraio february feb", "marzo march", "aprile april apr", "maggio may", "giugno june",
         "luglio july", "agosto august aug", "settembre september sept sep", "ottobre october oct", "novembre"
         " november nov",
         "dicembre december dec"), 1)
    for word in words.split()
}  # fmt: skip
_DAYS = {
    word: n
    for n, words in enumerate(
        ("lunedi monday", "martedi tuesday", "mercoledi wednesday", "giovedi thursday", "venerdi friday", "sabato"
            " saturday",
         "domenica sunday"))
    for word in words.split()
}  # fmt: skip
_SEASONS = {
    word: -n
    for n, words in enumerate(("primavera spring", "estate summer", "autunno autumn", "inverno winter"), 1)
    for word in words.split()
}
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_D = r"(?:0?[1-9]|[12]\d|3[01]|primo|first)"
_Y = r"(?:1[0-9]\d\d|20\d\d)"
_PATTERNS = (
    re.compile(rf"\b(?P<year>{_Y})-(?P<month>0\d|1[0-2])-(?P<day>{_D})\b"),
    re.compile(rf"\b(?P<day>{_D})[/.](?P<month>0?\d|1[0-2])[/.](?P<year>{_Y})\b"),
    re.compile(
        rf"\b(?P<day>{_D})(?:°|º|st|nd|rd|th)?(?: of| di)? (?P<name>{_M})\b(?:,? (?:del(?:l'anno)? "
        rf"|of )?(?P<year>{_Y})\b)?"
    ),
    re.compile(rf"\b(?P<name>{_M}) (?P<day>{_D})(?:st|nd|rd|th)?\b(?!,\d)(?:,? (?P<year>{_Y})\b)?"),
    re.compile(rf"\b(?P<name>{_M})(?: of| del)? (?P<year>{_Y})\b"),
    re.compile(rf"\b(?P<season>{'|'.join(_SEASONS)})(?: of| del| dell'anno)? (?P<year>{_Y})\b"),
)
_SEVERAL = re.compile(
    rf"(?<![\w-])(?P<first>{_D})(?:°|st|nd|rd|th)?(?:,| e| ed| and| to| al| a|-|–| e il| and the| e l'| al l'"
    rf"| all')+ ?(?=(?:il |l')?{_D}(?:°|st|nd|rd|th)? (?P<name>{_M})\b(?: (?P<year>{_Y}))?)"
)
_OF_THAT = re.compile(
    rf"\b(?:dal|from) (?:the )?(?P<first>{_D}) (?:al|all'|to) ?(?:the )?(?P<last>{_D})\b(?! (?:{_M}))"
)
_MONTH = re.compile(rf"\b(?P<name>{_M})\b")
_MAY = re.compile(r"\b(?:in|of|since|until|by|from|early|late|mid|last|next|and|to) may\b")
_YEAR = re.compile(
    rf"(?<![\w.,/-])(?P<year>{_Y})(?:s\b)?(?![\w/]|[.,]\d)|(?<=mid-)(?P<mid>{_Y})|(?<=\d{{4}}-)(?P<to>{_Y})\b"
    rf"|\b(?P<from>{_Y})(?=-\d{{4}}\b)"
)
_DECADE = re.compile(
    r"\banni (?:'?(?P<digits>\d0)|(?P<word>venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta))\b"
    r"|(?<![\w.,])(?P<en>(?:1\d|20)\d0)s\b"
)
_TENS = {
    "venti": 20,
    "trenta": 30,
    "quaranta": 40,
    "cinquanta": 50,
    "sessanta": 60,
    "settanta": 70,
    "ottanta": 80,
    "novanta": 90,
}
_NO_YEAR = re.compile(
    r"\b(?:(?:resolutions?|risoluzion[ei]),?(?: \d{3,4}(?:,| e| and| ed)+)*|committee|comitato|la|circa|about|at least"
    r"|almeno)\s$"
)
_NEAR = 40
_WEEKDAY = re.compile(rf"\b(?P<day>{'|'.join(_DAYS)})\b")
_AGO = re.compile(
    r"\b(?P<n>\d+|un|una|a|one|two|three|four|five|due|tre|quattro|cinque) (?P<unit>giorn[oi]|settiman[ae]"
    r"|mes[ei]|ann[oi]|days?|weeks?|months?|years?) (?:fa|ago)\b"
)
_STEPS = {
    "ieri l'altro": -2,
    "l'altro ieri": -2,
    "ieri": -1,
    "oggi": 0,
    "domani": 1,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_PART = re.compile(
    r"\b(?:(?P<early>early|(?:beginning|start) of|(?:all'|l'|d')?inizio|(?:nei |ai )?primi(?: giorni| mesi)?"
    r"|agli inizi)"
    r"|(?P<mid>mid|(?:the )?middle of|meta)|(?P<late>late|(?:the )?end of|fine|ultimi (?:giorni|mesi)))"
    r"(?: di| del| dell'anno|(?<=of))?[ -]$"
)
_PARTS = {"early": 1, "mid": 2, "late": 3}
_STEP = re.compile(r"\b(?:" + "|".join(_STEPS) + r")\b")
_LAST = re.compile(
    r"\b(?:(?:la settimana|il mese|l'anno|lo) (?P<it>scors[oa]|passat[oa]|prossim[oa])|(?P<en>last"
    r"|next) (?P<unit>week|month|year))\b"
)
_COUNTS = {
    "un": 1,
    "una": 1,
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "due": 2,
    "tre": 3,
    "quattro": 4,
    "cinque": 5,
}


@lru_cache(maxsize=4096)
def dates(text: str, language: str, today: str | None = None) -> tuple[Day, ...]:
    """Return the dates of a text.

    Args:
        text: any.
        language: of the text; only settles what `may` and `estate` are.
        today: ISO date that relative ones are reckoned from; without it they stay as weekdays or are left out.
    """
    # Folding that changes a length would shift every offset behind it.
    folded = fold(plain(text))
    even = folded if len(folded) == len(text) else plain(text).lower()
    found: list[Day] = []
    for day in (*_full(even), *_lone(even, text)):
        if not any(day.span[0] < end and start < day.span[1] for start, end in (one.span for one in found)):
            found.append(day)
    told = [_parted(day, even) for day in found]
    return tuple(sorted((*_weekdays(told, even, today), *_relative(even, today)), key=lambda day: day.span))


def _parted(day: Day, text: str) -> Day:
    """Return a month or a year with the part of it that is meant: `early`, `a metà`, `late`."""
    if day.day is not None or day.decade:
        return day
    match = _PART.search(text[max(0, day.span[0] - 24) : day.span[0]])
    return replace(day, part=_PARTS[match.lastgroup or ""]) if match else day


def _number(day: str) -> int:
    """Return a day of the month; the first may be written out: `il primo luglio`."""
    return int(day) if day.isdigit() else 1


def _full(text: str) -> Iterator[Day]:
    for match in _SEVERAL.finditer(text):
        year = int(match["year"]) if match["year"] else None
        yield Day(
            year,
            _MONTHS[match["name"]],
            _number(match["first"]),
            span=(match.start(), match.start() + len(match["first"])),
        )
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["month"]) if parts.get("month") else _MONTHS.get(parts.get("name") or "")
            season = _SEASONS.get(parts.get("season") or "")
            day = _number(parts["day"]) if parts.get("day") else None
            year = int(parts["year"]) if parts.get("year") else None
            if pattern is _PATTERNS[3] and parts["name"] == "may" and match.start() == 0:
                continue
            yield Day(year, month if season is None else season, day, span=match.span())


def _lone(text: str, written: str) -> Iterator[Day]:
    for match in _DECADE.finditer(text):
        year = int(match["en"]) if match["en"] else 1900 + int(match["digits"] or _TENS[match["word"]])
        yield Day(year, span=match.span(), decade=True)
    for match in _OF_THAT.finditer(text):
        for part in ("first", "last"):
            yield Day(None, None, _number(match[part]), span=match.span(part))
    yield from _lone_months(text, written)
    for match in _YEAR.finditer(text):
        body = re.match(r" (?:committee|panel|resolution|sanctions)\b", text[match.end() :])
        if not body and not _NO_YEAR.search(text[max(0, match.start() - _NEAR) : match.start()]):
            yield Day(int(match[0].rstrip("s")), span=match.span())
    for word, season in _SEASONS.items():
        for match in re.finditer(rf"\b{word}\b", text) if word in text else ():
            if word != "spring" or text[: match.start()].endswith("the "):
                yield Day(None, season, span=match.span())


def _lone_months(text: str, written: str) -> Iterator[Day]:
    for match in _MONTH.finditer(text):
        if match[0] in ("may", "march") and not _is_month(text, written, match):
            continue
        if match[0] not in ("jan", "feb", "apr", "aug", "sep", "oct", "nov", "dec", "sept"):
            yield Day(None, _MONTHS[match[0]], span=match.span())


def _is_month(text: str, written: str, match: re.Match[str]) -> bool:
    """Say whether `may` or `march` is a month: by its capital, or by what stands before it."""
    large = match.start() > 0 and written[match.start() : match.start() + 1].isupper()
    return large or bool(_MAY.search(text[max(0, match.start() - 6) : match.end()].replace("march", "may")))


def _weekdays(found: list[Day], text: str, today: str | None) -> Iterator[Day]:
    """Yield the dates with the weekdays that stand before them, and weekdays alone reckoned from today."""
    taken = set()
    matches = list(_WEEKDAY.finditer(text))
    for day in found:
        near = next((one for one in matches if 0 <= day.span[0] - one.end() <= 2 and day.day is not None), None)
        if near is not None:
            taken.add(near.start())
        yield replace(day, weekday=_DAYS[near["day"]]) if near is not None else day
    for match in matches:
        if match.start() not in taken:
            number = _DAYS[match["day"]]
            base = _iso(today)
            if base is None:
                yield Day(None, weekday=number, span=match.span(), relative=True)
            else:
                before = base - timedelta(days=(base.weekday() - number) % 7)
                yield Day(before.year, before.month, before.day, number, match.span(), True)


def _relative(text: str, today: str | None) -> Iterator[Day]:
    base = _iso(today)
    if base is None:
        return
    for match in _STEP.finditer(text):
        day = base + timedelta(days=_STEPS[match[0]])
        yield Day(day.year, day.month, day.day, span=match.span(), relative=True)
    for match in _AGO.finditer(text):
        count = _COUNTS.get(match["n"]) or int(match["n"])
        yield _back(base, match["unit"][:4], min(count, 900), match.span())
    for match in _LAST.finditer(text):
        word = match[0]
        unit = "week" if "sett" in word or "week" in word else "mont" if "mes" in word or "month" in word else "year"
        forward = "pross" in word or word.startswith("next")
        yield _back(base, unit, -1 if forward else 1, match.span())


def _back(base: date, unit: str, count: int, span: tuple[int, int]) -> Day:
    if unit in ("gior", "day", "days"):
        day = base - timedelta(days=count)
        return Day(day.year, day.month, day.day, span=span, relative=True)
    if unit in ("sett", "week"):
        monday = base - timedelta(days=7 * count + base.weekday())
        return Day(monday.year, monday.month, monday.day, span=span, relative=True, week=6)
    months = base.year * 12 + base.month - 1 - count * (12 if unit in ("anni", "anno", "year") else 1)
    year = max(1, months // 12)
    return Day(year, None if unit in ("anni", "anno", "year") else months % 12 + 1, span=span, relative=True)


def _iso(today: str | None) -> date | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(today or "")
    return None

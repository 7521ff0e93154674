"""The numbers of a text: their value, unit and limits, however they are written.

Reads `10.000`, `10,000`, `diecimila` and `ten thousand` as one; dates are not numbers and are left out by their spans.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify.beside import unneeded
from bot.verify.dates import dates
from bot.verify.numerals import LOOSE, SCALES, worth
from bot.verify.pieces import plain
from bot.verify.wording import ABOUT, BEHIND, LEAST, MOST, NOT_OVER
from index.analysis import fold
from index.analysis import number as canonical

Span = tuple[int, int]

_WRITTEN = re.compile(
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+[.,]\d+|\d+)(?P<mark>st\b"
    r"|nd\b|rd\b|th\b|°|º|ª|mila\b|%)?"
    r"|(?<![^\W_])(?P<word>[^\W\d_]+)(?![^\W_])"
)
_UNITS = {
    "%": r"%|per ?cento|percento|percent(?:age)?|per cent",
    "dollar": r"(?:us )?dollar[oi]?s?|\$|usd",
    "euro": r"euros?|€",
    "rouble": r"rubl[oi]|roubles?|rubles?",
    "tonne": r"tonnellat[ae]|ton(?:ne)?s?",
    "kilometre": r"chilometr[oi]|kilomet(?:re|er)s?|km",
    "millimetre": r"millimetr[oi]|millimet(?:re|er)s?|mm",
    "metre": r"metr[oi]|met(?:re|er)s?|m",
    "barrel": r"baril[ei]|barels?|barile|barili|barrels?",
    "hour": r"or[ae]|hours?",
    "day": r"giorn[oi]|days?",
    "week": r"settiman[ae]|weeks?",
    "month": r"mes[ei]|months?",
    "year": r"ann[oi]|years?",
    "decade": r"decenni(?:o)?|decades?",
    "minute": r"minut[oi]|minutes?",
}
_UNIT = re.compile(
    r"[\s-]*(?:di |of )?(?:" + "|".join(rf"(?P<u{n}>{u})" for n, u in enumerate(_UNITS.values())) + r")(?!\w)"
)
_NAMES = tuple(_UNITS)
_LEAD = {"$": "dollar", "€": "euro"}
_ARTICLES = re.compile(r"(?:\b(?:il|lo|la|i|le|gli|the|un|una|a|its|his|their|suo|sua|per la|quell[oa])|l')\s*$")
TIMES = ("day", "week", "month", "year")
_DEADLINE = re.compile(r"\b(?:within|entro|nel giro di|in the space of)(?: the| i| gli| le)? $")
_DEPENDING = re.compile(r"\ba $")
"""`A seconda di` counts nothing."""
_NOMINAL = re.compile(r"(?:\b(?:the|its|his|her|their|our|a|an|very|every)|s'|'s) $")
_PERIOD = re.compile(
    r" (?:di |del mese di |del |dell'anno )?(?:(?:19|20)\d\d|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto"
    r"|settembre|ottobre|novembre|dicembre|mese|anno|settimana|secolo|degli anni|anni)\b"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        value: what it is worth.
        unit: what is measured, "" where it is counted or not known.
        bound: ">" for at least and more than, "<" for at most and less than, "~" for about, else "".
        firm: whether it is surely meant as a number.
        start: offset of its first character.
        end: offset behind its last character.
    """

    value: float
    unit: str
    bound: str
    firm: bool
    start: int
    end: int


@lru_cache(maxsize=4096)
def numbers(text: str, language: str) -> tuple[Number, ...]:
    """Return the numbers of a text in reading order, dates left out."""
    known = tuple(day.span for day in dates(text, language))
    shares = (*_fractions(text, language), *_halves(text, language))
    single = [
        one
        for one in _simple(text, language, known)
        if not any(share.start <= one.start < share.end for share in shares)
    ]
    return (*_joined(single, text), *shares)


def _simple(text: str, language: str, known: Sequence[Span]) -> Iterator[Number]:
    even = plain(text)
    for match in _WRITTEN.finditer(even):
        if any(start < match.end() and match.start() < end for start, end in known):
            continue
        # Most words are no numbers, and what stands around them is not needed.
        if not match["digits"] and worth(fold(match["word"]), language) is None and fold(match["word"]) not in SCALES:
            continue
        before, after = (
            fold(even[max(0, match.start() - 32) : match.start()]),
            fold(even[match.end() : match.end() + 24]),
        )
        if match["digits"]:
            # The tail of a code: Su-57.
            if even[: match.start()].endswith("-") and even[: match.start() - 1][-1:].isalpha():
                continue
            value = float(canonical(match["digits"])) * (1000 if match["mark"] == "mila" else 1)
            # From 11 to 12 thousand: both are thousands.
            if ranged := _RANGE.match(fold(even[match.end() : match.end() + 24])):
                value *= SCALES[ranged["scale"]]
            unit = "%" if match["mark"] == "%" else _unit(before, after)
            yield Number(value, unit, _bound(before, unit, after), True, match.start(), match.end())
            continue
        word = fold(match["word"])
        if word in ("cento", "cent", "one") and before.endswith(("per ", "the ")):
            continue
        value_of = worth(word, language) if word not in SCALES or word == "mille" else None
        if value_of is None and word in SCALES:
            yield Number(
                SCALES[word], _unit(before, after), "*" + _bound(before), word == "mille", match.start(), match.end()
            )
        elif value_of is not None:
            firm = _firm(word, language, before, after, match.start() == 0)
            unit = _unit(before, after)
            yield Number(value_of, unit, _bound(before, unit, after), firm, match.start(), match.end())


def _firm(word: str, language: str, before: str, after: str, opening: bool) -> bool:
    if word == "sei":
        return not opening
    if unneeded(word, before, after):
        return False
    if word in ("first", "third") and not _NOMINAL.search(before):
        return False
    if word not in LOOSE:
        return True
    if word in ("secondo", "second", "seconda"):
        if language == "it" and _DEPENDING.search(before):
            return False
        return bool(_ARTICLES.search(before)) and after[:1] == " "
    if word == "quarto":
        return bool(_ARTICLES.search(before)) and bool(re.match(r" (?!d[ie])\w", after))
    if word in ("prima", "prime"):
        return bool(_ARTICLES.search(before)) and after.startswith((" volta", " visita", " esercitazione"))
    # Half-yearly instalments are no half.
    if word == "half" and re.match(r"-(?!million|billion|dozen)", after):
        return False
    return word == "half" or (word == "meta" and not _PERIOD.match(after))


def _unit(before: str, after: str) -> str:
    if before[-1:] in _LEAD:
        return _LEAD[before[-1]]
    match = _UNIT.match(after)
    return _NAMES[int((match.lastgroup or "u0")[1:])] if match else ""


def _bound(before: str, unit: str = "", after: str = "") -> str:
    behind = next((sign for sign, pattern in BEHIND if pattern.match(after)), "")
    return behind or _bound_before(before, unit)


def _bound_before(before: str, unit: str) -> str:
    # It passed two days later: no more than two days.
    if unit in TIMES and before.endswith("passed "):
        return ""
    # Over 20 years: for so long, or longer?
    if unit in TIMES and before.endswith("over "):
        return "~"
    if unit in TIMES and _DEADLINE.search(before):
        return "~"
    if NOT_OVER.search(before):
        return "<"
    if LEAST.search(before):
        return ">"
    if MOST.search(before):
        return "<"
    return "~" if ABOUT.search(before) else ""


_RANGE = re.compile(r"[-–]\d+(?:[.,]\d+)? ?(?P<scale>mila|thousand|milioni|million|miliardi|billion)\b")
_SPAN = r"(?:ann[oi]|mes[ei]|or[ae]|settiman[ae]|decenni?o?|years?|months?|hours?|weeks?|decades?)"
_HALF = re.compile(
    rf"\b(?:(?P<n>\w+) (?P<u>{_SPAN}) e mezz[oa]|(?P<n2>\w+) and a half (?P<u2>{_SPAN})"
    rf"|(?P<n3>\w+) (?P<u3>{_SPAN}) and a half)\b"
)
_FRACTION = re.compile(
    r"\b(?P<n>\w+)[ -](?P<d>thirds?|terz[oi]|quarters?|quart[oi]|fifths?|quint[oi]|tenths?|decim[oi])\b"
)
_SHARED = re.compile(r" (?:of|di|del|dello|della|dei|degli|delle)\b|\s*dell'")
_PARTS_OF = {"third": 3, "terz": 3, "quarter": 4, "quart": 4, "fifth": 5, "quint": 5, "tenth": 10, "decim": 10}


def _halves(text: str, language: str) -> Iterator[Number]:
    """Yield the spans of time with a half: `a year and a half`, `due anni e mezzo`."""
    even = fold(plain(text))
    for match in _HALF.finditer(even) if len(even) == len(text) else ():
        word, unit = next((match[f"n{n}"], match[f"u{n}"]) for n in ("", "2", "3") if match[f"n{n}"])
        count = 1.0 if word in ("a", "an", "the") else float(word) if word.isdigit() else worth(word, language)
        if count is not None:
            yield Number(count + 0.5, _unit("", f" {unit}"), _bound(even[: match.start()]), True, *match.span())


def _fractions(text: str, language: str) -> Iterator[Number]:
    """Yield the shares that are written out, in per cent: `nine tenths`, `tre quarti`."""
    even = fold(plain(text))
    for match in _FRACTION.finditer(even) if len(even) == len(text) else ():
        over = next(parts for word, parts in _PARTS_OF.items() if match["d"].startswith(word))
        count = 1.0 if match["n"] in ("a", "un", "one") else worth(match["n"], language)
        # `A third of them` is a share, `a third launch` is none.
        if count == 1 and not _SHARED.match(even[match.end() :]):
            continue
        if count is not None and 0 < count < over and match["n"].isalpha():
            yield Number(100 * count / over, "%", "~" if over == 3 else "", True, match.start(), match.end())


def _joined(found: list[Number], text: str) -> Iterator[Number]:
    """Yield the numbers with their scales multiplied in: `2,5` and `milioni`, `six` and `hundred`."""
    done: Number | None = None
    for one in found:
        gap = text[done.end : one.start] if done else "?"
        scale = one.bound.startswith("*") or (one.value == 100 and text[one.start : one.end].lower() == "hundred")
        if done is not None and gap.strip(" \u00a0-") in ("", "di", "a"):
            if scale and done.value < one.value:
                done = Number(done.value * one.value, one.unit, done.bound, True, done.start, one.end)
                continue
            if _continues(done, one, gap):
                done = Number(done.value + one.value, one.unit, done.bound, True, done.start, one.end)
                continue
        if done is not None:
            yield done
        done = Number(one.value, one.unit, one.bound.lstrip("*"), one.firm, one.start, one.end)
    if done is not None:
        yield done


def _continues(done: Number, one: Number, gap: str) -> bool:
    """Say whether a number goes on: `twenty` `five`, `two hundred` `forty`."""
    if not gap.strip(" -") == "" or one.value <= 0 or one.value != int(one.value) or done.value != int(done.value):
        return False
    tens = 20 <= done.value < 100 and done.value % 10 == 0 and one.value < 10
    return done.firm and one.firm and tens

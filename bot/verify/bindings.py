"""What goes with which date: whether a sentence gives a date to what quotes tell of another day.

`2,000 in 2017 and 3,000 in 2018` has each number with a year of its own; so have names. Knows nothing of verdicts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify.agents import acts, even_of, one_verb
from bot.verify.dates import dates
from bot.verify.days import Day, borne_out
from bot.verify.names import Name, names, near
from bot.verify.numbers import Number, numbers
from bot.verify.pieces import Piece, pieces
from bot.verify.sayings import sayings
from bot.verify.wording import SAYING, says

_EDGE = 2
_FULL = 2
_NEXT = re.compile(
    r"\b(?:giorno|mese|anno|settimana|day|month|year|week) "
    r"(?:dopo|prima|seguente|successiv|precedent|after|later|before)"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A date with what stands in its stretch of a text."""

    day: Day
    names: tuple[Name, ...]
    numbers: tuple[Number, ...]
    verbs: tuple[Piece, ...] = ()


def moved(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return what a sentence moves to another date of a quote, or "".

    Args:
        sentence: of a model.
        language: of the sentence.
        quote: one sentence.
        quoted: its language.
    """
    theirs = bound(quote, quoted)
    if len(theirs) < 2:
        return ""
    mine = bound(sentence, language) or tuple(_alone(sentence, language))
    for one in mine:
        home = [other for other in theirs if borne_out(one.day, [other.day])]
        away = [other for other in theirs if other not in home]
        # `Ten days after`: the other date is told by its distance.
        if not home or not away or any(number.unit for number in one.numbers) or _NEXT.search(sentence):
            continue
        word = _lost(one, home, away) or (_done(one, home, away) if len(mine) == 1 else "")
        if word:
            return word
    return ""


def _done(one: Bound, home: Sequence[Bound], away: Sequence[Bound]) -> str:
    """Return the only verb of a sentence, if what it tells is done on another date while this has verbs of its own."""
    if len(one.verbs) != 1 or not any(held.verbs for held in home):
        return ""
    verb = one.verbs[0]
    if any(says(table, verb.folded, verb.surface) for table in SAYING.values()):
        return ""
    return verb.surface if _did(verb, away) and not _did(verb, home) else ""


def _did(verb: Piece, bounds: Sequence[Bound]) -> bool:
    return any(one_verb(verb, other) for one in bounds for other in one.verbs)


def _lost(one: Bound, home: Sequence[Bound], away: Sequence[Bound]) -> str:
    """Return what stands with another date while its like that stands with this date is left out."""
    for number in one.numbers:
        own = {other.value for held in home for other in held.numbers if other.unit == number.unit}
        if own and number.value not in own and _counted(number, away) and own.isdisjoint(n.value for n in one.numbers):
            return f"{number.value:g}"
    for name in one.names:
        like = [other for held in home for other in held.names if not other.keys]
        if (
            name.keys
            or len(name.words) < _FULL
            or not like
            or any(near(name, other) for other in like)
            or not _named(name, away)
        ):
            continue
        if any(not any(near(other, mine) for mine in one.names) for other in like):
            return name.surface
    return ""


def _counted(number: Number, bounds: Sequence[Bound]) -> bool:
    return any((number.value, number.unit) == (other.value, other.unit) for one in bounds for other in one.numbers)


def _named(name: Name, bounds: Sequence[Bound]) -> bool:
    return any(near(name, other) for one in bounds for other in one.names)


@lru_cache(maxsize=4096)
def bound(text: str, language: str) -> tuple[Bound, ...]:
    """Return the dates of a text with what goes with each; none where that is not plain.

    Plain is a text that begins with a date, or ends with one: then each stands before what goes with it, or behind.
    """
    found = sorted((day for day in dates(text, language) if not day.relative), key=lambda day: day.span)
    if len(found) < 2:
        return ()
    words = [piece for piece in pieces(text, language) if piece.kind != "stop"]
    if not words or len({(day.year, day.month, day.day) for day in found}) < len(found):
        return ()
    leads = sum(piece.end <= found[0].span[0] for piece in words) <= _EDGE
    ends = sum(piece.start >= found[-1].span[1] for piece in words) <= _EDGE
    if leads == ends:
        return ()
    if leads:
        cuts = [*(day.span[0] for day in found), len(text)]
    else:
        cuts = [0, *(day.span[1] for day in found)]
    return tuple(
        _within(day, start, stop, text, language) for day, start, stop in zip(found, cuts, cuts[1:], strict=False)
    )


def _alone(text: str, language: str) -> Iterator[Bound]:
    """Yield the only date of a text with all that it names."""
    found = [day for day in dates(text, language) if not day.relative]
    if len(found) == 1:
        yield _within(found[0], 0, len(text), text, language)


def _within(day: Day, start: int, stop: int, text: str, language: str) -> Bound:
    tellers = {name.start for one in sayings(text, language) for name in one.speakers}
    called = tuple(name for name in names(text, language) if start <= name.start < stop and name.start not in tellers)
    counted = tuple(number for number in numbers(text, language) if number.firm and start <= number.start < stop)
    even, known = even_of(text), names(text, language)
    done = tuple(
        piece for piece in pieces(text, language) if start <= piece.start < stop and acts(piece, even, language, known)
    )
    return Bound(day, called, counted, done)

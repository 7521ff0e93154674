"""The hard facts of a text that others do not bear out: its dates, numbers and names, each for itself.

A sentence is held against its quotes with this, and a question against the sentence that is to answer it. Knows
nothing of verdicts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.datamodels import Reason
from bot.verify import counting, days, tallies
from bot.verify.dates import dates
from bot.verify.holding import borne_out
from bot.verify.names import names
from bot.verify.numbers import Number, numbers
from bot.verify.pieces import Piece, pieces


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence that something rests on.

    Attributes:
        text: as written.
        language: "it" or "en".
        date: of its article, ISO 8601; relative dates are reckoned from it.
    """

    text: str
    language: str
    date: str | None = None


def unmet(text: str, language: str, parts: Sequence[Part]) -> Iterator[Reason]:
    """Yield the dates, numbers and names of a text that none of some sentences holds.

    Args:
        text: a sentence or a question.
        language: of the text, "it" or "en".
        parts: what it is held against; taken together.
    """
    yield from _figures(text, language, parts)
    yield from _named(text, language, parts)


def _figures(text: str, language: str, parts: Sequence[Part]) -> Iterator[Reason]:
    today = next((part.date for part in parts if part.date), None)
    told = [
        day for part in parts for day in (*dates(part.text, part.language, part.date), *dates(part.text, part.language))
    ]
    for claim in dates(text, language, today):
        if not days.borne_out(claim, told):
            yield Reason("date", text[claim.span[0] : claim.span[1]])
    quoted = [number for part in parts for number in numbers(part.text, part.language)]
    for number in numbers(text, language):
        if not number.unit and _of_a_month(text, number) and any(day.day == number.value for day in told):
            continue
        kind = counting.borne_out(number, quoted, told) if number.firm else ""
        if kind and not tallies.told(text, language, number, [(part.text, part.language) for part in parts]):
            yield Reason(kind, text[number.start : number.end])


_DAY = re.compile(r"(?:\b(?:il|giorno|the|on the)|\bl')\s?$"), re.compile(r"(?:st|nd|rd|th|°|º)?\s*(?:[,.;:)]|$)")


def _of_a_month(text: str, number: Number) -> bool:
    """Say whether a number is a day whose month stands elsewhere: `in October, on the 18th,`."""
    before, behind = _DAY
    return bool(before.search(text[: number.start].lower()) and behind.match(text[number.end :]))


def _named(text: str, language: str, parts: Sequence[Part]) -> Iterator[Reason]:
    quoted = [name for part in parts for name in names(part.text, part.language)]
    texts: list[tuple[Piece, ...]] = [pieces(part.text, part.language) for part in parts]
    crossing = all(part.language != language for part in parts)
    for name in names(text, language):
        if not borne_out(name, quoted, texts, language, crossing):
            yield Reason("name", text[name.start : name.end])

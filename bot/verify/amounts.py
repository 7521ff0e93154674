"""What is counted, and what is only told roughly: thousands or dozens, a few weeks or years, every month or year.

`bot.verify.numbers` holds each number for itself; here two numbers may not change places, and rough amounts count.
Knows nothing of verdicts.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.verify.numbers import Number, numbers
from bot.verify.pieces import Piece, pieces, plain, same
from index.analysis import fold

_COUNTED, _AT_ONCE = 4, 1
_OF_WHICH = re.compile(r"\b(?:di cui|de[li] quali|delle quali|[tf]ra (?:cui|i quali|le quali)|including"
                       r"|compres[ie]|inclus[ie]|of (?:whom|which|these|them))\b[^.;:]{0,25}$")  # fmt: skip
_TIMES = {"day": r"giorn[oi]|days?", "week": r"settiman[ae]|weeks?", "month": r"mes[ei]|months?",
          "year": r"ann[oi]|years?", "hour": r"or[ae]|hours?", "minute": r"minut[oi]|minutes?",
          "decade": r"decenni(?:o)?|decades?"}  # fmt: skip
_TIME = "|".join(rf"(?P<{name}>(?:{words}))" for name, words in _TIMES.items())
_FEW = re.compile(
    rf"\b(?:poch[ie]|alcun[ie]|qualche|divers[ie]|parecchi[e]?|numeros[ie]|molt[ie]|few|several|some|many|only|just)"
    rf" (?:\w+ )?(?:{_TIME})\b"
)
_EVERY = re.compile(
    rf"\b(?:(?:every|each|ogni)|(?:once|twice|times|volta|volte|rapporti?|reports?)(?: per| a| all'| al| alla| l')?)"
    rf"(?: single)? ?(?:{_TIME})\b"
)
_ADVERBS = {"daily": "day", "quotidian": "day", "weekly": "week", "settimanal": "week", "monthly": "month",
            "mensil": "month", "annual": "year", "yearly": "year", "annuale": "year"}  # fmt: skip
_ROUGH = {
    10: r"decine|dozens|scores|tens",
    100: r"centinaia|hundreds",
    1_000: r"migliaia|thousands",
    10_000: r"decine di migliaia|tens of thousands",
    100_000: r"centinaia di migliaia|hundreds of thousands",
    1_000_000: r"milioni|millions",
    1_000_000_000: r"miliardi|billions",
}
_MAGNITUDE = re.compile(
    r"(?<!\d )(?<!\d)\b(?:" + "|".join(rf"(?P<r{value}>{words})" for value, words in reversed(_ROUGH.items())) + r")\b"
)


def exchanged(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return two numbers that count in a sentence what the other counts in a quote, or ""."""
    mine, theirs = counted(sentence, language), counted(quote, quoted)
    shares, wholes = _shares(sentence, language), _shares(quote, quoted)
    for part, whole in shares:
        if (whole, part) in wholes and (part, whole) not in wholes:
            return f"{part:g}, {whole:g}"
    for n, (one, what) in enumerate(mine):
        for other, else_ in mine[n + 1 :]:
            if one.value == other.value:
                continue
            first = [words for number, words in theirs if number.value == one.value]
            second = [words for number, words in theirs if number.value == other.value]
            if len(first) == len(second) == 1 and _crossed(what, else_, first[0], second[0], pieces(quote, quoted)):
                return f"{sentence[one.start : one.end]}, {sentence[other.start : other.end]}"
    return ""


def _crossed(
    mine: Sequence[Piece],
    other: Sequence[Piece],
    first: Sequence[Piece],
    second: Sequence[Piece],
    quote: Sequence[Piece],
) -> bool:
    if _shared(mine, first) or _shared(other, second):
        return False
    crossing, crossed = _shared(_head(mine), _head(second)), _shared(_head(other), _head(first))
    # One is enough where what the other counts has no word of its own in the quote.
    unknown = crossing and not _shared(other[:1], quote) or crossed and not _shared(mine[:1], quote)
    return unknown or (_shared(mine, second) and _shared(other, first))


def _head(what: Sequence[Piece]) -> Sequence[Piece]:
    """Return what is counted itself: the noun behind an adjective in English."""
    behind = len(what) > 1 and what[0].language == "en" and what[1].start == what[0].end + 1
    return what[1:2] if behind else what[:_AT_ONCE]


def _shares(text: str, language: str) -> set[tuple[float, float]]:
    """Return the pairs of a part and its whole: `9,000, of whom 3,000`."""
    known = [number for number in numbers(text, language) if number.firm]
    return {
        (part.value, whole.value)
        for whole, part in pairwise(known)
        if _OF_WHICH.search(fold(plain(text[whole.end : part.start])))
    }


def _shared(some: Sequence[Piece], others: Sequence[Piece]) -> bool:
    return any(
        one.surface == other.surface if one.kind == "number" else same(one, other) for one in some for other in others
    )


@lru_cache(maxsize=4096)
def counted(text: str, language: str) -> tuple[tuple[Number, tuple[Piece, ...]], ...]:
    """Return the numbers of a text with the words behind each, up to the next: what it counts; at most four."""
    known = [number for number in numbers(text, language) if number.firm or number.value == 1]
    starts = [number.start for number in known]
    return tuple((number, tuple(_counted(number, starts, text, language))) for number in known)


def _counted(number: Number, starts: Sequence[int], text: str, language: str) -> Iterator[Piece]:
    found = 0
    stop = min((start for start in starts if start >= number.end), default=len(text))
    for piece in pieces(text, language):
        if number.end <= piece.start < stop:
            if piece.kind == "stop":
                return
            year = piece.kind == "number" and len(piece.surface) == 4
            if (piece.term and not piece.capital) or year:
                yield piece
                found += 1
        if found == _COUNTED:
            return


def rough(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return a rough amount of a sentence that a quote tells otherwise, or ""."""
    mine, theirs = _even(sentence), _even(quote)
    for pattern in (_FEW, _EVERY):
        said = {name for match in pattern.finditer(theirs) if (name := _unit(match))}
        said |= _adverbs(theirs) if pattern is _EVERY else set()
        for match in pattern.finditer(mine):
            if said and _unit(match) not in said:
                return match[0]
    told = {_size(match) for match in _MAGNITUDE.finditer(theirs)}
    exact = [number.value for number in numbers(quote, quoted)]
    for match in _MAGNITUDE.finditer(mine):
        size = _size(match)
        if told and size not in told and not any(size <= value < 100 * size for value in exact):
            return match[0]
    return ""


def _even(text: str) -> str:
    return fold(plain(text))


def _unit(match: re.Match[str]) -> str:
    return next((name for name in _TIMES if match[name]), "")


def _adverbs(text: str) -> set[str]:
    return {unit for word, unit in _ADVERBS.items() if re.search(rf"\b{word}\w{{0,3}}\b", text)}


def _size(match: re.Match[str]) -> int:
    return int((match.lastgroup or "r0")[1:])

"""What a number may tell though no quote writes it: how many are named one by one, a sum, a first that is the largest.

Knows pieces, names and numbers; nothing of verdicts.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.verify.amounts import counted as tallied
from bot.verify.beside import GROUPS
from bot.verify.names import names
from bot.verify.numbers import Number, numbers
from bot.verify.pieces import pieces, plain, same
from index.analysis import fold

_LARGE, _SUMMANDS = 20, 4
_BETWEEN = re.compile(r"(?:\s*[,;]\s*(?:(?:e|ed|and)\s+)?|\s+(?:e|ed|and)\s+)(?:(?:the|il|lo|la|i|gli|le)\s+|l')?")
_CARDINALS = frozenset(
    """due tre quattro cinque sei sette otto nove dieci undici dodici
    two three four five six seven eight nine ten eleven twelve""".split()
)
_FIRST = frozenset("primo prima primi prime first".split())
_FOREMOST = re.compile(
    r"\b(?:largest|biggest|main|chief|foremost|leading|top|principal\w*|maggior\w*|massim\w+|most|piu"
    r"|inaugura\w*|opening|debut|esord\w+|initial\w*|iniz\w+|beg[aiu]n\w*|start\w*|cominci\w+|never|ever|mai)\b"
)


def told(text: str, language: str, number: Number, quotes: Sequence[tuple[str, str]]) -> bool:
    """Say whether a number follows from what quotes tell without writing it.

    Args:
        text: a sentence.
        language: of the sentence.
        number: of the sentence.
        quotes: texts and languages of the quotes.
    """
    word = fold(text[number.start : number.end])
    if word in _FIRST:
        return any(_FOREMOST.search(fold(plain(quote))) for quote, _ in quotes)
    if word in _CARDINALS:
        listed = number.value in set(_runs(text, language, number.end))
        return listed or any(_counts(text, language, number, quote, code) for quote, code in quotes)
    given = {one.value for one in numbers(text, language)}
    return number.value >= _LARGE and any(_sum(number, given, quote, code) for quote, code in quotes)


def _counts(text: str, language: str, number: Number, quote: str, quoted: str) -> bool:
    """Say whether a quote names so many, one after the other, or has the word that is counted so many times."""
    counted = [piece for piece in pieces(text, language) if piece.start >= number.end and piece.term][:1]
    if any(sum(same(piece, other) for other in pieces(quote, quoted)) == number.value for piece in counted):
        return True
    parts = [one.value for one, what in tallied(quote, quoted) if any(same(a, b) for a in counted for b in what[:1])]
    if len(parts) > 1 and sum(parts) == number.value:
        return True
    return bool(GROUPS.match(fold(plain(text[number.end :])))) and number.value in set(_runs(quote, quoted))


def _runs(text: str, language: str, start: int = 0) -> Iterator[int]:
    """Yield the lengths of the lists of names or of numbers in a text, from an offset on."""
    called = [(name.start, name.end) for name in names(text, language)]
    figures = [(piece.start, piece.end) for piece in pieces(text, language) if piece.kind == "number"]
    for spans in (called, figures):
        size, end = 0, start
        for one in spans:
            if one[0] < start:
                continue
            if size and _BETWEEN.fullmatch(plain(text[end : one[0]])):
                size += 1
            else:
                yield size
                size = 1
            end = one[1]
        yield size


def _sum(number: Number, given: Collection[float], quote: str, quoted: str) -> bool:
    """Say whether a number is what some neighbouring numbers of a quote make together, of which none is given."""
    known = [one for one in numbers(quote, quoted) if one.firm]
    groups = (
        known[first:last]
        for first in range(len(known))
        for last in range(first + 2, min(len(known), first + _SUMMANDS) + 1)
    )
    return any(
        sum(one.value for one in group) == number.value
        and not any(one.value in given for one in group)
        and len({one.unit for one in group}) == 1
        for group in groups
    )

"""How much of what a sentence says is in a quote at all, word by word, across the languages.

Words that the lexicon cannot carry over count little. Knows nothing of order or of negation.
"""

from functools import lru_cache

from bot.verify.dates import dates
from bot.verify.days import borne_out as dates_borne_out
from bot.verify.holding import borne_out as names_borne_out
from bot.verify.names import names
from bot.verify.pieces import Piece, pieces, same
from bot.verify.wording import SAYING

_UNKNOWN = 0.3
_SAYING = 0.2
_HELD = 0.8
_GIVEN = 0.3


@lru_cache(maxsize=8192)
def covered(sentence: str, language: str, quote: str, quoted: str) -> float:
    """Return the share of a sentence's words that a quote holds, 0 to 1; 1 where it has none to speak of."""
    said = pieces(quote, quoted)
    given = _given(sentence, language, quote, quoted)
    total = held = 0.0
    for piece in pieces(sentence, language):
        if not piece.term:
            continue
        known = next((found for (start, end), found in given if start <= piece.start < end), None)
        found = known if known is not None else any(same(piece, other) for other in said)
        weight = _GIVEN if known is not None else _weight(piece, language, quoted)
        weight = max(weight, _HELD) if found and known is None else weight
        total += weight
        held += weight * found
    return held / total if total else 1.0


def _given(sentence: str, language: str, quote: str, quoted: str) -> list[tuple[tuple[int, int], bool]]:
    """Return where the names and dates of a sentence are, and whether a quote holds them."""
    called, text, told = names(quote, quoted), [pieces(quote, quoted)], dates(quote, quoted)
    found = [
        ((name.start, name.end), names_borne_out(name, called, text, language, language != quoted))
        for name in names(sentence, language)
    ]
    return found + [(day.span, dates_borne_out(day, told)) for day in dates(sentence, language)]


def _weight(piece: Piece, language: str, quoted: str) -> float:
    if language in SAYING and SAYING[language].match(piece.folded):
        return _SAYING
    return _UNKNOWN if language != quoted and len(piece.senses) < 2 else 1.0

"""What comes before and what after: whether a sentence has two things in the other order than quotes.

Knows words; nothing of dates and verdicts.
"""

import re
from collections.abc import Iterator, Sequence

from bot.verify.pieces import Piece, plain, same
from index.analysis import fold

_MOMENT = re.compile(
    r"\b(?:poco|subito|appena|shortly|just|soon|immediately|right|days?|giorni|ore|hours|minut\w+) (?P<word>prima"
    r"|dopo|before|after)\b"
)
_LATER = {"prima": False, "before": False, "dopo": True, "after": True}


def earlier(sentence: str, quotes: Sequence[tuple[str, str]]) -> str:
    """Return `shortly after` where quotes only know of `shortly before`, or the other way round."""
    told = [match for match in _MOMENT.finditer(fold(plain(sentence)))]
    said = {_LATER[match["word"]] for text, _ in quotes for match in _MOMENT.finditer(fold(plain(text)))}
    return next((match[0] for match in told if said == {not _LATER[match["word"]]}), "")


_ORDER = {"before": False, "prior": False, "ahead": False, "prima": False, "vigilia": False, "eve": False}
_ORDER |= {"after": True, "following": True, "dopo": True, "dopoche": True}
_LINKS = {"prima": frozenset("di del dello della dell dei degli delle che d".split()), "prior": frozenset({"to"}),
          "ahead": frozenset({"of"}), "eve": frozenset({"of"})}  # fmt: skip
_NEXT = 4


def reordered(told: Sequence[Piece], quotes: Sequence[Sequence[Piece]]) -> str:
    """Return what a sentence puts before that after which quotes put it, or the other way round."""
    said = [one for text in quotes for one in _orders(text)]
    for word, later, what in _orders(told):
        met = {side for _, side, other in said if any(same(piece, two) for piece in what for two in other)}
        if met == {not later}:
            return word.surface
    return ""


def _orders(text: Sequence[Piece]) -> Iterator[tuple[Piece, bool, list[Piece]]]:
    """Yield every `before` and `after` with the words that it stands before."""
    for n, piece in enumerate(text):
        if piece.folded not in _ORDER:
            continue
        linked = _LINKS.get(piece.folded)
        if linked and (n + 1 == len(text) or text[n + 1].folded not in linked):
            continue
        what: list[Piece] = []
        for other in text[n + 1 : n + 2 * _NEXT]:
            if other.kind == "stop" or other.folded in _ORDER or len(what) == _NEXT:
                break
            if other.term:
                what.append(other)
        yield piece, _ORDER[piece.folded], what

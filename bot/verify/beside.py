"""What the word beside a name or a number makes of it: the country of an office, a doer, a number that claims nothing.

Knows pieces; nothing of names.
"""

import re
from collections.abc import Sequence

from bot.verify.pieces import Piece

_OFFICES = frozenset("presidente presidenti president presidents leader leaders capo capi premier premiers".split())
_DONE = re.compile(r"\w+(?:at|ut|it|ett|es|ost|olt|ert|int)[oaie]$")
_COME = re.compile(r"(?:arriv|part|torn|ritorn|venut|giunt|uscit|invi|rientr|fugg|volat)")
_FEW = frozenset("tre quattro cinque three four five".split())
_ALL = re.compile(r"\b(?:tutt[ie] e|all|all of the|all of) $")
_DEFINITE = re.compile(r"\b(?:the|i|gli|le|these|those|all|questi|quei|tutti e|dei|dai|ai|sui|delle|alle) $")
_PRONOUN = re.compile(r"\s*(?:[,.;:)]|$)| (?:viene|veniva|fosse|sia|era|e|is|was|e|and|in|a|di|per|che|who)\b")
_ACTING = re.compile(r" (?:\w+ed|have|had|were|are|will|would|si|hanno|erano|avevano|sono|\w+rono|\w+vano)\b")
GROUPS = re.compile(
    r" (?:\w+ )?(?:countries|sides|nations|leaders|men|capitals|states|parties|allies|partners|governments|powers"
    r"|paesi|nazioni|capitali|parti|leader|alleati|partner|governi|potenze|stati"
    r"|presidenti|uomini)\b"
)


def office(known: Sequence[Piece], place: int, size: int, language: str) -> bool:
    """Say whether a name is of the country of an office: `il leader nordcoreano`, `the Russian president`.

    Args:
        known: the pieces of a text.
        place: of the first piece of the name.
        size: how many pieces the name has.
        language: of the text, "it" or "en".
    """
    beside = known[max(0, place - 1) : place] if language == "it" else known[place + size : place + size + 1]
    return any(piece.folded in _OFFICES for piece in (*beside, *_ruling(known, place)))


def _ruling(known: Sequence[Piece], place: int) -> Sequence[Piece]:
    """Return the word whose `of` a name is, alone or in a list: `the leaders of Japan, France and Italy`."""
    of = False
    for n in range(place - 1, max(-1, place - _FAR), -1):
        piece = known[n]
        if of and not piece.capital and piece.term:
            return (piece,)
        if not (piece.capital or piece.surface == "," or piece.folded in _LINKS):
            return ()
        of = of or piece.folded in _OF
    return ()


_FAR = 14
_OF = frozenset("of di del dello della dell dei degli delle".split())
_LINKS = _OF | frozenset("e ed and the il lo la l i gli le".split())


def done_by(before: Piece, known: Sequence[Piece]) -> bool:
    """Say whether a preposition tells who did it and not from where: `appoggiata da Washington`."""
    if before.language != "it" or before.folded not in ("da", "dal", "dalla"):
        return False
    verb = [piece for piece in known if piece.end < before.start][-1:]
    return bool(verb) and bool(_DONE.match(verb[0].folded)) and not _COME.match(verb[0].folded)


def unneeded(word: str, before: str, after: str) -> bool:
    """Say whether a number tells how many are named anyway, or is part of a title: `all three`, `primo ministro`.

    Args:
        word: the number, folded.
        before: what stands before it, folded.
        after: what stands behind it, folded.
    """
    two, definite = word in ("due", "two"), bool(_DEFINITE.search(before))
    if two and definite and (_ACTING.match(after) or _PRONOUN.match(after)):
        return True
    if GROUPS.match(after) and (two or (word in _FEW and definite)):
        return True
    return (word in _FEW and bool(_ALL.search(before))) or (word == "primo" and after.startswith(" ministr"))

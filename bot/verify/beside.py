"""What the word beside a name or a number makes of it: the country of an office, a doer, a number that claims nothing.

Knows pieces; nothing of names.
"""

import re
from collections.abc import Sequence

from bot.verify.pieces import Piece

_OFFICES = frozenset("presidente president leader capo premier".split())
_DONE = re.compile(r"\w+(?:at|ut|it|ett|es|ost|olt|ert|int)[oaie]$")
_COME = re.compile(r"(?:arriv|part|torn|ritorn|venut|giunt|uscit|invi|rientr|fugg|volat)")
_FEW = frozenset("tre quattro cinque three four five".split())
_ALL = re.compile(r"\b(?:tutt[ie] e|all|all of the|all of) $")
_DEFINITE = re.compile(r"\b(?:the|i|gli|le|these|those|all|questi|quei|tutti e|dei|dai|ai|sui|delle|alle) $")
_PRONOUN = re.compile(r"\s*(?:[,.;:)]|$)| (?:viene|veniva|fosse|sia|era|e|is|was|e|and|in|a|di|per|che|who)\b")
_ACTING = re.compile(r" (?:\w+ed|have|had|were|are|will|would|si|hanno|erano|avevano|sono|\w+rono|\w+vano)\b")
GROUPS = re.compile(
    r" (?:\w+ )?(?:countries|sides|nations|leaders|men|capitals|states|parties|paesi|capitali|parti|leader|stati"
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
    return any(piece.folded in _OFFICES for piece in beside)


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

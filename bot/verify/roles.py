"""Who does it to whom: whether a sentence has two names of a quote the other way round.

`bot.evidence.roles` asks this of a question; here both sides are sentences. Only of what one does to another
(`GIVING`), and never of those who merely tell of it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from bot.verify.names import Name, names, near
from bot.verify.pieces import Piece, pieces, plain
from bot.verify.sayings import sayings
from bot.verify.wording import GIVING, says
from index.analysis import fold

_TO = re.compile(r"\b(?:a|ad|al|allo|alla|ai|agli|alle|to|into|in|nei|nel|nella|all'|for|per)(?: the| l')? ?$")
_BY = re.compile(r"\b(?:da|dal|dallo|dalla|dai|dagli|dalle|by|from|dall')(?: the| l')? ?$")
_OTHER = re.compile(
    r"\b(?:di|del|della|dello|dei|degli|delle|of|with|con|on|about|against|su|sul|fra|tra|between|and|e"
    r"|contro)(?: the| l')? ?$|\bd?ell'$"
)


_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|be|is|are|fu|furono|stat[oaie]|venn[ei]|vennero|viene|vengono|essere|e|era|erano"
    r"|sono) (?:\w+(?:mente|ly) )?$"
)


def turned(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return the names that a sentence has the wrong way round, or ""."""
    here, there = pairs(sentence, language), pairs(quote, quoted)
    straight = [(one, other) for giver, taker in there for one, other in [(giver, taker)]]
    for giver, taker in here:
        wrong = any(near(giver, two) and near(taker, one) for one, two in straight)
        right = any(near(giver, one) and near(taker, two) for one, two in straight)
        if wrong and not right:
            return f"{giver.surface}, {taker.surface}"
    return ""


def pairs(text: str, language: str) -> list[tuple[Name, Name]]:
    """Return who does something to whom, as far as a sentence tells it plainly."""
    speakers = {
        name.start
        for one in sayings(text, language)
        for name in one.speakers
        if not _gives_itself(one.start, text, language)
    }
    found = [name for name in names(text, language) if name.start not in speakers]
    verbs = [
        piece for piece in pieces(text, language) if piece.kind == "word" and says(GIVING, piece.folded, piece.surface)
    ]
    even = fold(plain(text)) if len(fold(plain(text))) == len(text) else plain(text).lower()
    return list(_given(found, verbs, even))


def _gives_itself(start: int, text: str, language: str) -> bool:
    return any(piece.start == start and says(GIVING, piece.folded, piece.surface) for piece in pieces(text, language))


def _given(found: Sequence[Name], verbs: Sequence[Piece], text: str) -> Iterator[tuple[Name, Name]]:
    for one, other in permutations(found, 2):
        if near(one, other) or not _acts(one, text):
            continue
        for verb in verbs:
            if (
                one.end <= verb.start
                and verb.end <= other.start
                and not _PASSIVE.search(text[: verb.start])
                and not _BY.search(text[: other.start])
            ):
                if _nearest(one, verb, found, text):
                    yield one, other
            elif other.end <= verb.start <= one.start and _BY.search(text[: one.start]):
                yield one, other


def _acts(name: Name, text: str) -> bool:
    before = text[: name.start]
    return not (_TO.search(before) or _OTHER.search(before)) and not text[name.end : name.end + 2].startswith("'s")


def _nearest(name: Name, verb: Piece, found: Sequence[Name], text: str) -> bool:
    """Say whether no other name stands between, which would rather be the one who acts."""
    return not any(name.end <= other.start < verb.start and _acts(other, text) for other in found)

"""Whose a thing is: whether a sentence gives to one people what a quote says is another's: `Soviet pilots`.

Knows names and the words beside them; nothing of verbs and verdicts.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.verify.agents import adjective, one_verb
from bot.verify.names import Name, names, near
from bot.verify.pieces import Piece, pieces, plain
from index.analysis import fold

_OF = {
    "it": re.compile(r" (?:di|del|dello|della|dei|degli|delle|dell'|d') ?$"),
    "en": re.compile(r" of(?: the)? $"),
}
_LATER, _CLOSE = 2, 4


def another(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return whose a thing is in a sentence that is another's of those whom a quote names, or ""."""
    theirs = _owned(quote, quoted)
    mine = _owned(sentence, language)
    for owner, thing in mine:
        others = [name for name, other in theirs if one_verb(thing, other)]
        # Russia's invasion of Ukraine is still Russia's.
        owners = [name for name, other in mine if other.start == thing.start]
        if not others or any(near(one, other) for one in owners for other in others):
            continue
        again = [one for one in names(quote, quoted) if near(owner, one)]
        if again and not any(_beside(one, thing, pieces(quote, quoted)) for one in again):
            return f"{owner.surface}, {thing.surface}"
    return ""


def _beside(name: Name, thing: Piece, known: Sequence[Piece]) -> bool:
    """Say whether a thing stands close to a name, however they belong together: `laws of Russia and North Korea`."""
    words = [piece for piece in known if not name.start <= piece.start < name.end]
    place = sum(piece.end <= name.start for piece in words)
    return any(one_verb(thing, piece) for piece in words[max(0, place - _CLOSE) : place + _LATER])


@lru_cache(maxsize=4096)
def _owned(text: str, language: str) -> tuple[tuple[Name, Piece], ...]:
    """Return the peoples of a sentence with the things that are theirs: `Soviet pilots`, `missili nordcoreani`."""
    known, even = pieces(text, language), fold(plain(text))
    return tuple(
        (name, piece)
        for name in names(text, language)
        if name.keys and len(even) == len(text) and not name.surface.replace(".", "").isupper()
        for piece in _things(name, known, even, language)
    )


def _things(name: Name, known: Sequence[Piece], text: str, language: str) -> Iterator[Piece]:
    before = [piece for piece in known if piece.end <= name.start]
    behind = [piece for piece in known if piece.start >= name.end]
    if adjective(name, known) and not name.pieces[0].capital:
        yield from before[-1:]
    elif adjective(name, known):
        yield from _row(behind)
    elif language == "en" and text[name.end : name.end + 2] in ("'s", "' "):
        yield from _row(behind[1:] if behind and behind[0].surface == "s" else behind)
    elif _OF[language].search(text[: name.start]):
        nouns = [piece for piece in before if piece.term or piece.kind == "stop"]
        yield from (piece for piece in nouns[-1:] if piece.term)


def _row(behind: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the next words, up to two: an adjective may stand between."""
    for piece in behind[:_LATER]:
        if not piece.term or piece.kind != "word":
            return
        yield piece

"""Whose a thing is: whether a sentence gives to one people what a quote says is another's: `Soviet pilots`.

Knows names and the words beside them; nothing of verbs and verdicts.
"""

from functools import lru_cache

from bot.verify.agents import adjective, one_verb
from bot.verify.names import Name, names, near
from bot.verify.pieces import Piece, pieces


def another(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return whose a thing is in a sentence that is another's of those whom a quote names, or ""."""
    there, theirs = names(quote, quoted), _owned(quote, quoted)
    for owner, thing in _owned(sentence, language):
        others = [name for name, other in theirs if one_verb(thing, other)]
        if others and not any(near(owner, other) for other in others) and any(near(owner, one) for one in there):
            return f"{owner.surface}, {thing.surface}"
    return ""


@lru_cache(maxsize=4096)
def _owned(text: str, language: str) -> tuple[tuple[Name, Piece], ...]:
    """Return the peoples of a sentence with the things that are theirs: `Soviet pilots`, `missili nordcoreani`."""
    known = pieces(text, language)
    found = []
    for name in names(text, language):
        if not adjective(name, known) or name.surface.replace(".", "").isupper():
            continue
        if name.pieces[0].capital:
            found += [(name, piece) for piece in known if piece.start >= name.end][:1]
        else:
            found += [(name, piece) for piece in known if piece.end <= name.start][-1:]
    return tuple(found)

"""Who stands on which side of a verb: whether a sentence has two names changed about that a quote has the other way.

`bot.verify.agents` asks who does it; here both who does it and to whom it is done are read, of any verb that both
texts share, with passives and infinitives. Only a whole exchange counts. Knows nothing of verdicts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify import agents
from bot.verify.names import Name, names, near
from bot.verify.pieces import Piece, pieces
from bot.verify.sayings import sayings
from bot.verify.wording import MUTUAL, says

_BY = re.compile(r"\b(?:by|da[lgi]?\w{0,3}|dall')\b")
_TO = {
    "it": re.compile(r"\b(?:di|a|ad|per|da|puo|possono|poteva|potrebbe|deve|devono|dovrebbe|vuole|voleva) $"),
    "en": re.compile(r"\bto $"),
}
_OF = re.compile(r"\b(?:of|di|del|dello|della|dei|degli|delle|dell')(?: (?:the|il|la))? ?$")


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with the names on its two sides.

    Attributes:
        verb: as written.
        doers: who does it.
        others: to whom or what it is done, and whatever else is named with that.
    """

    verb: Piece
    doers: tuple[Name, ...]
    others: tuple[Name, ...]


def exchanged(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return two names that have changed sides, or "".

    Args:
        sentence: of a model.
        language: of the sentence.
        quote: one sentence.
        quoted: its language.
    """
    theirs = acts(quote, quoted)
    for mine in acts(sentence, language):
        for act in theirs:
            if agents.one_verb(mine.verb, act.verb) and (found := _crossed(mine, act)):
                return found
    return ""


def _crossed(mine: Act, act: Act) -> str:
    for doer in mine.doers:
        if _among(doer, act.doers) or not _among(doer, act.others) or _among(doer, mine.others):
            continue
        for other in mine.others:
            if _among(other, act.doers) and not _among(other, act.others) and not _among(other, mine.doers):
                return f"{doer.surface}, {other.surface}"
    return ""


def _among(one: Name, others: Sequence[Name]) -> bool:
    return any(near(one, other) for other in others)


@lru_cache(maxsize=4096)
def acts(text: str, language: str) -> tuple[Act, ...]:
    """Return the verbs of a sentence that have names on both sides, in reading order."""
    even, called = agents.even_of(text), names(text, language)
    verbs = [piece for piece in pieces(text, language) if _acts(piece, even, language, called)]
    finite = [piece for piece in verbs if not _infinite(piece, even, language)]
    found: list[Act] = []
    told = {one.start: list(one.speakers) for one in sayings(text, language) if one.speakers}
    for n, verb in enumerate(verbs):
        if says(MUTUAL, verb.folded, verb.surface):
            continue
        stop = _stop(verb, even, called, [other.start for other in verbs[n + 1 :]])
        behind = [name for name in called if verb.end <= name.start < stop]
        before = agents.subjects(verb, finite, even, text, language, called)
        if verb.start in told and not _passive(verb, even):
            # `furono catturati, annunciò Zelensky`: who says it may stand behind.
            before = told[verb.start]
            behind = [name for name in behind if name not in before]
        if not before and verb not in finite and found:
            before = list(found[-1].doers)
        if verb in finite and _passive(verb, even):
            by = _BY.search(even[verb.end : stop])
            at = verb.end + by.end() if by else stop
            doers, others = [name for name in behind if name.start >= at], before
        else:
            doers, others = before, behind
        found.append(Act(verb, tuple(doers), tuple(others)))
    return tuple(act for act in found if act.doers and act.others)


def _passive(verb: Piece, text: str) -> bool:
    return bool(
        agents.PASSIVE.search(text[max(0, verb.start - 40) : verb.start]) or agents.DONE_BY.match(text[verb.end :])
    )


def _acts(piece: Piece, text: str, language: str, called: Sequence[Name]) -> bool:
    return agents.acts(piece, text, language, called) or _infinite(piece, text, language)


def _infinite(piece: Piece, text: str, language: str) -> bool:
    if piece.kind != "word" or piece.capital or not piece.term or not _TO[language].search(text[: piece.start]):
        return False
    return language == "en" or bool(agents.INFINITIVE.match(piece.folded))


def _stop(verb: Piece, text: str, called: Sequence[Name], starts: Sequence[int]) -> int:
    """Return where what a verb rules ends: at the next verb or the end of its clause."""
    bounds = [
        match.start()
        for match in agents.BOUND.finditer(text, verb.end)
        if match[0] not in '“”«»"' and not agents.couples(match, text, called)
    ]
    return min([*starts, *bounds], default=len(text))

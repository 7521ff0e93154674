"""Who says what: the speaker of a sentence, and whether what a source attributes stays attributed.

Knows wording and names; nothing of numbers and dates.
"""

import re
from collections.abc import Sequence

from bot.verify.agents import INFINITIVE, deeds
from bot.verify.denials import denials
from bot.verify.names import Name, names, near
from bot.verify.pieces import Piece, pieces, plain, same
from bot.verify.sayings import Saying, sayings
from bot.verify.wording import CONDITIONAL, DENYING, HEDGES, OPEN, PEOPLE, TELLING, says
from index.analysis import fold

_INSIDE = 0.5


def _mains(one: Saying) -> Sequence[Name]:
    """Return those who say it without the names of what they are: not the American of an American ambassador."""
    plainly = [name for name in one.speakers if not name.keys]
    return [*plainly, *(name for name in one.speakers if name.keys and not PEOPLE.search(name.surface))] or one.speakers


def stance(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return who confirms in a sentence what they deny in a quote, or the other way round, or ""."""
    mine, theirs = sayings(sentence, language), sayings(quote, quoted)
    for one in mine:
        sides = {
            _side(other, quote, quoted)
            for other in theirs
            if any(near(name, two) for name in one.speakers for two in other.speakers)
        }
        if (side := _side(one, sentence, language)) and -side in sides and side not in sides:
            return sentence[one.start : one.end]
        if side > 0 and side not in sides and not denials(sentence, language) and _denying(one, theirs, quote, quoted):
            return sentence[one.start : one.end]
    return ""


def _denying(one: Saying, theirs: Sequence[Saying], quote: str, quoted: str) -> bool:
    """Say whether what the same speaker says in a quote is a denial."""
    return any(
        other.scope[0] <= denial.word.start < other.scope[1]
        for other in theirs
        if any(near(name, two) for name in one.speakers for two in other.speakers)
        for denial in denials(quote, quoted)
    )


def _side(one: Saying, text: str, language: str) -> int:
    word = fold(text[one.start : one.end])
    return (
        -1
        if says(DENYING, word, text[one.start : one.end])
        else int(one.factive and not word.startswith(("per ", "for ")))
    )


def speaker(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return the speaker that a sentence names where a quote has quite another, or ""."""
    mine = [one for one in sayings(sentence, language) if one.speakers]
    theirs = [name for one in sayings(quote, quoted) for name in one.speakers]
    if not mine or not theirs:
        return ""
    told = names(quote, quoted)
    if any(near(name, other) for one in mine for name in one.speakers for other in theirs):
        return ""
    # A speaker whom the quote does not know at all is for the names to tell.
    known = [name for one in mine for name in one.speakers if any(near(name, other) for other in told)]
    known = [
        name for name in known if not any(near(name, other) and _BY.search(quote[: other.start]) for other in told)
    ]
    return known[0].surface if known else ""


_BY = re.compile(r"\b(?:da|dal|dalla|dallo|dai|by)\b[^,.;]{0,30}$|\bdall'[^,.;]{0,30}$")


def attributed(text: str, language: str) -> bool:
    """Say whether a sentence puts what it says, or some of it, into another's mouth."""
    patterns = (CONDITIONAL, TELLING, _CLAIMED, _STATED)
    return bool(sayings(text, language)) or any(pattern.search(fold(plain(text))) for pattern in patterns)


_CLAIMED = re.compile(r"\b\w+(?:[ae]ndo|[aiu]t[oa]|rono|isce|iscono|ing|ed) (?:che|that)\b|\bimpegn\w+ a\b")
"""A verb with what is claimed behind it, whatever the verb: `sostenendo che`, `convinced that`."""

_STATED = re.compile(
    r"\b(?:in|nel|nella|con|with|through|by|tramite|da)(?: (?:its|their|his|her|the|an?|un[oa]?|il|la|sua|suo|loro))*"
    r" (?:\w+ )?(?:statement|declaration|communique|interview|speech|report|letter|message|briefing|dichiarazione|nota"
    r"|comunicato|intervista|discorso|rapporto|lettera|messaggio)\b|\b(?:nell|un)'intervista\b"
)
"""Where it is said: `in a joint statement`, `nel rapporto`."""


def dropped(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return who says it in a quote while a sentence says it as a fact, or "".

    Args:
        sentence: of a model.
        language: of the sentence.
        quote: one sentence.
        quoted: its language.
    """
    if attributed(sentence, language):
        return ""
    subject = [name for name in names(sentence, language)[:1] if name.start < len(sentence) / 3]
    subject += [name for _, doers in deeds(sentence, language) for name in doers]
    opening = [piece for piece in pieces(sentence, language) if piece.term][:2]
    called, told = names(sentence, language), names(quote, quoted)
    for one in sayings(quote, quoted):
        if not one.speakers and (_mere(one, quote, quoted) or not _told(one, quote, opening, quoted)):
            continue
        kept = any(_one(name, other) for name in subject for other in _mains(one))
        kept = kept or any(near(name, other) for name in _only(one, called, told) for other in _mains(one))
        if kept or _UNSAID.search(fold(plain(quote))[: one.start]):
            continue
        if not one.factive and _inside(sentence, language, quote, quoted, one.scope) >= _INSIDE:
            return " ".join(name.surface for name in one.speakers[:2]) or quote[one.start : one.end]
    return ""


def _only(one: Saying, called: Sequence[Name], told: Sequence[Name]) -> list[Name]:
    """Return the names of a sentence, if whoever says it in a quote is nothing else there: it must mean who says it."""
    again = [name for name in told if name not in one.speakers and any(near(name, other) for other in one.speakers)]
    return [] if again else list(called)


_UNSAID = re.compile(r"\b(?:non|not|never|mai|n't|without|senza)(?: \w+){0,2} $")


def _one(name: Name, other: Name) -> bool:
    """Say whether two names are one and not just a country and its capital."""
    return bool(name.keys & other.keys) if name.keys and other.keys else near(name, other)


def _mere(one: Saying, quote: str, quoted: str) -> bool:
    """Say whether a verb of saying is an infinitive of nobody's: `a parlare di satelliti`."""
    return quoted == "it" and bool(INFINITIVE.match(fold(quote[one.start : one.end])))


def _told(one: Saying, quote: str, opening: Sequence[Piece], quoted: str) -> bool:
    """Say whether a nameless source really tells something, and is not itself what the sentence speaks of."""
    if one.scope[0] == 0:
        return True
    before = [piece for piece in pieces(quote[: one.start], quoted) if piece.term]
    claims = re.match(r"[^,;:.]{0,45}\b(?:that|che|di)\b", quote[one.end :])
    return bool(claims) and not any(same(piece, other) for piece in opening for other in before)


def _inside(sentence: str, language: str, quote: str, quoted: str, scope: tuple[int, int]) -> float:
    """Return the share of what a sentence takes from a quote that lies in a scope."""
    said = [piece for piece in pieces(quote, quoted) if piece.term or piece.kind == "number"]
    taken = inside = 0
    for piece in pieces(sentence, language):
        places = [
            other.start
            for other in said
            if same(piece, other) or (piece.kind == "number" and piece.surface == other.surface)
        ]
        if places:
            taken += 1
            inside += any(scope[0] <= place < scope[1] for place in places)
    return inside / taken if taken else 1.0


_WHERE = re.compile(r" (?:in|on|at|among|before|alongside)\b")


def certain(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return the hedge of a quote that a sentence leaves out, or ""."""
    if language not in HEDGES or quoted not in HEDGES or CONDITIONAL.search(fold(plain(sentence))):
        return ""
    if any((HEDGES[language].match(piece.folded) and not piece.capital) for piece in pieces(sentence, language)):
        return ""
    found = [
        piece
        for piece in pieces(quote, quoted)
        if HEDGES[quoted].match(piece.folded)
        and not piece.capital
        and piece.folded not in OPEN
        and not (piece.folded.startswith("appear") and _WHERE.match(quote[piece.end :]))
    ]
    after = found[0].end if found else 0
    return (
        found[0].surface if found and _inside(sentence, language, quote, quoted, (after, len(quote))) > _INSIDE else ""
    )

"""The negations of a text and the words that each reaches: `non`, `never`, `without`, `refused`, `unclear`.

Knows words; nothing of quotes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.verify.dates import dates
from bot.verify.pieces import Piece, pieces, plain, senses
from bot.verify.wording import CONTRARY, NEGATORS, RULED_OUT, says
from index.analysis import fold, stem
from index.lexicon import lexicon

_REACH = 3
_AUXILIARY = frozenset(
    """essere stato stata stati state ha hanno aveva avevano had has have be been was were did does do would could can
    puo poter potuto potesse fatto fatta""".split()
)
_AND = ("and", "or", "e", "ed", "o")
_ARTICLES = frozenset("il lo la i gli le l the".split())
_NOT_ONLY = re.compile(
    r"\b(?:non sol[oa]|not only|non appena|not yet only|no\. \d|no later than|non meno di|non piu di|no fewer"
    r"|no less|no more than|not more than|non oltre)\b"
    r"|\b(?:not|non) (?:long|molto|much|tanto) (?:before|after|ago|prima|dopo|tempo)\b"
    r"|\b(?:was|were|is|are) no more(?=[.;,]|$)|\b(?:no|nessun\w*) [^.;,]{0,40}\b(?:earlier|sooner|prima d\w+)\b"
    # No country more than it: a superlative.
    r"|\b(?:no|nessun\w*) [^.,;]{1,60}\b(?:piu|meno|more|less|larger|bigger|greater|higher) (?:di|d|del\w*|che|than)\b"
    r"(?! ?\d)"
    # Had it not, it would: it has.
    r"|\b(?:had [\w ]{2,40}? not|if [\w ]{2,40}? had(?: not|n't)|se [\w ]{2,40}? non (?:avess|foss)\w+)\b"
    # Without an end: for ever.
    r"|\b(?:no|without|senza) (?:expiry|expiration|scadenza|time limits?|limit[ei] di tempo)\b"
    # Nothing but: only.
    r"|\b(?:nothing|none|no one|niente|nulla|nient'|null') ?(?:more|other|but|altro|piu|di piu)(?: (?:than|che|di))?\b"
    # Without delay: at once.
    r"|\b(?:senza (?:indugio|indugi|ritard[oi]|sosta|dubbio|precedenti)|without (?:delay|doubt|precedent))\b"
    # Not until: only then.
    r"|\b(?:non|not|n't)\b[^.;:]{0,70}?\b(?:until|till|prima d\w+|fino a\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Denial:
    """A negation and what it reaches.

    Attributes:
        word: the negation.
        lexical: whether it is a word that denies by what it means: `unfounded`.
        reach: the content words that it denies.
        span: all content words behind it, names too, up to a stop: what it may deny at the furthest.
        more: what a `né` or `nor` behind it denies, too.
    """

    word: Piece
    lexical: bool
    reach: tuple[Piece, ...]
    span: tuple[Piece, ...] = ()
    more: tuple[Piece, ...] = ()


@lru_cache(maxsize=4096)
def denials(text: str, language: str) -> tuple[Denial, ...]:
    """Return the negations of a text in reading order."""
    even = fold(plain(text))
    off = (
        [match.span() for match in (*RULED_OUT.finditer(even), *_NOT_ONLY.finditer(even))]
        if len(even) == len(text)
        else []
    )
    found = pieces(text, language)
    calendar = [day.span for day in dates(text, language)]
    told: list[Denial] = []
    for n, piece in enumerate(found):
        if not (_denies(piece, language) or _ruled(found, n)) or any(start <= piece.start < end for start, end in off):
            continue
        reach = (*_within(piece, language), *_reach(found, n, calendar), *_back(found, n))
        if _concord(found, n) and told:
            told[-1] = replace(told[-1], more=(*told[-1].more, *reach))
        elif not _nominal(found, n):
            told.append(Denial(piece, _lexical(piece, language) or _ruled(found, n), reach, tuple(_span(found, n))))
    return tuple(told)


def _nominal(found: Sequence[Piece], n: int) -> bool:
    """Say whether a `non` is part of a noun: `Non-Proliferation`, `di non proliferazione`."""
    return found[n].folded == "non" and n + 1 < len(found) and bool(_NOUN.match(found[n + 1].folded))


_NOUN = re.compile(r"\w{3,}(?:zione|sione|enza|mento|tion|sion|ence|ment)\Z")


def _concord(found: Sequence[Piece], n: int) -> bool:
    """Say whether a `né` only goes on with what an earlier negation denies: `nessun accordo, né militare`."""
    if found[n].folded not in ("ne", "nor"):
        return False
    for piece in reversed(found[:n]):
        if piece.kind == "stop" and piece.surface in ".;:":
            return False
        if piece.folded in NEGATORS[found[n].language] and piece.folded not in ("ne", "nor"):
            return True
    return False


def _denies(piece: Piece, language: str) -> bool:
    if piece.kind != "word":
        return False
    return (piece.folded in NEGATORS.get(language, ()) and (piece.folded != "ne" or piece.surface != "ne")) or (
        _lexical(piece, language) or _prefixed(piece, language)
    )


def _lexical(piece: Piece, language: str) -> bool:
    """Say whether a word denies by what it means."""
    return language in CONTRARY and says(CONTRARY[language], piece.folded, piece.surface)


_UN = frozenset(
    "united under until union unit units unanimous unanimously uniform unique university unification unless"
    " uncle".split()
)


def _ruled(found: Sequence[Piece], n: int) -> bool:
    return (
        found[n].folded in ("rule", "rules", "ruled", "ruling")
        and found[n + 1 : n + 2] != ()
        and found[n + 1].folded == "out"
    )


def _within(piece: Piece, language: str) -> Iterator[Piece]:
    """Yield what a word denies by its own beginning: `clear` of `unclear`."""
    rest = piece.folded[2:]
    if _prefixed(piece, language):
        term = stem(rest, language)
        if rest.endswith("en") and not lexicon().translations(term, language, "it"):
            # Unproven: what was not proved.
            term = stem(rest[:-1], language)
        yield Piece(rest, rest, term, piece.start, piece.end, "word", False, False, senses(term, language))


def _prefixed(piece: Piece, language: str) -> bool:
    if piece.kind != "word" or piece.capital or piece.folded in _UN:
        return False
    plain_un = (
        language == "en" and piece.folded.startswith("un") and (len(piece.folded) > 6 or piece.folded == "unable")
    )
    return bool(plain_un or _UNABLE.match(piece.folded)) and lexicon().knows(stem(piece.folded[2:], language), language)


def _reach(found: Sequence[Piece], n: int, calendar: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    reached = 0
    opening = n == 0 and found[n].folded in _OPENING
    without = found[n].folded in ("senza", "without")
    most = _REACH if not opening else 3 * _REACH
    for place, piece in enumerate(found[n + 1 :], n + 1):
        if piece.kind == "stop" and opening and piece.surface == ",":
            continue
        # Without foundation and without proof: `prive di fondamento e di prove`.
        if piece.folded in _AND and found[place + 1 : place + 2] and found[place + 1].folded in ("di", "d", "of"):
            continue
        if piece.kind == "stop" and piece.surface not in '“”"«»' or piece.folded in ("ma", "but", "non", "not"):
            return
        if reached and not opening and piece.folded in (*_AND, *(_ARTICLES if without else ())):
            return
        if piece.term and piece.folded not in _AUXILIARY and (piece.joined or not piece.capital):
            if any(start <= piece.start < end for start, end in calendar):
                continue
            yield piece
            reached += 1
            if reached == most:
                return


def _gone(behind: Sequence[Piece]) -> bool:
    """Say whether a negation denies what stands before it: `l'assistenza non c'era più`."""
    words = [piece.folded for piece in behind]
    return "piu" in words[1:] or "longer" in words or "esisteva" in words or "exist" in words


def _span(found: Sequence[Piece], n: int) -> Iterator[Piece]:
    for piece in found[n + 1 : n + 1 + _FURTHEST]:
        if piece.kind == "stop" and piece.surface not in '“”"«»' or piece.folded in ("ma", "but"):
            return
        if piece.term:
            yield piece


_FURTHEST = 12
_UNABLE = re.compile(r"(?:in|im|ir|il)\w{3,}(?:ble|bly|bile|bili|bilmente)$")
_OPENING = frozenset("neppure nemmeno neanche nessun nessuno nessuna no neither none nobody".split())
_BACK = frozenset("nothing none nobody no nulla niente nessuno nessun nessuna alcun alcuna unanswered".split())


def _back(found: Sequence[Piece], n: int) -> Iterator[Piece]:
    """Yield the word before a negation that denies it, too: `asked nothing`."""
    before = [
        piece
        for piece in found[max(0, n - 3) : n]
        if piece.term and not piece.capital and piece.folded not in _AUXILIARY
    ]
    if before and _gone(found[n + 1 : n + 5]):
        yield from before
    elif before and found[n].folded in _BACK:
        yield before[-1]

"""Words of a sentence whose contrary stands in a quote: from the table of the news, and from the word net.

Knows pieces and negations; nothing of names and verdicts.
"""

import re
from collections.abc import Sequence

from bot.verify.antonyms import opposed
from bot.verify.contraries import sides
from bot.verify.denials import Denial
from bot.verify.pieces import Piece, pieces, plain, same
from bot.verify.wording import SAYING, SET_PHRASES, says
from index.analysis import fold

_AGAINST = re.compile(r"\b(?:against|contro)\b")
_STANCE = re.compile(r"\b(?:is|are|was|were|be|been|e|era|erano|sono|vot\w+|schier\w+|pronunci\w+|came|come|out) $")
"""What makes a stance of `against`, and not just whom a thing is against: `voted against`, `sanctions against`."""


def opposite(told: Sequence[Piece], said: Sequence[Piece], mine: Sequence[Denial], theirs: Sequence[Denial]) -> str:
    """Return a word whose contrary in the table a quote has, while neither text has the other side, or ""."""
    denied_here = {piece.start for denial in mine for piece in denial.reach}
    denied_there = {id(piece) for denial in theirs for piece in denial.reach}
    here = [(piece, sides(piece.folded, piece.surface)) for piece in told if piece.kind == "word"]
    there = [(piece, sides(piece.folded, piece.surface)) for piece in said if piece.kind == "word"]
    mine_all = {side for _, found in here for side in found}
    theirs_all = {side for _, found in there for side in found}
    open_there = {side for piece, found in there if id(piece) not in denied_there for side in found}
    for side in sorted(mine_all, key=lambda one: (abs(one), -one)):
        first = next((piece for piece, found in here if side in found and piece.start not in denied_here), None)
        if first and -side in open_there and side not in theirs_all and -side not in mine_all:
            return first.surface
    return ""


def contrary(
    sentence: str, language: str, quotes: Sequence[tuple[str, str]], mine: Sequence[Denial], theirs: Sequence[Denial]
) -> str:
    """Return a word of the sentence whose contrary stands in a quote, where neither has its like on the other side."""
    told = [
        piece
        for piece in meant(pieces(sentence, language), sentence)
        if piece.term and not piece.capital and not says(SAYING[language], piece.folded, piece.surface)
    ]
    for text, code in quotes:
        said = [piece for piece in pieces(text, code) if piece.term and not piece.capital]
        lone = [piece for piece in told if not any(same(piece, other) for other in said)]
        left = [piece for piece in said if not any(same(piece, other) for other in told)]
        for one in lone:
            for other in left:
                if (
                    opposed(one, language, other, code)
                    and _sign(one, mine) == _sign(other, theirs)
                    and _company(one, told, other, said)
                ):
                    return one.surface
    return ""


def _company(one: Piece, told: Sequence[Piece], other: Piece, said: Sequence[Piece]) -> bool:
    """Say whether two words have a neighbour in common: a word net's contraries are too many to go by them alone."""
    mine, theirs = _beside(one, told), _beside(other, said)
    return any(same(word, neighbour) for word in mine for neighbour in theirs)


def _beside(one: Piece, words: Sequence[Piece]) -> Sequence[Piece]:
    place = next(n for n, piece in enumerate(words) if piece is one)
    return [*words[max(0, place - 1) : place], *words[place + 1 : place + 2]]


def _sign(piece: Piece, found: Sequence[Denial]) -> bool:
    return any(piece is other for denial in found for other in denial.reach)


def meant(told: Sequence[Piece], text: str) -> list[Piece]:
    """Return the words outside the phrases in which a word has no contrary: `in grado di`, `sanctions against`."""
    even = fold(plain(text))
    spans = [match.span() for match in SET_PHRASES.finditer(even)]
    spans += [match.span() for match in _AGAINST.finditer(even) if not _STANCE.search(even[: match.start()])]
    return [piece for piece in told if not any(start <= piece.start < end for start, end in spans)]


def contrary_of(word: Piece, told: Sequence[Piece]) -> bool:
    """Say whether a text has the contrary of a word."""
    contraries = {-side for side in sides(word.folded, word.surface)}
    return bool(contraries) and any(
        piece.kind == "word" and not piece.capital and not contraries.isdisjoint(sides(piece.folded, piece.surface))
        for piece in told
    )


def alike(word: Piece, told: Sequence[Piece], said: Sequence[Piece]) -> bool:
    """Say whether only a quote has a word that stands on the same side of a pair of contraries: blocked, vetoed."""
    own = sides(word.folded, word.surface)
    found = [piece for piece in said if piece.kind == "word" and not own.isdisjoint(sides(piece.folded, piece.surface))]
    return any(not any(same(piece, other) for other in told) for piece in found)

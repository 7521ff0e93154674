"""The names of a text and whether quotes hold them, in either language: Mosca is Moscow, sudcoreano South Korea.

Names come from the gazetteer and from capitals. Knows nothing of who says what.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify import gazetteer
from bot.verify.beside import done_by, office
from bot.verify.dates import dates
from bot.verify.numerals import worth
from bot.verify.pieces import Piece, pieces, same
from bot.verify.wording import TITLES
from index.stopwords import STOPWORDS

_PLACED = {
    "it": frozenset("a ad in da dal dalla presso verso nel nella vicino".split()),
    "en": frozenset("in at to from near into outside".split()),
}
_BEFORE_NAMES = frozenset("con per according".split())
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    Attributes:
        keys: numbers of the groups of the table that it belongs to; empty for a name that the table lacks.
        words: its words, folded, titles and stop words at its beginning left out.
        surface: as written.
        start: offset of its first character.
        end: offset behind its last character.
        placed: whether a word of place stands before it.
        first: whether it opens the sentence with its only capital.
        pieces: what it is made of.
        office: whether it says of which country somebody holds an office: `il presidente russo`.
    """

    keys: frozenset[int]
    words: tuple[str, ...]
    surface: str
    start: int
    end: int
    placed: bool
    first: bool
    pieces: tuple[Piece, ...]
    office: bool = False


@lru_cache(maxsize=4096)
def names(text: str, language: str) -> tuple[Name, ...]:
    """Return the names of a text in reading order."""
    known = tuple(pieces(text, language))
    calendar = [day.span for day in dates(text, language)]
    found: list[Name] = []
    place = 0
    while place < len(known):
        size, keys = _longest(known, place, language, calendar)
        if size:
            found.append(_name(known, place, size, keys, language))
            place += size
            continue
        size = _run(known, place, calendar, language)
        name = _name(known, place, size, frozenset(), language) if size else None
        if name is not None and name.words and not _number(name, language):
            found.append(name)
        place += max(size, 1)
    return tuple(found)


def _number(name: Name, language: str) -> bool:
    """Say whether a name is only a number that opens the sentence: `Eleven countries`."""
    return name.first and len(name.words) == 1 and worth(name.words[0], language) is not None


def _longest(
    known: Sequence[Piece], place: int, language: str, calendar: Collection[tuple[int, int]]
) -> tuple[int, frozenset[int]]:
    first, table = known[place], gazetteer.table().phrases.get(language, {})
    if not first.term or first.kind == "stop" or _dated(first, calendar):
        return 0, frozenset()
    if first.folded in gazetteer.joined() and place + 1 < len(known) and known[place + 1].joined:
        return 1, gazetteer.joined()[first.folded]
    for size in range(min(_LONGEST, len(known) - place), 0, -1):
        part = known[place : place + size]
        key = tuple(piece.term or piece.folded for piece in part)
        if part[-1].term and all(piece.kind == "word" for piece in part) and key in table and _meant(part, language):
            person = table[key] <= gazetteer.table().people
            if person and (_goes_on(known, place, size, calendar) or not _spelt(part, language)):
                return 0, frozenset()
            return size, table[key]
    return 0, frozenset()


def _spelt(part: Sequence[Piece], language: str) -> bool:
    """Say whether a person's name is one and not just of one stem with it: `Federazione` is no Federico."""
    return tuple(piece.folded for piece in part) in gazetteer.table().spelt[language]


def _goes_on(known: Sequence[Piece], place: int, size: int, calendar: Collection[tuple[int, int]]) -> bool:
    """Say whether a first or last name of the table is only a part of one: `Marcus` Noland, Volodymyr `Zelensky`."""
    sides = [known[n] for n in (place - 1, place + size) if 0 <= n < len(known)]
    return any(piece.capital and piece.kind == "word" and piece.term and not _dated(piece, calendar) for piece in sides)


def _meant(part: Sequence[Piece], language: str) -> bool:
    """Say whether a phrase of the table is the name: `turkey`, `china` and `nice` without capitals are not."""
    if len(part) > 1:
        return any(piece.capital for piece in part) or _small(part, language)
    # UN is not the last word of Kim Jong Un, nor US the pronoun.
    if len(part[0].folded) == 2:
        return part[0].surface.replace(".", "").isupper()
    return part[0].capital or _small(part, language)


def _small(part: Sequence[Piece], language: str) -> bool:
    """Say whether a phrase may be written small: Italian does so with the people of a country."""
    return tuple(piece.term or piece.folded for piece in part) in gazetteer.table().small.get(language, frozenset())


def _dated(piece: Piece, calendar: Collection[tuple[int, int]]) -> bool:
    return any(start <= piece.start < end for start, end in calendar)


def _run(known: Sequence[Piece], place: int, calendar: Collection[tuple[int, int]], language: str) -> int:
    """Return how many pieces from here on are one name by their capitals."""
    if known[place].kind == "code":
        return 1
    size = 0
    while place + size < len(known):
        piece = known[place + size]
        if _dated(piece, calendar) or piece.kind not in ("word", "code"):
            break
        if size and (piece.kind == "code" or (known[place + size - 1].joined and not piece.joined)):
            break
        if not piece.capital and not (piece.joined and size):
            break
        if size and not piece.joined and _longest(known, place + size, language, calendar)[0]:
            break
        size += 1
    return size


def _name(known: Sequence[Piece], place: int, size: int, keys: frozenset[int], language: str) -> Name:
    part = list(known[place : place + size])
    opening = place == 0 or known[place - 1].surface in '.!?:“«"'
    stops = STOPWORDS.get(language, frozenset()) | _BEFORE_NAMES
    while not keys and part and (part[0].folded in TITLES or (opening and part[0].folded in stops)):
        opening = opening and part[0].folded in TITLES
        part.pop(0)
    before = known[place - 1] if place else None
    if before is not None and before.folded in ("the", "l", "il", "la") and place > 1:
        before = known[place - 2]
    whole = part or [known[place]]
    surface = " ".join(piece.surface for piece in whole)
    placed = before is not None and before.folded in _PLACED.get(language, ()) and not done_by(before, known)
    words = tuple(piece.folded for piece in part)
    return Name(keys, words, surface, whole[0].start, whole[-1].end, placed, opening and len(part) == 1, tuple(part),
                office(known, place, size, language))  # fmt: skip


def near(one: Name, other: Name) -> bool:
    """Say whether two names may mean one: the same, a part of the other, or a country and its capital."""
    if one.keys and other.keys:
        return (
            bool(one.keys & other.keys)
            or any(gazetteer.stands_for().get(key, frozenset()) & other.keys for key in one.keys)
            or any(gazetteer.stands_for().get(key, frozenset()) & one.keys for key in other.keys)
        )
    if one.keys or other.keys:
        return any(same(piece, word) for piece in one.pieces for word in other.pieces if piece.capital and word.capital)
    return covers(one.pieces, other.pieces) or covers(other.pieces, one.pieces)


def covers(words: Sequence[Piece], held: Sequence[Piece]) -> bool:
    """Say whether every word has its like among others."""
    return all(any(same(word, other) for other in held) for word in words)

"""Whether quotes hold a name: in either language's form, shortened, or by the seat of government that stands for it.

Knows names and the gazetteer; nothing of verdicts.
"""

import re
from collections.abc import Iterator, Sequence

from bot.verify import gazetteer
from bot.verify.names import Name, covers
from bot.verify.pieces import Piece, same, spelt_alike
from bot.verify.wording import TITLES
from index.analysis import stem
from index.lexicon import lexicon

_OPENERS = frozenset(
    """every another several two three four according after before during asked early late both half some many such
    tre due quattro alcuni alcune diversi oltre quello quella quelli quelle uno una anche solo""".split()
)
_WRITTEN_LARGE = frozenset(
    "paese paesi stato stati governo parlamento costituzione camera presidente terra internet west".split()
)
_PREFIX = re.compile(r"(?:anti|filo|pro)(?=\w{5})")
_VERBAL = re.compile(r"\w{2}(?:[ae]ndo|mente|[aiu]t[oaie]|ing|ed|ly)\Z")
"""How words end that only open a sentence: `Aprendo`, `Lasciata`, `Signing`."""
_NAMED_AFTER, _WORD = 3, 5
_LEAST, _MOST = 3, 6


def borne_out(
    claim: Name, quoted: Sequence[Name], texts: Sequence[tuple[Piece, ...]], language: str, crossing: bool = False
) -> bool:
    """Say whether quotes hold a name.

    Args:
        claim: of a sentence.
        quoted: the names of the quotes.
        texts: the pieces of the quotes.
        language: of the sentence.
        crossing: whether every quote is in the other language.
    """
    # The Russian president is Putin, if the sentence calls him so.
    if claim.words and any(claim.words[-1] in gazetteer.heads(name.keys) for name in quoted if name.office):
        return True
    if claim.keys and claim.keys <= gazetteer.table().people and any(_found(piece, texts) for piece in claim.pieces):
        return True
    if claim.keys:
        return _keyed(claim, quoted, texts) or any(
            set(claim.words) <= {piece.folded for piece in text} for text in texts
        )
    if claim.first and (
        claim.words[0] in _OPENERS or _VERBAL.search(claim.words[0]) or _common(claim.pieces[0], language)
    ):
        return True
    strict = [piece for piece in claim.pieces if piece.term or piece.capital]
    own = [piece for piece in strict if not _common(piece, language)]
    whole = "".join(piece.folded for piece in strict)
    if (
        len(strict) > 1
        and all(piece.joined for piece in strict[1:])
        and any(spelt_alike(whole, one.folded) for text in texts for one in text)
    ):
        return True
    if len(own) > 1:
        return _person(own, _bare(strict, language) if crossing else strict, quoted) or _two(own, quoted)
    if own:
        return _found(own[0], texts)
    # A lone capital may only be the way that a language writes a noun: Paesi, Stato.
    return any(_found(piece, texts) for piece in strict) or (
        len(strict) == 1 and (crossing or strict[0].folded in _WRITTEN_LARGE)
    )


def _against(texts: Sequence[tuple[Piece, ...]]) -> set[int]:
    """Return the groups of names inside words such as `antigiapponese` and `filorusso`."""
    found: set[int] = set()
    for piece in (piece for text in texts for piece in text if _PREFIX.match(piece.folded)):
        rest = _PREFIX.sub("", piece.folded)
        found |= gazetteer.table().phrases.get(piece.language, {}).get((stem(rest, piece.language),), frozenset())
    return found


def _keyed(claim: Name, quoted: Sequence[Name], texts: Sequence[tuple[Piece, ...]]) -> bool:
    held = {key for name in quoted for key in name.keys} | _against(texts)
    if claim.keys & held or (
        claim.office and claim.keys & gazetteer.lands(piece.folded for name in quoted for piece in name.pieces)
    ):
        return True
    # In Moscow is not in Russia's other cities; where no city is told, the capital stands for the country.
    if (
        claim.placed
        and claim.keys & gazetteer.cities()
        and any(name.placed and not name.keys & gazetteer.countries() for name in quoted)
    ):
        return False
    return any(gazetteer.stands_for().get(key, frozenset()) & held for key in claim.keys)


def _common(piece: Piece, language: str) -> bool:
    return (
        bool(piece.term)
        and piece.kind == "word"
        and not (piece.surface.isupper() and len(piece.surface) > 1)
        and lexicon().knows(piece.term, language)
        # A word net holds some names, too; those have no translation.
        and (len(piece.senses) > 1 or not piece.capital)
    )


def _found(piece: Piece, texts: Sequence[tuple[Piece, ...]]) -> bool:
    return any(same(piece, other) for text in texts for other in text) or _spelt_out(piece, texts)


def _spelt_out(piece: Piece, texts: Sequence[tuple[Piece, ...]]) -> bool:
    """Say whether a name is the initials of words written large one after the other: CSIS, Abm."""
    if not piece.capital or not _LEAST <= len(piece.folded) <= _MOST:
        return False
    return any(piece.folded in run for text in texts for run in _initials(text))


def _initials(text: Sequence[Piece]) -> Iterator[str]:
    """Yield the first letters of each run of words written large; small words without a meaning may stand between."""
    run = ""
    for piece in text:
        if piece.capital and piece.kind == "word":
            run += piece.folded[:1]
        elif piece.kind != "word" or (piece.term and len(piece.folded) > _LEAST):
            yield run
            run = ""
    yield run


def _person(own: Sequence[Piece], strict: Sequence[Piece], quoted: Sequence[Name]) -> bool:
    """Say whether quotes hold these words as one name, or a shorter form of it and no other: Kim is Kim Jong Un."""
    if any(covers(own, name.pieces) and not _differ(strict, name.pieces) for name in quoted):
        return True
    shorter = [name for name in quoted if name.pieces and covers(name.pieces, own)]
    other = [
        name for name in quoted if any(covers([piece], own) for piece in name.pieces) and not covers(name.pieces, own)
    ]
    return bool(shorter) and not other


def _bare(strict: Sequence[Piece], language: str) -> Sequence[Piece]:
    """Return a name without the word of what it names, which languages seldom share: `Piazza`, `Square`."""
    place = 0 if language == "it" else -1
    kind = strict[place]
    if len(strict) < _NAMED_AFTER or len(kind.folded) < _WORD or not _common(kind, language):
        return strict
    return strict[1:] if language == "it" else strict[:-1]


def _differ(one: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Say whether each of two names has a word that the other lacks: Kim Il Sung and Kim Jong Il."""
    return not covers(one, other) and not covers([piece for piece in other if piece.folded not in TITLES], one)


def _two(own: Sequence[Piece], quoted: Sequence[Name]) -> bool:
    """Say whether a run of capitals is two names of the quotes side by side: `governatore del Primorye Kozhemyako`."""
    for cut in range(1, len(own)):
        left = any(covers(own[:cut], name.pieces) and covers(name.pieces, own[:cut]) for name in quoted)
        if left and any(
            name.pieces and same(own[-1], name.pieces[-1]) and covers(own[cut:], name.pieces) for name in quoted
        ):
            return True
    return False

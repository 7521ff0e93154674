"""Whether a sentence denies what quotes affirm, or affirms what they deny.

Negations reach over the next words; a word denied on one side has to be denied on the other. Pairs of contraries
(`confirmed` and `denied`) are looked up. Knows nothing of numbers and names.
"""

import re
from collections.abc import Sequence

from bot.verify.denials import Denial, denials
from bot.verify.names import Name, names, near
from bot.verify.opposites import alike, contrary, contrary_of, meant, opposite
from bot.verify.order import earlier, reordered
from bot.verify.pieces import Piece, pieces, plain, same
from bot.verify.wording import FACTIVE, SAYING, says
from index.analysis import fold

_VERBAL = frozenset("non not never mai cannot".split())


def turned(
    sentence: str, language: str, quotes: Sequence[tuple[str, str]], around: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the words with which a sentence turns quotes into their contrary, or "".

    Args:
        sentence: of a model.
        language: of the sentence.
        quotes: texts and languages of what the sentence is measured against.
        around: further texts that may hold the same denial.
    """
    told = pieces(sentence, language)
    said = [piece for text, code in quotes for piece in pieces(text, code)]
    mine = denials(sentence, language)
    theirs = [denial for text, code in (*quotes, *around) for denial in denials(text, code)]
    if all(_LEFT_OPEN.search(fold(plain(text))) for text in (sentence, *(text for text, _ in quotes))):
        mine, theirs = _closed(mine, sentence), [d for text, code in quotes for d in _closed(denials(text, code), text)]
    word = (
        earlier(sentence, quotes)
        or reordered(told, [pieces(text, code) for text, code in quotes])
        or opposite(
            meant(told, sentence),
            [piece for text, code in quotes for piece in meant(pieces(text, code), text)],
            mine,
            theirs,
        )
        or contrary(sentence, language, quotes, mine, theirs)
        or _settled(sentence, language, quotes, mine)
        or _swapped(sentence, language, quotes)
    )
    told = tuple(
        piece
        for piece in told
        if not says(SAYING[language], piece.folded, piece.surface)
        or says(FACTIVE[language], piece.folded, piece.surface)
    )
    return (
        word
        or _denied(told, mine, theirs, said, [piece for text, code in quotes for piece in _ahead(text, code)])
        or _affirmed(told, mine, [d for text, code in quotes for d in denials(text, code)], _ahead(sentence, language))
    )


_LEFT_OPEN = re.compile(
    r"\b(?:non|not|n't|never|mai) (?:\w+ )?(?:dic\w*|detto|disse|sa|say|said|saying|tell|specif\w+|precis\w+|chiari\w+"
    r"|clarif\w+|stabil\w+|determin\w+|spieg\w+|explain\w*|know|known) (?:if|whether|se)\b"
    r"|\b(?:non|not|n't) (?:e|era|is|was|are|yet|ancora)?(?: \w+)? ?(?:chiar[oaie]|clear|cert[oaie]|certain)\b"
    r"[^.;]{0,40}\b(?:se|whether|if)\b"
    r"|\b(?:silent|unclear|leaves? open|left open|tac\w+)\b"
    r"|\b(?:is|are|remain(?:s|ed)?|was)(?: also| still)? open\b(?= *[:,.;]|$)"
    r"|\b(?:lasci\w+|rest\w+|riman\w+) (?:\w+ )?apert[oaie]\b"
)
_PLAINLY = re.compile(
    r"\b(?:says?|said|states?|stated|dice|afferma|stabilisce|prevede|specifi\w+|chiari\w+|clarif\w+|clear)"
    r"(?: \w+){0,2} (?:that|che)\b"
)


def _closed(found: Sequence[Denial], text: str) -> tuple[Denial, ...]:
    """Return the negations of a text but those by which it leaves a question open."""
    spans = [match.span() for match in _LEFT_OPEN.finditer(fold(plain(text)))]
    return tuple(one for one in found if not any(start <= one.word.start < end for start, end in spans))


def _settled(sentence: str, language: str, quotes: Sequence[tuple[str, str]], mine: Sequence[Denial]) -> str:
    """Return what a sentence says plainly that every quote leaves open: `does not say whether`."""
    if mine or not quotes or not all(_LEFT_OPEN.search(fold(plain(text))) for text, _ in quotes):
        return ""
    if _LEFT_OPEN.search(fold(plain(sentence))):
        return ""
    match = _PLAINLY.search(fold(plain(sentence)))
    return match[0] if match else ""


def _swapped(sentence: str, language: str, quotes: Sequence[tuple[str, str]]) -> str:
    """Return a name that a sentence affirms something of that every quote denies of it alone, or ""."""
    denied, free = _named(sentence, language)
    reached = {piece.start for denial in denials(sentence, language) for piece in denial.span}
    for name in free:
        if not reached.isdisjoint(range(name.start, name.end)):
            continue
        sides = [_named(text, code) for text, code in quotes]
        off = [any(near(name, other) for other in there[0]) for there in sides]
        on = [any(near(name, other) for other in there[1]) for there in sides]
        # Somebody else must be what the quote affirms it of, and the sentence has to deny it of them, or of nobody.
        others = [other for there in sides for other in there[1] if any(near(other, one) for one in (*denied, *free))]
        if off and all(off) and not any(on) and others and not any(near(name, one) for one in denied):
            return name.surface
    return ""


def _named(text: str, language: str) -> tuple[list[Name], list[Name]]:
    """Return the names that stand at once behind a negated verb, and all others."""
    called = names(text, language)
    denied = [
        name
        for denial in denials(text, language)
        if denial.word.folded in _VERBAL and denial.reach and (denial.word.folded != "non" or language == "it")
        for name in called
        if denial.reach[0].end <= name.start and fold(text[denial.reach[0].end : name.start]).strip(" '’") in _AT_ONCE
    ]
    return denied, [name for name in called if name not in denied]


_AT_ONCE = frozenset(("", "la", "il", "l", "lo", "the", "i", "gli", "le"))


def _undone(denial: Denial, others: Sequence[Denial]) -> bool:
    """Say whether a plain negation meets a word that denies, which nothing negates: not violate, a violation."""
    covered = [piece for other in others if not other.lexical for piece in other.reach]
    words = [
        other.word
        for other in others
        if other.lexical and not any(other.word.start == piece.start for piece in covered)
    ]
    return not denial.lexical and any(same(piece, word) for piece in denial.reach[:1] for word in words)


def _both(denial: Denial, others: Sequence[Denial]) -> bool:
    return denial.lexical and any(other.lexical for other in others)


def _denied(
    told: Sequence[Piece],
    mine: Sequence[Denial],
    theirs: Sequence[Denial],
    said: Sequence[Piece],
    ahead: Sequence[Piece],
) -> str:
    """Return the negation of a sentence that no quote bears out.

    Args:
        told: the pieces of the sentence.
        mine: the negations of the sentence.
        theirs: those of the quotes.
        said: the pieces of the quotes.
        ahead: the words of the quotes whose clause denies something behind them.
    """
    negative = [piece for denial in theirs for piece in (denial.word, *denial.reach, *denial.more)]
    for denial in mine:
        if any(same(denial.word, piece) for piece in said if piece.term) or _both(denial, theirs):
            continue
        if denial.lexical and alike(denial.word, told, said):
            continue
        if _undone(denial, theirs):
            return " ".join(piece.surface for piece in (denial.word, *denial.reach[:1]))
        known = [piece for piece in denial.reach if any(same(piece, other) for other in said)]
        if any(same(piece, other) for piece in denial.reach for other in (*negative, *ahead)):
            continue
        wide = [piece for other in theirs if not other.lexical for piece in other.span]
        if not denial.lexical and any(same(piece, other) for piece in denial.reach for other in wide):
            continue
        if denial.reach and contrary_of(denial.reach[0], said):
            continue
        if known or not theirs:
            return " ".join(piece.surface for piece in (denial.word, *denial.reach[:1]))
    return ""


_CLAUSE = re.compile(r"[.,;:()“”«»\"]|\b(?:che|that|which|who|e|ed|and|but|ma|mentre|while)\b")


def _otherwise(denial: Denial, told: Sequence[Piece], mine: Sequence[Denial]) -> bool:
    """Say whether a sentence has a negation of a quote in other words.

    Blocked is vetoed; it says nothing about Italy, it does not name Italy: both deny something of the same name.
    """
    if denial.lexical and alike(denial.word, (), told):
        return True
    return any(same(piece, other) for piece in _large(denial) for one in mine for other in _large(one))


def _large(denial: Denial) -> list[Piece]:
    return [piece for piece in denial.span if piece.capital]


def _ahead(text: str, language: str) -> list[Piece]:
    """Return the words before plain negations in clauses that open with their topic: `di armi nucleari non parla`."""
    even = fold(plain(text))
    starts = [one.word.start for one in denials(text, language) if one.word.folded in _VERBAL]
    spans = [(max((match.end() for match in _CLAUSE.finditer(even, 0, start)), default=0), start) for start in starts]
    return [
        piece
        for piece in pieces(text, language)
        if any(start <= piece.start < end and _TOPIC.match(even, start) for start, end in spans)
    ]


_TOPIC = re.compile(
    r"\s*(?:di|del|dello|della|dell'|dei|degli|delle|su|sul|sullo|sulla|sui|sugli|sulle|of|on|about|as for"
    r"|quanto a\w*)\b"
)


def _affirmed(told: Sequence[Piece], mine: Sequence[Denial], theirs: Sequence[Denial], ahead: Sequence[Piece]) -> str:
    """Return the words of a sentence that affirm what a quote denies.

    Args:
        told: the pieces of the sentence.
        mine: the negations of the sentence.
        theirs: those of the quote.
        ahead: the words of the sentence whose clause denies something behind them.
    """
    negative = [piece for denial in mine for piece in (denial.word, *denial.reach, *denial.more)]
    far = [piece for denial in mine if not denial.lexical for piece in denial.span]
    for denial in theirs:
        # Neither a promise nor a ban: who bans it affirms the ban.
        banned = [
            piece for piece in denial.more if piece.term and any(same(one.word, piece) for one in mine if one.lexical)
        ]
        if banned and all(one.lexical for one in mine):
            return banned[0].surface
        if any(same(denial.word, piece) for piece in told if piece.term) or not denial.reach or _both(denial, mine):
            continue
        met = [piece for other in denial.reach for piece in told if same(other, piece)]
        if denial.reach and any(same(denial.reach[0], other) for other in negative):
            continue
        if not met or any(same(piece, other) for piece in met for other in negative):
            continue
        if _otherwise(denial, told, mine):
            continue
        if all(
            any(same(one, other) for one in ahead) for other in denial.reach if any(same(other, one) for one in met)
        ):
            continue
        # Not renewed is lapsed; and what a negation of the sentence reaches further behind is denied there, too.
        kept = any(same(denial.reach[0], piece) for piece in told)
        if (not kept and contrary_of(denial.reach[0], told)) or any(
            same(piece, other) for piece in met for other in far
        ):
            continue
        # Its company alone is not what is denied.
        held = sum(any(same(other, piece) for piece in told) for other in denial.reach)
        verb = denial.word.folded in _VERBAL and any(same(denial.reach[0], piece) for piece in met)
        if verb or 2 * held >= len(denial.reach):
            return met[0].surface
    return ""

"""Who is asked about as the one who does something: whether a sentence says of another what is asked of them.

`How did South Korea react?` is not answered by how North Korea reacted. Any verb counts, if the question tells plainly
who does it and the sentence tells plainly that it was somebody else. Knows nothing of scores.
"""

import re
from dataclasses import dataclass

from bot.question.analyse import Question
from bot.question.kinds import Expected, Kind
from bot.verify.agents import acts, bare, deeds, even_of, preposed
from bot.verify.contraries import sides
from bot.verify.names import Name, names, near
from bot.verify.pieces import Piece, pieces, same
from bot.verify.sayings import sayings
from bot.verify.wording import SAYING, says
from index.analysis import terms

# Only a verb right beside its subject is sure to be its own.
_LEAST = 3
_HELPS = {
    "en": re.compile(r"\b(?:did|does|do|has|have|had|will|would|can|could)(?:n't| not)?(?: the)? $"),
    "it": re.compile(r"\b(?:ha|hanno|aveva|avevano|avra|avranno|e|sono|era|erano)(?: gia| mai| poi| anche)? $"),
}
# `ha reagito la Corea`, `ha detto il presidente Putin`; no preposition.
_THE = re.compile(r" (?:(?:il|lo|la|i|gli|le) (?:[^\W\d_]+ )?|l'(?:[^\W\d_]+ )?)?")
_ADVERB = re.compile(r" (?:(?:also|first|last|ever|then|finally|actually|\w+ly) )?")
_HAS = re.compile(r" (?:non )?(?:ha|hanno|aveva|avevano|e|sono|era|erano)(?: gia| mai| poi| anche)? ")
# Here the name behind an Italian verb may as well be whom it is done to.
_OPEN = frozenset({Kind.WHO, Kind.OTHER, Kind.YES_NO})
_BEEN = re.compile(r"(?:stat[oaie]|been|being)\Z")
_REACTING = {
    "it": re.compile(r"\b(?:reag|reazion)"),
    "en": re.compile(r"\breact"),
}
# How a reaction is told in the news, in either language.
_STANCE = re.compile(
    r"\b(?:condann|condemn|protest|preoccup|concern|critic|lodat|lodo|prais|welcom|accolt|accols|accus|denunci|denounc|defini|respin|respint"
    r"|reject|minacc|threat|ammon|avvert|warn|convoca|summon|sanzion|sanction|inaccett|unaccept|deplor|regret|rammaric|applau|plaud|alarm"
    r"|allarm|repli|rispost|rispond|rispos|respon|retaliat|ritors|chiest|chied|demand|urge|esort|sollecit|support|appogg|sosten|oppos)\w*"
)
_BESIDE = re.compile(r"(?: (?:e|ed|and)|,) (?:(?:il|lo|la|the) )?")


@dataclass(frozen=True, slots=True)
class Doing:
    """What is asked about as somebody's doing.

    Attributes:
        verb: what they do.
        doers: who does it; several where names are joined.
    """

    verb: Piece
    doers: tuple[Name, ...]

    def told(self, sentence: str, language: str) -> bool:
        """Say whether a sentence has the verb, whoever does it."""
        return any(same(self.verb, piece) for piece in pieces(sentence, language) if piece.term)

    @property
    def reacting(self) -> bool:
        """Whether it is asked how they react: any verb of protest or praise tells it."""
        return _REACTING[self.verb.language].match(self.verb.folded) is not None

    def reaction(self, sentence: str, language: str) -> bool:
        """Say whether a sentence names one of the doers, or the seat of their government, and tells of a stance."""
        if not _STANCE.search(even_of(sentence)):
            return False
        return any(near(one, name) for name in names(sentence, language) for one in self.doers)


def doing(question: Question) -> Doing | None:
    """Return who does what in a question, or None where it does not tell plainly."""
    if question.kind in _OPEN:
        return None
    text, language = question.core, question.language
    even, named = even_of(text), bare(text, language, tellers=True)
    found = _english(text, even, named) if language == "en" else _italian(text, even, named)
    return found if found and len(found.verb.folded) >= _LEAST and not _BEEN.match(found.verb.folded) else None


def another(asked: Doing, sentence: str, language: str) -> bool:
    """Say whether a sentence tells plainly that somebody else does it, and nowhere that they do.

    Args:
        asked: of the question.
        sentence: that may answer it.
        language: of the sentence.
    """
    told = [doer for verb, doers in deeds(sentence, language, tellers=True) if _one(asked.verb, verb) for doer in doers]
    if not told or any(near(doer, one) for doer in told for one in asked.doers):
        return False
    # What a leader does and what the country does are one, but not what they say.
    people, countries = not any(one.keys for one in asked.doers), all(doer.keys for doer in told)
    return people is not countries or _tells(asked.verb, asked.verb.language)


def asks_speaker(question: Question) -> bool:
    """Say whether a question is about what somebody says."""
    return any(
        _tells(word, question.language) for word in pieces(question.core, question.language) if word.kind == "word"
    )


def no_persons(question: Question, sentence: str, language: str, tellers: bool) -> frozenset[str]:
    """Return the terms of names in a sentence that are not the person asked for.

    Those who only tell of it, where it is asked who does something else; places and countries, where it is asked which
    minister or leader: of a mere `who` a country may be the answer.

    Args:
        question: that the sentence may answer.
        sentence: one.
        language: of the sentence.
        tellers: whether who tells may be asked for (`asks_speaker`).
    """
    if question.expected is not Expected.PERSON:
        return frozenset()
    others = [name for name in names(sentence, language) if name.keys] if question.kind is Kind.WHICH else []
    if not tellers:
        others += [name for one in sayings(sentence, language) for name in one.speakers]
    return frozenset(term for name in others for term in terms(name.surface, language))


def _tells(verb: Piece, language: str) -> bool:
    return says(SAYING[language], verb.folded, verb.surface)


def _one(verb: Piece, other: Piece) -> bool:
    """Say whether two verbs may tell one deed: `riconoscere` and `ammettere` are no translations, but on one side."""
    return same(verb, other) or bool(sides(verb.folded, verb.surface) & sides(other.folded, other.surface))


def _english(text: str, even: str, named: list[Name]) -> Doing | None:
    """Read `did South Korea react`, `has Kim promised`."""
    for n, name in enumerate(named):
        if not _HELPS["en"].search(even[: name.start]):
            continue
        doers = _joined(named[n:], even)
        verb = _next(text, even, doers[-1].end, "en")
        return Doing(verb, tuple(doers)) if verb else None
    return None


def _italian(text: str, even: str, named: list[Name]) -> Doing | None:
    """Read `ha reagito la Corea del Sud`, `reagi Seul`, `Putin ha regalato`, `Stalin visito`."""
    known = pieces(text, "it")
    for n, name in enumerate(named):
        doers = _joined(named[n:], even)
        has = _HAS.match(even, doers[-1].end)
        ahead = _next(text, even, has.end() - 1 if has else doers[-1].end, "it")
        if ahead and (has or acts(ahead, even, "it", named)) and not preposed(name, even, 0, "it"):
            return Doing(ahead, tuple(doers))
        for verb in (piece for piece in known if piece.term and _THE.fullmatch(even[piece.end : name.start])):
            if _HELPS["it"].search(even[: verb.start]) or acts(verb, even, "it", named):
                return Doing(verb, tuple(doers))
    return None


def _joined(named: list[Name], even: str) -> list[Name]:
    """Return the first name and those that are joined to it: `Putin e Kim`."""
    found = named[:1]
    for name in named[1:]:
        if not _BESIDE.fullmatch(even[found[-1].end : name.start]):
            break
        found.append(name)
    return found


def _next(text: str, even: str, at: int, language: str) -> Piece | None:
    """Return the word that stands right behind a place, but for an adverb."""
    gap = _ADVERB.match(even, at) if language == "en" else None
    start = gap.end() if gap else at + 1
    return next(
        (
            piece
            for piece in pieces(text, language)
            if piece.start == start and piece.kind == "word" and piece.term and not piece.capital
        ),
        None,
    )

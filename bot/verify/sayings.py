"""Who says what in one sentence: verbs of saying, `according to` and its kin, and their speakers.

Knows wording and names; nothing of quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify.names import Name, names
from bot.verify.pieces import Piece, pieces, plain
from bot.verify.wording import ACCORDING, FACTIVE, INVERTING, SAYING, THINKING, says

_SHORT = 8
_OPENING = 4
_MAIN = 5


@dataclass(frozen=True, slots=True)
class Saying:
    """That someone says something.

    Attributes:
        start: offset of the word or phrase that tells so.
        end: offset behind it.
        speakers: the names of who says it.
        scope: offsets of what is said.
        factive: whether saying it so makes it true: `confirmed`; so with a mere `for him`, which keeps an attribution
            and calls for none.
    """

    start: int
    end: int
    speakers: tuple[Name, ...]
    scope: tuple[int, int]
    factive: bool


@lru_cache(maxsize=4096)
def sayings(text: str, language: str) -> tuple[Saying, ...]:
    """Return who says what in one sentence, in reading order."""
    if language not in SAYING:
        return ()
    even = plain(text)
    found = pieces(text, language)
    called = names(text, language)
    phrases = [_phrase(match.span(), even, called) for match in ACCORDING[language].finditer(_lowered(even))]
    verbs = [
        _verb(n, piece, even, called, language) for n, piece in enumerate(found) if _says(n, found, language, even)
    ]
    return tuple(sorted((*phrases, *verbs), key=lambda one: one.start))


def _lowered(text: str) -> str:
    """Return a text with its first letter small: `According to` opens many sentences."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _says(n: int, found: Sequence[Piece], language: str, text: str) -> bool:
    piece = found[n]
    if piece.kind != "word" or (piece.capital and n > 0):
        return False
    before, after = (found[n - 1].folded if n else ""), (found[n + 1].folded if n + 1 < len(found) else "")
    if piece.folded in ("put", "puts"):
        return bool(_PUT.match(text[piece.end :]))
    determined = before in _DETERMINERS[language] and not found[n - 1].capital
    if determined or before in ("si", "was", "were") and language == "it" or after in ("off", "into"):
        return False
    if (
        piece.folded in _NOUNS
        and after in ("of", "on", "about", "by", "from", "and", "di", "del", "sull", "sui", "that")
        and before not in ("it", "he", "she")
    ):
        return False
    if (
        language == "it"
        and _PARTICIPLE.match(piece.folded)
        and piece.folded not in _REMOTE
        and not _AUXILIARY.intersection(one.folded for one in found[max(0, n - 3) : n])
    ):
        return False
    if says(THINKING, piece.folded, piece.surface):
        return bool(re.match(r"(?:,? \w+){0,3},? (?:that|che)\b", text[piece.end :]))
    return any(says(table[language], piece.folded, piece.surface) for table in (FACTIVE, SAYING))


_PARTICIPLE = re.compile(r"\w+(?:at|ut|it|ett|ess|ist|ost|int|itt)[oaie]$")
_REMOTE = frozenset({"espresse"})
_AUXILIARY = frozenset(
    "ha hanno aveva avevano avendo abbia abbiano avrebbe avrebbero ho abbiamo avere aver e"
    " stato stata stati state".split()
)
_PUT = re.compile(r" (?:the|its|their|his|her) (?:(?:\w+ )?(?:number|figure|toll|total|losses)\b|[^,;]{3,60} at )")
_NOUNS = frozenset(
    "report reports claim claims estimate estimates count counts note notes call calls stima stime nota cita".split()
)
_DETERMINERS = {
    "it": frozenset(
        "il lo la i gli le un uno una del della dello dei delle nel nella al alla l dell all sul sulla di".split()
    ),
    "en": frozenset("the a an its his her their this that of no first state monthly".split()),
}


def _phrase(span: tuple[int, int], text: str, called: Sequence[Name]) -> Saying:
    start, end = span
    stop = _segment_end(text, end)
    speakers = _together([name for name in called if end <= name.start < stop or (start <= name.start < end)], text)
    before = text.rfind(",", 0, start)
    lead = text[before + 1 : start].strip()
    weak = text[start:end].lower().lstrip(", :").startswith(("per ", "for "))
    # `about 100 people according to NK News, arrived`: only what stands between the commas.
    inner = before >= 0 and lead and len(lead.split()) < 6 and stop < len(text.rstrip(' ."”'))
    return Saying(start, end, speakers, (before + 1, stop) if inner else (0, len(text)), weak)


def _together(found: Sequence[Name], text: str) -> tuple[Name, ...]:
    """Return the first of some names with those that belong to it: `the economists Haggard and Noland`."""
    kept = list(found[:1])
    for name in found[1:]:
        if not _LINKED.fullmatch(text[kept[-1].end : name.start]):
            break
        kept.append(name)
    return tuple(kept)


_LINKED = re.compile(
    r"[\s,]*(?:'s|s')?[\s,]*(?:e|and|of|the|del|della|dell'|dello|di|a|at|in|on|all'|\w{3,}){0,1}[\s,]*(?:the "
    r"|l')?(?:\w{3,} )?(?:\w{3,} )?"
)


def _segment_end(text: str, start: int) -> int:
    stop = re.compile(r"[,;:.](?=\s|$)|$").search(text, start)
    return stop.start() if stop else len(text)


def _verb(n: int, piece: Piece, text: str, called: Sequence[Name], language: str) -> Saying:
    after = _followed(piece, text, called, language)
    by = _PASSIVE.search(text[: piece.start]) and _BY.match(text[piece.end :])
    behind = [name for name in called if by and 0 <= name.start - piece.end <= _NEAR][:1]
    speakers = after or behind or _before(piece.start, text, called)
    factive = says(FACTIVE[language], piece.folded, piece.surface)
    closing = (
        bool(after)
        or text[piece.end : piece.end + 1] == ","
        or _closing(text, piece.end)
        or _trailing(text, piece, speakers)
    )
    return Saying(
        piece.start, piece.end, tuple(speakers), (0, len(text)) if closing else (piece.end, len(text)), factive
    )


def _before(end: int, text: str, called: Sequence[Name]) -> list[Name]:
    """Return the names of the clause that ends with a verb; behind an apposition those of the clause before, too."""
    start = max(text.rfind(mark, 0, end) for mark in ";:") + 1
    cuts = [start, *(start + match.end() for match in _COMMA.finditer(text[start:end])), end]
    clauses = [(one, other) for one, other in zip(cuts, cuts[1:], strict=False) if not _IDLE.fullmatch(text[one:other])]
    if not clauses:
        return []
    # Nothing but an auxiliary stands behind the last comma: an apposition ended there.
    apposed = clauses[-1][1] < end
    first = clauses[-2][0] if apposed and len(clauses) > 1 else clauses[-1][0]
    found = [name for name in called if first <= name.start < end]
    person = any(not name.keys and name.start < clauses[-1][0] for name in found)
    found = [
        name for name in found if not (_OBJECT.search(text[first : name.start]) and text.startswith("'s", name.end))
    ]
    if found and _personal(found[0]) and _KIN.match(text, found[0].end):
        return []
    free = [name for name in found if not _RULED.search(text[first : name.start])]
    # `A Seul era stata proclamata`: where it was said is not who said it.
    if _PASSIVE.search(text[:end]) and found and all(_RULED.search(text[first : name.start].lower()) for name in found):
        return []
    # `Kim drank to the health of Putin and called it sacred`: Putin, whom another word rules, does not speak.
    if free and free[0] is found[0] and not free[0].keys:
        found = [name for name in found if name in free or name.keys]
    # Of an apposition only offices count: Kim Yo Jong, the sister of Kim Jong Un, speaks for herself.
    return [name for name in found if not (apposed and person and _personal(name) and name.start >= clauses[-1][0])]


_PASSIVE = re.compile(r"\b(?:stat[oaie]|been|was|were|fu|furono|venne|vennero|viene|vengono) $")
_BY = re.compile(r" (?:by|da|dal|dalla|dai|dagli|dalle|dall')\b")
_NEAR = 30
_RULED = re.compile(
    r"\b(?:of|to|for|with|from|at|in|on|by|di|del|della|dello|dei|degli|delle|a|al|alla|ai|agli|alle|con|per|da|dal|dalla"
    r"|dell'|all'|dall'|su|sul|sulla|presso)(?: (?:the|il|la|lo|l'))? ?$"
)


_OBJECT = re.compile(r"(?<!-)\b\w+ed (?:the )?$")
"""A verb right before the owner of what it is done to: `condemned North Korea's exports and voiced concern`."""


_KIN = re.compile(r"'s (?:[a-z]+ )?(?:sister|brother|wife|husband|son|daughter|father|mother|widow)\b")
"""Whose relative speaks is not who speaks."""


def _personal(name: Name) -> bool:
    """Say whether a name may be a person's: neither of the table nor an acronym."""
    return not name.keys and not name.surface.isupper()


_IDLE = re.compile(r"[\s,]*(?:(?:ha|hanno|aveva|avevano|had|has|have|also|anche|poi|then|later)[\s,]*)*")
_COMMA = re.compile(r",(?=\s)")
_INVERTED = re.compile(r"(?:,|,?[”\"»]) (?:(?:ha|hanno|aveva|avevano|had|has) )?$")
_THAT = re.compile(r"\b(?:that|che)\b|^ of\b")


def _followed(verb: Piece, text: str, called: Sequence[Name], language: str) -> list[Name]:
    """Return the names behind a verb that stands before its subject: `..., ha riferito la TASS`."""
    stop = _segment_end(text, verb.end)
    told = says(INVERTING[language], verb.folded, verb.surface) or _names_at_once(verb, text, called, language)
    inverting = told and _INVERTED.search(text[: verb.start])
    found = [name for name in called if verb.end <= name.start < stop]
    # `Kim, said RIA Novosti, also watched`: nothing but the name stands between the verb and the comma.
    if inverting and found and text[stop : stop + 1] == "," and len(text[verb.end : stop].split()) <= _SHORT:
        return found
    opens = max(text.rfind(mark, 0, verb.start) for mark in ";:") + 1
    close = opens + len(text[opens : verb.start].split(",")[0].rstrip())
    # `Shoigu, by now secretary, announced`: a name and an apposition stand before the verb.
    if any(name.start - opens <= _OPENING and close <= name.end <= close + 1 for name in called):
        return []
    # `Ukraine's president, Volodymyr Zelensky, announced`.
    last = text[: verb.start].rstrip().removesuffix(",").split(",")[-1].strip()
    if text[: verb.start].rstrip().endswith(",") and any(text[name.start : name.end] == last for name in called):
        return []
    if not inverting or _THAT.search(text[verb.end : stop]):
        return []
    return [name for name in called if verb.end <= name.start < stop]


def _names_at_once(verb: Piece, text: str, called: Sequence[Name], language: str) -> bool:
    """Say whether a verb of saying has its speaker right behind it: `..., warned Thomas-Greenfield`."""
    behind = any(re.fullmatch(r" (?:the |il |la |l')?", text[verb.end : name.start].lower()) for name in called)
    return behind and says(SAYING[language], verb.folded, verb.surface) and not verb.folded.endswith(_GERUNDS)


_GERUNDS = ("ing", "ando", "endo")
_AND = re.compile(r" ?(?:e|ed|ma|mentre|and|but|while|when|quando|then)\b")


def _trailing(text: str, verb: Piece, speakers: Sequence[Name]) -> bool:
    """Say whether a clause behind the main one tells who says it: `..., the Centre estimated in research`."""
    comma = text.rfind(",", 0, verb.start)
    joined = _AND.match(text, comma + 1)
    own = comma >= 0 and not joined and any(name.start > comma for name in speakers)
    return (
        own and len(text[:comma].split()) >= _MAIN and not _THAT.search(text[verb.end : _segment_end(text, verb.end)])
    )


_WHEN = re.compile(
    r"(?:on|in|at|to|from|during|after|before|by|of|with|for|nel\w*|a|ad|al\w*|ai|da\w*|con|per"
    r"|il \d|l'\d|later|then|poi|also|anche|ieri|yesterday|last|this|that day|quel|\d|[A-Z])"
)
"""How what may stand behind a verb of saying begins that is not what is said: when, where, to whom, and who."""


def _closing(text: str, end: int) -> bool:
    """Say whether a verb ends its sentence: `..., Ushakov said on 17 June 2024`."""
    rest = text[end:].strip(' ."”')
    if rest and not _WHEN.match(rest):
        return False
    return len(rest.split()) <= 5 and " that " not in f" {rest} " and " che " not in f" {rest} "

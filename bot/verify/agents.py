"""Who does what: whether a sentence gives to one what a quote says of another.

`bot.verify.roles` knows the few verbs of what one does to another; here any verb that both sides share counts, if both
tell plainly who does it, and any two names of which one goes to the other. Knows nothing of verdicts.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.verify.names import Name, names, near
from bot.verify.pieces import Piece, pieces, plain, same
from bot.verify.sayings import sayings
from bot.verify.wording import MUTUAL, PAST, PEOPLE, says
from index.analysis import fold

BOUND = re.compile(
    r"[;:,](?=\s)|[“”«»\"(]|\b(?:che|cui|that|which|who|whom|e|ed|and|but|ma|while|mentre|whereas|when|quando"
    r"|because|perche|where|dove|if|se|as|so|dopo che|after|before)\b"
)
_RELATIVE = frozenset("che cui that which who whom where dove after before".split())
_JOINS = frozenset("e ed and".split())
_ARTICLE = {"it": r"(?: (?:il|lo|la|i|gli|le)| ?l')?", "en": r"(?: (?:the|a|an|its|his|her|their))?"}
_PREPOSITIONS = {
    "it": r"a|ad|al|allo|alla|ai|agli|alle|all'|in|nei|nel|nello|nella|negli|nelle|nell'|per|da|dal|dallo|dalla|dai"
    r"|dagli|dalle|dall'|con|su|sul|sullo|sulla|sui|sugli|sulle|sull'|fra|tra|contro|sotto|dopo|durante|verso"
    r"|attraverso|presso|nonostante|secondo|oltre",
    "en": r"to|into|in|for|by|from|with|on|about|against|between|at|near|under|after|before|during|since|until"
    r"|towards?|through|outside|inside|over|despite|around|across|along|of",
}
_PREPOSED = {code: re.compile(rf"\b(?:{words}){_ARTICLE[code]}(?: \w+)? ?$") for code, words in _PREPOSITIONS.items()}
PLACED = re.compile(r"\b(?:of|di|del|dello|della|dei|degli|delle|dell'|d')(?: (?:the|il|lo|la|i|gli|le|l'))? ?$")
_BY = {
    "it": re.compile(r"\b(?:da|dal|dallo|dalla|dai|dagli|dalle|dall')(?: \w+){0,2} ?$"),
    "en": re.compile(r"\bby(?: the)?(?: \w+){0,2} ?$"),
}
PASSIVE = re.compile(
    r"\b(?:was|were|been|being|be|is|are|fu|furono|stat[oaie]|venn[ei]|vennero|viene|vengono|essere|e|era|erano"
    r"|sono|sara|saranno)(?: \w+(?:mente|ly)| also| anche| not| non| subito| later| poi)? $"
)
DONE_BY = re.compile(r"(?: (?:e|ed|o|and|or) \w+){0,2} (?:by|da[lgi]?\w*)\b")
_HAVING = re.compile(
    r"\b(?:ha|hanno|aveva|avevano|avrebbe|avrebbero|avendo|has|have|had|will|would|could|can|must|should|may|might|did"
    r"|does|do)(?: (?:also|anche|not|non|poi|then|gia|already|mai|never|have|ever))? $"
)
_ENGLISH = re.compile(r"\w{3,}ed\Z")
_ADJECTIVE = re.compile(r"(?:\b(?:a|an|the|its|his|her|their|of|with|and)|'s|s') $")
_ITALIAN = re.compile(r"\w{2,}(?:arono|irono|erono|ettero|ette|ava|avano|eva|evano|iva|ivano)\Z")
_ACCENTED = re.compile(r"\w{3,}[òì]\Z")
_PARTICIPLE = re.compile(r"\w+(?:at|ut|it|ett|ess|ist|ost|int|itt|es|us|ert|ort|ols|olt|ors|iest|att)[oaie]\Z")
INFINITIVE = re.compile(r"\w+(?:are|ere|ire)\Z")


Deed = tuple[Piece, tuple[Name, ...]]
"""A verb and the names of who does it."""


def changed(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return who does in a sentence what somebody else does in a quote, or "".

    Args:
        sentence: of a model.
        language: of the sentence.
        quote: one sentence.
        quoted: its language.
    """
    here, there = names(sentence, language), names(quote, quoted)
    mine, theirs = deeds(sentence, language), deeds(quote, quoted)
    # What the sentence tells of its doer with another verb is told: `riferì che Kim si diceva pronto`.
    free = [(verb, found) for verb, found in theirs if not any(_told(verb, found, *deed) for deed in mine)]
    for verb, doers in mine:
        if any(_told(verb, doers, *deed) for deed in theirs):
            continue
        others = [name for other, found in free if one_verb(verb, other) for name in found]
        known = all(any(near(one, other) for other in there) for one in doers)
        if others and known and any(near(other, one) for other in others for one in here):
            return f"{doers[0].surface}, {verb.surface}"
    return ""


def _told(verb: Piece, found: Sequence[Name], other: Piece, doers: Sequence[Name]) -> bool:
    return one_verb(other, verb) and any(near(one, name) for one in found for name in doers)


def one_verb(verb: Piece, other: Piece) -> bool:
    """Say whether two verbs are one; within a language a synonym is too little."""
    return verb.term == other.term != "" if verb.language == other.language else same(verb, other)


@lru_cache(maxsize=4096)
def deeds(text: str, language: str, tellers: bool = False) -> tuple[Deed, ...]:
    """Return the verbs of a sentence of which it tells plainly who does it, in reading order.

    Args:
        text: one sentence.
        language: of the sentence.
        tellers: whether who is said to tell something may do something else as well.
    """
    even, told = even_of(text), {one.start: one.speakers for one in sayings(text, language)}
    called, known = bare(text, language, tellers), pieces(text, language)
    verbs = [piece for piece in known if acts(piece, even, language, called)]
    found = []
    for verb in verbs:
        if says(MUTUAL, verb.folded, verb.surface):
            continue
        doers = told[verb.start] if verb.start in told else _doers(verb, verbs, even, text, language, called)
        if doers and not all(adjective(name, known) and not name.office for name in doers):
            found.append((verb, tuple(doers)))
    return tuple(found)


def bare(text: str, language: str, tellers: bool = False) -> list[Name]:
    """Return the names of a sentence that may do something: no codes, no adjectives, nobody who only tells of it.

    Args:
        text: one sentence.
        language: of the sentence.
        tellers: whether those who tell of it are kept.
    """
    telling = set() if tellers else {name.start for one in sayings(text, language) for name in one.speakers}
    known = pieces(text, language)
    return [
        name
        for name in names(text, language)
        if name.start not in telling
        and name.pieces
        and name.pieces[-1].kind != "code"
        and (not adjective(name, known) or name.office)
        and not (name.keys and any(name.start - other.end == 1 and not other.keys for other in names(text, language)))
    ]


def adjective(name: Name, known: Sequence[Piece]) -> bool:
    """Say whether the name of a people only says whose: `Soviet pilots`, `missili nordcoreani`."""
    if not name.keys:
        return False
    before = [piece for piece in known if piece.end <= name.start][-1:]
    behind = [piece for piece in known if piece.start >= name.end][:1]
    if not name.pieces[0].capital:
        return bool(before) and before[0].kind == "word" and bool(before[0].term)
    return bool(PEOPLE.search(name.surface)) and bool(behind) and bool(behind[0].term) and not behind[0].capital


def even_of(text: str) -> str:
    """Return a text in small letters without accents, of the same length."""
    folded = fold(plain(text))
    return folded if len(folded) == len(text) else plain(text).lower()


def acts(piece: Piece, text: str, language: str, called: Sequence[Name]) -> bool:
    """Say whether a piece is surely a verb of what somebody did."""
    if piece.kind != "word" or piece.capital or piece.joined or len(piece.folded) < 3:
        return False
    before = text[max(0, piece.start - 40) : piece.start]
    if says(PAST, piece.folded, piece.surface):
        return True
    if language == "en":
        plainly = bool(_ENGLISH.match(piece.folded)) and not _ADJECTIVE.search(before.replace("and ", "", 1))
        return plainly or bool(piece.term and _HAVING.search(before))
    return bool(
        _ITALIAN.match(piece.folded)
        or _ACCENTED.match(piece.surface)
        or (INFINITIVE.match(piece.folded) and _cleft(piece, text, called))
        or (_PARTICIPLE.match(piece.folded) and (_HAVING.search(before) or PASSIVE.search(before)))
    )


def _cleft(piece: Piece, text: str, called: Sequence[Name]) -> bool:
    """Say whether an infinitive is what the name before it did: `fu Mosca a proporre`."""
    return any(text[name.end : piece.start] in (" a ", " ad ") for name in called)


def _doers(
    verb: Piece, verbs: Sequence[Piece], text: str, written: str, language: str, called: Sequence[Name]
) -> list[Name]:
    if PASSIVE.search(text[max(0, verb.start - 40) : verb.start]) or DONE_BY.match(text[verb.end :]):
        behind = [name for name in names(written, language) if name.start >= verb.end][:1]
        return [name for name in behind if DONE_BY.match(text[verb.end :]) and by(name, text, language)]
    return subjects(verb, verbs, text, written, language, called)


def subjects(
    verb: Piece, verbs: Sequence[Piece], text: str, written: str, language: str, called: Sequence[Name]
) -> list[Name]:
    """Return the names that stand before a verb as its subject, whether it acts or is acted on."""
    # `until Kim received him`: the name right before the verb, behind what only looks like a preposition.
    near_by = [name for name in called if text[name.end : verb.start] == " " and _SINCE.search(text[: name.start])]
    if near_by:
        return near_by
    stops = [match for match in BOUND.finditer(text[: verb.start]) if not couples(match, text, called)]
    nearest = stops[-1].end() if stops else 0
    found = _before(nearest, verb.start, verbs, text, language, called)
    if found or not stops or _subject(nearest, verb.start, verbs, written, language):
        return found
    if stops[-1][0] in _RELATIVE:
        return [name for name in called if 0 <= stops[-1].start() - name.end <= 2]
    ends = [match.start() for match in stops]
    starts = [0, *(match.end() for match in stops[:-1])]
    for start, end in zip(reversed(starts), reversed(ends), strict=True):
        found = _before(start, end, verbs, text, language, called)
        if found:
            apposed = text[stops[-1].start()] == "," and start > 0
            return [*found, *_around(start, verbs, text, language, called)] if apposed else found
    return []


_SINCE = re.compile(r"\b(?:until|till|after|before|since|once|finche|dacche) $")


def _around(end: int, verbs: Sequence[Piece], text: str, language: str, called: Sequence[Name]) -> list[Name]:
    """Return the names before an apposition: it is they who act, and not whom it names."""
    start = max((match.end() for match in BOUND.finditer(text[: max(0, end - 1)])), default=0)
    return _before(start, end, verbs, text, language, called)


def by(name: Name, text: str, language: str) -> bool:
    """Say whether a name is of who does it behind a passive."""
    return bool(_BY[language].search(text[: name.start]))


def _before(
    start: int, end: int, verbs: Sequence[Piece], text: str, language: str, called: Sequence[Name]
) -> list[Name]:
    """Return the names that stand for themselves in a stretch, in front of its first verb."""
    first = min([verb.start for verb in verbs if start <= verb.start < end], default=end)
    return [
        name
        for name in called
        if start <= name.start and name.end <= first and not preposed(name, text, start, language)
    ]


def preposed(name: Name, text: str, start: int, language: str) -> bool:
    """Say whether a name belongs to a preposition before it, no further back than a place in the folded text."""
    before = text[start : name.start]
    # In `il governatore del Primorye Oleg Kozhemyako` only the first word belongs to the preposition.
    if PLACED.search(before) and not name.keys and len(name.words) >= _LONG:
        return False
    return bool(_PREPOSED[language].search(before) or PLACED.search(before))


def _subject(start: int, end: int, verbs: Sequence[Piece], text: str, language: str) -> bool:
    """Say whether something without a name, or a pronoun, stands before a verb in its stretch."""
    taken = {verb.start for verb in verbs}
    return any(
        piece.folded in _PRONOUNS or (piece.term and not piece.folded.endswith(("ly", "mente")))
        for piece in pieces(text, language)
        if start <= piece.start < end and piece.start not in taken
    )


_LONG = 3
_PRONOUNS = frozenset("he she it they lui lei esso essa essi loro we you i".split())


def couples(match: re.Match[str], text: str, called: Sequence[Name]) -> bool:
    """Say whether a conjunction joins two names: `Putin and Kim`."""
    if match[0] not in _JOINS:
        return False
    left = any(0 <= match.start() - name.end <= 1 for name in called)
    right = any(
        0 <= name.start - match.end() <= 20 and text[match.end() : name.start].count(" ") <= 2 for name in called
    )
    return left and right

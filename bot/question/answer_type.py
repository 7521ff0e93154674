"""Whether a sentence holds the sort of thing that a question asks for: a date, a number of ships, a new name, a reason.

Surface evidence only, in Italian and English. What the question says already is no answer to it. Knows nothing of vectors
or ranking.
"""

import re
from collections.abc import Callable, Collection
from functools import lru_cache

from bot.question.kinds import Expected
from bot.question.words import ROLES
from index.analysis import fold, terms, tokens

_MONTHS = (
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
_DAYS = (
    "lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_DAY = re.compile(rf"\b(?:\d{{1,2}}°? (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}\b|(?:{_MONTHS}) \d{{4}})")
_YEAR = re.compile(r"(?<![\d.,])(?:1\d{3}|20\d{2})(?:s\b)?(?![\d]|[.,]\d)")
_AGE = re.compile(
    r"\b(?:[ivx]+|\d{1,2}(?:st|nd|rd|th)?|\w+esimo|\w+th|first) (?:secolo|century)|\bsecolo\b|\bcentur(?:y|ies)\b"
    r"|\banni ?'? ?(?:venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta|\d0)\b|\b(?:a\.c\.|d\.c\.|bc|ad|bce)\b"
    r"|\b(?:milion|miliard)[io] di anni\b|\b[mb]illion years\b|\byears ago\b|\banni fa\b"
)
_MOMENT = re.compile(
    rf"\b(?:{_DAYS}|{_MONTHS}|oggi|ieri|domani|today|yesterday|tomorrow|settimana|week|estate|inverno|summer|winter)\b"
)
_UNITS = r"(?:ann[oi]|mes[ei]|giorn[oi]|or[ae]|minut[oi]|second[oi]|settiman[ae]|secol[oi]|decenni[o]?|years?|months?|days?|hours?|minutes?|seconds?|weeks?|centur(?:y|ies)|decades?)"
_NUMERALS = (
    "due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto"
    "|diciannove|vent[io]\\w*|trent[a]?\\w*|quarant\\w*|cinquant\\w*|sessant\\w*|settant\\w*|ottant\\w*|novant\\w*|cento|duecento|mille|mila"
    "|milion[ei]|miliard[oi]|dozzin[ae]|decin[ae]|centinai[ao]|migliai[ao]|meta|(?:un|due) terz[oi]|coppia|paio|nessun[oa]?"
    "|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|thirds?|pair|once|twice|none"
)
# The tail of a code is no number: Su-35.
_NUMBER = re.compile(rf"(?<![\w.,])(?<![^\W\d_]-)(?:\d[\d.,]*(?:\s?mila\b)?|(?:{_NUMERALS})\b)")
_DURATION = re.compile(
    rf"(?<!\w)(?:\d[\d.,]*|{_NUMERALS}|un|una|uno|a|an|one|several|diversi|molti|many|some|alcuni)[ -](?:di )?(?:\w+ )?{_UNITS}\b"
    r"|\b(?:dal?|from|since|fino al?|until) (?:il )?(?:\w+ )?\d{3,4}\b"
)
# "Dopo 24 anni" and "15 anni fa" tell no age.
_NO_AGE = "".join(rf"(?<!\b{word} )" for word in "dopo da per in ogni fra tra quasi ultimi prossimi primi".split())
_AGED = re.compile(
    rf"\b(?:\d+|{_NUMERALS})[ -]years?[ -]old\b|{_NO_AGE}\b(?:\d+|{_NUMERALS}) anni\b(?! (?:fa|dopo|prima|or sono)\b)|\b(?:aged?|born|eta|nacque|nascita|compleanno|birthday)\b|\bnat[oa] (?:il|nel|a)\b"
)
_LENGTH = re.compile(
    rf"(?<!\w)(?:\d[\d.,]*|{_NUMERALS}|un|a|one)[ -](?:\w+ )?(?:km|m|cm|mm|chilometr[oi]|metr[oi]|miglia|piedi|centimetri|kilomet(?:re|er)s?"
    r"|met(?:re|er)s?|miles?|feet|foot|inch(?:es)?)\b"
)
_WEIGHT = re.compile(
    rf"(?<!\w)(?:\d[\d.,]*|{_NUMERALS}|una|a|one)[ -](?:\w+ )?(?:kg|g|t|chil[oi]|chilogramm[oi]|tonnellat[ae]|gramm[oi]|libbre|ton(?:ne)?s?"
    r"|kilogram(?:me)?s?|grams?|pounds?)\b"
)
_PERCENT = re.compile(r"\d\s?%|\bper ?cento\b|\bpercent\b|\b(?:meta|half|terzi|thirds|quarti|quarters)\b")
_MONEY = re.compile(
    r"[$€£¥]|\b(?:dollar[oi]|dollars?|euro|euros|rubl[oi]|rubles?|roubles?|won|yen|yuan|sterlin[ae]|pounds?|usd)\b"
)
_REASON = re.compile(
    r"\b(?:perche|poiche|giacche|siccome|dato che|visto che|in quanto|a causa|per via|grazie a\w*|dovut[oaie]|pertanto|per questo|quindi"
    r"|cosi da|al fine|allo scopo|motiv\w+|ragion[ei]|caus\w+|affinche|in risposta|in modo da|spinto|spinse|portat[oaie]"
    r"|because|since|due to|owing to|as a result|therefore|so that|in order|in response|reasons?|caus\w+|thus|led to|result\w* in|motivated)\b"
    r"|\bper \w+(?:are|ere|ire|rsi)\b"
)
_MANNER = re.compile(
    r"\b(?:attraverso|mediante|tramite|grazie a\w*|per mezzo|usando|utilizzando|facendo|\w{3,}(?:ando|endo)|con l\W|con il|con una?|by|through|using|via|with a|\w{3,}ing)\b"
)
_COPULA = re.compile(
    r"\b(?:e'|e|era|sono|erano|fu|furono|significa|indica|si riferisce|consiste|chiamat[oaie]|dett[oaie]|not[oaie] come|definit[oaie]"
    r"|is|are|was|were|means|refers to|consists|called|known as|defined)\b|, (?:il|la|lo|l'|i|le|gli|un|una|uno|a|an|the|un') ?\w|\("
)
_CAPITAL = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][^\W_]*(?:[-’'.&][^\W_]+)*)(?: (?:(?:of|de|von|van|al|el|bin|of the|di|del|della) )?[A-ZÀ-ÖØ-Þ][^\W_]*(?:[-’'.&][^\W_]+)*)*"
)
_PLACED = re.compile(
    r"\b(?:a|ad|in|nel|nella|nello|nell|negli|nei|nelle|da|dal|dalla|dall|verso|presso|sul|sulla|at|from|to|near|into|on|of|di|del|della|dell|across|within)(?: the)?[\s'’]+$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{2,}[\"”»]")
_DATED = re.compile(r"([^\W\d_]{4,}) (?:del(?:l'|lo)?|of)(?: the)? ?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[^\W\d_]+ )?$")
_THING = re.compile(r" ([^\W\d_]{4,})")
_NEAR = 4
_NEAR_ROLE = 8
_FULL_NAME = 20
_OR_LENGTH = 0.7
_APPOSED = re.compile(r"(?:'s)?(?:, | (?:e'|e|era|is|was|are) )")


@lru_cache(maxsize=4096)
def _folded(sentence: str) -> str:
    return fold(sentence.replace("’", "'"))


def evidence(expected: Expected, sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    """Return how clearly a sentence holds the sort of thing expected, 0 to 1.

    Args:
        expected: what an answer must hold.
        sentence: as written.
        language: of the sentence.
        said: terms in the sentence's language that the question says itself.
        focus: terms in the sentence's language of the noun that is counted.
    """
    finder = _FINDERS.get(expected)
    return finder(sentence, language, said, focus) * _WORTH.get(expected, 1.0) if finder else 0.0


def _date(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    plain = _folded(sentence)
    days = [m for m in _DAY.finditer(plain) if m[0].split()[0] not in said or m[0].split()[-1] not in said]
    years = [m for m in _YEAR.finditer(plain) if m[0].rstrip("s") not in said]
    if any(not _tells_apart(match, plain, language, said) for match in (*days, *years)) or _AGE.search(plain):
        return 1.0
    if days or years:
        return 0.0
    return 0.4 if any(match[0] not in said for match in _MOMENT.finditer(plain)) else 0.0


def _tells_apart(match: re.Match[str], plain: str, language: str, said: Collection[str]) -> bool:
    """Say whether a date only says which one: `il trattato del 2000`, `the 2024 treaty`, where the treaty is asked about."""
    before, behind = _DATED.search(plain[: match.start()]), _THING.match(plain, match.end())
    words = [found[1] for found in (before, behind if language == "en" else None) if found]
    return any(known and known[0] in said for known in (terms(word, language) for word in words))


def _number(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    plain = _folded(sentence)
    best = 0.0
    dates = [match.span() for match in (*_DAY.finditer(plain), *_YEAR.finditer(plain))]
    for match in _NUMBER.finditer(plain):
        if any(term in said for term in terms(match[0], language)) and match[0][0].isdigit():
            continue
        dated = any(start <= match.start() < end for start, end in dates)
        near = terms(plain[match.end() : match.end() + 80], language)[:_NEAR]
        counted = any(term in focus for term in near)
        best = max(best, 1.0 if counted else 0.2 if dated else 0.6)
    return best


def _span(pattern: re.Pattern[str]) -> "Finder":
    def find(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
        return 1.0 if pattern.search(_folded(sentence)) else 0.0

    return find


def _extent(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    """Look for a duration; `how long is` may ask for a length as well."""
    plain = _folded(sentence)
    return 1.0 if _DURATION.search(plain) else _OR_LENGTH if _LENGTH.search(plain) else 0.0


def _percent(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    return 1.0 if _PERCENT.search(_folded(sentence)) else 0.3 * _number(sentence, language, said, focus)


def _money(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    number = _number(sentence, language, said, focus)
    return number if number and _MONEY.search(_folded(sentence)) else 0.3 * number


@lru_cache(maxsize=4096)
def names(sentence: str, language: str) -> tuple[tuple[str, bool, bool], ...]:
    """Return the capitalised names of a sentence: each as written, whether it opens it, whether a place could stand so."""
    found = []
    for match in _CAPITAL.finditer(sentence):
        opens = not re.search(r"\w", sentence[: match.start()])
        name = match[0]
        if opens and not terms(name.split(" ")[0], language):
            name = name.partition(" ")[2]
        if len(name) > 1 and terms(name, language) and not re.fullmatch(rf"(?:{_MONTHS}|{_DAYS})", fold(name)):
            found.append((name, opens and " " not in name, bool(_PLACED.search(sentence[: match.start()]))))
    return tuple(found)


def _new_names(sentence: str, language: str, said: Collection[str]) -> list[tuple[str, bool, bool]]:
    return [found for found in names(sentence, language) if not all(term in said for term in terms(found[0], language))]


def _person(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    found = _new_names(sentence, language, said)
    return max((0.3 if opens else 1.0 if " " in name else 0.7 for name, opens, _ in found), default=0.0)


def _place(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    found = _new_names(sentence, language, said)
    return max((1.0 if placed else 0.3 if opens else 0.5 for _, opens, placed in found), default=0.0)


def _name(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    found = _new_names(sentence, language, said)
    return 1.0 if any(not opens for _, opens, _ in found) or _QUOTED.search(sentence) else 0.3 * bool(found)


def _definition(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    defined = [token.end for token in tokens(sentence, language) if token.term in said]
    if not defined:
        return 0.0
    behind = _folded(sentence)[defined[0] : defined[0] + 60]
    early = 1.0 if defined[0] < len(sentence) / 3 else 0.5
    return early if _COPULA.search(behind) else 0.0


def _identity(sentence: str, language: str, said: Collection[str], focus: Collection[str]) -> float:
    """Look for who someone is: a role just before the name, or behind it after a comma or a form of to be."""
    plain = _folded(sentence)
    named = [token for token in tokens(sentence, language) if token.term in said]
    if not named:
        return 0.0
    first = named[0]
    # A surname alone may be asked for, and the sentence say the first name too.
    last = next((token for token in reversed(named) if token.start - first.end < _FULL_NAME), first)
    before = re.findall(r"[^\W_]+|[.;:,]", plain[: first.start])[-_NEAR_ROLE:]
    after = _APPOSED.match(plain[last.end :])
    behind = re.findall(r"[^\W_]+", plain[last.end + after.end() :])[:_NEAR_ROLE] if after else []
    return 1.0 if not ROLES[language].isdisjoint((*_since_break(before), *behind)) else 0.0


def _since_break(words: list[str]) -> list[str]:
    breaks = [n for n, word in enumerate(words) if word in ".;:,"]
    return words[breaks[-1] + 1 :] if breaks else words


Finder = Callable[[str, str, Collection[str], Collection[str]], float]

_FINDERS: dict[Expected, Finder] = {
    Expected.DATE: _date,
    Expected.NUMBER: _number,
    Expected.PERCENT: _percent,
    Expected.MONEY: _money,
    Expected.DURATION: _extent,
    Expected.AGE: _span(_AGED),
    Expected.LENGTH: _span(_LENGTH),
    Expected.WEIGHT: _span(_WEIGHT),
    Expected.REASON: _span(_REASON),
    Expected.MANNER: _span(_MANNER),
    Expected.PERSON: _person,
    Expected.PLACE: _place,
    Expected.NAME: _name,
    Expected.DEFINITION: _definition,
    Expected.IDENTITY: _identity,
}

# What these rest on is common in any sentence, so that finding it proves little.
_WORTH = {Expected.REASON: 0.4, Expected.MANNER: 0.2, Expected.DEFINITION: 0.4}

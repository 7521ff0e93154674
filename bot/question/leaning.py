"""Whether a question leans on something said before: no verb of its own, a bare pronoun, a noun that is only counted.

Knows nothing of what was said.
"""

import re
from collections.abc import Sequence

from bot.question.analyse import analyse
from bot.question.follow_words import VERBS_EN
from bot.question.kinds import Expected, Kind
from bot.question.mention import Mention
from bot.question.mentions import mentions
from index.analysis import fold

BARE = re.compile(
    r"(?:(?:a|di|da|con|per|su|to|of|from|with|for|about) )?(?:(?P<he>lui|egli|him|he)|(?P<she>lei|ella|her|she)|(?P<they>loro|essi|esse|quelli|quelle|questi|queste|they|them|these|those)"
    r"|(?P<it>quello|quella|questo|questa|cio|it|this|that|that one|this one))"
)
"""A pronoun and nothing else; the group tells which."""

UNRESOLVED = {
    "it": re.compile(
        r"\b(?:glie\w+|lui|lei|loro|egli|ella|essi|esse|(?:gli|lo|la|li|l')\s?(?:ha|hanno|aveva|avevano)\b|suo|sua|suoi|sue|(?:il|la) (?:prim[oa]|second[oa]|terz[oa]|ultim[oa]|prossim[oa]|altr[oa])$|l'(?:ultim|altr)[oa]$|quest[oaie] ?$|quell[oaie] ?$)"
    ),
    "en": re.compile(
        r"\b(?:the (?:first|second|third|last|next|other|latest)(?: one)?$|he|him|his|she|hers?|they|them|their|it(?! (?:true|possible|is|was)\b))\b"
    ),
}
"""By language: a pronoun that means nothing by itself."""

FACT = {
    "it": re.compile(
        r"\b(?:lo|l') ?(?:ha|hanno|aveva|avevano|avrebbe)? ?(?:gia )?(?:ammess|negat|confermat|smentit|riconosciut|ammette|nega|conferma|smentisce|sapeva|sa\b|sapevano)\w*"
    ),
    "en": re.compile(
        r"\b(?:admit(?:ted)?|den(?:y|ied)|confirm(?:ed)?|acknowledged?|know|knew|believed?|dispute[ds]?) (?:it|that|this)$|how long (?:did|does|will) (?:it|that|this) (?:take|last)\b"
    ),
}
"""By language: a pronoun that means all that was asked."""

_VERBS_IT = re.compile(
    r"(?:ha|hanno|aveva|avevano|e'|era|erano|sono|fu|furono|sara|saranno|puo|possono|deve|devono|vuole|vogliono|dice|dicono|fa|fanno|va|vanno|c'e'?|ci|si|che|chi|cosa|quando"
    r"|dove|come|quanto|quant[iea]|quale|quali|perche'?|\w+(?:ato|uto|ito|eva|evano|ava|avano|arono|irono|isce|iscono))"
)
_ASKS_EN = frozenset(
    "who what when where why how which whose whom did does do is are was were has have had can could will would should may might must 's"
    " tell explain describe give show list summarise summarize compare".split()
)
_COMMANDS_IT = frozenset(
    "parlami dimmi raccontami spiegami spiega riassumi elenca elencami descrivi confronta dammi mostrami".split()
)
_NOUN = {
    "it": re.compile(
        r"(?:(?:e|ma)[ ,]+)?(?P<how>quant[iea]|quale|quali|che|di quale|con quale|con quali|in quale|in quali|da quale)\s(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)\W*",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:(?:and|but)[ ,]+)?(?P<how>(?:(?:with|in|on|by|from|to|at|under|for) )?(?:how many|how much|which|what))\s(?!about\b|of\b|else\b)(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)\W*",
        re.IGNORECASE,
    ),
}
_COUNTS = frozenset("volte anni giorni ore mesi tempo times years days hours months".split())
_DETERMINER = re.compile(
    r"(?:il|lo|la|i|gli|le|un|uno|una|(?:a|de|da|ne|su)(?:l|llo|lla|i|gli|lle)|the|an?|of|di|quest[oaie]|quel|quell[oaie])"
)
_LONGEST = 7


_OPENED = {
    "it": re.compile(r"^(?:e|ed|ma)\s+(?=\S)", re.IGNORECASE),
    "en": re.compile(r"^(?:and|but|so)\s+(?=\S)", re.IGNORECASE),
}
_POINTING = re.compile(
    r"\b(?:to|about|of|by|at|with|for) (?:that|this)$|\b(?:a|di|da|con|per|su) (?:cio|questo|quello)$"
)
_SHORT = 9
_FEW, _BARE = 5, 2


def continued(text: str, plain: str, language: str) -> str:
    """Return what a question asks that goes on from the last one though it has a verb of its own, else "".

    It opens with `And`, is short and names one thing at most; it points back (`respond to that`); or it hardly says
    anything (`who took part?`). One that asks who or what something is stands by itself.
    """
    opened = _OPENED[language].match(text)
    if opened is None:
        return text if _POINTING.search(plain) or _bare(text, language) else ""
    rest = text[opened.end() :]
    if analyse(rest, language).expected in (Expected.IDENTITY, Expected.DEFINITION) or len(rest.split()) > _SHORT:
        return ""
    return rest if len(mentions(rest, language)) <= 1 else ""


def _bare(text: str, language: str) -> bool:
    """Tell whether a question hardly says what it is about: `who took part?`, `che razza sono?`."""
    asked = analyse(text, language)
    if asked.kind in (Kind.OTHER, Kind.TOPIC, Kind.DEFINITION) or asked.expected is Expected.IDENTITY:
        return False
    return 0 < len(asked.content) <= _BARE and len(text.split()) <= _FEW and not mentions(text, language)


def verbless(rest: str) -> bool:
    """Tell whether a text is a topic without a verb: `the Americans`, `nel 2000`, `i missili balistici`."""
    # "May" is a month, "may" is not.
    words = re.findall(r"[^\W_]+(?:[’'][^\W_]+)*|'s\b", fold(rest.replace("’", "'").replace("May", "June")))
    written = re.findall(r"[^\W_]+", rest.lower())
    if not words or len(words) > _LONGEST or "è" in written:
        return False
    if any(word.split("'")[0] in _ASKS_EN or word in _COMMANDS_IT for word in words):
        return False
    headed = [n == 0 or not _DETERMINER.fullmatch(words[n - 1]) for n in range(len(words))]
    if any(_VERBS_IT.fullmatch(word) and free for word, free in zip(words, headed, strict=True)):
        return False
    return not any(
        word in VERBS_EN and n > 0 and words[n - 1] not in ("the", "a", "of", "in") for n, word in enumerate(words)
    )


def names_only(rest: str, named: Sequence[Mention]) -> bool:
    """Tell whether a text is one name or date and nothing else but an article or a preposition."""
    if len(named) != 1:
        return False
    left = (rest[: named[0].start] + rest[named[0].end :]).strip(" ?!.,")
    return not left


def noun_asked(text: str, language: str) -> tuple[str, str] | None:
    """Return the asking words and the noun of a question that is nothing else (`How many soldiers?`), else None."""
    match = _NOUN[language].fullmatch(text)
    if match and " " in match["noun"] and fold(match["noun"].split()[0]) in _COUNTS:
        return None
    if match is None or not verbless(match["noun"]) or fold(match["noun"]) in ("altro", "else"):
        return None
    return match["how"].lower(), match["noun"]


_BESIDE = re.compile(
    r"(?:(?:nel|in|the) )?(?:l'|un |the |a )?(?:anno|year) (?P<it>prima|precedente|dopo|seguente|successivo|before|after|earlier|later)"
    r"|(?:in )?the (?P<en>previous|preceding|following|next) year"
)
_AFTER = frozenset("dopo seguente successivo after later following next".split())
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")


def year_beside(plain: str, question: str, answer: str) -> int | None:
    """Return the year that `the year before` means, counted from that of a question, else of an answer that names one; or None."""
    match = _BESIDE.fullmatch(plain)
    if match is None:
        return None
    for text in (question, answer):
        years = set(_YEAR.findall(text))
        if years:
            step = 1 if (match["it"] or match["en"]) in _AFTER else -1
            return int(years.pop()) + step if len(years) == 1 else None
    return None

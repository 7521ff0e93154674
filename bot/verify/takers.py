"""What goes from whom to whom: whether a sentence has giver and taker the other way round than a quote.

Knows names and prepositions, whatever the verb. Knows nothing of verdicts.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.verify.agents import PLACED, bare, by, even_of, preposed
from bot.verify.names import Name, names, near

_TO = {
    "it": re.compile(r"\b(?:a|ad|al|allo|alla|ai|agli|alle|all')(?: \w+)? ?$"),
    "en": re.compile(r"\b(?:to|for)(?: the)?(?: \w+)? ?$"),
}
_DATIVE = re.compile(
    r"\b(?:gave|give|gives|given|owe[sd]?|sen[dt]s?|offer(?:s|ed)?|promise[sd]?|award(?:s|ed)?|lent|lends?|s[eo]l[ld]s?"
    r"|pa(?:ys?|id)|show(?:s|ed|n)?|hand(?:s|ed)?|grant(?:s|ed)?) $"
)
_STEP = re.compile(r" (?:a|ad|al|allo|alla|ai|agli|alle|all'|to)(?: the)?(?: \w+)? ?")
_FROM = {
    "it": re.compile(r"\b(?:da|dal|dallo|dalla|dagli|dalle|dall') ?$"),
    "en": re.compile(r"\bfrom(?: the)? $"),
}
_ONWARD = {
    "it": re.compile(r" (?:a|al|allo|alla|agli|alle|all'|verso|in|per) ?(?:il |la |l'|gli )?"),
    "en": re.compile(r" (?:to|into|towards?)(?: the)? "),
}


def crossed(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return two names that go the one to the other in a sentence, and the other way in a quote, or ""."""
    return _crossed(_ends(sentence, language), _ends(quote, quoted)) or _back(sentence, language, quote, quoted)


def _back(sentence: str, language: str, quote: str, quoted: str) -> str:
    """Return from where to where something goes in a sentence that goes the other way in a quote, or ""."""
    theirs = _ways(quote, quoted)
    for one, other in _ways(sentence, language):
        straight = any(near(one, start) and near(other, end) for start, end in theirs)
        if not straight and any(near(one, end) and near(other, start) for start, end in theirs):
            return f"{one.surface}, {other.surface}"
    return ""


def _ways(text: str, language: str) -> list[tuple[Name, Name]]:
    """Return from where to where: `from Russia to South Korea`, `dalla Corea del Sud alla Russia`."""
    even, called = even_of(text), names(text, language)
    return [
        (one, other)
        for one, other in pairwise(called)
        if _FROM[language].search(even[: one.start]) and _ONWARD[language].fullmatch(even[one.end : other.start])
    ]


def _crossed(mine: tuple[list[Name], list[Name]], theirs: tuple[list[Name], list[Name]]) -> str:
    for giver in mine[0]:
        for taker in mine[1]:
            # Behind to whom it goes a name is more likely what is given.
            if giver.start > taker.start or near(giver, taker):
                continue
            if _among(giver, theirs[0]) or not _among(giver, theirs[1]):
                continue
            if _among(taker, theirs[0]) and not _among(taker, theirs[1]) and not _among(taker, mine[0]):
                return f"{giver.surface}, {taker.surface}"
    return ""


def _ends(text: str, language: str) -> tuple[list[Name], list[Name]]:
    """Return the names of a sentence that stand for themselves, and those to which something goes."""
    even, called = even_of(text), bare(text, language)
    takers = [
        name
        for name in called
        if _TO[language].search(even[: name.start]) or (language == "en" and _DATIVE.search(even[: name.start]))
    ]
    givers = [
        name
        for name in called
        if name not in takers
        and (not preposed(name, even, 0, language) or by(name, even, language) or _gives(name, even, takers))
    ]
    return givers, takers


def _gives(name: Name, text: str, takers: Sequence[Name]) -> bool:
    """Say whether a name is whose a thing is that goes to another: `i doni di Putin a Kim`."""
    return bool(PLACED.search(text[: name.start])) and any(
        taker.start > name.end and _STEP.fullmatch(text[name.end : taker.start]) for taker in takers
    )


def _among(one: Name, others: Sequence[Name]) -> bool:
    return any(near(one, other) for other in others)

"""A name, a date or a thing in a text, and the preposition and article that belong to it.

Knows nothing of how they are found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.question.peoples import Named

AGENTS = ("person", "country", "people", "org", "city")
"""Kinds that act and speak."""

_PREPOSITION = re.compile(
    r"(?:^|(?<=\s))(?P<prep>(?P<it>a|ad|di|da|in|su|con|per|tra|fra|contro|verso|secondo|al|allo|alla|all'|ai|agli|alle|del|dello|della|dell'|dei|degli|delle"
    r"|dal|dallo|dalla|dall'|dai|dagli|dalle|nel|nello|nella|nell'|nei|negli|nelle|sul|sullo|sulla|sull'|sui|sugli|sulle|col|coi)"
    r"|(?P<en>to|of|from|in|on|with|by|for|against|between|about|at|into|toward|towards|since|until|during|after|before|under))(?P<gap>\s|(?<='))$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:^|(?<=[\s]))(?:il|lo|la|i|gli|le|the)\s$|(?:^|(?<=\s))l['’]$", re.IGNORECASE)
_JOINED = re.compile(r"(?:^|(?<=\s))(?P<prep>all|dell|dall|nell|sull)['’]$", re.IGNORECASE)
_SEEN = 30


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, a date or a thing in a text.

    Attributes:
        text: as written, without preposition; with the article of a thing, without that of a name.
        start: offset of its preposition or article, if it has one, else of itself.
        end: offset behind it.
        kind: "person", "country", "people", "city", "org", "date" or "thing".
        prep: the preposition before it, an article contracted with it left out ("di", "to"), else "".
        gender: "m", "f" or "" (may be either).
        plural: whether it is more than one.
        entry: what the table knows of it.
    """

    text: str
    start: int
    end: int
    kind: str
    prep: str = ""
    gender: str = ""
    plural: bool = False
    entry: Named | None = None


def base_preposition(word: str) -> str:
    """Return a preposition without the article that Italian joins to it: `dell'` -> `di`."""
    plain = word.lower().replace("’", "'")
    joined = {"a": "al|allo|alla|all'|ai|agli|alle|ad", "di": "del|dello|della|dell'|dei|degli|delle|d'",
              "da": "dal|dallo|dalla|dall'|dai|dagli|dalle", "in": "nel|nello|nella|nell'|nei|negli|nelle",
              "su": "sul|sullo|sulla|sull'|sui|sugli|sulle", "con": "col|coi"}  # fmt: skip
    return next((base for base, forms in joined.items() if plain in forms.split("|")), plain)


def before(text: str, start: int) -> tuple[int, str]:
    """Return where what belongs to a name begins (article, preposition), and its preposition."""
    seen = near(text, start)
    offset = start - len(seen)
    article = _ARTICLE.search(seen)
    at = article.start() if article else len(seen)
    match = _JOINED.search(seen[:at]) or _PREPOSITION.search(seen[:at])
    if match is None:
        return offset + at, ""
    word = match["prep"] + ("'" if match.re is _JOINED else "")
    return offset + match.start("prep"), base_preposition(word)


def near(text: str, end: int) -> str:
    """Return the few whole words before an offset, all that the patterns anchored there have to see."""
    return text[:end] if end <= _SEEN else text[end - _SEEN : end].partition(" ")[2]


def overlaps(one: Mention, others: Iterable[Mention]) -> bool:
    """Tell whether a mention shares a character with one of others."""
    return any(one.start < other.end and other.start < one.end for other in others)

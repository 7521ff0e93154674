"""One name or number put in the place of another in a question; its verb and its preposition follow.

Knows nothing of which name has to go.
"""

import re
from collections.abc import Sequence

from bot.question.mention import Mention
from bot.question.referents import agent, phrase

_NUMBERS = {
    "it": (("ha", "hanno"), ("è", "sono"), ("aveva", "avevano"), ("era", "erano"), ("fu", "furono"), ("può", "possono"), ("deve", "devono"), ("vuole", "vogliono"),
           ("avrebbe", "avrebbero"), ("sarà", "saranno"), ("poteva", "potevano"), ("dice", "dicono"), ("fa", "fanno"), ("pensa", "pensano"), ("sostiene", "sostengono"),
           ("chiede", "chiedono"), ("prevede", "prevedono"), ("invia", "inviano"), ("viene", "vengono"), ("produce", "producono"), ("compra", "comprano"), ("vende", "vendono")),
    "en": (("does", "do"), ("is", "are"), ("was", "were"), ("has", "have")),
}  # fmt: skip
_PLURAL_THINGS = ("Stati Uniti", "Paesi Bassi", "Nazioni Unite", "Filippine")


_OWN = {"it": ("in", "a", "con", "da", "contro"), "en": ("in", "at", "to", "with", "from", "against")}


def exchange(body: str, one: Mention, other: Mention, language: str) -> str:
    """Return a question in which two names have changed places, each behind the other's preposition."""
    first, second = sorted((one, other), key=lambda m: m.start)
    late = f"{body[: second.start]}{phrase(first, language, second.prep)}{body[second.end :]}"
    return f"{late[: first.start]}{phrase(second, language, first.prep)}{late[first.end :]}"


def put(body: str, old: Mention, new: Mention, language: str, subject: bool) -> str:
    """Return a question with one name in the place of another; the verb follows where that is the subject."""
    prep = new.prep if old.prep and new.prep in _OWN[language] else _preposition(old, new, language)
    form = phrase(new, language, prep)
    before, after = body[: old.start], body[old.end :]
    before, after = _agreed(before, after, old, new, form, language) if subject else (before, after)
    return f"{before}{form}{after}"


def _preposition(old: Mention, new: Mention, language: str) -> str:
    if language == "it" and old.prep == "a" and old.kind == "city" and new.kind in ("country", "people"):
        return "in"
    if language == "it" and old.prep == "in" and old.kind == "country" and new.kind == "city":
        return "a"
    return old.prep


def _agreed(before: str, after: str, old: Mention, new: Mention, form: str, language: str) -> tuple[str, str]:
    many, was = _plural(new, form, language), _plural(old, old.text, language)
    if many is was and language == "en":
        return before, after
    pairs = {one: other for pair in _NUMBERS[language] for one, other in (pair if many else pair[::-1],)}
    words = before.split(" ")
    at = next(
        (
            n
            for n in range(len(words) - 1, max(-1, len(words) - 5), -1)
            if words[n].lower() in {*pairs, *pairs.values()}
        ),
        None,
    )
    if at is None:
        first, _, rest = after.lstrip().partition(" ")
        return (before, f" {pairs[first]} {rest}".rstrip()) if many is not was and first in pairs else (before, after)
    verb = words[at].lower()
    moved = pairs.get(verb, verb) if many is not was else verb
    agreeing = [
        _participle(w, new, form, many) if moved in ("è", "sono", "era", "erano", "fu", "furono") else w
        for w in words[at + 1 :]
    ]
    return " ".join([*words[:at], moved.capitalize() if words[at][:1].isupper() else moved, *agreeing]), after


def _participle(word: str, new: Mention, form: str, many: bool) -> str:
    if not re.fullmatch(r"[^\W\d_]+[ts][oaie]", word):
        return word
    feminine = new.gender == "f" or form.startswith(("la ", "le "))
    return word[:-1] + (("e" if feminine else "i") if many else ("a" if feminine else "o"))


def _plural(mention: Mention, form: str, language: str) -> bool:
    if language == "it":
        return (
            mention.kind == "people"
            or form.startswith(("gli ", "i ", "le "))
            or mention.plural
            or any(name in form for name in _PLURAL_THINGS)
        )
    return mention.kind == "people" or (mention.plural and mention.kind != "country")


NUMBER = re.compile(r"(?:(?:il|lo|la|the|number|numero|n\.|no\.) ?)?(?:number )?(?P<n>\d{1,4})", re.IGNORECASE)
"""A new number and nothing else: `number 3`."""
_ACCORDING = re.compile(r"(?:,? ?\b(?:secondo|stando|according)) ?$", re.IGNORECASE)
_NOISE = re.compile(r"(?:invece|allora|poi|anche|pure|then|instead|too|though|again|now|adesso|ora)\b", re.IGNORECASE)
_FEW = 3


THAT_OF = re.compile(r"(?:quell[oaie]|that|those|the ones?) (?:d[ei]|dell|of|from)", re.IGNORECASE)
"""How a new topic opens that is the same thing of another."""


def owned(body: str, named: Sequence[Mention], new: Mention, language: str) -> str:
    """Return a question about the same thing of another: `quella del Canada`."""
    old = next((m for m in named if agent(m) and m.prep in ("di", "of", "from", "da")), None)
    return "" if old is None else put(body, old, new, language, subject=False)


def according(body: str, named: Sequence[Mention], written: str) -> str:
    """Return a question with another one according to whom something is: there is one only."""
    for m in named:
        governed = _ACCORDING.search(body[: m.start])
        if m.prep == "secondo" or governed:
            start = governed.start() if governed else m.start
            before, after = body[:start].rstrip(" ,"), body[m.end :].strip(" ,")
            return f"{before}, {written}" if not after else f"{before} {written} {after}".strip()
    return f"{body}, {written}"


def numbered(body: str, named: Sequence[Mention], number: str) -> str:
    """Return a question with another number in the thing that it names: `and number 3?` of Article 4."""
    thing = next((m for m in named if m.kind == "thing" and re.search(r" \d+$", m.text)), None)
    if thing is None:
        return ""
    return f"{re.sub(r'[0-9]+$', number, body[: thing.end])}{body[thing.end :]}"


def left_over(rest: str, new: Mention) -> str:
    """Return what stands behind a new name and belongs to the question too: `and Kim in return?`."""
    behind = rest[new.end :].strip().rstrip("?!. ")
    fits = behind[:1].isalpha() and len(behind.split()) <= _FEW and not _NOISE.match(behind)
    return f" {behind}" if fits else ""

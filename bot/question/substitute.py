"""One name put in the place of another in a question; its verb and its preposition follow.

Knows nothing of which name has to go.
"""

import re

from bot.question.mention import Mention
from bot.question.referents import phrase

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

"""Italian pronouns that are replaced where they stand: `di lui`, `il suo viaggio`, `quel trattato`, `lì`, `allora`.

Knows nothing of clitics and dropped subjects, nor of how referents were found.
"""

import re

from bot.question.mention import Mention
from bot.question.mentions import mentions
from bot.question.referents import Referents, agent, joined, key, phrase
from index.analysis import fold

AUXILIARIES = (
    r"hanno|ha|avevano|aveva|avrebbero|avrebbe|avrà|avranno|ebbero|ebbe|sono|è|erano|era|furono|fu|saranno|sarà|può|possono|poteva|potrebbe|deve|devono|dovrebbe"
    r"|vuole|vogliono|voleva|sta|stanno"
)
"""Forms of the verbs that Italian builds others with, as a pattern."""
_POSSESSIVE = re.compile(
    r"(?P<art>\b(?:il|la|i|le|lo|gli|al|alla|ai|alle|del|della|dei|delle|dal|dalla|nel|nella|sul|sulla|sui|sulle) )?\b(?:(?P<poss>suo|sua|suoi|sue)|(?P<their>loro)) (?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
_STRESSED = re.compile(
    r"\b(?P<prep>a|di|da|con|per|su|su di|contro|contro di|tra|fra|verso|secondo|in) (?P<word>lui|lei|loro|essi|esse|esso|essa|questo|quello|ciò|questa|quella|questi|quelli|queste|quelle)(?=\W|$)(?! [^\W\d_]{3,})",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(
    r"\b(?:(?P<prep>a|di|da|in|su|con|per) )?(?P<this>quest[oaie]|quel|quell[oaie]|quei|quegli|quest'|quell')(?:(?<=')| )(?P<noun>[^\W\d_]{3,})",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?P<from>da )?(?:lì|là|laggiù)(?=\W|$)", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:allora|all'epoca|in quel periodo|quel giorno|in quell'anno|quell'anno|in quel momento)(?=\W*$)",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:ci|vi) (?=(?:è|sono|era|erano) (?:andat|arrivat|stat|venut|tornat|entrat))", re.IGNORECASE)


def stressed_pronoun(word: str, referents: Referents, without: list[str]) -> Mention | None:
    """Return what a stressed pronoun (`lui`, `loro`, `quello`) means; `without` are keys of what it cannot."""
    if word.startswith("l'altr"):
        people = [m for m in referents.asked if m.kind == "person" and key(m) not in without]
        return people[1] if len(people) > 1 else None
    if word in ("lui", "egli"):
        return referents.person("m", without)
    if word in ("lei", "ella"):
        return referents.person("f", without)
    if word in ("loro", "essi", "esse", "quelli", "questi"):
        return referents.find(lambda m: m.plural, without) or referents.find(
            lambda m: m.kind in ("country", "org"), without
        )
    return referents.thing(False, without)


def in_place(question: str, referents: Referents, used: list[str]) -> str:
    """Return a question with the pronouns replaced that keep their place: `di lui`, `il suo viaggio`, `quel trattato`, `lì`."""
    named = [key(m) for m in mentions(question, "it", referents.known())]

    def stressed(match: re.Match[str]) -> str:
        found = stressed_pronoun(match["word"].lower(), referents, named)
        if found is None:
            return match[0]
        used.append(key(found))
        return joined(match["prep"].lower().removesuffix(" di"), phrase(found, "it"))

    def possessive(match: re.Match[str]) -> str:
        if named or (match["their"] and not match["art"]) or re.match(rf"(?:{AUXILIARIES}|cosa|che)$", match["noun"]):
            return match[0]
        if match["their"]:
            found = stressed_pronoun("loro", referents, [])
        else:
            found = referents.find(lambda m: agent(m) and not m.plural) or referents.thing(False)
        return match[0] if found is None else f"{match['art'] or ''}{match['noun']} {joined('di', phrase(found, 'it'))}"

    def demonstrative(match: re.Match[str]) -> str:
        noun, plural = fold(match["noun"]), match["this"].lower()[-1] in "ie" and match["this"].lower() != "quel"
        same = referents.find(lambda m: m.kind == "thing" and noun[:-1] in fold(m.text))
        found = same or (
            referents.find(lambda m: m.kind == "thing" and m.plural is plural, named) if _generic(noun) else None
        )
        return match[0] if found is None else joined((match["prep"] or "").lower(), phrase(found, "it"))

    text = _TIME.sub(lambda match: phrase(date, "it") if (date := referents.date()) is not None else match[0], question)
    # "Da lì dove andarono": what is first is no subject.
    text = re.sub(r"^(da (?:lì|là|laggiù)),? (\S.*?)(?=[?!. ]*$)", r"\2 \1", text, flags=re.IGNORECASE)
    place = referents.left() if re.search(r"\bda (?:lì|là|laggiù)\b", text, re.IGNORECASE) else referents.place()
    if place is not None and " che " not in question:
        text = _PLACE.sub(lambda match: phrase(place, "it", "da" if match["from"] else _locative(place)), text)
        if _GONE.search(text):
            text = re.sub(r"(?=[?!. ]*$)", f" {phrase(place, 'it', _locative(place))}", _GONE.sub("", text), count=1)
    return _DEMONSTRATIVE.sub(demonstrative, _POSSESSIVE.sub(possessive, _STRESSED.sub(stressed, text)))


def _locative(place: Mention) -> str:
    return "a" if place.kind == "city" else "in"


def _generic(noun: str) -> bool:
    return noun in frozenset(
        "accordo patto documento testo cosa oggetto incontro visita evento decisione legge regalo dono misura intesa".split()
    )

"""Italian pronouns, clitics and dropped subjects: `E lui cosa gli ha detto?` becomes `Cosa ha detto Putin a Kim?`.

A question is read as asking words, clitic, verb group and the rest; what is missing is put behind the verb. Knows nothing
of how referents were found.
"""

import re
from dataclasses import dataclass

from bot.question.mention import Mention
from bot.question.mentions import mentions
from bot.question.pronouns_in_place import AUXILIARIES, in_place, stressed_pronoun
from bot.question.referents import Referents, agent, key, phrase
from bot.question.words import ROLES
from index.analysis import fold

_WH = (
    r"(?:(?:da|a|con|per|di|in|su|tra|fra|fino a|contro) )?(?:quando|dove|perch[eé]'?|come mai|come|quanto tempo|che cosa|cosa|chi)"
    r"|(?:(?:in|a|con|per|di|su|da) )?(?:quant[oiea]|qual[ei]|che)(?P<noun>(?: (?!(?:ne|ci|il|i|un|una|gli|le|lo|la|li|l'|si|non|"
    + AUXILIARIES
    + r")\b)[^\W\d_]+(?=\s)){0,2})"
)
_QUESTION = re.compile(
    rf"^(?:(?P<first>l'altr[oa]|lui|lei|loro|egli|ella|essi|esse|esso|essa|quello|questo|quelli|questi|questa|quella),? )?(?P<wh>{_WH}|) ?(?P<neg>non )?(?P<si>si )?"
    rf"(?:(?P<clitic>gli |le |lo |la |li |l'|ne )(?={AUXILIARIES}\b|(?<!l')\w+(?: (?:a|di|da|in|con|per|su|nel|nella|al|alla) \S+(?: \S+)?)?$))?"
    rf"(?P<group>(?P<aux>{AUXILIARIES})(?: (?:già|mai|anche|poi|ancora))?(?: stat[oaie])?(?: (?P<verb>(?![^\W\d_]+nt[ei]\b)[^\W\d_]+(?:t[oaie]|s[oaie]|are|ere|ire|arl[oaie]|erl[oaie]|irl[oaie]|ndo)|sede|luogo|inizio|bisogno|ragione|intenzione))?"
    rf"|(?P<present>[^\W\d_]{{2,}}))(?P<rest>(?: .*)?)$",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^ ?(?:$|(?:a|ad|al|allo|alla|all'|ai|agli|alle|di|del|della|dell'|dei|da|dal|dalla|in|nel|nello|nella|nell'|nei|negli|nelle|con|per|su|sul|sulla|sulle|sui|tra|fra|contro"
    r"|durante|dopo|prima|secondo|verso|che|anche|poi|ieri|oggi|ancora|adesso|ora|invece|esattamente|se|quando|sugli|dai|dagli|il \d|nel \d)(?=\W|$|(?<=')))",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"^(?:(?:è|era|sarà|sono|fu|erano) (?:success|accadut|avvenut|capitat|cambiat|vero|possibile|chiaro|stat[oaie]$)|succed|accad|avvien|pass[aò]|trascor|serv|bisogna|significa|piove|riguarda$"
    r"|c'|ci sono|ci |esist|manca|ho|hai|abbiamo|avete|posso|puoi|sai|sei|siete|siamo|fare|dire|mi\b|ti\b|parlami|dimmi|spiegami|raccontami|riassumi|elenca|dammi|mostrami)",
    re.IGNORECASE,
)
_WHO_WERE = re.compile(r"chi (?:è|era|fu|sarà|(?P<many>sono|erano|furono|saranno))", re.IGNORECASE)
_NOUN_AHEAD = re.compile(
    r"(?<!\bper)(?<!\bcon)(?<!\btra)(?<!\bfra)(?<!\bsu)(?<!\bdi)(?<!\bdopo)(?<!\bdurante)(?<!\bcontro)(?<!\bsecondo)(?<!\bverso)(?<!\bprima) "
    r"(?:(?:il|lo|la|i|gli|le|un|uno|una) |l'|un')(?!\d)",
    re.IGNORECASE,
)
_ACTORS = ROLES["it"] | frozenset(
    "paese paesi agenzia banca gruppo azienda nave navi stato stati esercito giornale ministero".split()
)
_LONG = 8
_LATE = frozenset({"lui", "lei", "loro", "essi", "esse", "egli", "ella"})
_FACT = re.compile(r"(?:dett|fatt|scritt|saput|dichiarat|affermat|ripetut|promess)[oaie]$", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\bstat[oaie] |^(?:preved|contien|stabilisc|vieta|obblig|dura|scad|comprend|riguarda|ammont|cost|pesa|val[eg])|in vigore|scadut|durat[oa]|entrat[oa] in",
    re.IGNORECASE,
)
_PLURAL = frozenset(
    "hanno avevano avrebbero avranno ebbero sono erano furono saranno possono devono vogliono stanno".split()
)
_BEING = frozenset("e sono era erano fu furono sara saranno".split())


@dataclass(frozen=True, slots=True)
class _Read:
    """A question taken apart by `_QUESTION`; `tail` is its mark."""

    match: re.Match[str]
    tail: str

    def part(self, name: str) -> str:
        return (self.match[name] or "").strip()

    @property
    def plural(self) -> bool:
        aux = fold(self.part("aux"))
        return aux in _PLURAL or not aux and self.part("present").endswith(("ano", "ono", "nno"))


def resolve_italian(question: str, referents: Referents) -> str:
    """Return a question with its pronouns, clitics and dropped subject replaced; as it was where there are none."""
    used: list[str] = []
    inline = in_place(question.replace("’", "'"), referents, used)
    ahead = next(
        (m for m in mentions(inline, "it", referents.known()) if agent(m) and m.start == 0 and not m.prep), None
    )
    moved = inline[ahead.end :].lstrip(" ,") if ahead is not None else ""
    if ahead is None or not re.match(rf"(?:{_WH})(?= )", moved, re.IGNORECASE):
        ahead, moved = None, inline
    body = moved.rstrip("?!. ")
    who = _WHO_WERE.fullmatch(body)
    if who is not None:
        found = (
            referents.find(lambda m: m.kind in ("thing", "person", "people") and m.plural)
            if who["many"]
            else referents.person("")
        )
        return inline if found is None else f"{body} {phrase(found, 'it')}?"
    match = _QUESTION.match(body)
    if match is None or _IMPERSONAL.match(f"{match['group']}{match['rest']}"):
        return inline
    read = _Read(match, moved[len(body) :] or "?")
    if "cosa" in read.part("wh").lower() and fold(read.part("group")).startswith("e ") and not read.part("verb"):
        return inline
    return _rebuilt(read, inline, referents, used, ahead)


def _rebuilt(read: _Read, inline: str, referents: Referents, used: list[str], ahead: Mention | None) -> str:
    named = mentions(inline, "it", referents.known())
    excluded = [key(m) for m in named if m.kind != "date"]
    object_ = _object_needed(read)
    subject = ahead or _subject(read, named, referents, [*excluded, *used])
    if ahead is not None and not object_:
        return inline
    if read.part("first") and subject is None:
        return inline
    first = [key(subject)] if subject is not None else []
    clitic = read.part("clitic").lower()
    text, noun = "", read.part("wh")
    if clitic and not object_:
        return inline if subject is None else _assembled(read, noun, read.match["clitic"], subject, "")
    if clitic == "ne" or (
        noun.lower() in ("quanti", "quante") and fold(read.part("aux")) in _BEING and read.part("verb")
    ):
        counted = referents.find(lambda m: m.kind == "thing" and m.plural)
        noun = f"{noun} {_bare(counted)}" if counted is not None else noun
        text = "" if counted is not None or clitic != "ne" else "ne"
        subject = subject if clitic == "ne" else None
    elif object_:
        found = _object(clitic, read, referents, [*excluded, *used, *first])
        if found is None:
            return inline if subject is None else _assembled(read, noun, read.match["clitic"] or "", subject, "")
        text = found
    if subject is None and not text and noun == read.part("wh"):
        return inline
    return _assembled(read, noun, "ne " if text == "ne" else "", subject, "" if text == "ne" else text)


def _bare(mention: Mention) -> str:
    return re.sub(r"^(?:il|lo|la|i|gli|le) |^l'", "", phrase(mention, "it"))


def _assembled(read: _Read, wh: str, clitic: str, subject: Mention | None, object_: str) -> str:
    group = read.part("group")
    if (
        read.part("clitic").lower() in ("lo", "la", "li", "le", "l'", "ne")
        and read.part("aux")
        and not clitic
        and fold(read.part("aux")).startswith(("ha", "av", "e"))
    ):
        # "L'ha firmata" agrees with its object before the verb, "ha firmato la legge" with none.
        group = re.sub(r"[aie]$", "o", group) if object_ or wh != read.part("wh") else group
    who = phrase(subject, "it") if subject is not None else ""
    middle = f"{read.part('neg')} {read.part('si')} {clitic}".strip()
    late = read.match["rest"].strip().lower() in _LATE and bool(who)
    if late:
        return _tidy(f"{wh} {middle} {group} {who} {object_}{read.tail}")
    if (
        wh
        and re.fullmatch(r" [^\W\d_]+[aeio]", read.match["rest"])
        and not read.part("verb")
        and fold(read.part("aux")) in _BEING
    ):
        return _tidy(f"{wh} {middle} {group}{read.match['rest']} {who}{read.tail}")
    if not wh:
        group = f"{group[:1].lower()}{group[1:]}" if who else group
        return _tidy(f"{who} {middle} {group} {object_}{read.match['rest']}{read.tail}")
    return _tidy(f"{wh} {middle} {group} {who} {object_}{read.match['rest']}{read.tail}")


def _tidy(text: str) -> str:
    joined_up = re.sub(r"\s+", " ", text).replace("l' ", "l'").replace(" ?", "?").strip()
    return joined_up[:1].upper() + joined_up[1:]


def _object_needed(read: _Read) -> bool:
    # What was said is no thing that was named: "l'ha detto".
    fact = read.part("clitic").lower() in ("lo", "l'") and _FACT.search(read.part("group")) is not None
    return bool(read.part("clitic")) and not fact


def _object(clitic: str, read: _Read, referents: Referents, without: list[str]) -> str | None:
    """Return what a clitic stands for, as it is put behind the verb."""
    group = read.part("group")
    if clitic == "gli" or (clitic == "le" and not group.endswith("e")):
        gender = "f" if clitic == "le" else "m"
        found = referents.dative(gender, without) or referents.person(gender, without) or referents.find(agent, without)
        return None if found is None else phrase(found, "it", "a")
    feminine = clitic == "la" or (
        clitic == "l'" and group.endswith("a") and fold(read.part("aux")) != "ha" + group[-1:]
    )
    plural = clitic in ("li", "le")
    gender = "f" if feminine or clitic == "le" else "m"
    found = referents.find(lambda m: m.kind == "thing" and m.plural is plural and m.gender in ("", gender), without)
    found = found or referents.find(lambda m: agent(m) and m.plural is plural and m.gender in ("", gender), without)
    return None if found is None else phrase(found, "it")


def _subject(read: _Read, named: list[Mention], referents: Referents, without: list[str]) -> Mention | None:
    """Return who or what acts where the question drops its subject or has a pronoun for it, else None."""
    wh, group, rest = read.part("wh").lower(), read.part("group"), read.match["rest"]
    first = read.part("first").lower() or rest.strip().lower() * (rest.strip().lower() in _LATE)
    if first:
        return stressed_pronoun(first, referents, without)
    if (
        wh
        and fold(read.part("aux")) in _BEING
        and not read.part("verb")
        and re.fullmatch(r" [^\W\d_]+[aeio]", rest)
        and not named
    ):
        return _fitting(read, referents, without)
    if wh == "chi" or (read.part("si") and not read.part("aux") and not wh) or not _LOOSE.match(rest):
        return _predicate(read, named, referents, without) if not wh else None
    aux = fold(read.part("aux"))
    mutual = read.part("si") and aux == "sono"
    governed = re.match(r"(?:da|a|con|per|di|in|su|tra|fra|contro) ", wh) is not None
    counts = not governed and (read.match["noun"] is not None or wh.endswith("cosa"))
    if (aux in _BEING and not mutual and (counts or not read.part("verb") and not rest.strip())) or any(
        agent(m) and not m.prep for m in named
    ):
        return None
    if (not aux and not wh) or _complete(read, named):
        return None
    if not aux and not re.search(r"(?:a|e|o|ano|ono|va|vano|rà|ranno|ò|è)$", group):
        return None
    if wh and any(wh == word for word in ("che", "quali", "quale", "quanti", "quante")) and not aux:
        return None
    gender = ""
    if aux in _BEING and read.part("verb"):
        gender = {"o": "m", "i": "m", "a": "f", "e": "f"}.get(read.part("verb")[-1], "")
    return _fitting(read, referents, without, gender)


def _complete(read: _Read, named: list[Mention]) -> bool:
    """Tell whether a question has its subject: a noun further on, the noun of `quale`, or much else of its own."""
    rest, wh = read.match["rest"], read.match["noun"] or ""
    if fold(read.part("verb")) in ("potuto", "dovuto", "saputo") or fold(read.part("present")) in ("ci", "vi"):
        return True
    if _NOUN_AHEAD.search(rest) or (read.part("si") and not read.part("aux") and rest.strip()):
        return True
    long = len(rest.split()) + len(read.part("wh").split()) >= _LONG and any(agent(m) for m in named)
    chosen = read.part("wh").lower().startswith(("quale", "quali")) and _ACTORS & set(fold(wh).split())
    return long or bool(chosen)


def _fitting(read: _Read, referents: Referents, without: list[str], gender: str = "") -> Mention | None:
    """Return the subject that fits the verb: what is signed or provides for something is a thing before all else."""
    if _DOCUMENT.search(f"{read.part('group')}{read.match['rest']}"):
        found = referents.find(
            lambda m: m.kind == "thing" and m.plural is read.plural and gender in ("", m.gender), without
        )
        if found is not None:
            return found
    if read.part("clitic"):
        found = referents.find(lambda m: agent(m) and m.plural is read.plural, without)
        if found is not None:
            return found
    return _party(read, referents, without) or referents.subject(read.plural, without, gender)


def _party(read: _Read, referents: Referents, without: list[str]) -> Mention | None:
    """Return the people that the last question names together, where the verb is theirs: `hanno firmato`."""
    both = [m for m in referents.asked if m.kind == "person" and not m.plural]
    theirs = read.plural and len(both) > 1 and (read.part("si") or fold(read.part("aux")) not in _BEING)
    return referents.group(without) if theirs else None


def _predicate(read: _Read, named: list[Mention], referents: Referents, without: list[str]) -> Mention | None:
    """Return the subject of a question without asking words: `È ancora in vigore?`."""
    aux = fold(read.part("aux"))
    if any(agent(m) and not m.prep for m in named) or not aux:
        return None
    if (
        aux in _BEING
        and not re.match(r" (?:ancora|già|in|davvero|tuttora|russ|un |una |sposat)", read.match["rest"])
        and not read.part("verb")
    ):
        return None
    if aux in _BEING and read.part("verb") and not _LOOSE.match(read.match["rest"]):
        return None
    return _fitting(read, referents, without)

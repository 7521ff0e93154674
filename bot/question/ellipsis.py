"""A new topic put into the last question: `And the Americans?` makes `How did Seoul react?` ask of the Americans.

The new topic takes the place of the constituent of its own sort; verbs and prepositions follow. Knows nothing of answers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question.mentions import DATE, Mention, mentions
from bot.question.peoples import bare
from bot.question.referents import agent, key, phrase
from bot.question.substitute import NUMBER, THAT_OF, according, exchange, left_over, numbered, owned, put
from bot.question.words import ROLES
from index.analysis import fold

_WHERE = ("in", "at", "a")
_COUNTED = {
    "it": re.compile(r"\b(?P<how>quanti|quante|quali|quale)\s(?P<noun>[^\W\d_]+)", re.IGNORECASE),
    "en": re.compile(
        r"\b(?P<how>how many|which|what)\s(?P<noun>(?!did|do|does|is|are|was|were|has|have|can|will|would|should)[^\W\d_]+)",
        re.IGNORECASE,
    ),
}


def swap(base: str, rest: str, language: str) -> str:
    """Return the last question with a new topic in it.

    Args:
        base: the question, which stands by itself.
        rest: the new topic as written, without `And` (`the Americans`, `in 2023`, `i missili`).
        language: of `base`.
    """
    body = base.strip().rstrip("?!. ")
    named = mentions(body, language)
    new = topics(rest)
    role = _role(rest, language)
    built = ""
    if re.search(r"(?:\bones?|['’]s)\W*$", rest):
        built = ""
    elif re.match(r"(?:secondo|stando a|according to) ", rest, re.IGNORECASE):
        built = according(body, named, rest.strip().rstrip("?!. "))
    elif number := NUMBER.fullmatch(rest.strip().rstrip("?!. ")):
        built = numbered(body, named, number["n"])
    elif len(new) == 1 and new[0].kind != "date" and THAT_OF.match(rest.strip()):
        built = owned(body, named, new[0], language)
    elif role is not None:
        built = _named(body, named, role, language)
    elif _YEAR_OF.fullmatch(rest.strip().rstrip("?!. ")):
        built = _year_of(body, named, new[0], language) if len(new) == 1 else ""
    elif any(
        m.kind == "thing" for m in mentions(rest, language) if new and m.start <= new[0].start and new[0].kind == "date"
    ):
        built = _thing(body, named, rest, language)
    elif len(new) == 1:
        built = (
            _dated(body, named, new[0], rest, language)
            if new[0].kind == "date"
            else _named(body, named, new[0], language)
        )
        built += left_over(rest, new[0]) if built else ""
    elif len(new) > 1 and all(agent(m) for m in new):
        built = _paired(body, named, new, rest) or _named(body, named, _together(new, rest, language), language)
    else:
        built = _thing(body, named, rest, language)
    built = built or _governed(body, rest)
    return f"{built[:1].upper()}{built[1:]}?" if built else f"{body} — {rest.strip().rstrip('?!. ')}?"


_YEAR_OF = re.compile(
    r"(?:quell[oaie]|that|the ones?|those) (?:del|dell'|di|from|of|in|signed in)\s?\S.*", re.IGNORECASE
)


def _year_of(body: str, named: Sequence[Mention], new: Mention, language: str) -> str:
    """Return a question about the same thing of another year: `quello del 1961`."""
    thing = next((m for m in named if m.kind == "thing"), None)
    if thing is None or new.kind != "date":
        return ""
    text = re.sub(r" (?:del|of|in) \d{4}$|(?<=the )\d{4} ", "", body[thing.start : thing.end])
    text += f" del {new.text}" if language == "it" else f" of {new.text}"
    return f"{body[: thing.start]}{text}{body[thing.end :]}"


_PHRASE = re.compile(
    r"(?P<prep>about|to|with|from|on|against|for|in|at|by|during|after|before|under|con|contro|durante|dopo|per|su) \S",
    re.IGNORECASE,
)


def _governed(body: str, rest: str) -> str:
    """Return a question with another phrase behind the same preposition: `about the treaty`, `contro la Russia`."""
    written = rest.strip().rstrip("?!. ")
    match = _PHRASE.match(written)
    if match is None:
        return ""
    old = list(
        re.finditer(
            rf" {match['prep']} (?:(?!(?:about|to|with|from|on|against|for|in|at|by|during|after|before|under|con|contro|durante|dopo|per|su)\b)\S+ ?)+",
            body,
            re.IGNORECASE,
        )
    )
    if not old:
        return ""
    gap = " " if old[-1][0].endswith(" ") else ""
    return f"{body[: old[-1].start()]} {written}{gap}{body[old[-1].end() :]}"


def _role(rest: str, language: str) -> Mention | None:
    """Return a new topic that is a person by office (`Seoul's president`, `il ministro russo`), else None."""
    written = rest.strip().rstrip("?!. ")
    words = [fold(word) for word in re.findall(r"[^\W_]+", written)]
    article = re.match(r"(?:the|il|lo|la|i|gli|le) |l'|[^\W_]+['’]s ", written, re.IGNORECASE)
    if article is None or not ROLES[language] & set(words):
        return None
    plural = article[0].strip().lower() in ("i", "gli", "le")
    return Mention(written, 0, len(written), "person", "", "f" if article[0].lower() == "la " else "", plural)


def topics(rest: str) -> list[Mention]:
    """Return the names and dates of a new topic."""
    # A name at the beginning is a name here whatever it looks like: nothing else is written with a capital.
    found = mentions(f"— {rest}", "en")
    moved = [replace(m, start=max(0, m.start - 2), end=m.end - 2) for m in found if m.kind != "thing"]
    return [m for m in moved if m.end > 0]


def _together(new: Sequence[Mention], rest: str, language: str) -> Mention:
    word = " e " if language == "it" else " and "
    text = word.join(phrase(m, language) for m in new)
    return replace(new[0], text=text, plural=True, entry=None, kind="person", prep=new[0].prep)


def _paired(body: str, named: Sequence[Mention], new: Sequence[Mention], rest: str) -> str:
    """Return a question with another pair behind the same preposition: `fra Mosca e Seul`."""
    for one, other in zip(named, named[1:], strict=False):
        joint = body[one.end : other.start].strip()
        if new[0].prep and one.prep == new[0].prep and joint in ("e", "ed", "and"):
            written = rest.strip().rstrip("?!. ")
            return f"{body[: one.start]}{written}{body[other.end :]}"
    return ""


def _dated(body: str, named: Sequence[Mention], new: Mention, rest: str, language: str) -> str:
    written = rest.strip().rstrip("?!. ")
    bare_date = DATE.fullmatch(written) is not None
    text = phrase(new, language, "") if bare_date or _foreign(new.prep, language) else written
    old = [m for m in named if m.kind == "date"]
    if not old:
        return f"{body} {text}"
    return f"{body[: old[-1].start]}{text}{body[old[-1].end :]}"


def _foreign(prep: str, language: str) -> bool:
    italian = prep in ("a", "di", "da", "su", "con", "per", "tra", "fra")
    return bool(prep) and prep != "in" and italian is (language == "en")


def _named(body: str, named: Sequence[Mention], new: Mention, language: str) -> str:
    old = _place_for(named, new)
    same = [m for m in named if agent(m) and key(m) == key(new)]
    if same:
        others = [
            m for m in named if agent(m) and key(m) != key(new) and (m.kind == "person") is (new.kind == "person")
        ]
        return exchange(body, same[0], others[0], language) if len(others) == 1 else ""
    thing = next((m for m in named if m.kind == "thing" and not m.prep), None)
    # A country or a person does not enter into force and is not cast: only what is said of it may follow.
    if thing is not None and old is None and not new.prep and new.kind in ("country", "city", "people", "person"):
        return ""
    if thing is not None and not new.prep and (old is None or old.prep in ("di", "of") and thing.start < old.start):
        whole = thing if old is None else replace(thing, end=old.end)
        return put(body, whole, new, language, subject=True)
    if old is None:
        return (
            f"{body} {phrase(new, language, new.prep)}"
            if new.prep in _WHERE and new.kind in ("country", "city")
            else ""
        )
    return put(body, old, new, language, subject=_is_subject(body, named, old, language))


def _place_for(named: Sequence[Mention], new: Mention) -> Mention | None:
    """Return what a new name takes the place of: the first of its own sort, a subject before the others."""
    agents = [m for m in named if agent(m)]
    if new.prep in ("in", "at") and new.kind in ("country", "city", "people"):
        return next((m for m in agents if m.prep in _WHERE), None)
    if new.prep:
        governed = {
            new.prep,
            {
                "to": "a",
                "a": "to",
                "with": "con",
                "con": "with",
                "di": "of",
                "of": "di",
                "from": "da",
                "da": "from",
            }.get(new.prep, ""),
        }
        return next(
            (m for m in agents if m.prep in governed),
            agents[-1] if new.prep in ("a", "to") and len(agents) > 1 else None,
        )
    person = new.kind == "person"
    place = new.kind in ("country", "city")
    fit = [
        m
        for m in agents
        if m.prep not in _WHERE or (place and m.kind in ("country", "city")) or (m.prep == "a" and person)
    ]
    ranked = sorted(fit, key=lambda m: (_distance(m.kind, new.kind, person), bool(m.prep), m.start))
    return ranked[0] if ranked else None


def _distance(old: str, new: str, person: bool) -> int:
    if old == new or {old, new} == {"country", "people"}:
        return 0
    return 1 if (old == "person") is person else 2


def _is_subject(body: str, named: Sequence[Mention], old: Mention, language: str) -> bool:
    if old.prep or re.match(r"(?:chi|who)\b", body, re.IGNORECASE):
        return False
    return next((m for m in named if agent(m) and not m.prep), None) is old


def _many(article: str, noun: str, language: str) -> bool:
    word = article.strip().lower()
    return word in ("i", "gli", "le") if language == "it" else word == "the" and noun.split(" of ")[0].endswith("s")


_ASKED_WHO = re.compile(r"(?:chi|who)\b", re.IGNORECASE)
_HUMAN = frozenset(
    """esperti experts soldati soldiers feriti wounded civili civilians operai lavoratori workers turisti tourists
    prigionieri prisoners analisti analysts ministri ministers deputati lawmakers diplomatici diplomats""".split()
)
"""Those who act or suffer themselves: they are not what another has signed or cast."""


def _thing(body: str, named: Sequence[Mention], rest: str, language: str) -> str:
    """Return a question with another thing in it: the one that is counted or chosen, else the only one that it names."""
    written = rest.strip().rstrip("?!. ")
    found = mentions(f"— {written}", language)
    new = next((m for m in found if m.kind == "thing" and m.start <= 2), None)
    if new is not None and new.prep:
        governed = [m for m in named if m.kind == "thing" and m.prep == new.prep]
        return put(body, governed[-1], new, language, False) if governed else ""
    article = re.match(r"(?:the|il|lo|la|i|gli|le|dei|delle|degli|un|una|a|an) |l'", written, re.IGNORECASE)
    noun = written[article.end() :] if article else written
    counted = _COUNTED[language].search(body)
    if counted and article and len(noun.split()) <= 3 and _many(article[0], noun, language):
        how = counted["how"]
        if fold(how) in ("quanti", "quante"):
            how = (
                ("quante" if article[0].lower().startswith("le") else "quanti")
                if how.islower()
                else ("Quante" if article[0].lower().startswith("le") else "Quanti")
            )
        return f"{body[: counted.start()]}{how} {noun}{body[counted.end() :]}"
    things = [m for m in named if m.kind == "thing"]
    same = [m for m in things if new is not None and fold(bare(m.text)).split()[0] == fold(bare(new.text)).split()[0]]
    things = same if len(same) == 1 else things
    article = article or re.match(r"(?=[A-Z]\w+ \d+$)", written)
    if len(things) != 1 or not article or len(written.split()) > 4:
        return ""
    if _ASKED_WHO.match(body) and _HUMAN & {fold(word) for word in written.split()}:
        return ""
    if new is None:
        return ""
    subject = not things[0].prep and next((m for m in named if not m.prep), None) is things[0]
    return put(body, things[0], replace(new, prep=""), language, subject)

"""The rules for follow-ups, one for each way in which a question leans on the last one.

Each takes what was said and returns the question as it stands by itself and how it leaned, or None. Knows nothing of
conversations longer than that.
"""

import re
from collections.abc import Callable

from bot.question.conversation import LANGUAGES, Said, plain_text
from bot.question.ellipsis import swap, topics
from bot.question.follow_words import ASKING, COMMANDS, EVENT, NEXT, NTH, OFFERS, OPENING, POINT, SOURCE
from bot.question.leaning import BARE, FACT, UNRESOLVED, continued, names_only, noun_asked, verbless, year_beside
from bot.question.mentions import AGENTS, Mention, mentions
from bot.question.pronouns import resolve
from bot.question.reask import lower_first, reask, topic
from bot.question.referents import Referents, key, phrase
from bot.question.substitute import exchange
from index.sentences import split

Rule = Callable[[Said], tuple[str, str] | None]
_QUOTED = 200


def _agreeing(said: Said) -> tuple[str, str] | None:
    kind = next((k for k in ("yes", "no") for code in LANGUAGES if COMMANDS[k][code].fullmatch(said.plain)), None)
    if kind is None:
        return None
    offered = _offered(said) if kind == "yes" else ""
    return offered or said.base, kind


def _offered(said: Said) -> str:
    """Return the question that the answer offers in its last sentence, or ""."""
    spans = split(said.answer, said.language)
    last = said.answer[slice(*spans[-1])].strip() if spans else ""
    if not last.endswith("?"):
        return ""
    match = next((m for pattern in OFFERS if (m := pattern.search(last.rstrip("? ")))), None)
    if match is None:
        return ""
    what, about = match["what"].strip(), match.groupdict().get("about") or ""
    italian = re.match(r"(?:sul|sullo|sulla|sulle|sui|sugli|sull'|del|dello|della|dell'|dei|degli|delle)\b", what)
    if about or italian:
        about = "di" if italian and what.startswith("d") else about
        return (
            f"Tell me more about {what}"
            if about in ("about", "on")
            else f"{'Parlami' if about == 'di' else 'Dimmi di più'} {what}"
        )
    return f"{what[:1].upper()}{what[1:]}?"


def _point(said: Said) -> tuple[str, str] | None:
    match = POINT.fullmatch(said.plain)
    if match is None:
        return None
    n = NTH[match["nth"] or match["digit"]]
    lines = [line.strip(" -•*·") for line in said.answer.splitlines() if line.strip()]
    spans = split(said.answer, said.language)
    points = lines if len(lines) > 1 else [said.answer[a:b].strip() for a, b in spans]
    if not points or n > len(points):
        return f"{said.base.rstrip('?!. ')} — {said.text.rstrip('?!. ')}?", "point"
    chosen = points[n - 1 if n > 0 else -1]
    cut = chosen if len(chosen) <= _QUOTED else chosen[:_QUOTED].rsplit(" ", 1)[0]
    return (
        f"{'Dimmi di più su questo' if said.spoken == 'it' else 'Tell me more about this'}: {cut.rstrip('.')}",
        "point",
    )


def _asked(said: Said) -> tuple[str, str] | None:
    """Take up a question that is nothing but asking words, with or without `did that happen`."""
    for code in said.tongues():
        plain = re.sub(r"^(?:(?:e|ed|ma|allora|and|but|so|ok)[ ,]+)+", "", said.plain)
        event = EVENT[code].fullmatch(plain)
        words = event["asks"] if event else plain
        found = next((k for k, pattern in ASKING[code].items() if pattern.fullmatch(words)), None)
        if found is not None:
            own = words if code == said.language and found in ("many", "much") and code == "it" else ""
            return reask(said.base, found, said.language, own.split(" ")[0]), found
        noun = noun_asked(said.text, code)
        if noun is not None and code == said.language:
            return reask(said.base, "", code, *noun), "ellipsis"
    return None


def _source(said: Said) -> tuple[str, str] | None:
    if not any(SOURCE[code].fullmatch(said.plain) for code in LANGUAGES):
        return None
    body = lower_first(said.base.rstrip("?!. "), said.language)
    if said.language == "en":
        return f"Who said it: {body}?", "source"
    asks = re.match(r"(?:cos|che|chi|quand|dov|com|perch|quant|qual|[ad]a? chi|con chi)", body)
    return f"Chi ha detto {body}?" if asks and not topic(said.base, "it") else f"Chi lo ha detto: {body}?", "source"


def _next(said: Said) -> tuple[str, str] | None:
    if not any(NEXT[code].fullmatch(re.sub(r"^(?:e|and|but|ma) ", "", said.plain)) for code in LANGUAGES):
        return None
    body = lower_first(said.base.rstrip("?!. "), said.language)
    return f"{'Cosa è successo dopo' if said.language == 'it' else 'What happened next'}: {body}?", "next"


def _command(said: Said) -> tuple[str, str] | None:
    kind = next(
        (k for k in ("shorter", "again", "more") for c in LANGUAGES if COMMANDS[k][c].fullmatch(said.plain)), None
    )
    if kind != "more":
        return None if kind is None else (said.base, kind)
    pronoun = re.search(
        r"\b(?P<he>him|lui)|\b(?P<she>her|lei)|\b(?P<they>them|loro|these|those|essi)|\b(?P<it>it|this|that|questo|quello|quella)",
        said.plain,
    )
    found = _meant(pronoun, said.referents()) if pronoun else None
    about = topic(said.base, said.language)
    english = said.language == "en"
    if found is not None:
        return (
            f"Tell me more about {phrase(found, 'en')}" if english else f"Dimmi di più {phrase(found, 'it', 'su')}",
            "more",
        )
    if about:
        return f"Tell me more about {about}" if english else f"Dimmi di più: {about}", "more"
    opening = "Tell me more: " if english else "Dimmi di più: "
    body = said.base if said.base.startswith(opening) else opening + lower_first(said.base, said.language)
    return body, "more"


def _meant(pronoun: re.Match[str], referents: Referents) -> Mention | None:
    if pronoun["they"]:
        return referents.find(lambda m: m.plural)
    if pronoun["it"]:
        return None
    return referents.person("m" if pronoun["he"] else "f")


def _elliptic(said: Said) -> tuple[str, str] | None:
    opening = OPENING[said.spoken].match(said.text.lower()) or OPENING[said.spoken].match("")
    start = opening.end() if opening else 0
    if not start:
        other = OPENING["it" if said.spoken == "en" else "en"].match(said.text.lower())
        start = other.end() if other else 0
    rest = said.text[start:].strip()
    plain = plain_text(rest)
    if not plain:
        return None
    if (year := year_beside(plain, said.base, said.answer)) is not None:
        return swap(
            _matter(said.base), f"nel {year}" if said.language == "it" else f"in {year}", said.language
        ), "ellipsis"
    if BARE.fullmatch(plain):
        return _bare_pronoun(said, plain)
    if start and verbless(rest):
        return swap(_matter(said.base), rest, said.language), "ellipsis"
    if not start and names_only(rest, topics(rest)):
        text = swap(_matter(said.base), rest, said.language)
        return None if " — " in text or topic(said.base, said.language) else (text, "ellipsis")
    return None


def _bare_pronoun(said: Said, plain: str) -> tuple[str, str] | None:
    """Take up `And him?`, `them`, `quello`: the other one in the same question, else more on the one."""
    referents = said.referents()
    word = BARE.fullmatch(plain)
    if word is None:
        return None
    people = [m for m in referents.asked if m.kind == "person"]
    if (word["he"] or word["she"]) and len(people) == 2:
        return f"{exchange(said.base.rstrip('?!. '), people[0], people[1], said.language)}?", "ellipsis"
    named = [key(m) for m in people]
    if people and (word["he"] or word["she"]):
        other = referents.person("m" if word["he"] else "f", named)
        if other is not None:
            return swap(said.base, phrase(other, said.language), said.language), "ellipsis"
    if word["he"] or word["she"]:
        found = referents.person("m" if word["he"] else "f")
    elif word["they"]:
        found = referents.find(lambda m: m.plural) or referents.find(lambda m: m.kind in AGENTS)
    else:
        found = next((m for m in referents.asked if m.kind == "thing" and not m.plural), None)
    if found is None:
        return (
            f"{'Tell me more' if said.language == 'en' else 'Dimmi di più'}: {lower_first(said.base, said.language)}",
            "pronoun",
        )
    return (
        f"Tell me more about {phrase(found, 'en')}"
        if said.language == "en"
        else f"Dimmi di più {phrase(found, 'it', 'su')}",
        "pronoun",
    )


def _pronominal(said: Said) -> tuple[str, str] | None:
    body = re.sub(r"^(?:e|ed|ma|allora|and|but|so|then|ok)[ ,]+", "", said.text, flags=re.IGNORECASE)
    referents = said.referents()
    if said.spoken != said.language:
        named = tuple(m for m in referents.asked if m.kind != "thing")
        referents = Referents(named, tuple(m for m in referents.told if m.kind != "thing"), said.spoken)
    if FACT[said.spoken].search(said.plain):
        return f"{body.rstrip('?!. ')}: {lower_first(said.base, said.language)}", "pronoun"
    text = resolve(body, said.spoken, referents)
    if text == body:
        leans = UNRESOLVED[said.spoken].search(said.plain) and not mentions(body, said.spoken)
        base = _carried(said.base)
        return (f"{base} — {lower_first(body, said.spoken)}", "pronoun") if leans else None
    text = f"{text[:1].upper()}{text[1:]}"
    if plain_text(text) == plain_text(said.base):
        text = _returned(said, text, referents)
    return _then(said, text), "pronoun"


_ELSEWHEN = re.compile(
    r"\b(?:when|since|year|now|today|then|next|later|after|before|first|last|ever|again|still|yet"
    r"|quando|anno|adesso|ora|oggi|poi|dopo|prima|prossim\w+|ultim\w+|mai|ancora|gia|altr\w+|more|else|other)\b"
)


def _then(said: Said, text: str) -> str:
    """Return a question with the year that the last one asked about, which it goes on to be about."""
    dates = [m for m in mentions(said.base, said.language) if m.kind == "date"]
    if len(dates) != 1 or dates[0].prep not in ("in", "a") or said.spoken != said.language:
        return text
    if _ELSEWHEN.search(plain_text(text)) or any(m.kind == "date" for m in mentions(text, said.spoken)):
        return text
    if re.search(r"\d{4}", text) or not any(m.kind in AGENTS for m in mentions(text, said.spoken)):
        return text
    return f"{text.rstrip('?!. ')} {phrase(dates[0], said.language, '')}?"


def _returned(said: Said, text: str, referents: Referents) -> str:
    """Return a question that came out as the last one with its two people exchanged: nobody asks the same again."""
    people = [m for m in mentions(text, said.spoken, [m.text for m in referents.asked]) if m.kind == "person"]
    if len({key(m) for m in people}) != 2:
        return text
    return exchange(text, people[0], people[1], said.spoken)


_WHO_SAID = re.compile(r"^(?:Who said it|Chi lo ha detto): (?=\S)")


def _matter(base: str) -> str:
    """Return what a question for a source was about: the next one seldom asks for another source."""
    text = _WHO_SAID.sub("", base)
    return base if text == base else f"{text[:1].upper()}{text[1:]}"


def _carried(base: str) -> str:
    """Return what of the last question is carried on: of several that were put behind each other the first and the last."""
    first, *rest = _matter(base).rstrip("?!. ").split(" — ")
    return " — ".join([first, *rest[-1:]])


def _continued(said: Said) -> tuple[str, str] | None:
    rest = continued(said.text, said.plain, said.spoken)
    body = _carried(said.base)
    return (
        (f"{body} — {lower_first(rest, said.spoken)}", "continued")
        if rest and plain_text(rest) != plain_text(body)
        else None
    )


RULES: tuple[Rule, ...] = (_agreeing, _point, _source, _next, _asked, _command, _elliptic, _pronominal, _continued)
"""In the order in which they are tried."""

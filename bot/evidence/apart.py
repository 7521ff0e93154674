"""A comparison taken apart: the questions that it asks in one, each about one of the things compared.

`Compare what Seoul and Kyiv say of the troops` asks two things, of which no sentence need tell both. Rules over wording
in Italian and English; where a question does not tell plainly what is compared, it stays whole. Knows no sources.
"""

import re
from functools import lru_cache

from bot.verify.agents import even_of
from bot.verify.dates import dates
from bot.verify.names import names
from index.analysis import fold

_LEAST, _MOST = 2, 3
_ASKS = (
    r"who|whom|which|what|when|where|why|how"
    r"|chi|che|cosa|quale|quali|quanto|quanta|quanti|quante|quando|dove|perche|come"
)
# `..., and who in 2024?`, `... e quanti per Seul?`
_AGAIN = re.compile(rf",? (?:e|and) (?:a |di |per )?(?:{_ASKS})\b(?: invece)?")
_OPENS = re.compile(
    r"(?:(?:please )?(?:compare|contrast|set)"
    r"|(?:metti|mettere) a confronto|(?:metti in )?confronta(?:re)?|paragona(?:re)?) "
)
_AGAINST = re.compile(
    r" (?:with|against|to|versus|vs\.?|a confronto (?:con|coi|col)|a paragone (?:con|coi|col)|con|coi|col|rispetto a"
    r")(?=[ '’])|(?<=[a-z]) a confronto (?:con|coi|col)(?=[ '’])"
)
_WHICH = re.compile(r"[^:?]{4,60}: (?P<one>[^?]{4,}?) (?:or|o|oppure) (?P<other>[^?]{4,})\?*\s*\Z")
_DIFFERENCE = re.compile(r"\bdifferen\w+ .{0,12}?\b(?:fra|tra|between) (?P<one>[^?]+?) (?:e|ed|and) (?P<other>[^?]+)")
_TOLD = re.compile(r"\b(?:that|(?<!\A)che(?! cosa\b))\b")
_COMPARES = re.compile(
    r"\b(?:compar\w+|contrast|confront\w+|paragon\w+|differ\w+|same|stess[oaie]|each(?! other)|both|entramb[ie]"
    r"|ciascun[oa]|d'accordo|agree|figures?|cifre|opposte|opposing|say|said|dicono|detto|think|pensano)\b"
)
_TOGETHER = re.compile(r"\beach other\b|\btogether\b|\binsieme\b|\bfra (?:di )?loro\b|\btra (?:di )?loro\b")
_THAT = re.compile(r"(?:quell[oaie]|that|those|the one|the ones)\b")
_HEAD = re.compile(r"(?:(?:il|lo|la|i|gli|le|the|a|an) |l')?[^\W\d_]+")
_BETWEEN = re.compile(
    r"(?:'s?)?,? (?:e|ed|and) (?:the |of |by |for |il |lo |la |i |gli |le |l'|di |del |dello |della |dei |degli |delle"
    r" |dell'|da |dal |dalla |per |secondo )*"
)


@lru_cache(maxsize=256)
def apart(text: str, language: str) -> tuple[str, ...]:
    """Return the questions that a comparison asks in one; none where it compares nothing plainly.

    Args:
        text: a question that stands by itself.
        language: of the question, "it" or "en".
    """
    even = even_of(text)
    if len(even) != len(text):
        return ()
    opens = _OPENS.match(even)
    start = opens.end() if opens else 0
    found = _asked_again(text, even, language) or _set_against(text, even, start) or _either(text, even)
    if found:
        return found
    if not _COMPARES.search(even) or _TOGETHER.search(even) or _DIFFERENCE.search(even):
        return ()
    return _joined(text[start:], even[start:], language)


def _asked_again(text: str, even: str, language: str) -> tuple[str, ...]:
    """Read `Who hosted Putin in 2000, and who in 2024?`: the second says only what is new."""
    again = _AGAIN.search(even)
    if not again:
        return ()
    first, rest = text[: again.start()], text[again.end() :]
    tail = re.search(r", [^,]+\Z", rest.rstrip("?! "))
    for spans in (_dates, _names):
        mine, theirs = spans(first, language), spans(rest, language)
        if not mine or not theirs or spans is _names and len(theirs) > 1:
            continue
        (start, end), (begin, stop) = mine[-1], theirs[0]
        if fold(first[start:end]) == fold(rest[begin:stop]):
            continue
        behind = tail[0] if tail and tail.start() >= stop else ""
        return f"{first}{behind}?", f"{first[:start]}{rest[begin:stop]}{first[end:]}{behind}?"
    return ()


def _set_against(text: str, even: str, start: int) -> tuple[str, ...]:
    """Read `Compare this with that`, `Set this against that`; `start` is behind what opens it, 0 where nothing does."""
    against, between = _AGAINST.search(even, start), _DIFFERENCE.search(even)
    if between:
        one, other = (text[slice(*between.span(side))].strip(" .!") for side in ("one", "other"))
    elif against and (start or "confronto" in against[0] or "paragone" in against[0]):
        one, other = text[start : against.start()].strip(), text[against.end() :].strip(" ?.!")
    else:
        return ()
    that, head = _THAT.match(fold(other)), _HEAD.match(fold(one))
    if that and head:
        other = one[: head.end()] + other[that.end() :]
    return (one, other) if min(len(one.split()), len(other.split())) >= _LEAST else ()


def _either(text: str, even: str) -> tuple[str, ...]:
    """Read `Which was longer: this or that?`."""
    found = _WHICH.match(even)
    if not found:
        return ()
    asks = text[: found.start("one")]
    return f"{asks}{text[slice(*found.span('one'))]}?", f"{asks}{text[slice(*found.span('other'))]}?"


def _joined(text: str, even: str, language: str) -> tuple[str, ...]:
    """Read `Do Blinken and Thomas-Greenfield say the same?`: each is asked about alone."""
    spans = _names(text, language)
    for n, (start, _) in enumerate(spans):
        run = [spans[n]]
        for span in spans[n + 1 :]:
            if not _BETWEEN.fullmatch(even[run[-1][1] : span[0]]):
                break
            run.append(span)
        if _LEAST <= len(run) <= _MOST and not _TOLD.search(even[:start]) and len(text.split()) > _MOST + 1:
            return tuple(f"{text[:start]}{text[a:b]}{text[run[-1][1] :]}" for a, b in run)
    return ()


def _names(text: str, language: str) -> list[tuple[int, int]]:
    """Return the spans of names; the name of a month in a date is none."""
    taken = _dates(text, language)
    spans = ((name.start, name.end) for name in names(text, language))
    return [(start, end) for start, end in spans if not any(start < stop and begin < end for begin, stop in taken)]


def _dates(text: str, language: str) -> list[tuple[int, int]]:
    return [day.span for day in dates(text, language)]

"""What a text names, with the place of each name: people, countries, cities, bodies, dates and things.

Capital letters, tables and articles tell, in Italian and English; no model. Knows nothing of follow-ups.
"""

import re
from collections.abc import Iterable
from functools import cache

from bot.question.mention import AGENTS, Mention, before, near, overlaps
from bot.question.peoples import FEMALE, MALE, adjectives, bare, table
from bot.question.things import counted, things
from bot.question.words import ROLES
from index.analysis import fold
from index.stopwords import STOPWORDS

__all__ = ["AGENTS", "DATE", "Mention", "counted", "gender", "mentions"]

_CAPITALISED = r"[A-ZÀ-ÖØ-Þ](?:[^\W_]|\.(?=[A-Z]))*(?:[-’'&][^\W_]+)*"
_BODY = r"(?:Consiglio|Ministero|Camera|Corte|Banca|Partito|Assemblea|Ordine|Comitato|Carta|Repubblica|Dichiarazione|Esercito|Organizzazione|Agenzia)"
_NAME = re.compile(
    rf"(?<![^\W_])(?:{_BODY} (?:di|del|della|dei|delle|degli) )?{_CAPITALISED}(?: (?:(?:of|von|van|bin|al|el) )?{_CAPITALISED})*"
)
_MONTHS = (
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
DATE = re.compile(
    rf"(?<![\w.,])(?:(?:(?:il|l'|lo|the)\s?)?\d{{1,2}}°?(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})(?: (?:del )?\d{{4}})?|(?:{_MONTHS}) \d{{1,2}},? \d{{4}}"
    rf"|(?:{_MONTHS})(?: (?:del )?(?:\d{{4}}))?|(?:1[0-9]|20)\d\d|'\d\d)(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
# A name or a year inside a thing belongs to it: "the Tumen bridge", "the 2024 treaty".
_WHOLE = {
    "it": r" del \d{4}$",
    "en": r"^[A-Z]\w+ \d+$|^(?:[Tt]he|[Aa]n?) (?:(?:North|South|United|Soviet) )?(?:\d{4}|[A-Z]\S*)(?: [A-Z]\S*)* [a-z]",
}


def mentions(text: str, language: str, known: Iterable[str] = ()) -> list[Mention]:
    """Return what a text names, in reading order, none overlapping.

    Args:
        text: a question or an answer.
        language: "it" or "en"; of the articles of things.
        known: names that count in small letters too.
    """
    nouns = things(text, language)
    whole = [m for m in nouns if re.search(_WHOLE[language], m.text) and not _acting(m.text)]
    found = [*whole, *(m for m in _tabled(text) if not overlaps(m, whole))]
    found += [m for m in _dates(text) if not overlaps(m, whole)]
    found += [m for m in _people(text, tuple(known)) if not overlaps(m, found)]
    found += [m for m in nouns if not overlaps(m, found)]
    return sorted(found, key=lambda mention: mention.start)


def _acting(text: str) -> bool:
    """Tell whether what looks like a thing begins with a country or its people (`the North Koreans suffer`)."""
    named = _table_pattern().match(fold(bare(text)))
    return (
        named is not None
        and table()[named[0]].kind in ("people", "country")
        and not ROLES["en"] & set(fold(text).split())
    )


@cache
def _table_pattern() -> re.Pattern[str]:
    forms = sorted(table(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, forms))})(?![^\W_])")


_AMBIGUOUS = frozenset({"us", "un", "ue", "eu", "west", "lima", "america", "french", "british", "chinese", "japanese",
                        "swiss", "dutch", "spanish", "vietnamese"})  # fmt: skip


def _tabled(text: str) -> list[Mention]:
    folded = fold(text)
    if len(folded) != len(text):
        folded = text.lower()
    found = []
    for match in _table_pattern().finditer(folded):
        word = text[match.start() : match.end()]
        entry = table()[match[0]]
        if match[0] in _AMBIGUOUS and not _sure(word, text[: match.start()]):
            continue
        start, prep = before(text, match.start())
        if word.islower() and start == match.start() and _ADJECTIVAL.search(near(text, start)):
            continue
        plural = entry.kind == "people" or entry.it.startswith(("gli Stati", "i Paesi", "le "))
        found.append(Mention(word, start, match.end(), entry.kind, prep, "", plural, entry))
    return found


# "i turisti russi": an adjective, not a people.
_ADJECTIVAL = re.compile(
    r"(?!\b(?:con|per|tra|fra|and|sono|hanno|dei|gli|sui|dai|ai) $)\b[^\W\d_]{3,} $", re.IGNORECASE
)


def _sure(word: str, before: str) -> bool:
    if word.lower() in ("us", "un", "ue", "eu"):
        return word.isupper()
    return word[0].isupper() and (
        word.lower() in ("lima", "america") or re.search(r"\bthe $", before, re.I) is not None
    )


def _dates(text: str) -> list[Mention]:
    found = []
    for match in DATE.finditer(text):
        # "may" is a verb more often than a month.
        if match[0] in ("may", "march"):
            continue
        start, prep = before(text, match.start())
        found.append(Mention(match[0], start, match.end(), "date", prep))
    return found


def gender(name: str) -> str:
    """Return "f", "m" or "" for a person's name."""
    words = fold(name).split()
    if any(word in FEMALE for word in words) or words[:2] == ["kim", "yo"]:
        return "f"
    return (
        "m"
        if any(word in MALE for word in words) or words in (["kim"], ["kim", "jong", "un"], ["kim", "jong", "il"])
        else ""
    )


def _people(text: str, known: tuple[str, ...]) -> list[Mention]:
    spans = [(m.start(), m.end()) for m in _NAME.finditer(text) if not text.isupper()]
    for name in known:
        pattern = rf"(?<![^\W_]){re.escape(name)}(?![^\W_])"
        spans += [m.span() for m in re.finditer(pattern, text, re.IGNORECASE)]
    found: list[Mention] = []
    for begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        begin = _past_grammar(text, begin, end)
        name = re.sub(r"['’]s?$", "", text[begin:end])
        small = name[:1].islower() and fold(name) not in {fold(word) for word in known}
        if (
            len(name) < 2
            or small
            or fold(name) in _NO_NAMES | adjectives()
            or (begin == 0 and " " not in name and not _likely(name, known))
        ):
            continue
        if all(fold(word) in STOPWORDS["it"] | STOPWORDS["en"] for word in name.split()):
            continue
        start, prep = before(text, begin)
        # What has an article is no person, but for a woman's surname in Italian: "the Kremlin palace", "la Zakharova".
        object_ = re.search(r"(?:^|\s)(?:the|il|lo|i|gli|le) $|(?:^|\s|\w)l['’]$", text[start:begin], re.IGNORECASE)
        kind = "org" if object_ and not gender(name) else "person"
        written = f"{object_[0].strip()} {name}".replace("' ", "'") if object_ and kind == "org" else name
        mention = Mention(written, start, begin + len(name), kind, prep, gender(name))
        if not overlaps(mention, found):
            found.append(mention)
    return found


_NO_NAMES = frozenset("chi cosa che come quando dove perche quale quali i ok e il la le gli lo in on the".split())


def _past_grammar(text: str, begin: int, end: int) -> int:
    """Return where a name begins behind a grammatical word with a capital: `Did Putin`, `L'Ushakov`."""
    while True:
        first = re.match(r"([^\W_]+)(['’ ])", text[begin:end])
        if first is None or fold(first[1]) not in STOPWORDS["it"] | STOPWORDS["en"] | _OPENERS:
            return begin
        begin += first.end()


_OPENERS = frozenset("l d dell all nell sull dall quell c cos dov tell parlami dimmi".split())


def _likely(name: str, known: tuple[str, ...]) -> bool:
    """Tell whether the first word of a text, alone with its capital, is a name."""
    plain = fold(name)
    return plain in MALE | FEMALE or plain in {fold(word) for word in known}

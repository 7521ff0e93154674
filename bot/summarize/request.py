"""A request for a summary in the words of a chat: "riassumi l'articolo sul trattato in 100 parole".

Rules over wording in Italian and English. Says what is asked for, not which articles that means: `resolve` does.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from bot.summarize.facts import MONTHS
from bot.summarize.wish import LEAST, MOST
from index.analysis import fold


@dataclass(frozen=True, slots=True)
class Request:
    """A summary that is asked for in a chat.

    Attributes:
        about: what the article or articles are on, as written; everything, if empty.
        single: whether one article is meant.
        how: the fields of `bot.summarize.wish.Wish` that the words settle.
    """

    about: str = ""
    single: bool = False
    how: dict[str, object] = field(default_factory=dict)


_POLITE = (
    r"^\W*(?:(?:per favore|per piacere|please|ciao|hi|hello|ok|allora|so|now|ora|adesso)[\s,]+)*"
    r"(?:(?:puoi|potresti|mi puoi|mi potresti|vorrei che tu|can you|could you|would you|will you|i(?:'d| would) like you to|"
    r"i want you to|i need you to|let's)\s+(?:please\s+|per favore\s+)?)?"
)
_NOUN = r"(?:riassunt[oi]|sintesi|riepilogo|sunto|compendio|cronologia|summary|overview|recap|digest|synopsis|timeline|abstract)"
_ASKS = re.compile(
    _POLITE + r"(?:"
    r"(?:riassum\w*|sintetizz\w*|ricapitol\w*|riepilog\w+|summari[sz]e|sum up|recap|condense|outline)\b(?!\s+(?:dice|says|è|is)\b)"
    r"|(?:fa(?:mmi|i|rmi|cci)?|fare|da(?:mmi|rmi|i|cci)|dare|scriv\w+|prepara\w*|voglio|vorrei|mi serve|ho bisogno di|crea\w*|"
    r"give|write|make|prepare|produce|create|draft|i want|i(?:'d| would) like|i need|show)\s+"
    rf"(?:me\s+|us\s+)?(?:(?:un[oa']?|il|la|lo|a|an|the|one)\s*)?(?:[^\s,]+\s+){{0,3}}?{_NOUN}\b"
    rf"|(?:un[oa']?\s+|il\s+|la\s+|a\s+|an\s+|the\s+)?(?:(?:breve|brief|short|full|[\w-]+-word)\s+)*{_NOUN}\b(?:\s+(?:di|del|dell|dello|della|dei|degli|delle|of|in|per|for)\b|(?=\s+(?:da|dal|dall|dalla|tra|fra|from|since|between|\d{{4}})\b)|:|$)"
    r"|tl;?dr\b)"
)
_COUNTS = {
    "cinquanta": 50, "cento": 100, "centocinquanta": 150, "duecento": 200, "trecento": 300, "quattrocento": 400,
    "cinquecento": 500, "mille": 1000, "fifty": 50, "a hundred": 100, "one hundred": 100, "two hundred": 200,
    "three hundred": 300, "five hundred": 500, "a thousand": 1000,
}  # fmt: skip
_WORDS = re.compile(
    r"(?:\b(?:in|di|con|of|with|to|about|around|circa|massimo|at most|max|entro|within)\s+)*"
    rf"(?P<n>\d[\d.,]*|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})[\s-]*(?:parole|words?)\b"
)
_LINE = re.compile(
    r"\b(?:in|con|with)\s+(?:un[ao']?|a|one|1|una sola|a single)\s*(?:sola\s+|single\s+)?(?:riga|frase|line|sentence)\b|\bone-(?:line|sentence)\b"
)
_FULL = re.compile(
    r"\b(?:dettagliat[oa]|complet[oa]|lung[oa]|estes[oa]|approfondit[oa]|detailed|full|long|in detail|in dettaglio)\b"
)
_SHORT = re.compile(r"\b(?:brevemente|breve|in breve|briefly|brief|short|conciso|concise)\b")
_SHAPES = {
    "timeline": r"(?:(?:come|in forma di|as|in)\s+)?(?:una?\s+|a\s+)?\b(?:cronologia|linea del tempo|timeline|ordine cronologico|chronolog\w+|data per data|date by date)\b",
    "bullets": r"(?:(?:come|per|in|con|as|with)\s+)?(?:un\s+|a\s+)?\b(?:punti|elenco puntato|elenco|bullet(?:s|ed list| points| list)?|bullets|point form)\b",
    "sides": r"\b(?:(?:che )?cosa (?:dicono|sostengono) le (?:due )?parti|(?:le )?posizioni delle parti|what (?:the|both|each) sides? says?|by side|per parte|the sides)\b",
}
_SPOKEN = {"it": r"\bin (?:lingua )?italian[oa]?\b", "en": r"\bin (?:lingua )?(?:inglese|english)\b"}
_SOURCES = {
    "it": r"\b(?:articoli|fonti|articolo) (?:in italiano|italian[ie])\b|\bitalian (?:articles?|sources?)\b",
    "en": r"\b(?:articoli|fonti|articolo) (?:in inglese|inglesi)\b|\benglish(?:-language)? (?:articles?|sources?)\b",
}  # fmt: skip
_MONTHS = {fold(name): n for names in MONTHS.values() for n, name in enumerate(names, 1)}
_DAY = (
    rf"(?:(?:il|l'|the)\s*)?(?:(?P<day>\d{{1,2}})(?:°|st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{'|'.join(_MONTHS)})(?:\s+(?:del\s+)?(?P<year>\d{{4}}))?"
    r"|(?:(?:il|l'|the)\s*)?(?P<iso>\d{4}(?:-\d\d(?:-\d\d)?)?)"
)
_SINCE = re.compile(rf"\b(?:da|dal|dall'|dopo(?: il)?|a partire da(?:l)?|since|from|after)\s*(?:{_DAY})\b")
_UNTIL = re.compile(
    rf"\b(?:fino a(?:l|ll')?|prima (?:di|del)|entro(?: il)?|a(?:l)?(?=\s+\w+\s*\d{{0,4}}\b)|until|till|up to|to|before)\s*(?:{_DAY})\b"
)
_FIRST, _SECOND = (re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{which}>", _DAY) for which in ("a", "b"))
_BETWEEN = re.compile(
    rf"\b(?:tra|fra|between|da|dal|dall'|from)\s*(?:{_FIRST})\s*(?:\be\b|\band\b|\ba\b|\bal\b|\ball'|\bto\b|\bfino al?\b|\buntil\b|[-–—])"
    rf"\s*(?:{_SECOND})(?!\w|-\d)"
)
_FROM_TO = re.compile(
    r"(?:,|\bin\b|\bnel\b)?\s*\b(?P<isoa>(?:19|20)\d\d)\s*(?:[-–—]|\bto\b|\bal\b)\s*(?P<isob>(?:19|20)\d\d)\b"
)
_FOCUS = re.compile(
    r"(?:,|\b(?:ma|but|e|and)\b)?\s*(?:\b(?:con attenzione a|concentra(?:ti|ndoti) su|soprattutto|soltanto|solo|focus(?:ing|ed)? on|with a focus on"
    r"|only|mainly|especially)\b)\s*(?P<what>(?:l[ae']|il|i|gli|the)?\s*[^,.;]{3,80})"
)
_ONE = re.compile(
    r"\b(?:l'|un |quell'|quest'|dell'|the |this |that |an )?(?:articolo|article|pezzo|story|text|testo)\b(?:\s+(?:di|del|dell'|from|in)\s*)?"
)
_ABOUT = re.compile(
    r"\b(?:sull['oae]?|sul|sui|sugli|su|riguardo a|che parla(?:no)? di|about|on|regarding|concerning)(?:(?<=')|\s)\s*"
    r"(?P<what>.+)$"
)
_ANYTHING = re.compile(
    r"^(?:(?:quello|tutto quello|cio|tutto cio) che (?:e|era) (?:successo|accaduto|avvenuto)|(?:che )?cosa e successo|(?:gli )?(?:eventi|avvenimenti|fatti)"
    r"|what (?:has )?happened|(?:the |all )?events?)$"
)
_NEWS = re.compile(
    r"\b(?:notizi[ae]|informazioni|novita|news|stories|information|what|quello|cio|che|dice|dicono|says?|said|they|we|know|sappiamo|si|sa"
    r"|di|del|dello|della|dell'|dei|degli|delle|of|me|mi|il|lo|la|l'|i|gli|le|the|a|an|for|per|un|una|in|is|are|e|there|c'e)\b"
)
_ALL = re.compile(
    r"\b(?:tutt[oaie]|everything|all|whole|intero|dossier|archivio|collection|gli articoli|the articles|articles|articoli|le fonti|sources)\b"
)


def find(text: str, today: date | None = None) -> Request | None:
    """Return the summary that a message asks for, or None where it asks something else.

    Args:
        text: a message, in Italian or English.
        today: against which "since March" is read; a month without a year is the last such month.
    """
    plain = " ".join(fold(text).replace("’", "'").split()).rstrip(" ?!.")
    asks = _ASKS.match(plain)
    if asks is None:
        return None
    how: dict[str, object] = {}
    rest = plain[asks.end() :]
    whole = plain
    rest = _length(whole, rest, how)
    rest = _shape(whole, rest, how)
    rest = _languages(rest, how)
    rest = _time(rest, how, today or date.today())
    focus = _FOCUS.search(rest)
    if focus is not None:
        how["focus"] = focus["what"].strip()
        rest = rest[: focus.start()] + rest[focus.end() :]
    return _request(rest, how)


def _length(whole: str, rest: str, how: dict[str, object]) -> str:
    words = _WORDS.search(whole)
    if words is not None:
        number = _COUNTS.get(words["n"]) or int(re.sub(r"\D", "", words["n"]))
        how["words"] = min(max(number, LEAST), MOST)
    elif _LINE.search(whole) or whole.startswith("tl"):
        how["preset"] = "line"
    elif _FULL.search(whole):
        how["preset"] = "full"
    elif _SHORT.search(whole):
        how["preset"] = "short"
    for pattern in (_WORDS, _LINE, _FULL, _SHORT):
        rest = pattern.sub(" ", rest)
    return rest


def _shape(whole: str, rest: str, how: dict[str, object]) -> str:
    for shape, pattern in _SHAPES.items():
        if re.search(pattern, whole):
            how["shape"] = shape
            return re.sub(pattern, " ", rest)
    return rest


def _languages(rest: str, how: dict[str, object]) -> str:
    for name, patterns in (("sources_language", _SOURCES), ("language", _SPOKEN)):
        for language, pattern in patterns.items():
            if re.search(pattern, rest):
                how[name] = language
                rest = re.sub(pattern, " articoli " if name == "sources_language" else " ", rest)
    return rest


def _time(rest: str, how: dict[str, object], today: date) -> str:
    between = _BETWEEN.search(rest)
    years = _FROM_TO.search(rest)
    if between is None and years is not None:
        how["since"], how["until"] = years["isoa"], years["isob"]
        return rest[: years.start()] + " " + rest[years.end() :]
    if between is not None:
        how["since"], how["until"] = (_iso(between, today, which) for which in ("a", "b"))
        return rest[: between.start()] + " " + rest[between.end() :]
    for name, pattern in (("since", _SINCE), ("until", _UNTIL)):
        match = pattern.search(rest)
        if match is not None:
            how[name] = _iso(match, today)
            rest = rest[: match.start()] + " " + rest[match.end() :]
    return rest


def _iso(match: re.Match[str], today: date, which: str = "") -> str:
    parts = {name: match[name + which] for name in ("iso", "day", "month", "year")}
    if parts["iso"]:
        return parts["iso"]
    month = _MONTHS[parts["month"]]
    # Of "between June and October 2024" the year is said once.
    known = parts["year"] or (match["yearb"] if which else None)
    year = int(known) if known else today.year - (month > today.month)
    day = f"-{int(parts['day']):02d}" if parts["day"] else ""
    return f"{year}-{month:02d}{day}"


def _request(rest: str, how: dict[str, object]) -> Request:
    rest = " ".join(rest.split()).strip(" ,;:-")
    single = _ONE.search(rest) is not None
    about = _ABOUT.search(rest)
    # Of "the sanctions on North Korea" what stands before "on" is of the subject; of "the article on the veto" not.
    whole = about is not None and _NEWS.sub("", _ONE.sub("", _ALL.sub("", rest[: about.start()]))).strip(" ,;:-'")
    subject = about["what"] if about is not None and not whole else _ONE.sub("", _ALL.sub("", rest))
    subject = re.sub(
        r"^(?:(?:di|del|dello|della|dell'|dei|degli|delle|of|me|mi|il|lo|la|l'|i|gli|le|the|a|an|for|per)\b\s*)+",
        "",
        subject,
    )
    subject = _ANYTHING.sub("", subject.strip(" ,;:-'")).strip(" ,;:-'")
    return Request(subject if len(subject) > 2 else "", single, how)

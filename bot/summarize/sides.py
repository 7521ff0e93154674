"""Who says what: the sentences that report somebody's words, and the side that the speaker is on.

Rules over wording; sides are those of `sides.tsv`, else the speaker's own name. Knows one sentence at a time.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from bot.summarize.values import Sentence

_SAID = {
    "it": r"(?:ha(?:nno)?|aveva(?:no)?) (?:\w+mente |poi |anche |più volte )?(?:detto|dichiarato|affermato|sostenuto|spiegato"
          r"|precisato|definito|negato"
          r"|smentito|accusato|chiesto|annunciato|ribattuto|risposto|aggiunto|ribadito|denunciato|condannato"
          r"|respinto|ammesso"
          r"|confermato|parlato|promesso|stimato|contato|riferito|concluso|bollato|lodato|avvertito|invitato"
          r"|assicurato|ringraziato)"
          r"|(?:disse|dissero|dichiarò|affermò|sostenne|negò|negarono|smentì|accusò|annunciò|rispose|definì"
          r"|parlò|liquidò|calcolò"
          r"|stimò|riferì|spiegò|aggiunse|confermò|denunciò|condannò|promise|sostiene|afferma|nega"
          r"|accusa)",
    "en": r"(?:said|says|told|argued|claimed|denied|denies|accused|stated|declared|announced|insisted|warned"
          r"|replied|answered"
          r"|added|called|described|condemned|rejected|confirmed|admitted|promised|pledged|estimated|blamed"
          r"|thanked|praised"
          r"|dismissed|defended|urged|noted|maintained|reported|acknowledged)",
}  # fmt: skip
_BY = {
    "it": re.compile(r"\b(?:[Ss]econdo|a detta d(?:i|el|ella)|[Ss]tando a)\s+(?P<who>[^,.;:]{3,90})[,.;]"),
    "en": re.compile(r"\b(?:[Aa]ccording to|in the view of)\s+(?P<who>[^,.;:]{3,90})[,.;]"),
}
_VERB = {language: re.compile(rf"\b(?:{verbs})\b") for language, verbs in _SAID.items()}
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: (?:(?:di|de|del|van|von|al|bin) )?[A-ZÀ-Þ][\w’'-]+)*")
_OPENS = re.compile(r"^(?:Il|La|Lo|Le|Gli|I|L|Un|Una|The|A|An|In|On|At|Nel|Nella|Al|Alla|Dal|Da|Su|Sul|Per|Con)\b\s*")

_INVERTED = re.compile(r"detto|dichiarato|annunciato|riferito|precisato|spiegato|disse|annunciò|riferì|said"
          r"|says|told|added"
                       r"|reported|dichiarò|spiegò|afferma|dice|sostenuto|stimato|estimated|noted|announced"
          r"|replied|risposto"
                       r"|rispose|warned|wrote")  # fmt: skip
# A deed or a habit, not words: "rispose con le risoluzioni", "reported twice a year".
_DOES = re.compile(r"\s*(?:con\b|with\b|(?:once|twice|\w+ times) (?:a|per|every)\b|ogni\b|every\b)")
# Who passes news on takes no side in them.
_PRESS = re.compile(
    r"\b(?:agenzi[ae]|agency|agencies|newspapers?|quotidian[oi]|giornal[ei]|broadcasters?|emittent[ei]|televisione|media"
    r"|NK News|Reuters|Associated Press|Yonhap|TASS|Xinhua|KCNA)\b"
)
_REPORTS = re.compile(r"\s*(?:che\b|that\b|di\b|:|to\b|a\b|al\b|alla\b|in\b|on\b|“|\")")
# "A Seul, ..." and "Il 3 settembre 2025, a Pechino, ..." say where, not who.
_ASIDE = re.compile(
    r"^(?:(?:(?:In|Nel|Nella|Nello|Nell['’])\b[^,]*?\b\d{4}\b,? )|(?:[Ii]l \d[^,A-ZÀ-Þ]*|[Nn]el(?:l['’])? ?[^,]*\d{4}|On [^,]*|In [^,]*|At [^,]*|From [^,]*|A [^,]*|a [A-Z][^,]*|"
    r"[Dd]a [^,]*|All[ao] [^,]*|Nell[ao] [^,]*|at [^,]*|in [^,]*|Asked [^,]*(?:,[^,]*20\d\d[^,]*)?),\s*)+"
)
_PERSON = r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)+)"
_LAST = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'-]+)$")
# "Ukraine's president, Volodymyr Zelensky," is who speaks, and no clause that somebody said.
_APPOSED = re.compile(r"\S+(?: \S+){0,6}, \S+(?: \S+){0,11},")
# What somebody is in charge of or speaks about is not the side that they are on.
_TOPIC = re.compile(
    r"\b(?:per|con|contro|verso|su|sull[ao]?|sul|for|on|with|against|towards?|to|alla?|in)(?:['’]|\s+(?:(?:l[aoe]|il|i|gli|the)\s+)?)$"
)
_CLAUSE = re.compile(r"\d|\b(?:che|that|di una|of a)\b")
_LINKS = re.compile(r"\b(?:e|ed|o|con|di|da|in|a|per|and|or|with|of|to|in|for|by|has|had|ha|aveva)\b")
_LONGEST = 3
_SHORT = 3
_GENITIVE = re.compile(r"['’]s?$")
_WHOLE = re.compile(_PERSON)
_AFTER = re.compile(rf"(?:['’]s)?(?: [a-zà-ÿ-]+){{0,3}},? {_PERSON}")
_BEFORE = re.compile(rf"{_PERSON}, [^,.;]{{0,60}}$")


def speaker(text: str, language: str) -> str:
    """Return the words that name who speaks, or "" where a sentence reports nobody's words; the press only reports."""
    found = _speaker(text, language)
    return "" if _PRESS.search(found) else found


def _speaker(text: str, language: str) -> str:
    by = _BY[language].search(text)
    verb = next((m for m in _VERB[language].finditer(text) if not _DOES.match(text, m.end())), None)
    if verb is None:
        return by["who"] if by is not None and _named(by["who"]) else ""
    before, behind = text[: verb.start()].strip(), text[verb.end() : verb.end() + 80]
    apposed = _APPOSED.fullmatch(_ASIDE.sub("", before) or before)
    if apposed is None and before.endswith(",") and _INVERTED.search(verb[0]) and not _REPORTS.match(behind):
        # "..., ha detto Shoigu il 17 giugno": the one who speaks comes behind the verb.
        return behind if _named(behind) else ""
    subject = _ASIDE.sub("", before)
    return subject if _named(subject) else ""


class Sides:
    """Who is on which side, as the sentences themselves tell: "il presidente russo Vladimir Putin".

    Args:
        sentences: to learn from.
    """

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        votes: dict[str, Counter[int]] = defaultdict(Counter)
        self._full: dict[str, str] = {}
        for text in dict.fromkeys(sentence.flat for sentence in sentences):
            for match in _WHOLE.finditer(text):
                name = _GENITIVE.sub("", _OPENS.sub("", match["name"]))
                if 2 <= len(name.split()) <= _LONGEST:
                    self._full.setdefault(_key(name), name)
            for n, (_, forms) in enumerate(_table()):
                for match in forms.finditer(text):
                    beside = _AFTER.match(text, match.end()) or _BEFORE.search(text, 0, match.start())
                    if beside is not None and _beside(text, match, beside):
                        votes[_key(beside["name"])][n] += 1
        self._known = {name: counts.most_common(1)[0][0] for name, counts in votes.items()}

    def label(self, sentence: Sentence, language: str) -> str:
        """Return the side that speaks in a sentence, named in a language; the speaker's name where no side is known.

        Empty where nobody speaks, or somebody whom the sentences never call by a full name.
        """
        words = speaker(sentence.flat, sentence.language)
        table = _table()
        nearest = _LAST.search(words)
        whole = [name for name in _NAME.findall(_OPENS.sub("", words)) if nearest is not None]
        if whole and _key(whole[-1]) in self._known:
            return table[self._known[_key(whole[-1])]][0][language]
        found = [
            (m.start(), labels)
            for labels, forms in table
            for m in forms.finditer(words)
            if _TOPIC.search(words, 0, m.start()) is None
        ]
        if found:
            return min(found, key=lambda pair: pair[0])[1][language]
        names = _NAME.findall(_OPENS.sub("", words))
        known = next((self._known[_key(name)] for name in names if _key(name) in self._known), None)
        if known is not None:
            return table[known][0][language]
        lasts = (_key(_GENITIVE.sub("", name)) for name in names)
        return next((self._full[last] for last in lasts if last in self._full), "")


def _key(name: str) -> str:
    """Return what a person is known by: the last part of the name, with the one before it where it is short."""
    parts = _GENITIVE.sub("", name).split()
    return " ".join(parts[-2:] if len(parts[-1]) <= _SHORT else parts[-1:])


def _beside(text: str, form: re.Match[str], person: re.Match[str]) -> bool:
    """Say whether a side beside a person is that person's: "il presidente russo ...", not "in Russia ..."."""
    name = person["name"]
    if len(name.split()) > _LONGEST or any(forms.search(name) for _, forms in _table()):
        return False
    if person.start("name") < form.start():
        between = text[person.end("name") : form.start()]
        return _CLAUSE.search(between) is None and not any(verb.search(between) for verb in _VERB.values())
    between = text[form.end() : person.start("name")].strip(" ,'’s")
    adjective = form[0][0].islower() or between
    return bool(adjective) and _LINKS.search(between) is None and _TOPIC.search(text, 0, form.start()) is None


def _named(words: str) -> bool:
    return _NAME.search(_OPENS.sub("", words.strip())) is not None


@cache
def _table() -> list[tuple[dict[str, str], re.Pattern[str]]]:
    text = files("bot").joinpath("summarize", "sides.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [({"it": it, "en": en}, re.compile(rf"(?<![\w-])(?:{forms})(?!\w)")) for it, en, forms in rows]

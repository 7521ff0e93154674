"""Things that a text speaks of: nouns with an article, numbered articles, nouns that are counted or chosen from.

Articles and stop words tell where a noun begins and ends, in Italian and English. Knows nothing of names.
"""

import re

from bot.question.follow_words import VERBS_EN
from bot.question.mention import Mention, base_preposition, before, near, overlaps
from bot.question.words import ROLES
from index.analysis import fold, irregular
from index.stopwords import STOPWORDS

_THING = {
    "it": re.compile(
        r"(?<![^\W_])(?:(?P<prep>al|allo|alla|all'|ai|agli|alle|del|dello|della|dell'|dei|degli|delle|dal|dallo|dalla|dall'|dai|dagli|dalle|nel|nello|nella|nell'|nei|negli|nelle|sul|sullo|sulla|sull'|sui|sugli|sulle)"
        r"|(?P<article>il|lo|la|l'|i|gli|le|un|uno|una|un'))(?:(?<=')|\s+)(?=(?P<run>[^\W_][^?!.,;:]{0,60}))",
        re.IGNORECASE,
    ),
    "en": re.compile(r"(?<![^\W_])(?P<article>the|a|an)\s+(?=(?P<run>[^\W_][^?!.,;:]*))", re.IGNORECASE),
}
_LONGEST = 4


def things(text: str, language: str) -> list[Mention]:
    """Return the nouns of a text that have an article or a number, in reading order, none overlapping."""
    found: list[Mention] = []
    for match in _THING.get(language, _THING["en"]).finditer(text):
        size = _noun_length(match["run"], language, near(text, match.start()))
        if not size:
            continue
        prep = base_preposition(match["prep"]) if language == "it" and match["prep"] else ""
        start = match.start()
        if not prep:
            start, prep = before(text, start)
        year = re.match(r" del (?:1[0-9]|20)\d\d(?!\d)", match["run"][size:]) if language == "it" else None
        size += year.end() if year else 0
        head = match["run"][:size]
        if fold(head.split()[0]) in _NO_HEADS:
            continue
        article = (match["article"] or match["prep"] or "").lower()
        plural = _plural(article, head.split(" of ")[0].split()[-1] if language == "en" else head.split()[0], language)
        feminine = article.endswith(("la", "le", "una", "un'"))
        surface = text[match.start() : match.start("run") + size] if match["article"] else head
        person = bool(ROLES[language if language == "it" else "en"] & set(fold(head).split()))
        kind, sex = ("person", "f" if feminine else "") if person else ("thing", "f" if feminine else "m")
        found.append(Mention(surface, start, match.start("run") + size, kind, prep, sex, plural))
    for match in _ARTICLE_N.finditer(text):
        start, prep = before(text, match.start())
        found.append(Mention(match[0], start, match.end(), "thing", prep, "m"))
    kept = [mention for n, mention in enumerate(found) if not overlaps(mention, found[:n])]
    return sorted(kept, key=lambda mention: mention.start)


_NO_HEADS = frozenset(
    "due tre quattro cinque two three four five altri altro altra altre stesso stessa prima primo secondo seconda first second last ultimo same other others most".split()
)


def _plural(article: str, head: str, language: str) -> bool:
    if language == "it":
        return (
            article in ("i", "gli", "le")
            or article.endswith(("ei", "ai", "gli", "lle", "sui", "le"))
            and article != "le'"
        )
    return article == "the" and head.endswith("s") and not head.endswith(("ss", "us", "is"))


_SUPPORT = re.compile(r"\b(?:did|does|do|will|would|can|could|should)\s$", re.IGNORECASE)
_NUMBERED = frozenset({"articolo", "risoluzione", "comitato", "capitolo", "punto", "comma"})
_ARTICLE_N = re.compile(r"(?<![^\W_])(?:Article|Resolution|Chapter|Section|Committee) \d+", re.IGNORECASE)


def _noun_length(run: str, language: str, before: str) -> int:
    """Return how many characters of a run of words belong to the noun at its beginning."""
    stops = STOPWORDS.get(language, frozenset())
    supported = language == "en" and _SUPPORT.search(before) is not None
    kept: list[re.Match[str]] = []
    for match in re.finditer(r"\S+", run):
        word = fold(match[0]).strip("'\"”“")
        if word in stops and not (kept and word == "of" and re.match(r" [a-z]", run[match.end() :])):
            break
        if kept and language == "it" and word.split("'")[0] in stops:
            break
        if kept and language == "en" and _verbal(word):
            supported = False
            break
        kept.append(match)
        if len(kept) == _LONGEST:
            break
    while kept and fold(kept[-1][0]) in stops:
        kept.pop()
    if supported and len(kept) > 1 and not re.match(r"\s*(?:have|do|be)\b", run[kept[-1].end() :]):
        # "Did the State Duma ratify ...": the word before the object is the verb.
        kept.pop()
    if language == "it":
        numbered = len(kept) > 1 and kept[1][0][0].isdigit() and kept[0][0].lower() not in _NUMBERED
        kept = kept[:1] if numbered else kept[:2]
    return kept[-1].end() if kept else 0


def _verbal(word: str) -> bool:
    return (
        word in VERBS_EN
        or (word.endswith("ed") and len(word) > 4)
        or word in irregular("en")
        and not word.endswith("s")
    )


_COUNTED = {
    "it": re.compile(
        r"\b(?:quanti|(?P<f>quante)|quali)\s(?P<noun>[^\W\d_]+[^\W\d_aàèéìòù])\b|\b(?:ha|hanno|aveva) [^\W\d_]+(?:t|s)o (?P<object>[a-z]{3,}(?:i|(?P<fo>e)))\b",
        re.I,
    ),
    "en": re.compile(
        r"(?<!the )(?<!who )(?<!what )(?<!of )\b(?P<noun>(?:(?:North |South )?[A-Z][a-z]+(?:an|ese|ish) )?[a-z]{3,}s)\b(?!['’])"
    ),
}


_CHOSEN = {
    "it": re.compile(
        r"\bquale (?P<noun>[^\W\d_]+(?: (?!ha|è|era|fu|aveva|sarà|non|si)[a-z]+)?)(?= (?:ha|è|era|fu|aveva|sarà|non|si)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b[Ww]hich (?P<noun>(?:[A-Z][a-z]+ )*[a-z]+(?<!s))(?= [a-z]+)"),
}


def counted(text: str, language: str) -> list[Mention]:
    """Return the nouns of a question that have no article: `how many soldiers`, `ha inviato soldati`, `quale banca`."""
    found = []
    chosen = _CHOSEN[language].search(text)
    if chosen:
        sex = "f" if language == "it" and chosen["noun"].split()[0].endswith("a") else "m"
        found.append(Mention(chosen["noun"], chosen.start("noun"), chosen.end("noun"), "thing", "", sex, False))
    for match in _COUNTED[language].finditer(text):
        name = "noun" if match["noun"] else "object"
        noun = match[name]
        if (
            fold(noun) in STOPWORDS[language]
            or noun.lower() in ("does", "was", "has", "says", "sono", "hanno", "this", "its")
            or noun.endswith("ss")
        ):
            continue
        groups = match.groupdict()
        feminine = language == "it" and bool(groups.get("f") or groups.get("fo"))
        found.append(Mention(noun, match.start(name), match.end(name), "thing", "", "f" if feminine else "m", True))
    return found

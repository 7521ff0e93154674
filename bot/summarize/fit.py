"""Whether a sentence can stand where the one before it is not said: no heading, no list, nothing that points back.

Rules over wording in Italian and English. Knows one sentence at a time.
"""

import re
from functools import lru_cache

_ENDED = re.compile(r"[.!?…][”»\"')\]]*$")
_ITEM = re.compile(r"\s*(?:[-*•‣–—|#>]|\d{1,3}[.)]\s)")
_CAPTION = re.compile(
    r"^(?:foto|photo|image|immagine|credit|credits|crediti|figura|figure|didascalia|caption|fonte|source|by|di|leggi"
    r" anche|read more|see also|vedi anche|pubblicità|advertisement|ansa|reuters)\b[^.]{0,60}(?::|/|©|$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’])?")
_LINE = 10
_ANNOUNCES, _STUB = 15, 6

# A sentence that opens so leans on the one before it.
_LEANS = {
    "it": re.compile(
        r"^[\W_]*(?:"
        r"(?:inoltre|tuttavia|ma|però|invece|intanto|infine|infatti|quindi|perciò|pertanto|così|allora|poi"
        r"|anche|anzi|eppure"
        r"|dunque|ciononostante|nondimeno|oltretutto|oltre a|altrimenti|analogamente|idem|insomma|viceversa"
        r"|successivamente"
        r"|nemmeno|neanche|neppure|né|e|ed|o|oppure|qui|là|lì|ecco|altri|altre|entrambi|entrambe|ambedue"
        r"|quest'ultim[oa]"
        r"|nel frattempo|per questo|a sua volta|al contrario|d'altra parte|d'altronde|in seguito|subito dopo|poco dopo"
        r"|ciò|tale|tali|egli|ella|essi|esse|esso|essa|lui|lei|loro|costui|costoro|ne|vi|ci|si)\b"
        r"|(?:in|a|da|di|su|con|per|tra|fra|il|la|lo|i|le|gli|l')?\s*(?:quest[oaie]|quest'|quell[oaie]|quell'"
        r"|que[il]|quegli"
        r"|stess[oaie]|medesim[oaie])\b(?!\s+(?:di|della|del|dell'|degli|delle|dei)\b)"
        r"|(?:il|la|i|le|alla|al|ai|alle|nel|nella|sul|sulla|del|della|dal|dalla|per il|con il)\s+(?:su[oaei]"
        r"|suoi|loro)\b"
        r"|(?:ha|hanno|aveva|avevano|avrebbe|avrebbero|avrà|avranno|è stat[oa]|sono stat[ie]|era stat[oa]"
        r"|erano stat[ie])\b"
        r"|[^\W\d_]{3,}(?<!per)(?:ò|arono|irono|erono)\s+(?:che|di|a|il|la|un|una|anche|poi|inoltre)\b"
        r"|(?:il giorno (?:dopo|seguente|successivo|prima)|l'(?:anno|indomani)|la (?:settimana|sera|mattina"
        r"|notte)|il mese)\b"
        r"(?=\s*(?:dopo|seguente|successiv|prima|stess|,))"
        r")",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^[\W_]*(?:"
        r"(?:however|but|and|or|nor|yet|so|also|moreover|furthermore|therefore|thus|hence|then|meanwhile"
        r"|instead|besides"
        r"|nevertheless|nonetheless|still|indeed|finally|similarly|likewise|otherwise|consequently|additionally"
        r"|afterwards"
        r"|later|earlier|here|neither|both|another|others|such|as a result|in addition|for (?:this|that|example"
        r"|instance)"
        r"|at the same time|on the other hand|on the contrary|in turn|after that|before that|by then"
        r"|by contrast|in contrast"
        r"|he|she|it|they|him|her|them|his|its|their|hers|theirs|this|these|those|that|the (?:former|latter|same)"
        r"|the (?:next|following|previous) (?:day|week|month|year|morning|night)|the other|one of (?:them|these|those)"
        r"|a (?:day|week|month|year) (?:later|earlier))\b"
        r"|(?:in|on|at|by|for|from|to|with|of|after|before|during|under|among|since|despite|because of|according to)"
        r"\s+(?:this|that|these|those|him|her|them|his|its|their|it|which|such)\b"
        r")",
        re.IGNORECASE,
    ),
}
_BACK = {
    "it": re.compile(
        r"\b(?:quel giorno|quel momento|quell'anno|quell'occasione|stesso giorno|giorno dopo|come detto|di cui sopra"
        r"|quest'ultim[oa]|quest[oaie] (?:è|sono|era|erano|ha|hanno)|a sua volta)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:that day|that time|that moment|the same day|the next day|the latter|the former|as mentioned|of them)\b"
        r"|\b(?:did so|does so|do so|did not|didn't|either)[.,]?$",
        re.IGNORECASE,
    ),
}
# What an article opens with leans on no sentence; only on its title, where it begins with a pronoun.
_POINTS = {
    "it": re.compile(
        r"^[\W_]*(?:(?:ma|però|inoltre|tuttavia|anche|e|egli|ella|essi|esse|esso|essa|lui|lei|loro|costui|costoro|ciò)\b"
        r"|(?:(?:il|la|i|le)\s+)?(?:suo|sua|suoi|sue|loro)\b|(?:quest[oaie]|quell[oaie])\s+(?:è|sono|era|erano|ha|hanno)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^[\W_]*(?:but|however|also|moreover|and|he|she|it|they|him|her|them|his|its|their|that|these|those"
        r"|this (?:is|was|has))\b",
        re.IGNORECASE,
    ),
}
# Told as what came before something else, which is not said: "Kim had left", "Gli Stati Uniti avevano detto".
_EARLIER = {
    "it": re.compile(
        r"^(?:[^,;:]*,[^,;:]*, )?(?:(?!\b(?:che|dove|quando|cui|dopo)\b)[^,;:])*\b(?:avev(?:a|ano)|er(?:a|ano))\s+"
        r"(?:\w+mente\s+|già\s+|anche\s+|più volte\s+)?\w+(?:at|it|ut|ett|ess|es|is|ost|ott|ert|fatt)[oaie]\b",
    ),
    "en": re.compile(
        r"^(?:[^,;:]*,[^,;:]*, )?(?:(?!\b(?:that|which|who|whom|when|where|after)\b)[^,;:])*\bhad\s+"
        r"(?:\w+ly\s+|already\s+|also\s+|never\s+|twice\s+)?(?:been|gone|made|left|said|told|held|met|sent|set|put"
        r"|done|come|become|begun|brought|built|\w+(?:ed|en|own|awn))\b",
    ),
}
_DATED = re.compile(r"\d{4}")


@lru_cache(maxsize=8192)
def told(text: str) -> bool:
    """Say whether a text is a sentence: no heading, no item of a list, no caption, no stub."""
    words = _WORD.findall(text)
    if len(words) < 3 or _ITEM.match(text) or _CAPTION.match(text) or text.isupper():
        return False
    if text.count("\n") > 3 or text.endswith(":"):
        return False
    return bool(_ENDED.search(text)) or len(words) >= _LINE


@lru_cache(maxsize=8192)
def stands(text: str, language: str) -> bool:
    """Say whether a sentence is understood without the one before it: no pronoun or connective that leans on it."""
    flat = " ".join(text.split()).replace("’", "'")
    if _LEANS[language].match(flat) or flat[:1].islower():
        return False
    back = _BACK[language].search(flat)
    return back is None or _DATED.search(flat, 0, back.start()) is not None


@lru_cache(maxsize=8192)
def opening(text: str, language: str) -> bool:
    """Say whether a sentence that an article opens with is understood without its title: no pronoun points there."""
    return not _POINTS[language].match(" ".join(text.split()).replace("’", "'"))


@lru_cache(maxsize=8192)
def earlier(text: str, language: str) -> bool:
    """Say whether a sentence tells in the pluperfect what came before something that it does not say."""
    return _EARLIER[language].match(" ".join(text.split())) is not None


def thin(text: str, opens: bool) -> bool:
    """Say whether a sentence only announces what the next one tells, or asks.

    Args:
        text: of the sentence.
        opens: whether it opens a paragraph that goes on.
    """
    if text.rstrip("”»\"')]").endswith("?"):
        return True
    return len(text.split()) < (_ANNOUNCES if opens else _STUB) and not re.search(r"\d", text)

"""A question asked again with other asking words: after `What did Putin give Kim?`, `why?` asks why he gave it.

Rules over word order in Italian and English. Where the grammar of the question is beyond them, the asking words are put
before it (`When: who attacked the ship?`). Knows nothing of conversations.
"""

import re

from bot.question.analyse import analyse
from bot.question.follow_words import ASKED
from bot.question.kinds import Kind
from bot.question.mentions import AGENTS, mentions
from index.analysis import fold, stem

_AUX_EN = r"did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"
_AUX_IT = r"ha|hanno|aveva|avevano|avrebbe|avrebbero|è|sono|era|erano|fu|furono|sarà|saranno|viene|vengono|può|possono|poteva|deve|devono|vuole|vogliono"
_ASK_EN = re.compile(
    rf"^(?P<wh>(?:(?:since|until|from|with|by|to|in|on|at|for|under) )?(?:how (?:many|much|long|big|old|often)|how come|how|why|when|where|which|what|whom|whose|who))"
    rf"(?: (?P<noun>(?:(?!(?:{_AUX_EN})\b)\S+ ){{0,4}}?(?!(?:{_AUX_EN})\b)\S+))?(?:'s| (?P<aux>{_AUX_EN})) (?P<rest>.+)$",
    re.IGNORECASE,
)
_PLAIN_EN = re.compile(rf"^(?P<aux>{_AUX_EN}) (?P<rest>.+)$", re.IGNORECASE)
_SUBJECT_EN = re.compile(
    r"^(?P<wh>who|what) (?P<verb>\w+) (?P<object>.+?)(?P<more> (?:to|in|on|at|for|with|from|during|after|before|by|since) .+)?$",
    re.IGNORECASE,
)
_PREPOSITION_EN = re.compile(r" (?=(?:to|in|on|at|about|for|with|from|during|after|before|by|since|under|against)\b)")
_DETERMINED = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their|he|she|it|they|you|we|i|[A-Z])")
_PARTICIPLES = {
    "gave": "given", "sent": "sent", "made": "made", "wrote": "written", "took": "taken", "met": "met", "won": "won",
    "broke": "broken", "began": "begun", "built": "built", "sold": "sold", "bought": "bought", "led": "led", "held": "held",
    "shot": "shot", "put": "put", "said": "said", "drove": "driven", "found": "found", "brought": "brought",
}  # fmt: skip
_ASK_IT = re.compile(
    r"^(?P<wh>(?:(?:da|a|con|per|di|in|su|tra|fra|fino a|contro) )?(?:quando|quand'|dove|dov'|perch[eé]'?|come mai|come|com'|quanto tempo|quant[iea]\b|quanto|qual[ei]|qual'?"
    r"|che cosa|cosa|che cos'|cos'|chi|che))(?:(?<=')|\s)(?P<rest>.+)$",
    re.IGNORECASE,
)
_GROUP_IT = re.compile(
    rf"^(?:non )?(?:si )?(?P<aux>{_AUX_IT})(?: (?:già|mai|anche))?(?: (?P<been>stat[oaie]))?(?: (?P<verb>\w+(?:t[oaie]|s[oaie]|are|ere|ire)))?(?=\s|$)",
    re.IGNORECASE,
)
_TOPIC = {
    "it": re.compile(
        r"^(?:parla(?:mi|teci)?|raccontami|dimmi(?: di più)?|(?:che )?cosa sai|che sai|spiega(?:mi)?|riassumi)(?: (?P<prep>di|del|dello|della|dell'|dei|degli|delle|su|sul|sulla|sui|sugli|sulle|sull'))?(?:(?<=')|\s+|$)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:tell me (?:more )?(?:about )?|what (?:do you know|can you tell me|is known) about |talk about |explain |describe |summari[sz]e )",
        re.IGNORECASE,
    ),
}
_HAPPEN = re.compile(
    r"^(?:è |era |sarà )?(?:successo|accaduto|avvenuto|capitato|cambiato|succede|accade|cambia)\b", re.IGNORECASE
)


def reask(base: str, key: str, language: str, word: str = "", noun: str = "") -> str:
    """Return a question asked again with other asking words.

    Args:
        base: a question that stands by itself.
        key: of `ASKED`: "why", "when", "many" ...
        language: of `base`.
        word: the asking words to write; those of `ASKED`, if empty.
        noun: a noun that they count or choose from (`soldiers`).
    """
    body = base.strip().rstrip("?!. ")
    asks = word or ASKED[language].get(key, key)
    about = topic(base, language)
    if about and not noun:
        built = (_topic_italian if language == "it" else _topic_english)(about, key)
    else:
        built = (_italian if language == "it" else _english)(body, key, asks, noun)
    text = built or f"{asks}{f' {noun}' if noun else ''}: {lower_first(body, language)}"
    return f"{text[:1].upper()}{text[1:]}?"


def lower_first(text: str, language: str) -> str:
    """Return a question to be put behind something, its first letter small unless a name begins there."""
    named = any(m.kind in AGENTS and text.startswith(m.text[:1]) and m.start == 0 for m in mentions(text, language))
    article = re.match(r"(?:the|il|lo|la|i|gli|le|l') ?", text, re.IGNORECASE)
    return text if (named and not article) or text[:2].isupper() else text[:1].lower() + text[1:]


def topic(base: str, language: str) -> str:
    """Return what a question that only names its subject is about (`Tell me about the treaty`, `the treaty`), else ""."""
    body = base.strip().rstrip("?!. ")
    match = _TOPIC[language].match(body)
    if match and body[match.end() :]:
        rest = body[match.end() :]
        prep = (match.groupdict().get("prep") or "").lower()
        return f"{_ARTICLES.get(prep[2:] if prep.startswith('su') else prep[1:], '')}{rest}"
    return "" if analyse(base, language).kind is not Kind.OTHER else body


_ARTICLES = {"el": "il ", "ello": "lo ", "ella": "la ", "ell'": "l'", "ei": "i ", "egli": "gli ", "elle": "le ",
             "l": "il ", "la": "la ", "i": "i ", "gli": "gli ", "le": "le ", "ll'": "l'", "lla": "la ", "lle": "le "}  # fmt: skip


def _english(body: str, key: str, asks: str, noun: str) -> str:
    match = _ASK_EN.match(body)
    if key in ("many", "much") or noun:
        return _counted_english(body, match, asks, noun)
    plain = _PLAIN_EN.match(body)
    if plain:
        return f"{asks} {plain['aux'].lower()} {plain['rest']}"
    if match is None or not match["aux"]:
        return _without_aux(body, key, asks)
    wh, aux, rest = match["wh"].lower(), match["aux"].lower(), match["rest"]
    being = aux in ("is", "are", "was", "were")
    if key == "who" and being and re.search(r"(?:ed|en|sent|made|held|built|put|met)\b", rest):
        return f"by whom {aux} {rest}"
    if key == "who":
        return ""
    if wh not in ("what", "which", "how many", "how much", "who", "whom", "whose"):
        return f"{asks} {aux} {rest}" if match["noun"] is None else ""
    return _object_english(asks, key, aux, rest, match["noun"], wh)


def _object_english(asks: str, key: str, aux: str, rest: str, noun: str | None, wh: str) -> str:
    """Return a question whose asking words stood for a thing: the thing goes to its place as `that` or `the soldiers`."""
    thing = f"the {noun}" if noun else ("that person" if wh.startswith("who") else "that")
    determined = _DETERMINED.match(rest) is not None
    if aux in ("is", "are", "was", "were") and determined and not noun:
        return f"{asks} {aux} {rest}" if key in ("when", "where") and not rest.endswith((" about", " for")) else ""
    if not determined and aux not in ("did", "do", "does"):
        return f"{asks} {aux} {thing} {rest}"
    place = _PREPOSITION_EN.search(rest)
    at = place.start() if place else len(rest)
    return f"{asks} {aux} {rest[:at]} {thing}{rest[at:]}"


def _without_aux(body: str, key: str, asks: str) -> str:
    if body.lower().startswith("what happened"):
        return f"{asks} did this happen{body[len('what happened') :]}" if key not in ("who", "many") else ""
    match = _SUBJECT_EN.match(body)
    if match is None or key == "who":
        return ""
    verb = match["verb"].lower()
    participle = _PARTICIPLES.get(verb) or (verb if verb.endswith("ed") else "")
    if not participle or not _DETERMINED.match(match["object"]):
        return ""
    head = match["object"].split(" of ")[0]
    was = "were" if head.endswith("s") and not head.endswith(("ss", "us")) else "was"
    return f"{asks} {was} {match['object']} {participle}{match['more'] or ''}"


def _counted_english(body: str, match: re.Match[str] | None, asks: str, noun: str) -> str:
    if match and match["aux"] and match["wh"].lower() in ("what", "which", "how many", "how much", "who"):
        counted = noun or match["noun"] or ""
        being = match["aux"].lower() in ("is", "was", "are", "were")
        return "" if being else f"{asks} {counted} {match['aux'].lower()} {match['rest']}".replace("  ", " ")
    clause = _PLAIN_EN.match(body) or (match if match and match["aux"] else None)
    if clause is None:
        return ""
    if re.match(r"(?:with|in|on|by|from|to|at|under|for) ", asks):
        return f"{asks} {noun} {clause['aux'].lower()} {clause['rest']}"
    for word in re.finditer(
        r"(?:\b(?:the|any|some|more) )?\b(?P<noun>(?:(?:North |South )?[A-Z][a-z]+(?:an|ese|ish) )?[a-z]{3,}s)(?= |$)",
        clause["rest"],
    ):
        if not noun or stem(noun.split()[-1], "en") == stem(word["noun"].split()[-1], "en"):
            if not word.start() and clause["aux"].lower() in ("did", "do", "does"):
                return ""
            rest = clause["rest"][: word.start()] + clause["rest"][word.end() :].lstrip()
            return f"{asks} {noun or word['noun']} {clause['aux'].lower()} {rest}".strip()
    return ""


def _topic_english(about: str, key: str) -> str:
    was = "were" if about.lower().startswith("the ") and re.search(r"[^su]s$", about) else "was"
    forms = {
        "why": f"what is the reason for {about}",
        "when": f"when {was} {about}",
        "where": f"where {was} {about}",
        "who": f"who was involved in {about}",
        "how": f"how did {about} come about",
        "long": f"how long did {about} last",
    }
    return forms.get(key, "")


def _italian(body: str, key: str, asks: str, noun: str) -> str:
    match = _ASK_IT.match(body)
    if key in ("many", "much") or noun:
        return _counted_italian(body, match, asks, noun)
    if match is None:
        return "" if key == "who" else f"{asks} {lower_first(body, 'it')}"
    wh, rest = fold(match["wh"]).strip("'"), match["rest"]
    if wh == "chi":
        return _subject_italian(rest, key, asks)
    if key == "who":
        passive = re.match(r"^(?:è|sono|era|erano|fu|furono) (?:stat[oaie] )?(\w+[ts])[oaie] (.+)$", rest)
        return f"chi ha {passive[1]}o {passive[2]}" if passive else ""
    if wh.split()[-1] in ("cosa", "cos"):
        return _thing_italian(rest, asks) if wh in ("cosa", "che cosa", "cos", "che cos") else f"{asks} {rest}"
    if re.fullmatch(r"(?:quant[iea]|quale|quali|che|qual)", wh):
        return _noun_italian(wh, rest, asks)
    return f"{asks} {rest}"


def _thing_italian(rest: str, asks: str) -> str:
    if _HAPPEN.match(rest):
        return f"{asks} {rest}"
    group = _GROUP_IT.match(rest)
    if group and fold(group["aux"]) in ("e", "sono", "era", "erano", "fu", "furono"):
        return f"{asks} {rest}" if group["verb"] or group["been"] else ""
    if re.match(r"(?:si|gli|le|ci|mi|vi|ne|lo|la|li|l')\b", rest, re.IGNORECASE):
        return f"{asks} {rest}" if rest.lower().startswith("si ") else ""
    return f"{asks} {'non lo ' + rest[4:] if rest.lower().startswith('non ') else 'lo ' + rest}"


def _subject_italian(rest: str, key: str, asks: str) -> str:
    match = re.match(r"^(?:ha|hanno|aveva) (\w+[ts])[oaie] ((?P<article>il|lo|la|i|gli|le|un|una)\s|l')(.+)$", rest)
    if match is None or key == "who":
        return ""
    ending = {"la": "a", "una": "a", "i": "i", "gli": "i", "le": "e"}.get(match["article"] or "", "o")
    be, been = ("sono", f"stat{ending}") if ending in "ie" else ("è", f"stat{ending}")
    return f"{asks} {be} {been} {match[1]}{ending} {match[2]}{match[4]}"


def _noun_italian(wh: str, rest: str, asks: str) -> str:
    words = rest.split()
    at = next((n for n in range(min(4, len(words))) if _GROUP_IT.match(" ".join(words[n:]))), 1)
    noun, clause = " ".join(words[:at]), " ".join(words[at:])
    if not noun or not clause:
        return ""
    group = _GROUP_IT.match(clause)
    end = group.end() if group else len(clause.split()[0])
    return f"{asks} {clause[:end]} {with_article(noun, wh)}{clause[end:]}"


_FEMININE = frozenset("armi navi leggi parti basi crisi fonti voci prove cifre frasi notti mani reti accuse".split())


def with_article(noun: str, counted_by: str = "") -> str:
    """Return an Italian noun with the article that its ending (and `quanti`, `quante`) asks for."""
    ending = noun.split()[0][-1].lower()
    hard = re.match(r"(?:[aeiouàèéìòùh]|s[^aeiou]|z|gn|ps|x|y)", noun.lower())
    if noun.split()[0].lower() in _FEMININE or re.match(r"[^\W\d_]+(?:[zsg]ioni|tà)\b", noun, re.IGNORECASE):
        return f"le {noun}"
    if counted_by.endswith("e") and counted_by.startswith("quant") or (ending == "e" and counted_by == "quali"):
        return f"le {noun}"
    if counted_by == "quanti" or (ending == "i" and counted_by in ("quali", "")):
        return f"{'gli' if hard else 'i'} {noun}"
    if hard and noun[0].lower() in "aeiouh":
        return f"l'{noun}"
    return f"la {noun}" if ending == "a" else f"{'lo' if hard else 'il'} {noun}"


def _counted_italian(body: str, match: re.Match[str] | None, asks: str, noun: str) -> str:
    wh = fold(match["wh"]).strip("'") if match else ""
    if match and re.fullmatch(r"(?:che cosa|cosa)", wh):
        return (
            "" if re.match(r"(?:è|sono|era)\b", match["rest"]) else f"{asks} {noun} {match['rest']}".replace("  ", " ")
        )
    if match and re.fullmatch(r"(?:quali|quale|quant[iea]|che)", wh):
        words = match["rest"].split()
        at = next((n for n in range(min(4, len(words))) if _GROUP_IT.match(" ".join(words[n:]))), 1)
        return f"{asks} {noun or ' '.join(words[:at])} {' '.join(words[at:])}" if words[at:] else ""
    if wh == "chi":
        return ""
    clause = match["rest"] if match else lower_first(body, "it")
    if re.match(r"(?:con|in|da|a|di|per|su) ", asks):
        return f"{asks} {noun} {clause}"
    ending = asks[-1:] if asks.startswith("quant") else ""
    for word in re.finditer(
        r"(?:\b(?:i|gli|le|dei|degli|delle|molti|molte|altri|altre) )?\b(?P<noun>[a-zàèéìòù]{4,}[ie](?: (?!dell|degl|nell|dall|sull)[a-z]{4,}[ie](?= |$))?)(?= |$)",
        clause,
    ):
        wanted = (
            stem(fold(noun.split()[0]), "it") == stem(fold(word["noun"].split()[0]), "it")
            if noun
            else word["noun"][-1] == ending
        )
        participle = re.search(r"\b(?:sono|erano|furono) (?:stat[ie] )?$", clause[: word.start("noun")]) is not None
        if wanted and not participle and not _GROUP_IT.match(word["noun"]):
            rest = f"{clause[: word.start()]}{clause[word.end() :].lstrip()}".strip()
            return f"{asks} {noun or word['noun']} {rest}"
    return ""


def _topic_italian(about: str, key: str) -> str:
    many = about.startswith(("i ", "gli ", "le "))
    end = "e" if about.startswith("le ") else "i" if many else "a" if about.startswith("la ") else "o"
    be = "sono" if many else "è"
    forms = {
        "why": f"perché {about}",
        "when": f"a quando risal{'gono' if many else 'e'} {about}",
        "where": f"dove {be} stat{end} {about}",
        "who": f"chi riguarda{'no' if many else ''} {about}",
        "how": f"come {be} nat{end} {about}",
        "long": f"quanto {be} durat{end} {about}",
    }
    return forms.get(key, "")

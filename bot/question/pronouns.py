"""Pronouns of a question replaced by what they mean: `What did he sign?` becomes `What did Putin sign?`.

Rules over the words of Italian and English; the dropped subjects and the clitics of Italian too. A pronoun with something
of its own to mean in the same question is left. Knows nothing of how referents were found.
"""

import re
from collections.abc import Sequence

from bot.question.mentions import Mention, mentions
from bot.question.pronouns_it import resolve_italian
from bot.question.referents import Referents, agent, key, phrase
from index.analysis import fold

_EN = re.compile(
    r"(?<![\w'’])(?P<word>he|him|his|she|hers|her|they|them|theirs|their|it|its|there|(?:(?:back|since|before|until|after|by) )?then(?=\W*$)"
    r"|(?:in |on )?that (?:year|day|date|month)|(?:the|that) one (?:from|of|in) (?P<of>(?:1[0-9]|20)\d\d)|(?:this|that|these|those)(?: (?:same |particular )?(?P<noun>[a-z]{4,}))?(?=\W|$))(?![\w'’])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:that|what|when|while|after|before|because|if|and|who|which|whether|as|since)\b|,", re.IGNORECASE
)
_AUX_BEFORE = re.compile(
    r"(?:^|\b(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|may|might) )$", re.IGNORECASE
)
_SAID = re.compile(r"\b(?:say|said|says|claim|claimed|mean|happen|think|know|admit|deny|confirm)\s$", re.IGNORECASE)
_CHOSEN = re.compile(
    r"\b(?:which|either|each|every|whose|what) (?!did|do|does|is|are|was|were|has|have|had|can|could|will|would|should|may|might|year|day|date)"
    r"(?:[A-Z]\w+ )*[a-z]+ (?!did|do|does|is|are|was|were|will|would|can|could)\w+ ",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\s*(?:[?!.]|$|(?:in|for|to|with|from|about|at|on|of|by|was|is|were|has|had|will|would|mean|cause|affect|change)\b)"
)
_HOW_MANY = re.compile(
    r"^how many (?=(?:were|are|have|had|died|went|came|fought|arrived|returned|survived|deserted|exploded)\b)",
    re.IGNORECASE,
)
_BEING_BEFORE = re.compile(r"(?:^|\b(?:is|are|was|were|has|have|had) )$", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\s+(?:say|provide|contain|require|oblige|cover|forbid|ban|expire|lapse|come into|enter|take effect|last|include|consist|mean)\b"
)
_DEMONSTRATIVE_STOPS = frozenset(
    "were have been would could should does will said that this they from with about happen happened mean means work cause affect true".split()
)


def resolve(question: str, language: str, referents: Referents) -> str:
    """Return a question with its pronouns replaced, or as it was where none leans on what went before.

    Args:
        question: without `And` and its kin before it.
        language: "it" or "en".
        referents: what was talked of.
    """
    if language == "it":
        return resolve_italian(question, referents)
    return _english(question, referents)


def _english(question: str, referents: Referents) -> str:
    named = mentions(question, "en", referents.known())
    used: list[str] = []
    parts: list[str] = []
    at = 0
    for match in _EN.finditer(question):
        text = _meant(match, question, named, used, referents)
        if text:
            parts += [question[at : match.start()], text]
            at = match.end()
    return _counted("".join([*parts, question[at:]]), referents)


def _counted(question: str, referents: Referents) -> str:
    """Return `How many died?` with what is counted."""
    match = _HOW_MANY.match(question)
    found = referents.thing(True) if match else None
    return (
        question if match is None or found is None else f"{match[0]}of {phrase(found, 'en')} {question[match.end() :]}"
    )


def _meant(match: re.Match[str], question: str, named: Sequence[Mention], used: list[str], referents: Referents) -> str:
    """Return what to write for a pronoun, or "" to leave it; adds whom it means to `used`."""
    word = match["word"].lower()
    before = [m for m in named if m.start < match.start()]
    if word in ("this", "that", "it") and _SAID.search(question[: match.start()]):
        return ""
    if match["of"]:
        thing = referents.thing(False)
        return "" if thing is None or thing.kind != "thing" else f"{_undated(phrase(thing, 'en'))} of {match['of']}"
    if (
        word in ("this", "that", "it")
        and question[: match.start()].endswith(" do ")
        and not question[match.end() :].strip("?!. ")
    ):
        return ""
    after = question[match.end() :]
    if word == "there" or word.endswith("then") or re.fullmatch(r"(?:in |on )?that (?:year|day|date|month)", word):
        return _adverb(word, question[: match.start()], after, referents)
    if _CHOSEN.search(question[: match.start()]) or (
        word in ("this", "that") and not match["noun"] and not _LOOSE.match(after)
    ):
        return ""
    here = [m for m in before if not _CLAUSE.search(question[m.end : match.start()])]
    object_ = word in ("him", "them", "it") or (word == "her" and not re.match(r"\s+[a-z]", after))
    excluded = [key(m) for m in here] if object_ else []
    # "What did Putin give him": not Putin; "what Kim got and what Putin gave him": Kim.
    others = [m for m in before if m not in here] if object_ else before
    if others and _antecedent(word, others):
        return ""
    return _written(word, match, after, excluded, used, referents)


def _undated(text: str) -> str:
    return re.sub(r" (?:of|from) \d{4}$|(?<=the )\d{4} ", "", text)


def _antecedent(word: str, before: Sequence[Mention]) -> bool:
    """Tell whether something named earlier in the question can be what a pronoun means."""
    if word in ("he", "him", "his", "she", "her", "hers"):
        wanted = "m" if word.startswith("h") and word not in ("her", "hers") else "f"
        return any(m.kind == "person" and m.gender in ("", wanted) for m in before)
    if word in ("they", "them", "their", "theirs"):
        return (
            any(m.plural or m.kind in ("country", "org", "people") for m in before)
            or len([m for m in before if agent(m)]) > 1
        )
    return any(m.kind in ("thing", "country", "org", "city") and not m.plural for m in before)


def _written(
    word: str, match: re.Match[str], after: str, excluded: list[str], used: list[str], referents: Referents
) -> str:
    if match["noun"] and (match["noun"] in _DEMONSTRATIVE_STOPS or match["noun"].endswith("ed")):
        return ""
    without = [*excluded, *used]
    possessive = word in ("his", "its", "their", "hers", "theirs") or (
        word == "her" and re.match(r"\s+[a-z]", after) is not None
    )
    if possessive:
        without = [*excluded]
    if word in ("they", "them", "their", "theirs"):
        found = (
            referents.find(lambda m: m.plural and m in referents.asked, without)
            or _several(referents, without)
            or referents.thing(True, without)
            or next((m for m in referents.asked if m.kind in ("country", "org") and key(m) not in without), None)
        )
        found = found or referents.group(without) or referents.find(lambda m: m.kind in ("country", "org"), without)
    elif word in ("he", "him", "his", "she", "her", "hers"):
        found = referents.person("f" if word in ("she", "her", "hers") else "m", without)
    else:
        found = _neuter(word, match, after, without, referents)
    if found is None:
        return ""
    used.append(key(found))
    text = phrase(found, "en")
    return (f"{text}'" if text.endswith("s") and found.plural else f"{text}'s") if possessive else text


def _several(referents: Referents, without: list[str]) -> Mention | None:
    """Return the people that the last question names together; those of its answer count only where it names none."""
    asked = any(agent(m) for m in referents.asked)
    named = [m for m in referents.asked if m.kind == "person"]
    return referents.group(without) if len(named) > 1 or not asked else None


def _neuter(word: str, match: re.Match[str], after: str, without: list[str], referents: Referents) -> Mention | None:
    before = match.string[: match.start()]
    noun = match["noun"]
    if noun:
        plural = word.startswith(("these", "those"))
        same = referents.find(lambda m: m.kind == "thing" and noun.rstrip("s") in fold(m.text), without)
        return same or referents.find(lambda m: m.kind == "thing" and m.plural is plural, without)
    if re.match(r"\s+(?:true|possible|clear|known|likely|necessary|important|that)\b", after):
        return None
    if word in ("these", "those"):
        return referents.thing(True, without)
    if word == "it" and (
        re.search(r"\b(?:articles?|clauses?|pages?|preamble)\b", before)
        or _BEING_BEFORE.search(before)
        or _DOCUMENT.match(after)
    ):
        return referents.thing(False, without)
    if word == "its" or _AUX_BEFORE.search(before):
        return referents.find(lambda m: m.kind in ("thing", "country", "org") and not m.plural, without)
    return referents.thing(False, without)


def _adverb(word: str, before: str, after: str, referents: Referents) -> str:
    if word == "there":
        if before.endswith("up "):
            return ""
        existential = re.search(
            r"\b(?:is|are|was|were|be|been|has|have|will|would)\s$|^$", before, re.IGNORECASE
        ) and after.strip(" ?!.")
        hidden = existential or re.match(r"\s+(?:is|are|was|were|be|any)\b", after)
        place = None if hidden else referents.left() if before.endswith("from ") else referents.place()
        return (
            ""
            if place is None
            else phrase(place, "en", "from" if before.endswith("from ") else "in").removeprefix("from ")
        )
    date = referents.date()
    if date is None:
        return ""
    prep = word.split()[0] if word.split()[0] in ("since", "before", "until", "after", "by") else ""
    return phrase(date, "en", prep)

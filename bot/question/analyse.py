"""A question taken apart: what kind it is, what its answer must hold, and its words that the sources must cover.

Rules over wording in Italian and English, no model. Knows nothing of articles, passages or scores.
"""

import re
from dataclasses import dataclass

from bot.question.kinds import EXPECTED, Expected, Kind
from bot.question.words import ASKS, FRAMES, HEADS, LEAD_INS, LIGHT, MEASURES, OPENINGS, YES_NO
from index.analysis import Token, fold, stem, terms, tokens

_CAPITALISED = r"(?:[A-ZÀ-ÖØ-Þ][^\W_]*(?:[-’'.&][^\W_]+)*|[^\W\d_]*[A-Z][^\W_]*[A-Z][^\W_]*)"
_NAME = re.compile(rf"(?<![^\W_]){_CAPITALISED}(?: (?:(?:of|di|de|del|della|dei|von|van|al|el|bin) )?{_CAPITALISED})*")
_STARTER = re.compile(r"^\W*(?:(?:l|un|d|dell|all|nell|sull|quell|c|dov|cos|com|quand)['’])?\s*", re.IGNORECASE)
_ELISION = re.compile(r"^(?:l|un|d|dell|all|nell|sull|dall|quell|c|s|t|m|v)['’]", re.IGNORECASE)
_SPOKEN_QUOTES = str.maketrans({char: "'" for char in "’‘ʼ´`′"})
_CALENDAR = frozenset(
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedi martedi mercoledi"
    " giovedi venerdi sabato domenica january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
_BEHIND = " — "
_BREAKS = re.compile(r",\s*(?:e |and |then )?")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what an answer to it must do.

    Attributes:
        text: as asked.
        language: "it" or "en".
        kind: what it asks.
        expected: what an answer must hold.
        content: its content words, those of lead-ins and question words left out; offsets are those of `core`.
        names: proper names as written, several words in one (`Kim Jong Un`); empty where case tells nothing.
        numbers: canonical numbers (`10000`, `2024`, `3.5`).
        focus: terms of the noun that is counted or asked for (`container`, `countri`).
        frame: terms of `content` that an answer seldom repeats: the focus of `which country`, `nome`, `called`.
        core: the question proper, without `Could you tell me` and its kin.
        asking: the words that ask, folded (`quando`, `how`, `many`).
    """

    text: str
    language: str
    kind: Kind
    expected: Expected
    content: tuple[Token, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    focus: tuple[str, ...]
    frame: frozenset[str]
    core: str
    asking: frozenset[str]

    @property
    def focus_set(self) -> frozenset[str]:
        """The focus as a set."""
        return frozenset(self.focus)


def analyse(question: str, language: str) -> Question:
    """Take a question apart.

    Args:
        question: any text; accents, case and apostrophes need not be right.
        language: "it" or "en"; anything else is read as English.
    """
    asked = language if language in ASKS else "en"
    core = _foremost(question[_lead_in(question, asked) :].strip(), asked)
    plain = _plain(core)
    kind, start, end = _kind(plain, asked)
    asking = frozenset(_WORD.findall(plain[start:end])) - _heads(asked).keys()
    content = tuple(token for token in tokens(core, asked) if fold(token.surface) not in asking)
    head, focus = _focus(plain[end:], kind, asked)
    known = {token.term for token in content}
    expected = _expected(plain, kind, head, asked)
    focus = () if expected in _MEASURED else focus
    framed = {stem(word, asked) for word in FRAMES[asked]}
    if kind in (Kind.HOW_MANY, Kind.HOW_MUCH):
        framed -= {stem(word, asked) for word in focus}
    elif head is not None:
        framed |= {stem(word, asked) for word in focus if word in _heads(asked)}
    framed |= {stem(match[1], asked) for match in _DOES[asked].finditer(core) if fold(match[1]) in LIGHT[asked]}
    framed |= {stem(match[1], asked) for match in _FATE[asked].finditer(plain)}
    terms_in_focus = tuple(dict.fromkeys(term for word in focus for term in terms(word, asked) if term in known))
    numbers = tuple(dict.fromkeys(token.term for token in content if token.term[:1].isdigit()))
    return Question(
        text=question,
        language=asked,
        kind=kind,
        expected=expected,
        content=content,
        names=_names(core, asking, asked),
        numbers=numbers,
        focus=terms_in_focus,
        frame=frozenset(framed & known),
        core=core,
        asking=asking,
    )


def _foremost(core: str, language: str) -> str:
    """Return a question that was put behind the one before it (`Who signed it — when was it ratified`) as the first of both."""
    before, _, now = core.rpartition(_BEHIND)
    if not before or not _first(_plain(now), language):
        return core
    # What opened it has a capital for that only, and asks no more.
    opening = re.match(r"[^\W\d_]+", before)
    small = opening is not None and (not terms(opening[0], language) or fold(opening[0]) in OPENINGS[language])
    return f"{now.rstrip('?!. ')}{_BEHIND}{before[:1].lower() if small else before[:1]}{before[1:]}"


def _lead_in(question: str, language: str) -> int:
    match = LEAD_INS[language].match(question)
    end = match.end() if match else 0
    return end if question[end:].strip(" ?!.,") else 0


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text.translate(_SPOKEN_QUOTES))).strip(" \"'«“¿")


def _kind(plain: str, language: str) -> tuple[Kind, int, int]:
    """Return the kind of a folded question and the span of its asking words (empty where there are none)."""
    found = _first(plain, language)
    if found is None:
        return (Kind.YES_NO if YES_NO[language].search(plain) else Kind.OTHER), 0, 0
    kind, start, end = found
    # "When the war ended, who ...": a clause that opens with a question word asks nothing.
    comma = _BREAKS.search(plain, end)
    if start == 0 and comma and kind in (Kind.WHEN, Kind.WHERE, Kind.HOW, Kind.WHICH):
        later = _first(plain[comma.end() :], language)
        if later is not None and later[1] == 0:
            return later[0], comma.end(), comma.end() + later[2]
    return kind, start, end


def _first(plain: str, language: str) -> tuple[Kind, int, int] | None:
    best: tuple[int, int, Kind, int] | None = None
    for order, (kind, pattern) in enumerate(ASKS[language]):
        match = pattern.search(plain)
        if match and (best is None or (match.start(), order) < best[:2]):
            best = (match.start(), order, kind, match.end())
    return None if best is None else (best[2], best[0], best[3])


_LINKS = {
    "it": re.compile(
        r"^(?:(?:e'?|era|sono|erano|fu|furono|e stat[oaie]|saranno|sara'?|il|lo|la|i|gli|le|l'|un|una|uno|di|del|della|altr[oaie]"
        r"|stat[oaie]|principal[ei]|prim[oaie]|numero di|percentuale di|percentuale della|tipo di)(?:\s+|(?<=')|$))*"
    ),
    "en": re.compile(
        r"^(?:(?:is|are|was|were|will be|'s|the|a|an|of|other|main|first|kinds? of|types? of|sort of|percent of|percentage of"
        r"|number of)(?:\s+|$))*"
    ),
}
_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_FOCUS_WORDS = 3
_FOCUSED = (Kind.WHICH, Kind.WHAT, Kind.HOW_MANY, Kind.HOW_MUCH, Kind.LIST)
_MEASURED = frozenset({Expected.AGE, Expected.LENGTH, Expected.WEIGHT, Expected.MONEY})
_MEASURING = (Kind.HOW_MANY, Kind.HOW_MUCH, Kind.HOW_LONG)


def _heads(language: str) -> dict[str, Expected]:
    return {word: expected for expected, words in HEADS[language].items() for word in words}


def _focus(rest: str, kind: Kind, language: str) -> tuple[Expected | None, tuple[str, ...]]:
    """Return what the head noun behind the asking words says of the answer, and that noun with its modifiers."""
    # "Che cosa" has its noun already.
    if kind not in _FOCUSED or (kind is Kind.WHAT and language == "it"):
        return None, ()
    link = _LINKS[language].match(rest.strip())
    words = _WORD.findall(rest.strip()[link.end() if link else 0 :])
    run: list[str] = []
    for word in words[:_FOCUS_WORDS]:
        if not terms(word, language):
            break
        run.append(word)
    heads = _heads(language)
    named = [word for word in run if word in heads]
    if not named:
        return None, tuple(run)
    # Italian puts the noun first, English last.
    head = named[0] if language == "it" else named[-1]
    return heads[head], tuple(run[: run.index(head) + 1])


def _expected(plain: str, kind: Kind, head: Expected | None, language: str) -> Expected:
    if kind in _MEASURING or head in (Expected.NUMBER, Expected.PERCENT, Expected.MONEY):
        measured = next((expected for expected, pattern in MEASURES[language] if pattern.search(plain)), None)
        if measured is not None:
            return measured
    if kind is Kind.WHO and _identity(plain, language):
        return Expected.IDENTITY
    if kind is Kind.HOW and re.search(r"\bcome si (?:chiam|intitol)|\bhow .* called\b", plain):
        return Expected.NAME
    if _NAMED[language].search(plain):
        return Expected.NAME
    if _PRICED.search(plain):
        return Expected.MONEY
    if kind in EXPECTED:
        return EXPECTED[kind]
    return head if kind in (Kind.WHICH, Kind.WHAT) and head is not None else Expected.ANYTHING


_NAMED = {
    "it": re.compile(r"^qual[ei]? (?:e'?|sono|era|erano) (?:il|i) nom[ei] d"),
    "en": re.compile(r"^what(?: is| are| was| were|'s) (?:.*\bcalled\b|the (?:full )?names? of\b)"),
}
# `posto il veto`, `cast a veto`, but not `dato la Russia`: no name.
_DOES = {
    "it": re.compile(r"\b([^\W\d_]+) (?:(?:il|lo|la|i|gli|le|un|uno|una|suo|sua|in) |l['’]|un['’])(?=[a-zà-ù]{4})"),
    "en": re.compile(r"\b([^\W\d_]+) (?:the|a|an|its|his|her|their|into) (?=[a-z]{4})"),
}
_FATE = {
    "it": re.compile(r"\b(fine) (?:ha|hanno|aveva|avevano|fece|fecero|fa|fanno)\b"),
    "en": re.compile(r"\b(?:what|whatever) (?:ever )?(?:has |had )?(become|became|happened|happens) (?:of|to)\b"),
}
_PRICED = re.compile(r"^what (?:do|does|did|will|would) .*\bcost\b")
_IDENTITY = {
    "it": re.compile(r"^chi (?:e'?|era|sono|erano|fu) (?:[^\W_]+[ '-]?){1,4}\W*$"),
    "en": re.compile(r"^who(?:'s| is| was| are| were) (?!the\b)(?:[^\W_]+[ '-]?){1,4}\W*$"),
}


def _identity(plain: str, language: str) -> bool:
    """Tell whether `who is X` asks what X is, and not who did something."""
    match = _IDENTITY[language].match(plain)
    return bool(match) and not re.search(r"\b(?:il|la|lo|l'|i|gli|le|stat[oaie]|the)\b", plain)


def _names(core: str, asking: frozenset[str], language: str) -> tuple[str, ...]:
    """Return the proper names, told by their capital letters; none where everything is capitals or nothing is."""
    words = [word for word in re.findall(r"[^\W\d_]+", core) if len(word) > 3]
    if not words or all(word[0].isupper() for word in words) and len(words) > 2:
        return ()
    opening = _STARTER.match(core)
    start = opening.end() if opening else 0
    found = []
    for match in _NAME.finditer(core):
        name = re.sub(r"['’]s?$", "", _ELISION.sub("", match[0]))
        if match.start() <= start:
            name = _without_opening(name, language)
        if name and fold(name) not in _CALENDAR | asking and len(name) > 1:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _without_opening(name: str, language: str) -> str:
    """Return a name at the beginning of a question without a first word that is no name: `Briefly`, `Confronta`."""
    first, _, rest = name.partition(" ")
    grammatical = not terms(first, "it") or not terms(first, "en")
    return rest if grammatical or fold(first) in OPENINGS[language] else name

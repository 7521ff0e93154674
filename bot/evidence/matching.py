"""Which words of a question a text covers: as they are, translated, or spelt otherwise.

A word or name of the question is one unit, however it is said (`index.units`); here it gets a weight and is sought
in a text. Knows nothing of vectors, of kinds of answers or of ranking.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from typing import Protocol

from bot.question.analyse import Question
from index.analysis import terms
from index.lexicon import lexicon
from index.names import names
from index.spelling import SLIP, alike, neutral
from index.units import Carrier, Unit, Way

_FRAME = 0.25
_UNCARRIED = 0.4
_PREFIX = 4
_NOWHERE = "\N{NULL}"
_USUAL = 0.6
# Common verbs whose endings stay when they are stemmed: `andato` and `ando`, `usciti` and `uscirono`.
_VERBS = re.compile(r"(?:(and|usc|entr|alz|apr|offr)(?:[ai][trv]|ut)?|(ap|off)ert)\Z")
_ROOT = 0.9
_FEW = 30


class Words(Protocol):
    """What an index knows of words; `index.lexical.Lexical` does."""

    def carrier(self) -> Carrier:
        """Return what carries words across the languages."""

    def idf(self, term: str, language: str) -> float:
        """Return how telling a term is; most where no passage holds it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word or name of a question, as it is sought in the texts of one language.

    Attributes:
        unit: the word and the ways to say it there.
        weight: how telling it is, 0 to 1.
        name: the proper name that it is, or is part of, as written; empty where it is none.
        number: whether it is a number.
        frame: whether an answer is expected to leave it out.
        focus: whether it is what is counted or asked for.
    """

    unit: Unit
    weight: float
    name: str
    number: bool
    frame: bool
    focus: bool

    @property
    def given(self) -> bool:
        """Whether it is a name or a number, which a question cannot say in other words."""
        return bool(self.name) or self.number


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of a text.

    Attributes:
        language: of the text.
        known: its terms, once each.
        shapes: their language-neutral spellings, by the first two characters.
        roots: those of some Italian verbs that have several stems.
    """

    language: str
    known: frozenset[str]
    shapes: Mapping[str, tuple[str, ...]]
    roots: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def read(text: str, language: str) -> Vocabulary:
    """Return the terms of a text."""
    known = frozenset(terms(text, language))
    shapes: dict[str, list[str]] = {}
    for term in known:
        if len(term) >= _PREFIX and term.isalpha():
            shape = neutral(term)
            shapes.setdefault(shape[:2], []).append(shape)
    roots = frozenset(filter(None, map(_root, known))) if language == "it" else frozenset[str]()
    return Vocabulary(language, known, {key: tuple(value) for key, value in shapes.items()}, roots)


def _root(term: str) -> str:
    found = _VERBS.match(term)
    return (found[1] or f"{found[2]}r") if found else ""


@cache
def _plain() -> Carrier:
    return Carrier(lexicon(), names(), {})


def want(question: Question, languages: Iterable[str], words: Words | None = None) -> dict[str, tuple[Wanted, ...]]:
    """Return, by language, what a question asks for; in each the same units in the same order.

    Args:
        question: as analysed.
        languages: of the texts to be searched.
        words: of the index; without it all words weigh the same.
    """
    carrier = words.carrier() if words is not None else _plain()
    return {language: _wanted(question, language, carrier, words) for language in dict.fromkeys(languages)}


def _wanted(question: Question, target: str, carrier: Carrier, words: Words | None) -> tuple[Wanted, ...]:
    content = {token.term for token in question.content}
    named = {term: name for name in question.names for term in terms(name, question.language)}
    found = []
    for unit in carrier.units(question.core, question.language, target, loose=True):
        if not content.intersection(unit.terms):
            continue
        name = next((named[term] for term in unit.terms if term in named), "")
        number = unit.terms[0][:1].isdigit()
        frame = question.frame.issuperset(unit.terms)
        weight = _rarity(unit, target, words) * (_FRAME if frame else 1.0)
        weight *= 1.0 if unit.carried or name or number else _UNCARRIED
        found.append(Wanted(unit, weight, name, number, frame, not question.focus_set.isdisjoint(unit.terms)))
    return tuple(found)


def _rarity(unit: Unit, language: str, words: Words | None) -> float:
    pairs = [(weight, term) for slot in unit.ways[0].slots for term, weight in slot.items()]
    total = sum(weight for weight, _ in pairs)
    if not total:
        # A stop word there: `Un` of Kim Jong Un in Italian.
        return 0.0
    most = words.idf(_NOWHERE, language) if words is not None else 0.0
    if words is None or not most:
        return _USUAL
    rare = sum(weight * words.idf(term, language) for weight, term in pairs) / (total * most)
    # Few passages say little of how rare a word is: the fewer, the nearer to the usual.
    passages = exp(most) / 2 - 1
    trust = passages / (passages + _FEW)
    return trust * rare + (1 - trust) * _USUAL


def match(wanted: Wanted, text: Vocabulary) -> float:
    """Return how well a text of the same language covers a unit, 0 to 1."""
    best = max((_say(way, text.known) for way in wanted.unit.ways), default=0.0)
    if best >= SLIP or wanted.number:
        return best
    near = [_near(neutral(term), text) for term in wanted.unit.terms]
    return max(best, sum(near) / len(near), _inflected(wanted, text))


def _inflected(wanted: Wanted, text: Vocabulary) -> float:
    """Return how sure it is that the text has the verb in another form; only of Italian, where the stems differ."""
    if not text.roots or wanted.given:
        return 0.0
    said = (term for way in wanted.unit.ways if len(way.slots) == 1 for term in way.slots[0])
    return 0.0 if text.roots.isdisjoint(map(_root, said)) else _ROOT


def _say(way: Way, known: frozenset[str]) -> float:
    total = 0.0
    for slot in way.slots:
        held = [slot[term] for term in slot.keys() & known]
        if not held and way.whole:
            return 0.0
        total += max(held, default=0.0)
    return min(1.0, way.weight * total / len(way.slots))


def _near(shape: str, text: Vocabulary) -> float:
    return max((alike(shape, other) for other in text.shapes.get(shape[:2], ())), default=0.0)


def held(wanted: Sequence[Wanted], text: Vocabulary) -> tuple[float, ...]:
    """Return how well a text covers each unit, 0 to 1."""
    return tuple(match(one, text) for one in wanted)


def together(*parts: Sequence[float]) -> tuple[float, ...]:
    """Return how well several texts, taken together, cover each unit."""
    return tuple(max(column) for column in zip(*parts, strict=True))


def share(wanted: Sequence[Wanted], held: Sequence[float]) -> float:
    """Return the weighted share of units that is covered, 0 to 1; 0 where there are none."""
    total = sum(one.weight for one in wanted)
    return sum(one.weight * part for one, part in zip(wanted, held, strict=True)) / total if total else 0.0


def share_plain(wanted: Sequence[Wanted], held: Sequence[float]) -> float:
    """Return the same of the words that are neither names nor numbers; 0 where the question has none."""
    pairs = [(one, part) for one, part in zip(wanted, held, strict=True) if not one.given]
    return share([one for one, _ in pairs], [part for _, part in pairs])


def forms(wanted: Iterable[Wanted], least: float = 0.5) -> frozenset[str]:
    """Return the terms that stand for units with at least some weight."""
    return frozenset(
        term
        for one in wanted
        for way in one.unit.ways
        for slot in way.slots
        for term, weight in slot.items()
        if weight * way.weight >= least
    )

"""Which words of a question a text covers: exactly, by a translation, by a variant spelling.

Each word of the question is one unit with a weight and, per language, the forms that count for it. Knows nothing of
vectors, of kinds of answers or of ranking.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.questions import Question
from index.analysis import fold, terms

Carry = Callable[[str, str, str], Sequence[tuple[str, float]]]
"""`carry(term, source, target)`: the terms of language `target` that translate a term of `source`, with weights 0 to 1."""

Rarity = Callable[[str, str], float]
"""`rarity(term, language)`: how telling a term is, as its inverse document frequency in the index; higher is rarer."""

_FRAME_WEIGHT = 0.25
_SHORTEST = 5
_PREFIX = 4
_ALIKE = 0.6
_TYPO = 0.85


@dataclass(frozen=True, slots=True)
class Unit:
    """A content word of a question.

    Attributes:
        term: its analysed term.
        surface: as written.
        weight: how telling it is.
        name: whether it is part of a proper name.
        number: whether it is a number.
        frame: whether an answer is expected to leave it out.
        forms: by language, the terms that stand for it and how well, 0 to 1.
    """

    term: str
    surface: str
    weight: float
    name: bool
    number: bool
    frame: bool
    forms: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of a text.

    Attributes:
        language: of the text.
        terms: its terms in reading order.
        known: the same, once each.
        shapes: the same by the first two characters of their language-neutral spelling.
    """

    language: str
    terms: tuple[str, ...]
    known: frozenset[str]
    shapes: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=4096)
def read(text: str, language: str) -> Vocabulary:
    """Return the terms of a text."""
    found = tuple(terms(text, language))
    return _vocabulary(found, language)


def join(parts: Iterable[Vocabulary], language: str) -> Vocabulary:
    """Return the terms of several texts of one language as one."""
    return _vocabulary(tuple(term for part in parts for term in part.terms), language)


def _vocabulary(found: tuple[str, ...], language: str) -> Vocabulary:
    known = frozenset(found)
    shapes: dict[str, list[str]] = {}
    for term in known:
        if len(term) >= _PREFIX and term.isalpha():
            shape = neutral(term)
            shapes.setdefault(shape[:2], []).append(shape)
    return Vocabulary(language, found, known, {key: tuple(value) for key, value in shapes.items()})


def units(
    question: Question, languages: Iterable[str], carry: Carry | None = None, rarity: Rarity | None = None
) -> tuple[Unit, ...]:
    """Return the content words of a question with the forms that count for them.

    Args:
        question: as analysed.
        languages: of the texts that will be matched.
        carry: translations; without it only shared spellings cross the languages.
        rarity: weights; without it each word counts the same.
    """
    spoken = tuple(dict.fromkeys((question.language, *languages)))
    in_names = {term for name in question.names for term in terms(name, question.language)}
    found: dict[str, Unit] = {}
    for token in question.content:
        if token.term in found:
            continue
        forms = {target: _forms(token.term, token.surface, question.language, target, carry) for target in spoken}
        frame = token.term in question.frame
        weight = _weight(forms, rarity) * (_FRAME_WEIGHT if frame else 1.0)
        number = token.term[:1].isdigit()
        found[token.term] = Unit(token.term, token.surface, weight, token.term in in_names, number, frame, forms)
    return tuple(found.values())


def _forms(term: str, surface: str, source: str, target: str, carry: Carry | None) -> dict[str, float]:
    if source == target:
        return {term: 1.0}
    forms = {form: weight for form, weight in (carry(term, source, target) if carry else ())}
    # A name or number reads the same in both languages, but each has its own stems.
    return forms | dict.fromkeys(terms(surface, target), 1.0)


def _weight(forms: Mapping[str, Mapping[str, float]], rarity: Rarity | None) -> float:
    if rarity is None:
        return 1.0
    shares = [(weight, rarity(form, language)) for language, some in forms.items() for form, weight in some.items()]
    total = sum(weight for weight, _ in shares)
    return sum(weight * rare for weight, rare in shares) / total if total else 1.0


def match(unit: Unit, text: Vocabulary) -> float:
    """Return how well a text covers a unit, 0 to 1."""
    forms = unit.forms.get(text.language, {})
    exact = max((weight for form, weight in forms.items() if form in text.known), default=0.0)
    if exact >= _TYPO or unit.number or len(unit.term) < _SHORTEST:
        return exact
    shapes = {neutral(unit.term), neutral(fold(unit.surface))}
    near = max((alike(shape, other) for shape in shapes for other in text.shapes.get(shape[:2], ())), default=0.0)
    return max(exact, near if near >= _ALIKE else 0.0)


def coverage(wanted: Sequence[Unit], text: Vocabulary) -> float:
    """Return the weighted share of units that a text covers, 0 to 1; 0 where there are none."""
    total = sum(unit.weight for unit in wanted)
    return sum(unit.weight * match(unit, text) for unit in wanted) / total if total else 0.0


@lru_cache(maxsize=1 << 16)
def neutral(word: str) -> str:
    """Return a folded word in a spelling that Italian and English share: `korean` and `corean` are one."""
    spelt = word
    for old, new in (("ph", "f"), ("th", "t"), ("ck", "c"), ("ch", "c"), ("qu", "c"), ("k", "c"), ("y", "i"), ("j", "g"), ("x", "s"), ("w", "v")):
        spelt = spelt.replace(old, new)
    spelt = spelt.replace("h", "")
    return "".join(char for n, char in enumerate(spelt) if n == 0 or char != spelt[n - 1])


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> float:
    """Return how alike two words are spelt, 0 to 1: by their common beginning, or one slip of the pen apart."""
    longer = max(len(one), len(other))
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if shared == longer:
        return 1.0
    if longer > _SHORTEST and _one_slip(one, other, shared):
        return _TYPO
    return shared / longer if shared >= _PREFIX else 0.0


def _one_slip(one: str, other: str, shared: int) -> bool:
    left, right = one[shared:], other[shared:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]

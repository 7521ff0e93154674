"""Units: what a question asks for, word by word, in the terms of the language that is searched.

A word, or a name of several words, is one unit however many ways it can be said, so that it counts once. Knows
the lexicon and the names; of the index it is only told which terms there are.
"""

import string
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from index.analysis import Token, fold, stem, terms, tokens
from index.lexicon import Lexicon
from index.names import Names

Slot = Mapping[str, float]
"""Terms that stand for one word, with weights in (0, 1]."""

_TRANSLATED = 0.9
_VARIANT = 0.5
_SYNONYM = 0.7
_METONYM = 0.7
_CORRECTED = 0.8
_CORRECTED_LENGTHS, _SHORTEST_CARRIED = range(6, 25), 8
_GUESSES = 2
_ROMAN = ("", *"i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split())


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a unit.

    Attributes:
        slots: one for each of its words.
        weight: in (0, 1].
        whole: whether a passage has to hold all of the words; else each counts for itself.
    """

    slots: tuple[Slot, ...]
    weight: float = 1.0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """A content word of a question, or a name of several.

    Attributes:
        surface: as written.
        terms: its analysed terms in the question's language.
        ways: how it may be said in the language that is searched; the first is word by word.
        carried: whether it is known how to say it there; a word that nobody can translate proves nothing by its
            absence.
    """

    surface: str
    terms: tuple[str, ...]
    ways: tuple[Way, ...]
    carried: bool


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries words across: the lexicon, the names, and the terms that the indexes hold by language."""

    lexicon: Lexicon
    names: Names
    vocabularies: Mapping[str, Collection[str]]

    def units(self, question: str, source: str, target: str, loose: bool = False) -> tuple[Unit, ...]:
        """Return the units of a question of language `source` in the terms of `target`, each once.

        Args:
            question: any text.
            source: its language.
            target: of the texts.
            loose: whether synonyms count, and capitals named in place of their countries; right for judging a text
                that was found, while a search would drown in them.
        """
        found = {unit.terms: unit for unit in self._units(tokens(question, source), source, target)}
        units = found.values()
        return tuple(self._loosened(unit, source, target) for unit in units) if loose else tuple(units)

    def _loosened(self, unit: Unit, source: str, target: str) -> Unit:
        seats = self.names.metonyms(unit.terms, source, target)
        ways = [Way(tuple({term: 1.0} for term in form), _METONYM) for form in seats]
        if source == target and len(unit.terms) == 1 and not unit.surface[:1].isupper():
            synonyms = dict(self.lexicon.synonyms(unit.terms[0], source))
            ways += [Way((synonyms,), _SYNONYM)] if synonyms else []
        return replace(unit, ways=(*unit.ways, *ways), carried=unit.carried or bool(seats))

    def _units(self, words: list[Token], source: str, target: str) -> Iterator[Unit]:
        sequence = [word.term for word in words]
        start = 0
        while start < len(words):
            size = self.names.longest(sequence, start, source) or 1
            yield self._unit(words[start : start + size], source, target)
            start += size

    def _unit(self, words: list[Token], source: str, target: str) -> Unit:
        phrase = tuple(word.term for word in words)
        variants = self.names.variants(phrase, source, target)
        weight = 1.0 if source != target else _VARIANT
        slots = [self._slot(word, source, target) for word in words]
        if len(words) == 1:
            slots[0] = _either(slots[0], {form[0]: weight for form in variants if len(form) == 1})
        longer = [form for form in variants if len(form) > 1 or len(words) > 1]
        ways = (Way(tuple(slots), whole=False), *(Way(tuple({t: 1.0} for t in form), weight) for form in longer))
        carried = (
            source == target
            or bool(variants)
            or all(len(slot) > 1 or any(term in self.vocabularies.get(target, ()) for term in slot) for slot in slots)
        )
        return Unit(" ".join(word.surface for word in words), phrase, ways, carried)

    def _slot(self, word: Token, source: str, target: str) -> Slot:
        if source == target:
            return {word.term: 1.0} | self._corrections(word, source, source)
        # Names, numbers and many words besides read the same, but each language has its own stems.
        shared = dict.fromkeys(terms(word.surface, target), 1.0)
        found = self.lexicon.translations(word.term, source, target)
        carried = {term: _TRANSLATED * weight for term, weight in found} or self._corrections(word, source, target)
        return _either(_either(carried, _numerals(word.term)), shared)

    def _corrections(self, word: Token, source: str, target: str) -> dict[str, float]:
        """Return what a long word that nobody knows may have been before a slip of the pen."""
        known = self.vocabularies.get(source, ())
        if not self._unknown(word, source):
            return {}
        near = {stem(variant, source) for variant in set(_slips(fold(word.surface)))}
        if source == target:
            return dict.fromkeys(sorted(term for term in near if term in known), _CORRECTED)
        meant = sorted(term for term in near if term in known or self.lexicon.knows(term, source))
        # A name, a short word or one with many neighbours is more likely right, and only new to us.
        if len(meant) > _GUESSES or len(word.surface) < _SHORTEST_CARRIED or not word.surface.islower():
            return {}
        carried = (pair for term in meant for pair in self.lexicon.translations(term, source, target))
        return {term: _CORRECTED * weight for term, weight in carried}

    def _unknown(self, word: Token, source: str) -> bool:
        long = len(word.surface) in _CORRECTED_LENGTHS and word.surface.isalpha()
        return long and word.term not in self.vocabularies.get(source, ()) and not self.lexicon.knows(word.term, source)


def _either(one: Slot, other: Slot) -> dict[str, float]:
    """Return the terms of both slots, each with its greater weight."""
    return {term: max(one.get(term, 0.0), other.get(term, 0.0)) for term in (*one, *other)}


def _numerals(term: str) -> dict[str, float]:
    """Return the Roman numeral of a number and the number of a Roman numeral: 19th century, XIX secolo."""
    if term.isdigit() and 0 < int(term) < len(_ROMAN):
        return {_ROMAN[int(term)]: _TRANSLATED}
    return {str(_ROMAN.index(term)): _TRANSLATED} if term in _ROMAN[2:] else {}


def _slips(word: str) -> Iterator[str]:
    """Yield every word that is one letter left out, put in, changed or swapped away (after P. Norvig, 2007)."""
    for n in range(len(word) + 1):
        head, tail = word[:n], word[n:]
        yield from (head + letter + tail for letter in string.ascii_lowercase)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in string.ascii_lowercase)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]

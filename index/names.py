"""Names and news words that the two languages write differently: Seul/Seoul, ONU/UN, dieci/ten.

Reads index/data/names.tsv, a hand-written table of groups: every form of a group, in either language,
stands for every other; and index/data/seats.tsv, which says whose name a capital goes by in the news
(Mosca for Russia, Downing Street for the United Kingdom). Knows nothing of passages or scores.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from index.analysis import terms

Phrase = tuple[str, ...]
"""The terms of a form, stop words left out: ("nazion", "unit")."""

_LANGUAGES = ("it", "en")
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Names:
    """The table, analysed.

    Attributes:
        groups: for each language, the numbers of the groups that a phrase belongs to.
        forms: for each language, the phrases of each group by its number.
        seats: for the number of a group, those of the groups that the news name in its place, and the other way round.
    """

    groups: dict[str, dict[Phrase, tuple[int, ...]]]
    forms: dict[str, tuple[tuple[Phrase, ...], ...]]
    seats: dict[int, tuple[int, ...]]

    def longest(self, sequence: Sequence[str], start: int, language: str) -> int:
        """Return how many terms of `sequence` from `start` on form the longest phrase of the table, or 0."""
        known = self.groups.get(language, {})
        for size in range(min(_LONGEST, len(sequence) - start), 0, -1):
            if tuple(sequence[start : start + size]) in known:
                return size
        return 0

    def variants(self, phrase: Phrase, source: str, target: str) -> list[Phrase]:
        """Return the forms in `target` of a phrase of `source`, itself left out; empty where it is unknown."""
        numbers = self.groups.get(source, {}).get(phrase, ())
        found = (form for number in numbers for form in self.forms.get(target, ())[number])
        return [form for form in dict.fromkeys(found) if source != target or form != phrase]

    def metonyms(self, phrase: Phrase, source: str, target: str) -> list[Phrase]:
        """Return the forms in `target` of what the news name in place of a phrase of `source`: a country's capital."""
        numbers = self.groups.get(source, {}).get(phrase, ())
        seats = (seat for number in numbers for seat in self.seats.get(number, ()))
        return list(dict.fromkeys(form for seat in seats for form in self.forms.get(target, ())[seat]))


@cache
def names() -> Names:
    """Return the shipped table; read and analysed at the first call, about 30 ms."""
    groups: dict[str, dict[Phrase, list[int]]] = {language: defaultdict(list) for language in _LANGUAGES}
    forms: dict[str, list[tuple[Phrase, ...]]] = {language: [] for language in _LANGUAGES}
    for number, line in enumerate(_lines("names.tsv")):
        for language, cell in zip(_LANGUAGES, line.split("\t"), strict=True):
            phrases = [tuple(terms(form, language)) for form in cell.split("|")]
            forms[language].append(tuple(dict.fromkeys(phrase for phrase in phrases if phrase)))
            for phrase in forms[language][-1]:
                groups[language][phrase].append(number)
    return Names(
        {language: {phrase: tuple(found) for phrase, found in table.items()} for language, table in groups.items()},
        {language: tuple(table) for language, table in forms.items()},
        _seats(groups["en"]),
    )


def _seats(groups: Mapping[Phrase, Sequence[int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for line in _lines("seats.tsv"):
        country, *seats = (groups[tuple(terms(name, "en"))] for name in line.split("\t"))
        for seat in chain.from_iterable(seats):
            for number in country:
                found[number].append(seat)
                found[seat].append(number)
    return {number: tuple(dict.fromkeys(others)) for number, others in found.items()}


def _lines(name: str) -> list[str]:
    text = files("index").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]

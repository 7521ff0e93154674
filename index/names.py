"""Names and news words that the two languages write differently: Seul/Seoul, ONU/UN, dieci/ten.

Reads index/data/names.tsv, a hand-written table of groups: every form of a group, in either language,
stands for every other. Knows nothing of passages or scores.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
    """

    groups: dict[str, dict[Phrase, tuple[int, ...]]]
    forms: dict[str, tuple[tuple[Phrase, ...], ...]]

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


@cache
def names() -> Names:
    """Return the shipped table; read and analysed at the first call, about 30 ms."""
    groups: dict[str, dict[Phrase, list[int]]] = {language: defaultdict(list) for language in _LANGUAGES}
    forms: dict[str, list[tuple[Phrase, ...]]] = {language: [] for language in _LANGUAGES}
    for number, line in enumerate(_lines()):
        for language, cell in zip(_LANGUAGES, line.split("\t"), strict=True):
            phrases = [tuple(terms(form, language)) for form in cell.split("|")]
            forms[language].append(tuple(dict.fromkeys(phrase for phrase in phrases if phrase)))
            for phrase in forms[language][-1]:
                groups[language][phrase].append(number)
    return Names(
        {language: {phrase: tuple(found) for phrase, found in table.items()} for language, table in groups.items()},
        {language: tuple(table) for language, table in forms.items()},
    )


def _lines() -> list[str]:
    text = files("index").joinpath("data", "names.tsv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]

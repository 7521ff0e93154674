"""The key facts of a sentence - numbers, names, dates - in a form that Italian and English share.

Knows wording only; nothing of vectors or of which facts matter.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.analysis import fold, terms, tokens
from index.names import names as known_names
from index.spelling import neutral

MONTHS = {
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "en": "january february march april may june july august september october november december".split(),
}
_CALENDAR = frozenset([*MONTHS["en"], *"monday tuesday wednesday thursday friday saturday sunday".split()])
_MONTH = {name: n for months in MONTHS.values() for n, name in enumerate(months, 1)}
_YEAR = re.compile(r"(?:19|20)\d\d")
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
# What opens a sentence has a capital letter anyway; it is a name if it is one elsewhere or stands before another.
_OPENING = re.compile(r"^\W*")


@dataclass(frozen=True, slots=True)
class Facts:
    """Key facts; every one is written alike in both languages.

    Attributes:
        numbers: canonical, such as "10000"; those of dates are among them.
        names: of people, places, bodies.
        months: "month-6" for June.
    """

    numbers: frozenset[str]
    names: frozenset[str]
    months: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every fact."""
        return self.numbers | self.names | self.months

    @property
    def figures(self) -> frozenset[str]:
        """What two sentences that tell the same have to share: numbers and months."""
        return self.numbers | self.months

    @property
    def years(self) -> frozenset[str]:
        """The numbers that are years."""
        return frozenset(number for number in self.numbers if _YEAR.fullmatch(number))


@lru_cache(maxsize=8192)
def facts(text: str, language: str) -> Facts:
    """Return the key facts of a sentence."""
    numbers = frozenset(term for term in terms(text, language) if term[:1].isdigit())
    months = frozenset(
        f"month-{_MONTH[word]}" for word in re.findall(r"[^\W\d_]+", fold(text)) if word in _MONTH and word != "may"
    ) | (frozenset({"month-5"}) if re.search(r"\bMay\b(?= \d)|(?<=\d )May\b", text) else frozenset())
    return Facts(numbers, _names(text, language), months)


def _names(text: str, language: str) -> frozenset[str]:
    found = tokens(text, language)
    sequence = [token.term for token in found]
    table = known_names()
    opening = _OPENING.match(text)
    first = opening.end() if opening else 0
    names: set[str] = set()
    n = 0
    while n < len(found):
        size = table.longest(sequence, n, language)
        token = found[n]
        if size:
            group = table.groups[language][tuple(sequence[n : n + size])][0]
            capital = any(_CAPITAL.match(found[k].surface) for k in range(n, n + size))
            if group in _proper() or (capital and token.start > first):
                names.add(f"name-{group}")
        elif _CAPITAL.match(token.surface) and not token.term[:1].isdigit() and fold(token.surface) not in _MONTH:
            follows = (
                n + 1 < len(found) and _CAPITAL.match(found[n + 1].surface) and found[n + 1].start - token.end == 1
            )
            if token.start > first + 3 or follows:
                names.add(neutral(fold(token.surface)))
        n += size or 1
    return frozenset(names)


@cache
def _proper() -> frozenset[int]:
    """Return the groups of the table that English writes with a capital: "russo" is a name, though Italian has none."""
    lines = files("index").joinpath("data", "names.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return frozenset(n for n, row in enumerate(rows) if _CAPITAL.match(row[1]) and fold(row[1]) not in _CALENDAR)

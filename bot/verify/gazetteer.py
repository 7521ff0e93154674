"""The gazetteer: the proper names of the table of `index.names`, and what stands for what.

A country stands for its capital and its offices the way newspapers use them. Knows nothing of texts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from bot.verify.pieces import pieces
from index.stopwords import STOPWORDS

METONYMS = {
    "Russia": ("Moscow", "Kremlin", "Russian Federation"),
    "Soviet Union": ("Moscow", "Kremlin"),
    "North Korea": ("Pyongyang", "Democratic People's Republic of Korea"),
    "South Korea": ("Seoul",),
    "United States": ("Washington", "White House", "Pentagon", "State Department", "America"),
    "United Kingdom": ("London",),
    "Japan": ("Tokyo",),
    "China": ("Beijing", "People's Republic of China"),
    "Ukraine": ("Kyiv",),
    "Korea": ("North Korea", "South Korea"),
    "Italy": ("Rome",),
    "France": ("Paris",),
    "Germany": ("Berlin",),
    "Israel": ("Jerusalem",),
    "Iran": ("Tehran",),
}
"""What stands for a country, and the country for it."""

LEADERS = {
    "Russia": frozenset({"putin", "medvedev"}),
    "North Korea": frozenset({"kim"}),
    "Ukraine": frozenset({"zelensky", "zelenskyj", "zelenskyy"}),
    "United States": frozenset({"biden", "trump"}),
    "South Korea": frozenset({"yoon"}),
    "Japan": frozenset({"kishida", "ishiba"}),
}
"""Whom a country's highest office means, by words of their names, folded: the office names them as well."""

_JOINED = {"sino": "China", "russo": "Russia", "anglo": "United Kingdom", "franco": "France", "italo": "Italy",
           "nippo": "Japan", "indo": "India", "turco": "Turkey", "americano": "United States"}  # fmt: skip
"""What a country's name is in front of a hyphen: `Sino-Soviet`, `nippo-coreano`."""

_LOOSE_CITIES = frozenset(
    "Moscow Pyongyang Seoul Washington London Tokyo Beijing Kyiv Rome Paris Berlin Tehran".split()
)
_NOT_NAMES = ("# -- months and days", "# -- numerals", "# -- units and money", "# -- politics and news")
_PLACES = ("# -- countries and their people", "# -- places")
_PEOPLE = "# -- people whose names change"
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Table:
    """The proper names of the table.

    Attributes:
        people: groups of persons.
        spelt: by language, the words of every form, folded.
        small: by language, the phrases that may be written small.
        phrases: by language, the groups that a phrase names.
        numbers: the groups of each English form.
    """

    people: frozenset[int]
    spelt: dict[str, frozenset[tuple[str, ...]]]
    small: dict[str, frozenset[tuple[str, ...]]]
    phrases: dict[str, dict[tuple[str, ...], frozenset[int]]]
    numbers: dict[str, frozenset[int]]


@cache
def table() -> Table:
    """Return the groups of proper names of the shared table, by language and folded words."""
    rows = list(_rows())
    phrases: dict[str, dict[tuple[str, ...], set[int]]] = {"it": {}, "en": {}}
    numbers: dict[str, set[int]] = {}
    small: dict[str, set[tuple[str, ...]]] = {"it": set(), "en": set()}
    spelt: dict[str, set[tuple[str, ...]]] = {"it": set(), "en": set()}
    for row in rows:
        for language, form in row.forms():
            phrases[language].setdefault(_key(form, language), set()).add(row.number)
            spelt[language].add(tuple(piece.folded for piece in pieces(form, language)))
            if form.islower() and row.section in _PLACES:
                small[language] |= {_key(form, language), _key(form[:-1] + "a", language)}
        for form in row.english:
            numbers.setdefault(form, set()).add(row.number)
    for n, form in enumerate(sorted({form for others in METONYMS.values() for form in others} - numbers.keys()), 1):
        # Written alike in both languages, and so not in the shared table.
        numbers[form] = {-n}
        for language in ("it", "en"):
            phrases[language].setdefault(_key(form, language), set()).add(-n)
    return Table(
        frozenset(row.number for row in rows if row.section == _PEOPLE),
        {language: frozenset(found) for language, found in spelt.items()},
        {language: frozenset(found) for language, found in small.items()},
        {language: _frozen({key: found for key, found in known.items() if key}) for language, known in phrases.items()},
        _frozen(numbers),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A group of the shared table: its number, the heading that it stands under, its forms."""

    number: int
    section: str
    italian: tuple[str, ...]
    english: tuple[str, ...]

    def forms(self) -> Iterator[tuple[str, str]]:
        """Yield every form with its language, Italian adjectives in both genders."""
        for form in self.italian:
            yield "it", form
            if form.endswith("o") and form.islower():
                yield "it", form[:-1] + "a"
        for form in self.english:
            yield "en", form


def _rows() -> Iterator[_Row]:
    section = ""
    text = files("index").joinpath("data", "names.tsv").read_text(encoding="utf-8")
    for n, line in enumerate(text.splitlines()):
        section = line if line.startswith("# --") else section
        if not line or line.startswith("#") or section in _NOT_NAMES:
            continue
        italian, english = (tuple(cell.split("|")) for cell in line.split("\t"))
        if any(form[:1].isupper() for form in english):
            yield _Row(n, section, italian, english)


def _frozen(groups: Mapping[_Key, Collection[int]]) -> dict[_Key, frozenset[int]]:
    return {key: frozenset(found) for key, found in groups.items()}


def _key(form: str, language: str) -> tuple[str, ...]:
    found = [piece.term or piece.folded for piece in pieces(form, language)]
    while found and found[0] in STOPWORDS.get(language, ()) and len(found) > 1:
        found.pop(0)
    return tuple(found)


def _groups(*forms: str) -> frozenset[int]:
    return frozenset(number for form in forms for number in table().numbers.get(form, ()))


@cache
def joined() -> dict[str, frozenset[int]]:
    """Return the groups of the countries whose names begin a word with a hyphen, by that beginning, folded."""
    return {beginning: _groups(country) for beginning, country in _JOINED.items()}


@cache
def stands_for() -> dict[int, frozenset[int]]:
    """Return, for each group, the groups that bear it out beside itself."""
    found: dict[int, set[int]] = {}
    for country, others in METONYMS.items():
        for number in _groups(country):
            found.setdefault(number, set()).update(_groups(*others))
        for city in _LOOSE_CITIES.intersection(others):
            for number in _groups(city):
                found.setdefault(number, set()).update(_groups(country, *others))
    return {number: frozenset(others) for number, others in found.items()}


@cache
def cities() -> frozenset[int]:
    """Return the groups of the capitals that stand for their countries."""
    return _groups(*_LOOSE_CITIES)


@cache
def countries() -> frozenset[int]:
    """Return the groups of the countries that have such a capital."""
    return _groups(*METONYMS)


def lands(words: Iterable[str]) -> frozenset[int]:
    """Return the groups of the countries whose leaders some names are, by the words of the names, folded."""
    known = frozenset(words)
    return _groups(*(country for country, people in LEADERS.items() if not known.isdisjoint(people)))


def heads(keys: Collection[int]) -> frozenset[str]:
    """Return by what names the leaders of some countries go, folded."""
    return frozenset(
        word for country, people in LEADERS.items() if not _groups(country).isdisjoint(keys) for word in people
    )

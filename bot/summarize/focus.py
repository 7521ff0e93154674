"""How far sentences are about what a summary is to be about: near in meaning, and holding its words.

Knows sentences and the index's words; not what becomes of the figures.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.evidence.matching import Wanted, held, read, share, together, want
from bot.evidence.sentences import CROSSING
from bot.question.analyse import analyse
from bot.summarize.rank import spread
from bot.summarize.values import Sentence
from bot.verify.dates import dates
from bot.verify.days import Day
from index.analysis import tidy
from index.article import Article
from index.language import SURE, detect
from index.store import Embedder, Store

_WORDS, _MEANING = 0.5, 0.5
_NEARLY, _SAID = 0.65, 0.5
_TITLE = 0.6
_UNNAMED, _HALF = 0.6, 0.5
# What a focus is asked for with: "only the military part" is about the military.
_WRAPPED = re.compile(
    r"^\W*(?:(?:only|just|mainly|solo|soltanto|solamente|soprattutto)\s+)?(?:(?:the|la|le|il|i|gli|l['’])\s*)?"
    r"(?:(?:part[ei]?|parts?|aspects?|aspett[oi]|lato)\s+(?:of|on|about|di|del|della|su|sul|sulla)?\s*)?"
    r"(?P<core>.*?)(?:\s+(?:parts?|aspects?|side|only))?\W*$",
    re.IGNORECASE,
)


def relevance(
    store: Store, embedder: Embedder, focus: str, language: str, sentences: Sequence[Sentence]
) -> NDArray[np.float32]:
    """Return how far each sentence is about the focus, 0 to 1; all 0 where none holds its words.

    Args:
        store: whose words tell which are rare.
        embedder: of the focus.
        focus: a few words in Italian or English.
        language: of the focus where it does not tell.
        sentences: at least one.
    """
    core = wrapped["core"] if (wrapped := _WRAPPED.match(focus)) and wrapped["core"] else focus
    told = detect(core)
    spoken = told.code if told.code in ("it", "en") and told.confidence >= SURE else language
    vector = embedder.queries([tidy(core)])[0]
    cosines = np.array([float(s.vector @ vector) + CROSSING * (s.language != spoken) for s in sentences])
    question = analyse(core, spoken)
    wanted = want(question, ["it", "en"], store.words())
    covered = np.array([_covered(wanted[s.language], s) for s in sentences], dtype=np.float32)
    if float(covered.max()) < _SAID:
        # Cosines alone always have a best: where no sentence holds the words, nothing is about them.
        return np.zeros(len(sentences), dtype=np.float32)
    near = spread(cosines.astype(np.float32))
    found = _MEANING * near + _WORDS * covered
    years = _years(core, spoken, None)
    fits = [_then(years, s) * _named(wanted[s.language], s) for s in sentences]
    return (found * np.array(fits, dtype=np.float32)).astype(np.float32)


def _covered(wanted: Sequence[Wanted], sentence: Sentence) -> float:
    """Return the share of the focus that a sentence holds; what only the title of its article holds counts in part."""
    here = held(wanted, read(sentence.text, sentence.language))
    above = held(wanted, read(sentence.article.title, sentence.language))
    alone = share(wanted, here)
    return alone + _TITLE * (share(wanted, together(here, above)) - alone)


def _named(wanted: Sequence[Wanted], sentence: Sentence) -> float:
    """Return 1 where a sentence, or the title of its article, has every name of the focus, else less."""
    names = [one for one in wanted if one.name]
    rows = [held(names, read(text, sentence.language)) for text in (sentence.text, sentence.article.title)]
    return 1.0 if all(part >= _HALF for part in together(*rows)) else _UNNAMED


def _then(years: frozenset[int], sentence: Sentence) -> bool:
    """Say whether a sentence may be of the years asked about: it names one, or the last named before it is one."""
    if not years:
        return True
    article = sentence.article
    told = _years(sentence.text, sentence.language, article.date) or _before(article, sentence.start)
    return not told or min(years) <= max(told) and min(told) <= max(years)


def _before(article: Article, start: int) -> frozenset[int]:
    """Return the last year that an article names before a place."""
    years = [day.year for day in _told(article) if day.year and day.span[0] < start]
    return frozenset(years[-1:])


@lru_cache(maxsize=64)
def _told(article: Article) -> tuple[Day, ...]:
    return tuple(dates(article.text, article.language, article.date))


def _years(text: str, language: str, today: str | None) -> frozenset[int]:
    return frozenset(day.year for day in dates(text, language, today) if day.year)


def about(relevant: NDArray[np.float32]) -> list[int]:
    """Return the places of the sentences that are about the focus: those that come near the best."""
    best = float(relevant.max())
    return [int(n) for n in np.flatnonzero(relevant >= _NEARLY * best)] if best else []

"""What the articles tell of single days: the events of a timeline, each with the sentence that tells it best.

Knows articles and dates; nothing of how events are shown.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.summarize.dates import when
from index.article import Article
from index.sentences import split

_DAY = len("2024-06-19")
_SHORTEST, _LONGEST = 40, 240
_LEANING = ("he ", "she ", "it ", "they ", "this ", "egli ", "ella ", "lui ", "lei ", "essi ", "questo ", "questa ")

_MOST = 4096

_Told = tuple[str, int, int]
_KNOWN: dict[str, tuple[_Told, ...]] = {}


@dataclass(frozen=True, slots=True)
class Happening:
    """A day of which articles tell, and one sentence that tells it: `article.text[start:end] == quote`.

    Attributes:
        iso: the day, "2024-06-19".
        article_id: of the sentence's article.
        language: of that article.
        start: offset of the sentence's first character in the article's text.
        end: offset behind its last character.
        quote: the sentence.
        articles: how many articles tell of the day.
    """

    iso: str
    article_id: str
    language: str
    start: int
    end: int
    quote: str
    articles: int


def happened(articles: Sequence[Article], language: str, most: int) -> list[Happening]:
    """Return the days of which most articles tell, at most so many, oldest first.

    A day counts where a sentence says by itself what happened on it; a date that only names something ("the treaty of
    19 June") or that had to be guessed does not. The sentence is a short one, in the reader's language where there is
    one, and one that does not lean on the sentence before.

    Args:
        articles: to be read.
        language: of the reader, "it" or "en".
        most: how many days.
    """
    told: dict[str, list[tuple[Article, int, int]]] = defaultdict(list)
    for article in articles:
        for iso, start, end in _days(article):
            told[iso].append((article, start, end))
    tellers = {iso: len({article.id for article, _, _ in where}) for iso, where in told.items()}
    chosen = sorted(tellers, key=lambda iso: (-tellers[iso], iso))[:most]
    return [_happening(iso, told[iso], tellers[iso], language) for iso in sorted(chosen)]


def _days(article: Article) -> tuple[_Told, ...]:
    """Return the days that an article tells of, with the spans of the sentences that tell them.

    Lists are shown many times: what was found is kept under the article's hash, and no text with it.
    """
    name = article.hash
    found = _KNOWN.get(name)
    if found is None:
        spans = split(article.text, article.language)
        told = ((when(article.text[start:end], article.date), start, end) for start, end in spans)
        found = tuple((day.iso, start, end) for day, start, end in told if day and day.certain and len(day.iso) == _DAY)
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        _KNOWN[name] = found
    return found


def _happening(iso: str, where: Sequence[tuple[Article, int, int]], articles: int, language: str) -> Happening:
    def worse(told: tuple[Article, int, int]) -> tuple[bool, bool, bool, int, str]:
        article, start, end = told
        leans = article.text[start:end].lower().startswith(_LEANING)
        fits = _SHORTEST <= end - start <= _LONGEST
        return article.language != language, leans, not fits, end - start, article.id

    article, start, end = min(where, key=worse)
    return Happening(iso, article.id, article.language, start, end, article.text[start:end], articles)

"""Which articles a request in a chat means. Knows the titles, the topics and the retriever; makes no summary."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from bot.datamodels import Hit
from bot.summarize.request import Request
from bot.summarize.wish import Wish, wish
from index.analysis import terms
from index.article import Article
from index.store import Store

Search = Callable[[str, str, int], Sequence[Hit]]
"""Passages for a text, its language and how many: `bot.retrieve.Retriever.search`."""

_HITS, _TITLE = 24, 3.0


def resolve(request: Request, store: Store, search: Search, language: str) -> Wish:
    """Return the wish that a request means.

    One article about something is the one that is most about it, in the reader's language where both are as near;
    a subject without "article" is a focus over all that fits.

    Args:
        request: as found in a message.
        store: the index.
        search: finds passages.
        language: of the reader, "it" or "en"; the summary's, unless the request says another.

    Raises:
        QuestionError: what is asked for makes no sense.
    """
    how: dict[str, object] = {"language": language} | request.how
    if not request.about:
        return wish(**how)
    if not request.single:
        return wish(**({"focus": request.about} | how))
    return wish(**(how | {"articles": (_article(request.about, store, search, language),)}))


def _article(about: str, store: Store, search: Search, language: str) -> str:
    """Return the id of the article that is most about something."""
    hits = search(about, language, _HITS)
    scores: dict[str, float] = defaultdict(float)
    articles: dict[str, Article] = {}
    for place, hit in enumerate(hits):
        articles[hit.article.id] = hit.article
        scores[hit.article.id] += 1 / (2 + place)
    for article in articles.values():
        scores[article.id] += _TITLE * _titled(about, article) + 0.5 * (article.language == language)
    if not scores:
        return next(iter(store.entries()), "")
    return max(scores, key=lambda name: (scores[name], name))


def _titled(about: str, article: Article) -> float:
    wanted = set(terms(about, article.language))
    known = set(terms(" ".join([article.title, *article.topics]), article.language))
    return len(wanted & known) / len(wanted) if wanted else 0.0

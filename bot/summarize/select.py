"""Which articles a wish means, in reading order. Reads one article at a time; knows nothing of sentences."""

from collections.abc import Iterator

from bot.errors import QuestionError
from bot.summarize.wish import Shape, Wish, not_after
from index.analysis import fold, terms
from index.article import Article
from index.store import Store


def select(store: Store, wish: Wish) -> list[str]:
    """Return the ids of the articles that a wish means: by date, those without one last, then by id.

    Raises:
        UnknownArticle: one of the ids is not in the index.
        QuestionError: there are no articles, or none passes the filters.
    """
    ids = wish.articles or tuple(store.entries())
    if not ids:
        raise QuestionError("There are no articles to summarise.", "Add some: ponte index ARTICLES")
    found = [(article.date or "9999", article.id) for article in _each(store, ids) if _passes(article, wish)]
    if not found:
        raise QuestionError(
            f"No article fits: {_filters(wish)}.", "`ponte sources` lists the articles; ask for fewer conditions."
        )
    return [article_id for _, article_id in sorted(found)]


def _each(store: Store, ids: tuple[str, ...]) -> Iterator[Article]:
    return (store.article(article_id) for article_id in ids)


def _passes(article: Article, wish: Wish) -> bool:
    if wish.sources_language not in (None, article.language):
        return False
    if wish.source and fold(wish.source) not in fold(article.source or ""):
        return False
    return _dated(article, wish) and (not wish.topic or _on(article, wish.topic))


def _dated(article: Article, wish: Wish) -> bool:
    """Say whether an article is of the time asked for; a timeline asks when things happened, whoever told it when."""
    if wish.shape is Shape.TIMELINE or not (wish.since or wish.until):
        return True
    day = article.date
    if day is None or (wish.since and not not_after(wish.since, day)):
        return False
    return not wish.until or not_after(day, wish.until)


def _on(article: Article, topic: str) -> bool:
    """Say whether every word of a topic is in one of the article's topics or in its title."""
    wanted = set(terms(topic, article.language)) or {fold(topic)}
    places = [*article.topics, article.title]
    return any(wanted <= set(terms(place, article.language)) or fold(topic) == fold(place) for place in places)


def _filters(wish: Wish) -> str:
    parts = {
        "topic": wish.topic,
        "since": wish.since,
        "until": wish.until,
        "source": wish.source,
        "language of sources": wish.sources_language,
        "articles": ", ".join(wish.articles),
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items() if value) or "the articles are empty"

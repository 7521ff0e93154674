"""What programs may call: four typed functions over one bot, with plain values. Knows nothing of Gradio or MCP.

`published` makes them endpoints of Gradio's API, `tools` makes them tools of the Model Context Protocol. The text
before `Args:` and the line of each argument are what a program's author, or a model, reads (`schema`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.datamodels import Answer, Hit
from bot.errors import QuestionError
from bot.page.schema import Described, described
from bot.summarize.values import Summary
from bot.summarize.wish import wish

if TYPE_CHECKING:
    from bot.chat import Bot
    from index.article import Article

MOST = 50
"""Passages that a search returns at most."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage that was found: `text[start:end] == quote` in the article's text, as `sources` gives it.

    Attributes:
        article_id: of the article.
        title: of the article.
        date: of the article, ISO 8601, or None.
        source: who published the article, or None.
        language: of the article.
        start: offset of the passage's first character in the article's text.
        end: offset behind its last character.
        quote: the passage, word for word.
        score: higher is better; compared within one search only.
    """

    article_id: str
    title: str
    date: str | None
    source: str | None
    language: str
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Source:
    """An article that answers come from.

    Attributes:
        id: what citations name it by.
        title: of the article.
        language: "it" or "en".
        date: ISO 8601, or None.
        source: who published it, or None.
        topics: what it is about.
        publications: where its facts come from.
        characters: length of its text.
        text: the whole text, in which citations count; None in a list of all.
    """

    id: str
    title: str
    language: str
    date: str | None
    source: str | None
    topics: tuple[str, ...]
    publications: tuple[str, ...]
    characters: int
    text: str | None


class Endpoints:
    """What programs may call.

    Every method raises BotError, whose message says what is wrong and what to do.

    Args:
        bot: answers.
    """

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot

    def all(self) -> list[Described]:
        """Return the endpoints as programs see them."""
        return [described(function) for function in (self.ask, self.search, self.summarize, self.sources)]

    def ask(
        self, question: str, language: Literal["auto", "it", "en"] = "auto", articles: list[str] | None = None
    ) -> Answer:
        """Answer a question from the dossier's news articles. Every sentence is backed by a verbatim quote.

        The answer has a state (answered, partly, not_in_sources, off_topic), statements and citations. A citation names
        an article and holds a quote, with the quote's start and end in that article's text.

        Args:
            question: in Italian or English, complete in itself.
            language: of the answer; "auto" takes that of the question.
            articles: ids of the only articles to answer from; all, if none are given.
        """
        return self._bot.ask(question, _wanted(language), articles or None)

    def search(
        self,
        question: str,
        k: int = 8,
        language: Literal["auto", "it", "en"] = "auto",
        articles: list[str] | None = None,
    ) -> list[Excerpt]:
        """Find the passages of the articles that fit a question, in Italian and in English, best first.

        Args:
            question: in Italian or English; a few words will do.
            k: how many passages at most, 1 to 50.
            language: of the question; "auto" detects it.
            articles: ids of the only articles to search; all, if none are given.
        """
        if not 1 <= k <= MOST:
            raise QuestionError(f"{k} passages cannot be asked for.", f"Ask for 1 to {MOST}.")
        return [_excerpt(hit) for hit in self._bot.search(question, k, _wanted(language), articles or None)]

    def summarize(
        self,
        articles: list[str] | None = None,
        topic: str = "",
        focus: str = "",
        since: str = "",
        until: str = "",
        language: Literal["auto", "it", "en"] = "auto",
        shape: Literal["paragraphs", "bullets", "timeline", "sides"] = "paragraphs",
        words: int = 100,
    ) -> Summary:
        """Summarise an article, several, or all of them. Every sentence is backed by a verbatim quote.

        Args:
            articles: ids of the articles; all that fit the rest, if none are given.
            topic: only articles with this topic, or with this in their title.
            focus: what the summary is to be about; everything, if empty.
            since: only articles dated on or after this day, month or year (2024-06-19, 2024-06, 2024).
            until: only articles dated on or before it.
            language: of the summary; "auto" takes that of most of the articles.
            shape: paragraphs, bullets, a timeline, or what the sides say.
            words: how long, 10 to 5000.
        """
        given: Sequence[str] = articles or ()
        return self._bot.summarize(
            wish(
                articles=tuple(given), topic=topic, focus=focus, since=since, until=until, language=_wanted(language),
                shape=shape, words=words,
            )
        )  # fmt: skip

    def sources(self, article_id: str = "") -> list[Source]:
        """List the articles that answers come from; or one of them, with its whole text.

        Args:
            article_id: of one article, to have its text; all articles, without their texts, if empty.
        """
        if article_id:
            return [_source(self._bot.article(article_id), whole=True)]
        return [_source(article) for article in self._bot.articles()]


def _wanted(language: str) -> str | None:
    if language not in ("auto", "it", "en"):
        raise QuestionError("That is no language of Ponte's.", "The language can be auto, it or en.")
    return None if language == "auto" else language


def _excerpt(hit: Hit) -> Excerpt:
    article, chunk = hit.article, hit.passage.chunk
    return Excerpt(
        article.id, article.title, article.date, article.source, article.language, chunk.start, chunk.end,
        article.text[chunk.start : chunk.end], round(hit.score, 4),
    )  # fmt: skip


def _source(article: "Article", whole: bool = False) -> Source:
    text = article.text if whole else None
    return Source(
        article.id, article.title, article.language, article.date, article.source, article.topics,
        article.publications, len(article.text), text,
    )  # fmt: skip
